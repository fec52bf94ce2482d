"""Every example in docs/authors.md is good notation, and everything has an example."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from lms.engine.content import model
from lms.engine.content.readers import COURSE_KEYS, LESSON_KEYS, MODULE_KEYS, QUIZ_KEYS
from lms.engine.content.traps import BOXES, REVEALS
from lms.engine.content.tree import parse_tree
from lms.engine.items import TYPES
from tests.content.makers import render_files

GUIDE = (Path(__file__).parents[2] / "docs" / "authors.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^(`{4,})markdown (\S+)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
BANK = "quizzes/permits/01-the-desk.md"
LESSON = "courses/permits/01-the-desk/02-how-long-it-takes.md"
PICTURE = "courses/permits/media/steps.svg"


def examples(kind: str) -> Iterator[tuple[str, str]]:
    for _, name, text in FENCE.findall(GUIDE):
        if name.startswith(kind):
            yield name.partition("=")[2], text


def guide_tree() -> dict[str, bytes]:
    """Return the course of the guide: all its files, and all its single questions in the bank."""
    files = dict(examples("file"))
    head = "---\nverified_on: 2026-11-22\n---\n"
    files["quizzes/permits/02-types.md"] = head + "\n".join(t for _, t in examples("items"))
    files[PICTURE] = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    return {path: text.encode() for path, text in files.items()}


def test_files_of_the_guide_are_a_course_without_faults() -> None:
    assert [str(problem) for problem in parse_tree(guide_tree()).problems] == []


def test_every_example_for_a_lesson_is_good_and_can_be_shown() -> None:
    shown = list(examples("lesson"))
    assert len(shown) >= 9
    for _, text in shown:
        files = guide_tree()
        files[LESSON] += f"\n{text}".encode()
        assert "lesson:how-long-it-takes" in render_files(files)


def test_every_type_of_question_has_an_example() -> None:
    (found,) = parse_tree(guide_tree()).courses
    assert found.result.course
    assert {item.type for item in found.result.course.items.values()} == set(TYPES)


@pytest.mark.parametrize(
    "word",
    sorted(
        {
            *COURSE_KEYS,
            *MODULE_KEYS,
            *LESSON_KEYS,
            *QUIZ_KEYS,
            *BOXES,
            *REVEALS,
            *model.BLOOM,
            *model.LEVELS,
            *model.ENROLMENTS,
            *model.ISSUING,
            *model.RELEASES,
            *model.VERIFIED_HOW,
        }
    ),
)
def test_every_word_of_the_notation_is_in_the_guide(word: str) -> None:
    assert re.search(rf"(?:`|^|[ \[]){re.escape(word)}(?:`|:|\b)", GUIDE, re.MULTILINE)


def test_links_inside_the_guide_lead_to_its_headings() -> None:
    headings = re.findall(r"^##+ (.+)$", re.sub(FENCE, "", GUIDE), re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") for text in headings}
    outside = re.sub(FENCE, "", GUIDE)
    assert set(re.findall(r"\]\(#([^)]+)\)", outside)) <= anchors
