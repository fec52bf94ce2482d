"""Front matter: YAML 1.2 with places."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.engine.content.frontmatter import split_front_matter

TEXT = """---
id: a
title: "Quiz: x"
draw:
  - objective: one
    count: 2
---
Body
"""


def test_values_places_and_body_are_found() -> None:
    front = split_front_matter("p.md", TEXT)
    assert front.values["title"] == "Quiz: x"
    assert front.values["draw"] == [{"objective": "one", "count": 2}]
    assert front.key_at("draw", 0, "count") == (6, 5)
    assert front.value_at("draw", 0, "count") == (6, 12)
    assert (front.body, front.body_line) == ("Body\n", 8)
    assert front.problems == ()


def test_place_of_an_absent_key_is_that_of_what_should_hold_it() -> None:
    front = split_front_matter("p.md", TEXT)
    assert front.key_at("draw", 0, "module") == front.value_at("draw", 0)
    assert split_front_matter("p.md", "text").key_at("id") == (1, 1)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("true", True),
        ("null", None),
        ("3.50", Decimal("3.50")),
        ("012", 12),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        ("2026-11-22", "2026-11-22"),
        ("'12'", "12"),
        ("9" * 5000, "9" * 5000),
        ("1:30", "1:30"),
    ],
)
def test_scalars_are_read_as_in_yaml_1_2(written: str, value: object) -> None:
    assert split_front_matter("p.md", f"---\nkey: {written}\n---\n").values["key"] == value


@pytest.mark.parametrize(
    ("head", "line", "part"),
    [
        ("title: Quiz: x", 2, "quotes"),
        ("id: a\nid: b", 3, "second time"),
        ("a: &x 1\nb: *x", 2, "anchor"),
        ("a: !!python/object:os.system x", 2, "tag"),
        ("a: [", 2, "not YAML"),
        ("- a", 2, "not a list of keys"),
        ("\tid: a", 2, "tabs"),
        ("? [a]\n: b", 2, "one word"),
        ("a: " + "[" * 9 + "]" * 9, 2, "nested too deeply"),
        ("a: " + "x" * 40_000, 2, "longer than"),
        ("a: @x", 2, "quotes"),
    ],
)
def test_fault_names_line_and_remedy(head: str, line: int, part: str) -> None:
    problems = split_front_matter("p.md", f"---\n{head}\n---\nBody").problems
    assert problems[0].line == line
    assert part in str(problems[0])


def test_body_survives_a_broken_head() -> None:
    front = split_front_matter("p.md", "---\na: [\n---\nBody")
    assert (front.body, front.body_line) == ("Body", 4)


def test_head_that_is_never_closed_is_a_fault() -> None:
    assert "not closed" in split_front_matter("p.md", "---\nid: a\n").problems[0].message


@given(st.text(max_size=400))
def test_no_text_is_too_strange(text: str) -> None:
    split_front_matter("p.md", text)
    split_front_matter("p.md", f"---\n{text}\n---\n")
