"""A tree without faults becomes a course."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from lms.engine.content.model import Draw
from lms.engine.content.tree import parse_course, parse_tree
from tests.engine.content.makers import (
    COURSE,
    GLOSSARY,
    LESSON,
    MODULE,
    SECOND,
    text_of,
    tiny_course,
)


def the_course(files: dict[str, bytes] | None = None):  # type: ignore[no-untyped-def]
    result = parse_course(files or tiny_course())
    assert result.course, result.problems
    return result.course


def test_front_matter_becomes_values() -> None:
    course = the_course()
    assert (course.id, course.slug, course.hours) == ("tiny", "tiny", Decimal("0.5"))
    assert course.certificate.validity_months == 36
    assert course.standards[0].verified_on == date(2026, 11, 22)
    assert [o.id for o in course.objectives()] == ["count", "compare"]
    assert [lesson.number for lesson in course.lessons()] == [1, 2]
    assert next(course.lessons()).checks == ("tiny/practice-1",)
    assert course.glossary[0].also == ("numbers", "numeral")
    assert course.glossary[0].source.edition == "1st edition, 2020"


def test_quiz_becomes_values() -> None:
    quiz, final, sample = the_course().quizzes()
    assert quiz.draws == (Draw(("count",), 1), Draw(("count", "compare"), 1))
    assert (quiz.pass_mark, quiz.attempts, quiz.use) == (Fraction(1, 2), 3, "quiz")
    assert (quiz.cool_down, quiz.time_limit) == (timedelta(minutes=10), None)
    assert (final.attempts, final.release, final.use) == (None, "after-pass", "exam")
    assert final.time_limit == timedelta(minutes=20)
    assert (sample.use, sample.attempts, sample.length) == ("practice", None, 1)


def test_module_requires_the_one_before_unless_it_says_otherwise() -> None:
    module = text_of(MODULE).replace("id: count", "id: c2").replace("id: compare", "id: d2")
    lesson = text_of(SECOND).replace("id: comparing", "id: x").replace("[compare]", "[c2]")
    files = {
        "courses/tiny/02-second/module.md": module.replace("id: first", "id: second"),
        "courses/tiny/02-second/01-x.md": lesson,
    }
    assert [m.requires for m in the_course(tiny_course(files)).modules] == [(), ("first",)]
    free = files["courses/tiny/02-second/module.md"].replace("title:", "requires: []\ntitle:")
    files["courses/tiny/02-second/module.md"] = free
    assert [m.requires for m in the_course(tiny_course(files)).modules] == [(), ()]


def test_optional_keys_may_be_left_out() -> None:
    text = text_of(COURSE)
    short = text[: text.index("prerequisites")] + "---\nWelcome.\n"
    course = the_course(tiny_course({COURSE: short}))
    assert (course.enrolment, course.certificate, course.standards) == ("open", None, ())


def test_course_without_glossary_needs_none() -> None:
    lesson = text_of(LESSON).replace("[[number]]", "number")
    assert the_course(tiny_course({GLOSSARY: None, LESSON: lesson})).glossary == ()


@given(st.randoms(use_true_random=False))
def test_order_of_the_files_does_not_matter(random) -> None:  # type: ignore[no-untyped-def]
    pairs = list(tiny_course().items())
    random.shuffle(pairs)
    assert parse_course(dict(pairs)) == parse_course(tiny_course())


def test_tree_groups_banks_by_the_course_that_they_name() -> None:
    other = {
        path.replace("tiny", "other"): data.replace(b"tiny", b"other")
        for path, data in tiny_course().items()
    }
    moved = {path.replace("quizzes/other/", "quizzes/elsewhere/"): d for path, d in other.items()}
    tree = parse_tree({**tiny_course(), **moved})
    assert tree.problems == ()
    assert {one.slug: one.files for one in tree.courses} == {
        "tiny": tiny_course(),
        "other": moved,
    }
