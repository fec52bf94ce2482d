"""Every fault is found at its place and says what to write instead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.engine.items import parse_item_file
from tests.engine.makers import HEAD, faults

TWO = "- (x) a\n  > r\n- ( ) b\n  > r\n"

CASES = {
    "no key": (f"## Q {HEAD}\n\n- ( ) a\n  > r\n- ( ) b\n  > r\n", "1:1: No option is marked"),
    "two keys": (f"## Q {HEAD}\n\n- (x) a\n  > r\n- (x) b\n  > r\n", "5:1: A second option"),
    "no key in multiple": (f"## Q {HEAD}\n\n- [ ] a\n  > r\n- [ ] b\n  > r\n", "1:1: No option"),
    "unknown attribute": (
        "## Q {#one use=quiz objektive=goal objective=goal}\n\n" + TWO,
        "1:21: Unknown attribute `objektive`. Did you mean `objective`?",
    ),
    "wide heading": (
        "##   Q {#one use=quizz objective=goal}\n\n" + TWO,
        "1:14: `quizz` is no value of `use`.",
    ),
    "unknown value": (
        "## Q {#one use=quizz objective=goal}\n\n" + TWO,
        "1:12: `quizz` is no value of `use`. Did you mean `quiz`?",
    ),
    "no attribute": (
        "## Q {#one use=quiz objective=goal !}\n\n" + TWO,
        "1:36: `!` is no attribute",
    ),
    "attribute twice": (
        "## Q {#one use=quiz use=exam objective=goal}\n\n" + TWO,
        "1:21: `use` stands here twice.",
    ),
    "missing id": ("## Q {use=quiz objective=goal}\n\n" + TWO, "1:1: This item has no id."),
    "missing use": ("## Q {#one objective=goal}\n\n" + TWO, "1:1: This item has no use."),
    "missing objective": ("## Q {#one use=quiz}\n\n" + TWO, "1:1: This item has no objective."),
    "bad id": ("## Q {#One use=quiz objective=goal}\n\n" + TWO, "1:7: `One` cannot be an id."),
    "no braces": ("## Q\n\n" + TWO, "1:1: This item has no id."),
    "open braces": ("## Q {#one use=quiz\n\n" + TWO, "1:6: These braces are not read."),
    "missing rationale": (f"## Q {HEAD}\n\n- (x) a\n- ( ) b\n  > r\n", "3:7: This entry has no r"),
    "unindented rationale": (
        f"## Q {HEAD}\n\n- ( ) a\n  > r\n- (x) b\n> r\n",
        "6:1: Is this the rationale of the last option, or general feedback?",
    ),
    "type against notation": (
        "## Q {#one type=multiple use=quiz objective=goal}\n\n" + TWO,
        "1:12: The options below make this an item of type single or true-false.",
    ),
    "options equal": (
        f"## Q {HEAD}\n\n- (x) A  b\n  > r\n- ( ) a B\n  > r\n",
        "5:7: This is the s",
    ),
    "mixed marks": (f"## Q {HEAD}\n\n- (x) a\n  > r\n- [ ] b\n  > r\n", "5:1: `[ ]` does not go"),
    "no mark": (f"## Q {HEAD}\n\n- a\n  > r\n- (x) b\n  > r\n", "3:1: This list entry has no mark"),
    "no options": (f"## Q {HEAD}\n\nJust text.\n", "1:1: This item has no options."),
    "one option": (f"## Q {HEAD}\n\n- (x) a\n  > r\n", "1:1: This item has 1 entries."),
    "empty option": (f"## Q {HEAD}\n\n- (x) a\n  > r\n- ( )\n  > r\n", "5:6: This entry is empty."),
    "empty question": (f"## {HEAD}\n\n" + TWO, "1:1: The question is empty."),
    "long option": (
        f"## Q {HEAD}\n\n- (x) {'a' * 1001}\n  > r\n- ( ) b\n  > r\n",
        "3:1: This text",
    ),
    "long question": (f"## {'Q' * 501} {HEAD}\n\n" + TWO, "1:1: This text has 501 characters."),
    "text below": (f"## Q {HEAD}\n\n{TWO}\nMore text.\n", "8:1: This text stands below"),
    "text above": (f"Hello.\n\n## Q {HEAD}\n\n{TWO}", "1:1: This text stands above"),
    "text behind rationale": (
        f"## Q {HEAD}\n\n- (x) a\n  > r\n  more\n- ( ) b\n  > r\n",
        "5:3: An option is one paragraph",
    ),
    "open code": (f"## Q {HEAD}\n\n```\n{TWO}", "3:1: This code block is not closed."),
    "misconception of a right option": (
        f"## Q {HEAD}\n\n- (x) a\n  > r {{misconception=x}}\n- ( ) b\n  > r\n",
        "4:1: A right answer shows no misconception.",
    ),
    "bad misconception": (
        f"## Q {HEAD}\n\n- (x) a\n  > r\n- ( ) b\n  > r {{misconception=Bad}}\n",
        "6:8: `Bad` does not name a misconception.",
    ),
    "foreign rationale attribute": (
        f"## Q {HEAD}\n\n- (x) a\n  > r\n- ( ) b\n  > r {{points=1}}\n",
        "6:8: A rationale has no attribute `points`.",
    ),
    "true-false texts": (
        "## Q {#one type=true-false use=quiz objective=goal}\n\n" + TWO,
        "1:1: A true-false item has exactly the options True and False.",
    ),
    "scoring of single": (
        "## Q {#one use=quiz objective=goal scoring=partial}\n\n" + TWO,
        "1:36: `scoring` has no meaning for an item of type single.",
    ),
    "points": ("## Q {#one use=quiz objective=goal points=0}\n\n" + TWO, "1:36: `0` is no number"),
    "points by zero": ("## Q {#one use=quiz objective=goal points=1/0}\n\n" + TWO, "1:36: `1/0`"),
    "date": (
        "## Q {#one use=quiz objective=goal verified_on=2026-02-30}\n\n" + TWO,
        "1:36: `2026-02-30` is no date.",
    ),
    "tolerance": (f"## Q {HEAD}\n\n- = 5 ± -1\n  > r\n", "3:5: This tolerance makes no sense."),
    "relative at zero": (f"## Q {HEAD}\n\n- = 0 ± 5%\n  > r\n", "3:5: This tolerance"),
    "relative of all": (f"## Q {HEAD}\n\n- = 7 ± 100%\n  > r\n", "3:5: This tolerance"),
    "no number": (
        "## Q {#one type=numeric use=quiz objective=goal}\n\n- = five\n  > r\n",
        "3:5: `five` is no number with a tolerance.",
    ),
    "numeric overlap": (
        f"## Q {HEAD}\n\n- = 5 ± 1\n  > r\n- ~ 6.5 ± 0.5\n  > r\n",
        "5:5: This answer overlaps with the one in line 3.",
    ),
    "no accepted number": (f"## Q {HEAD}\n\n- ~ 5\n  > r\n", "1:1: No answer is accepted"),
    "bad pattern": (f"## Q {HEAD}\n\n- = /(a/\n  > r\n", "3:5: This pattern cannot be read: miss"),
    "back reference": (f"## Q {HEAD}\n\n- = /(a)\\1/\n  > r\n", "3:5: This pattern cannot be read"),
    "empty pattern": (f"## Q {HEAD}\n\n- = /a*/\n  > r\n", "3:5: This pattern takes an empty"),
    "any text": (f"## Q {HEAD}\n\n- = *\n  > r\n", "3:5: This answer takes any text."),
    "short overlap": (
        f"## Q {HEAD}\n\n- = cool*\n  > r\n- ~ Cooler\n  > r\n",
        "5:5: This answer and the one in line 3 take the same text.",
    ),
    "short twice": (f"## Q {HEAD}\n\n- = Cool\n  > r\n- = cool\n  > r\n", "5:5: This answer and"),
    "entry numbers": (
        f"## Q {HEAD}\n\n1. a\n   > r\n3. b\n   > r\n2. c\n   > r\n",
        "5:1: This entry has the number 3 but stands in place 2.",
    ),
    "left sides equal": (
        f"## Q {HEAD}\n\n- a :: b\n  > r\n- A :: c\n  > r\n",
        "5:3: This is the same as in line 3",
    ),
    "one pair": (f"## Q {HEAD}\n\n- a :: b\n  > r\n- :: c\n  > r\n", "1:1: This item has 1 pairs."),
    "empty right side": (f"## Q {HEAD}\n\n- a :: b\n  > r\n- c ::\n  > r\n", "5:3: The right side"),
    "distractor is right": (
        f"## Q {HEAD}\n\n- a :: b\n  > r\n- c :: d\n  > r\n- :: B\n  > r\n",
        "7:3: This wrong right side also stands in line 3.",
    ),
    "default unknown": ("---\nobjectiv: x\n---\n## Q " + HEAD + "\n\n" + TWO, "2:1: `objectiv`"),
    "default value": (
        "---\nuse: exams\n---\n## Q " + HEAD + "\n\n" + TWO,
        "2:6: `exams` is no val",
    ),
    "front matter open": ("---\nuse: quiz\n", "1:1: The front matter is not closed."),
}


@pytest.mark.parametrize("name", CASES)
def test_a_fault_is_found_at_its_place(name: str) -> None:
    text, expected = CASES[name]
    found = faults(text)
    assert any(fault.startswith(expected) for fault in found), found


@pytest.mark.parametrize("name", CASES)
def test_a_fault_says_what_to_write(name: str) -> None:
    _, problems = parse_item_file("f.md", CASES[name][0], "bank")
    assert all(problem.remedy and problem.message for problem in problems)


def test_one_fault_hides_no_other() -> None:
    bad = f"## Q {HEAD}\n\n- ( ) a\n- ( ) b\n  > r\n"
    items, problems = parse_item_file("f.md", f"{bad}\n{bad}\n## Q {HEAD}\n\n{TWO}", "bank")
    assert len(items) == 1
    assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)
    assert len(problems) == 4


def test_a_repeated_id_is_refused_with_the_place_of_the_first() -> None:
    text = f"## Q {HEAD}\n\n{TWO}\n## R {HEAD}\n\n{TWO}"
    items, problems = parse_item_file("f.md", text, "bank")
    assert [item.question for item in items] == ["Q"]
    assert str(problems[0]).startswith("f.md:8:1: The id `one` is taken by f.md:1.")


def test_a_draft_may_still_lack_rationales() -> None:
    text = "## Q {#one use=quiz objective=goal status=draft}\n\n- (x) a\n- ( ) b\n"
    items, problems = parse_item_file("f.md", text, "bank")
    assert (len(items), problems) == (1, ())


def test_the_heading_outweighs_the_front_matter() -> None:
    front = "---\nuse: exam\nobjective: goal\nedition: 8\nverified_on: 2026-11-22\n---\n"
    (one, two), problems = parse_item_file(
        "f.md", f"{front}## Q {{#one}}\n\n{TWO}\n## R {{#two use=quiz}}\n\n{TWO}", "bank"
    )
    assert problems == ()
    assert (one.use, two.use) == ("exam", "quiz")
    assert (one.source.edition, one.source.verified_on) == ("8", "2026-11-22")


def test_accepted_answers_may_help_each_other() -> None:
    text = f"## Q {HEAD}\n\n- = operations\n  > r\n- = operation*\n  > r\n"
    assert faults(text) == []


pieces = st.sampled_from(
    [
        f"## Q {HEAD}",
        "##",
        "- (x) a",
        "- [x] a",
        "- ( )",
        "1. a",
        "2. b",
        "- = 5",
        "- ~ 5 ± 1%",
        "- = /(/",
        "- a :: b",
        "- :: b",
        "- a ::",
        "  > r",
        "> r",
        "  > {misconception=x}",
        "",
        "```",
        "---",
        "use: quiz",
        "text",
        "  text",
        "\t",
        "- ",
        "-",
        "# x",
        "- = ±",
        "- ~ x*",
    ]
)


@given(st.one_of(st.text(), st.lists(pieces, max_size=15).map("\n".join)))
def test_any_text_gives_items_or_problems(text: str) -> None:
    items, problems = parse_item_file("f.md", text, "bank")
    assert items or problems or not text.strip("- \n\t") or "##" not in text
    rows = text.count("\n") + 1
    assert all(1 <= problem.line <= rows and problem.column >= 1 for problem in problems)
