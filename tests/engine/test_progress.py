"""Progress only grows, and says what is next and what is missing."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from lms.engine.content.model import Course
from lms.engine.progress import Facts, Missing, Progress, evaluate, quiz_minutes
from tests.engine.makers import Draw, make_course, make_lesson, make_module, make_quiz

MODULES = ("a", "b", "c")


@st.composite
def courses(draw: st.DrawFn) -> Course:
    """Return a course of up to three modules that require some of the earlier ones."""
    modules = []
    for n, ident in enumerate(MODULES[: draw(st.integers(0, 3))]):
        requires = tuple(sorted(draw(st.sets(st.sampled_from(MODULES[:n]))))) if n else ()
        lessons, quiz = draw(st.integers(0, 2)), draw(st.booleans())
        modules.append(make_module(ident, lessons, requires, quiz))
    return make_course(*modules, final=draw(st.booleans()))


def subsets(*names: str) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(names))


facts = st.builds(
    Facts,
    marked_lessons=subsets("a-1", "a-2", "b-1", "b-2", "c-1", "c-2", "gone"),
    passed_quizzes=subsets("a-quiz", "b-quiz", "c-quiz", "final", "gone"),
    completed_modules=subsets("a", "b", "c", "gone"),
    course_completed=st.booleans(),
)


def joined(one: Facts, other: Facts) -> Facts:
    """Return all facts of both."""
    return Facts(
        one.marked_lessons | other.marked_lessons,
        one.passed_quizzes | other.passed_quizzes,
        one.completed_modules | other.completed_modules,
        one.course_completed or other.course_completed,
    )


def named(progress: Progress, status: str) -> set[str]:
    return {step.id for step in progress.steps if step.status == status}


@given(courses(), facts, facts)
def test_more_facts_never_lock_or_lower_anything(course: Course, one: Facts, more: Facts) -> None:
    before, after = evaluate(course, one), evaluate(course, joined(one, more))
    assert after.percent >= before.percent
    assert after.minutes_left <= before.minutes_left
    assert after.completed >= before.completed
    assert named(after, "locked") <= named(before, "locked")
    assert named(after, "done") >= named(before, "done")
    assert set(after.missing) <= set(before.missing)
    for old, new in zip(before.modules, after.modules, strict=True):
        assert set(new.missing) <= set(old.missing)
        assert set(new.locked_by) <= set(old.locked_by)
        assert (new.status == "done") >= (old.status == "done")


@given(courses(), facts)
def test_the_parts_of_progress_agree(course: Course, known: Facts) -> None:
    progress = evaluate(course, known)
    assert 0 <= progress.percent <= 100
    assert len(named(progress, "now")) == (0 if progress.next_step is None else 1)
    assert progress.completed == (not progress.missing)
    if progress.steps:
        assert (progress.percent == 100) == all(step.settled for step in progress.steps)
        assert progress.percent == 100 or not progress.completed
    if not progress.completed and progress.steps:
        assert progress.next_step is not None
    if progress.completed:
        assert progress.minutes_left == 0
        assert progress.next_step is None
        assert not named(progress, "locked")
    for module in progress.modules:
        assert (module.status == "locked") == bool(module.locked_by)
        assert (module.status == "done") <= (not module.missing)


@given(courses())
def test_doing_the_next_step_again_and_again_completes_the_course(course: Course) -> None:
    known = Facts()
    for _ in range(20):
        progress = evaluate(course, known)
        if progress.next_step is None:
            break
        done = frozenset({progress.next_step.id})
        if progress.next_step.kind == "lesson":
            known = replace(known, marked_lessons=known.marked_lessons | done)
        else:
            known = replace(known, passed_quizzes=known.passed_quizzes | done)
    assert evaluate(course, known).completed


COURSE = make_course(make_module("a"), make_module("b", requires=("a",)))


def test_a_newcomer_begins_at_the_first_lesson() -> None:
    progress = evaluate(COURSE, Facts())
    assert progress.percent == 0
    assert progress.next_step == progress.steps[0]
    assert (progress.steps[0].id, progress.steps[0].status) == ("a-1", "now")
    assert named(progress, "open") == {"a-2", "a-quiz"}
    assert named(progress, "locked") == {"b-1", "b-2", "b-quiz", "final"}
    assert progress.minutes_left == 4 * 10 + 3 * 3


def test_a_locked_module_says_what_it_waits_for_and_that_what_it_lacks() -> None:
    first, second = evaluate(COURSE, Facts(marked_lessons=frozenset({"a-1"}))).modules
    assert second.locked_by == (Missing("module", "a", "Module a"),)
    assert first.missing == (
        Missing("lesson", "a-2", "Lesson a-2"),
        Missing("quiz", "a-quiz", "Quiz"),
    )


def test_the_final_waits_for_every_module() -> None:
    final = evaluate(COURSE, Facts(completed_modules=frozenset({"a"}))).step("final", "final")
    assert final is not None
    assert final.status == "locked"
    progress = evaluate(COURSE, Facts(completed_modules=frozenset({"a", "b"})))
    assert progress.next_step is not None
    assert progress.next_step.kind == "final"
    assert progress.missing == (Missing("final", "final", "Quiz"),)


def test_a_later_lesson_unfinishes_nothing() -> None:
    completed = Facts(completed_modules=frozenset({"a"}))
    module = make_module("a")
    longer = replace(module, lessons=(*module.lessons, make_lesson("new")))
    course = make_course(longer, make_module("b", requires=("a",)))
    progress = evaluate(course, completed)
    assert progress.modules[0].status == "done"
    assert progress.modules[1].status == "open"
    new = progress.step("lesson", "new")
    assert new is not None
    assert (new.status, new.settled) == ("open", True)
    assert progress.next_step is not None
    assert progress.next_step.id == "b-1"


def test_a_quiz_lasts_its_limit_or_a_minute_and_a_half_an_item() -> None:
    assert quiz_minutes(make_quiz(Draw(("x",), 5))) == 8
    assert quiz_minutes(make_quiz(time_limit=timedelta(minutes=20))) == 20
    assert quiz_minutes(make_quiz(time_limit=timedelta(seconds=61))) == 2
