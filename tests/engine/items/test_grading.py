"""What each response earns, exactly, and which misconception it shows."""

from fractions import Fraction

import pytest

from lms.engine.items import Item, MalformedResponse, grade
from tests.engine.makers import HEAD, parse_one

MULTIPLE = """## Which two? {#one use=quiz objective=goal SCORING}

- [x] a
  > yes
- [x] b
  > yes
- [ ] c
  > no {misconception=c-too}
- [ ] d
  > no {misconception=d-too}
"""
ORDERING = """## In which order? {#one use=quiz objective=goal SCORING}

1. output
   > first {misconception=output-late}
2. capability
   > second
3. outcome
   > third
4. benefit
   > last {misconception=benefit-early}
"""
MATCHING = """## What goes together? {#one use=quiz objective=goal SCORING}

- sprint :: temporary
  > r {misconception=sprint-lasts}
- help desk :: lasting
  > r
- release :: temporary
  > r
- :: eternal
  > r {misconception=for-ever}
"""
NUMERIC = f"""## How much? {HEAD}

- = 0.889 ± 0.005
  > EV / AC.
- ~ 1.125 ± 0.5%
  > turned over {{misconception=inverted}}
- ~ -2
  > minus two
"""
SHORT = """## What is it called? {#one use=quiz objective=goal type=short CASE}

- = Cool-down
  > yes
- = wait* time
  > yes
- = /paus(e|ing)/
  > yes
- ~ time limit
  > no {misconception=limit}
"""


def partial(text: str) -> Item:
    return parse_one(text.replace("SCORING", "scoring=partial"))


def strict(text: str) -> Item:
    return parse_one(text.replace("SCORING", "scoring=all"))


@pytest.mark.parametrize(
    ("chosen", "share", "names"),
    [
        ([0, 1], Fraction(1), ()),
        ([0], Fraction(1, 2), ()),
        ([0, 2], Fraction(0), ("c-too",)),
        ([0, 1, 2], Fraction(1, 2), ("c-too",)),
        ([0, 1, 2, 3], Fraction(0), ("c-too", "d-too")),
        ([2, 3], Fraction(0), ("c-too", "d-too")),
    ],
)
def test_partial_multiple_earns_right_minus_wrong_choices(
    chosen: list[int], share: Fraction, names: tuple[str, ...]
) -> None:
    result = grade(partial(MULTIPLE), chosen)
    assert (result.fraction, result.misconceptions) == (share, names)
    assert grade(strict(MULTIPLE), chosen).fraction == (share == 1)
    assert [part.right for part in result.parts] == [(n in chosen) == (n < 2) for n in range(4)]


@pytest.mark.parametrize(
    ("places", "share", "names"),
    [
        ([1, 2, 3, 4], Fraction(1), ()),
        ([4, 1, 2, 3], Fraction(2, 3), ("output-late", "benefit-early")),
        ([4, 3, 2, 1], Fraction(0), ("output-late", "benefit-early")),
        ([1, 2, None, None], Fraction(1, 3), ()),
        ([1, 2, 1, 2], Fraction(0), ()),
        ([1, 2, 3, 3], Fraction(1, 3), ()),
    ],
)
def test_partial_ordering_earns_the_neighbours_kept(
    places: list[int | None], share: Fraction, names: tuple[str, ...]
) -> None:
    result = grade(partial(ORDERING), places)
    assert (result.fraction, result.misconceptions) == (share, names)
    assert grade(strict(ORDERING), places).fraction == (share == 1)


@pytest.mark.parametrize(
    ("given", "share", "names"),
    [
        ([0, 1, 0], Fraction(1), ()),
        ([0, 1, None], Fraction(2, 3), ()),
        ([1, 1, 2], Fraction(1, 3), ("sprint-lasts", "for-ever")),
        ([None, 0, None], Fraction(0), ()),
    ],
)
def test_matching_earns_the_share_of_left_sides(
    given: list[int | None], share: Fraction, names: tuple[str, ...]
) -> None:
    result = grade(partial(MATCHING), given)
    assert (result.fraction, result.misconceptions) == (share, names)
    assert grade(strict(MATCHING), given).fraction == (share == 1)


@pytest.mark.parametrize(
    ("typed", "state", "names"),
    [
        ("0.889", "right", ()),
        ("0.894", "right", ()),
        ("0.8840", "right", ()),
        ("0.8839999", "wrong", ()),
        (" ٠٫٨٨٩ ", "right", ()),
        ("1.1306", "wrong", ("inverted",)),
        ("1.130626", "wrong", ()),
        ("−2", "wrong", ()),
    ],
)
def test_a_tolerance_includes_both_ends(typed: str, state: str, names: tuple[str, ...]) -> None:
    result = grade(parse_one(NUMERIC), typed)
    assert (result.state, result.misconceptions) == (state, names)


@pytest.mark.parametrize("typed", ["abc", "0,889", "1e3", "1/2", "", "--2", "1 2"])
def test_a_text_that_is_no_number_is_told_so(typed: str) -> None:
    with pytest.raises(MalformedResponse) as caught:
        grade(parse_one(NUMERIC), typed)
    assert caught.value.fault == "not-a-number"


@pytest.mark.parametrize(
    ("typed", "folded", "sensitive"),
    [
        ("Cool-down", True, True),
        ("  COOL‑DOWN ", True, False),
        ("cool down", False, False),
        ("waiting time", True, True),
        ("wait  time", True, True),
        ("Waiting Time", True, False),
        ("pausing", True, True),
        ("Pause", True, False),
        ("a pause", False, False),
        ("time limit", False, False),
    ],
)
def test_short_answers_are_folded(typed: str, folded: bool, sensitive: bool) -> None:
    assert grade(parse_one(SHORT.replace("CASE", "")), typed).correct == folded
    assert grade(parse_one(SHORT.replace("CASE", "case=sensitive")), typed).correct == sensitive


def test_a_foreseen_answer_names_its_misconception() -> None:
    assert grade(parse_one(SHORT.replace("CASE", "")), "Time limit").misconceptions == ("limit",)


def test_a_composed_accent_equals_a_decomposed_one() -> None:
    item = parse_one(f"## Drink? {HEAD}\n\n- = café\n  > yes\n")
    assert grade(item, "Cafe\u0301").correct


def test_a_single_slash_is_a_text() -> None:
    item = parse_one(f"## Which sign divides? {HEAD}\n\n- = /\n  > yes\n")
    assert grade(item, "/").correct


def test_a_pattern_runs_in_linear_time() -> None:
    item = parse_one(f"## x? {HEAD}\n\n- = /(a+)+b/\n  > yes\n")
    assert grade(item, "a" * 200).state == "wrong"
