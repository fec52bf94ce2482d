"""Every fault of a tree is reported with its place and what to write instead."""

import re

import pytest

from lms.engine.content.tree import parse_course, parse_tree
from lms.engine.problems import Problem
from tests.engine.content.makers import (
    BANK,
    COURSE,
    FINAL,
    GLOSSARY,
    ITEMS,
    LESSON,
    MODULE,
    PICTURE,
    QUIZ,
    SAMPLE,
    SECOND,
    item,
    items,
    text_of,
    tiny_course,
    with_lesson,
)

Change = tuple[str, str, str]


def problems_after(path: str, old: str, new: str) -> tuple[Problem, ...]:
    text = text_of(path)
    assert old in text
    return parse_course(tiny_course({path: text.replace(old, new, 1)})).problems


def test_tiny_course_has_no_fault() -> None:
    result = parse_course(tiny_course())
    assert result.problems == ()
    assert result.course is not None


FRONT_MATTER: list[Change] = [
    (COURSE, "title: Tiny course", "titel: Tiny course"),
    (COURSE, "id: tiny\n", ""),
    (COURSE, "id: tiny\n", "id: Tiny Course\n"),
    (COURSE, "id: tiny\n", f"id: {'a' * 65}\n"),
    (COURSE, "level: foundation", "level: fundation"),
    (COURSE, "hours: 0.5", "hours: many"),
    (COURSE, "hours: 0.5", "hours: 0"),
    (COURSE, "title: Tiny course", f"title: {'x' * 121}"),
    (COURSE, "topics: [testing]", "topics: testing"),
    (COURSE, "title: Tiny course", "title: [a, b]"),
    (COURSE, "enrolment: open", "enrolment: closed"),
    (COURSE, "language: en", "language: English!"),
    (COURSE, "verified_on: 2026-11-22", "verified_on: 2026-13-22"),
    (COURSE, "verified_how: secondary", "verified_how: hearsay"),
    (COURSE, "validity_months: 36", "validity_months: -1"),
    (COURSE, "issuing: rule", "issuing: magic"),
    (COURSE, "certificate:\n", "certificate: yes\nstandard:\n"),
    (MODULE, "bloom: remember", "bloom: recall"),
    (MODULE, "id: compare", "id: count"),
    (MODULE, "title: First", "title: First\nrequires: [second]"),
    (MODULE, "title: First", "title: First\nrequires: [first]"),
    (LESSON, "minutes: 5", "minutes: five"),
    (LESSON, "objectives: [count]", "objectives: [cuont]"),
    (LESSON, "objectives: [count]", "objectives: [count, count]"),
    (SECOND, "id: comparing", "id: counting"),
    (QUIZ, "pass_mark: 50", "pass_mark: 150"),
    (QUIZ, "attempts: 3", "attempts: 0"),
    (QUIZ, "attempts: 3\n", ""),
    (QUIZ, "objective: count", "objective: cuont"),
    (QUIZ, "objective: count", "objective: count\n    module: first"),
    (QUIZ, "module: first", "module: frist"),
    (QUIZ, "count: 1", "count: none"),
    (FINAL, "id: final-tiny", "id: quiz-first"),
    (FINAL, "release: after-pass", "release: never"),
    (SAMPLE, "draw:\n", "pass_mark: 50\ndraw:\n"),
    (BANK, "course: tiny", "course: huge"),
    (BANK, "id: tiny", "name: tiny"),
    (GLOSSARY, "{#number", "{#Num ber"),
    (GLOSSARY, ' {#number also="numbers, numeral"}', ""),
    (GLOSSARY, "What one counts with.\n", ""),
    (GLOSSARY, "; verified_on", "; checked on"),
    (GLOSSARY, "## Number", "What is this?\n\n## Number"),
    (GLOSSARY, "also=", "aslo="),
]


@pytest.mark.parametrize("change", FRONT_MATTER, ids=lambda c: f"{c[0].split('/')[-1]}:{c[2][:30]}")
def test_faulty_key_is_reported_in_its_file_with_a_remedy(change: Change) -> None:
    problems = problems_after(*change)
    mine = [problem for problem in problems if problem.path == change[0]]
    assert mine
    assert all(problem.line >= 1 and problem.column >= 1 for problem in problems)
    assert all(problem.remedy for problem in mine)


def test_unknown_key_is_named_with_its_place_and_the_nearest_key() -> None:
    problems = problems_after(COURSE, "title: Tiny course", "titel: Tiny course")
    assert str(problems[1]) == (
        "courses/tiny/course.md:3:1: The key `titel` is unknown here. Did you mean `title`?"
    )


BODIES: list[tuple[str, str]] = [
    ("[x](03-lesson.md)", "no lesson"),
    ("[x](01-lesson.md#nowhere)", "no heading"),
    ("[x](#nowhere)", "no heading"),
    ("[x][1]\n\n[1]: 03-lesson.md", "no lesson"),
    ("[broken\nover lines](03-lesson.md)", "no lesson"),
    ("[x](javascript:alert)", "leads nowhere"),
    ("[x](/etc/passwd)", "leads nowhere"),
    ("[x](../../../README.md)", "no lesson"),
    ("[x](../glossary.md#letter)", "no term"),
    ("![x](../media/other.svg)", "no image"),
    ("![](../media/picture.svg)", "no alternative text"),
    ("![x](../media/picture.svg){decorative}", "no alternative text"),
    ("![x](https://example.org/x.png)", "does not belong"),
    ("![x](../media/picture.svg){width=3}", "unknown here"),
    ("A [[letter]].", "no term"),
    ("{{check tiny/practice-9}}", "no item"),
    ("{{check tiny/quiz-1}}", "give it away"),
    ("{{check tiny/practice-1}}\n\n{{check tiny/practice-1}}", "twice"),
    ("See {{check tiny/practice-1}} here", "alone"),
    ("{{chekc tiny/practice-1}}", "not understood"),
    ("Text\n- one\n- two", "blank line before"),
    ("- one\n  - two", "four spaces"),
    ("1. one\n   - two", "four spaces"),
    ("- one\n\n  more", "four spaces"),
    ("1) one", "bracket"),
    ("Text\n|a|b|\n|-|-|\n|1|2|", "blank line before"),
    ("Text\n---", "heading"),
    ("Text\\\nmore", "backslash"),
    ("# Title", "title of the page"),
    ("#### Deep", "level 4"),
    ("##Tight", "space is missing"),
    ("  ## Indented", "not indented"),
    ("!!! nota\n    x", "kind of box"),
    ('!!! note "T"\nx', "empty"),
    ("!!! note T\n    x", "double quotes"),
    ('=== "Tab"\ntext', "empty"),
    ("a <b>bold</b> word", "HTML"),
    ("<!-- hidden -->", "HTML"),
    ("Mail <a@example.org>.", "mailto"),
    ("A note.[^1]", "no text"),
    ("```python\nx", "never closed"),
    ("$$\nx\n\ny", "never closed"),
    (r"$\frac{1}{2$", "formula"),
    (r"$\foo$", "formula"),
    ("bell \x07", "control character"),
    ("turned \u202e around", "control character"),
    ("line\r\nend", "CR LF"),
    ("x" * 8_001, "characters"),
    ("[" * 151, "square brackets"),
]


@pytest.mark.parametrize(("body", "part"), BODIES, ids=lambda value: repr(value)[:40])
def test_fault_in_a_text_is_reported_at_its_line(body: str, part: str) -> None:
    files = with_lesson(body)
    problems = [p for p in parse_course(files).problems if p.path == SECOND]
    assert any(part.lower() in str(problem).lower() for problem in problems)
    lines = files[SECOND].decode().replace("\r\n", "\n").split("\n")
    assert all(problem.line <= len(lines) for problem in problems)
    assert all(problem.remedy for problem in problems)


GOOD_BODIES = [
    "- one\n- two\n    - three\n    - four\n- five\n\n    more\n\nText\n\n1. one\n2. two",
    "Text with `[x](nowhere.md)` and `<b>` and `{{x}}` and \\[x\\](y.md).",
    "```\n[x](nowhere.md) <b> {{x}} ![](x)\n```",
    "    [indented](https://example.org)",
    "It costs $5 and $10, or $5-$10.",
    "| a | b |\n|:--|--:|\n| 1 | 2 |",
    '!!! note\n    Text\n\n    - a\n    - b\n\n??? question "Why?"\n    Because.',
    '=== "One"\n\n    1\n\n=== "Two"\n\n    2',
    "Term\n:   meaning",
    "[out](https://example.org/a_(b)) and <https://example.org> and [mail](mailto:a@example.org)",
    "[self](#end-here), [other](01-lesson.md#begin-here), [word](../glossary.md#number)",
    "[Numbers][n] and [[Numeral]] and [[number|two of them]].\n\n[n]: 01-lesson.md",
    "![](../media/picture.svg){decorative}",
    "### Deeper\n\n#### Deepest\n\n## Up again\n\n### Again {#named}\n\n[x](#named)",
    "A note.[^1]\n\n[^1]: Here.",
    "> quoted\n> - list",
    "It was written in\n2026. Since then nothing has changed.",
    "---\n\nText after a ruler",
    "x &lt; y &amp; z, 3 < 4 > 2",
    "نص عربي مع [[number|رقم]]\u200f.",
]


@pytest.mark.parametrize("body", GOOD_BODIES, ids=lambda value: repr(value)[:40])
def test_good_text_has_no_fault(body: str) -> None:
    assert parse_course(with_lesson(body)).problems == ()


def test_bytes_that_are_not_utf8_are_reported_where_they_stand() -> None:
    files = tiny_course({SECOND: text_of(SECOND).encode() + b"\nna\xefve"})
    (problem,) = parse_course(files).problems
    assert (problem.path, problem.line, problem.column) == (SECOND, 11, 3)
    assert "UTF-8" in problem.remedy


def test_one_bad_file_hides_no_other() -> None:
    files = tiny_course(
        {
            COURSE: "---\ntitle: a: b\n---\n",
            LESSON: text_of(LESSON).replace("minutes: 5", "minutes: 0"),
            QUIZ: b"\xff",
            BANK: text_of(BANK).replace("title: Tiny bank\n", ""),
            ITEMS: text_of(ITEMS) + "## No key {#x use=quiz objective=count}\n\n- ( ) a\n  > b\n",
            PICTURE: '<svg onload="alert(1)"/>',
        }
    )
    result = parse_course(files)
    assert result.course is None
    assert {p.path for p in result.problems} >= {COURSE, LESSON, QUIZ, BANK, ITEMS, PICTURE}


STRAYS = [
    "courses/tiny/notes.txt",
    "courses/tiny/Module/01-x.md",
    "courses/tiny/01-first/lesson.md",
    "courses/tiny/01-first/deep/01-x.md",
    "courses/tiny/media/bad name.svg",
    "courses/tiny/media/x.exe",
    "courses/other/course.md",
    "quizzes/tiny/items.md",
    "quizzes/Tiny Bank/bank.md",
    "elsewhere/x.md",
    "courses/tiny/../../etc/passwd",
    "x.md",
]


@pytest.mark.parametrize("path", STRAYS)
def test_stray_file_is_reported(path: str) -> None:
    assert path in {p.path for p in parse_course(tiny_course({path: "x"})).problems}


MEDIA = {
    "courses/tiny/media/a.png": b"GIF89a",
    "courses/tiny/media/b.svg": b"<svg><script>alert(1)</script></svg>",
    "courses/tiny/media/c.svg": b'<svg><a href="javascript:alert(1)"/></svg>',
    "courses/tiny/media/d.svg": b'<svg><image href="https://example.org/x.png"/></svg>',
    "courses/tiny/media/e.svg": b'<!DOCTYPE svg [<!ENTITY x "y">]><svg/>',
    "courses/tiny/media/f.svg": b"plain text",
    "courses/tiny/media/g.svg": b"<svg>\xff</svg>",
    "courses/tiny/media/h.svg": b"<svg><style>@import url(//example.org)</style></svg>",
    "courses/tiny/media/i.html": b"<p>",
}


@pytest.mark.parametrize("path", MEDIA)
def test_media_must_be_what_its_name_says_and_harmless(path: str) -> None:
    problems = parse_course({**tiny_course(), path: MEDIA[path]}).problems
    assert [p.path for p in problems] == [path]


def test_missing_files_are_named() -> None:
    gone = {COURSE: None, MODULE: None, BANK: None}
    paths = {p.path for p in parse_course(tiny_course(gone)).problems}
    assert {COURSE, MODULE, BANK} <= paths


def test_two_files_of_one_number_collide() -> None:
    files = tiny_course({"courses/tiny/01-first/02-again.md": text_of(SECOND)})
    assert any("number 02 is taken" in str(p) for p in parse_course(files).problems)


def test_modules_that_require_each_other_are_reported() -> None:
    second = text_of(MODULE).replace("id: first", "id: second\nrequires: [first]")
    second = second.replace("id: count", "id: c2").replace("id: compare", "id: d2")
    files = tiny_course(
        {
            MODULE: text_of(MODULE).replace("id: first", "id: first\nrequires: [second]"),
            "courses/tiny/02-second/module.md": second,
            "courses/tiny/02-second/01-x.md": text_of(SECOND)
            .replace("id: comparing", "id: x")
            .replace("[compare]", "[c2]"),
        }
    )
    problems = [p for p in parse_course(files).problems if "leads back" in p.message]
    assert {p.path for p in problems} == {MODULE, "courses/tiny/02-second/module.md"}


def test_item_ids_are_unique_across_the_files_of_a_bank() -> None:
    files = tiny_course({"quizzes/tiny/02-more.md": item("quiz-1", "quiz")})
    (problem,) = parse_course(files).problems
    assert (problem.path, problem.line) == ("quizzes/tiny/02-more.md", 1)


def test_item_that_names_no_objective_of_the_course_is_reported() -> None:
    files = tiny_course({"quizzes/tiny/02-more.md": item("more", "quiz", "fly")})
    assert [p.path for p in parse_course(files).problems] == ["quizzes/tiny/02-more.md"]


def test_text_of_an_item_is_followed_too() -> None:
    broken = item("more", "quiz").replace("*one*", "[one](nowhere.md)")
    (problem,) = parse_course(tiny_course({"quizzes/tiny/02-more.md": broken})).problems
    assert (problem.path, problem.line) == ("quizzes/tiny/02-more.md", 3)


@pytest.mark.parametrize("status", ["draft", "pilot", "retired"])
def test_draw_counts_live_items_only(status: str) -> None:
    text = items(practice=2, quiz=2, exam=2).replace("{#quiz-2", f"{{#quiz-2 status={status}")
    problems = parse_course(tiny_course({ITEMS: text})).problems
    assert [p.path for p in problems] == [QUIZ]


def test_draw_of_one_use_takes_nothing_from_another() -> None:
    problems = parse_course(tiny_course({ITEMS: items(practice=2, quiz=9, exam=1)})).problems
    assert [p.path for p in problems] == [FINAL]
    assert re.search(r"Only 1 of 2 items", problems[0].message)


def test_bank_of_an_unknown_course_is_reported_and_its_items_too() -> None:
    stranger = text_of(BANK).replace("tiny", "stranger")
    files = {
        **tiny_course(),
        "quizzes/stranger/bank.md": stranger.encode(),
        "quizzes/stranger/01-x.md": b"## No id\n",
    }
    paths = {p.path for p in parse_tree(files).problems}
    assert paths == {"quizzes/stranger/bank.md", "quizzes/stranger/01-x.md"}


def test_prerequisite_must_be_a_known_course() -> None:
    text = text_of(COURSE).replace("prerequisites: []", "prerequisites: [other]")
    files = tiny_course({COURSE: text})
    assert [p.line for p in parse_tree(files).problems] == [12]
    assert parse_tree(files, frozenset({"other"})).problems == ()


def test_two_courses_cannot_share_an_id() -> None:
    files = tiny_course()
    again = {
        path.replace("courses/tiny", "courses/again"): data
        for path, data in files.items()
        if path.startswith("courses/")
    }
    problems = parse_tree({**files, **again}).problems
    assert any("taken in courses/again" in str(p) for p in problems)
