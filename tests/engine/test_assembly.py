"""A form is fair, frozen, and the same for the same seed."""

import json
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.engine.assembly import CannotFillDraw, Form, UnreadableForm, assemble
from lms.engine.content.model import Draw
from lms.engine.items import Item
from tests.engine.makers import items, make_choice, make_quiz, seeds

OBJECTIVES = ("alpha", "beta", "gamma")


def make_bank(*counts: int, **tags: Any) -> dict[str, Item]:
    """Return so many items of each objective, keyed by ref."""
    bank = [
        make_choice(f"{objective}-{n}", objective, **tags)
        for objective, count in zip(OBJECTIVES, counts, strict=False)
        for n in range(count)
    ]
    return {item.ref: item for item in bank}


@given(seeds, st.tuples(*[st.integers(0, 4)] * 3), st.sets(st.integers(0, 23)), st.integers(0, 3))
def test_every_draw_is_filled_without_repeats(
    seed: bytes, counts: tuple[int, int, int], seen_places: set[int], extra: int
) -> None:
    bank = make_bank(8, 8, 8)
    seen = {ref for n, ref in enumerate(bank) if n in seen_places}
    draws = [Draw(OBJECTIVES, extra)]
    draws += [Draw((objective,), n) for objective, n in zip(OBJECTIVES, counts, strict=True)]
    form = assemble(make_quiz(*draws), bank, seed, "r1", seen)
    assert len(set(form.refs)) == len(form.refs) == sum(counts) + extra
    for objective, count in zip(OBJECTIVES, counts, strict=True):
        drawn = [slot for slot in form.slots if slot.objective == objective]
        assert count <= len(drawn) <= count + extra


@given(seeds, st.sets(st.integers(0, 7)), st.integers(0, 8))
def test_items_seen_before_come_only_when_the_others_are_used_up(
    seed: bytes, places: set[int], count: int
) -> None:
    bank = make_bank(8)
    seen = {ref for n, ref in enumerate(bank) if n in places}
    form = assemble(make_quiz(Draw(("alpha",), count)), bank, seed, "r1", seen)
    assert len(seen & set(form.refs)) == max(0, count - (8 - len(seen)))


@given(seeds, st.randoms(use_true_random=False))
def test_the_order_of_the_bank_has_no_say(seed: bytes, random: Any) -> None:
    bank = make_bank(8, 8, 8)
    mixed = list(bank.items())
    random.shuffle(mixed)
    quiz = make_quiz(Draw(OBJECTIVES, 3), Draw(("beta",), 4))
    assert assemble(quiz, bank, seed, "r1") == assemble(quiz, dict(mixed), seed, "r1")


def test_a_wide_draw_leaves_a_narrow_one_what_it_needs() -> None:
    quiz = make_quiz(Draw(("alpha", "beta"), 2), Draw(("alpha",), 2))
    for n in range(50):
        form = assemble(quiz, make_bank(2, 2), bytes([n]), "r1")
        assert [slot.objective for slot in form.slots].count("alpha") == 2


def test_only_live_items_of_the_right_use_are_drawn() -> None:
    bank = make_bank(2)
    for n, tags in enumerate(({"use": "exam"}, {"status": "draft"}, {"status": "retired"})):
        item = make_choice(f"other-{n}", "alpha", **tags)  # type: ignore[arg-type]
        bank[item.ref] = item
    with pytest.raises(CannotFillDraw) as caught:
        assemble(make_quiz(Draw(("alpha",), 3)), bank, b"", "r1")
    assert caught.value.available == 2


def test_every_item_is_drawn_about_equally_often() -> None:
    """Chi-squared with 7 degrees of freedom; 24.3 is the 0.1 % point. The seeds are fixed."""
    bank, quiz = make_bank(8), make_quiz(Draw(("alpha",), 2))
    refs = [ref for n in range(1200) for ref in assemble(quiz, bank, n.to_bytes(2), "r1").refs]
    assert sum((refs.count(ref) - 300) ** 2 / 300 for ref in bank) < 24.3


@given(st.lists(items(), min_size=1, max_size=5, unique_by=lambda item: item.id), seeds)
def test_a_form_comes_back_from_json_exactly(bank: list[Item], seed: bytes) -> None:
    known = {i.ref: replace(i, use="quiz", objective="goal", status="live") for i in bank}
    form = assemble(make_quiz(Draw(("goal",), len(known))), known, seed, "r1")
    assert Form.from_json(json.loads(json.dumps(form.to_json()))) == form
    assert form.max_points == sum((item.points for item in bank), Fraction(0))


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(), inner)),
)


@given(json_values, st.sampled_from(["version", "quiz", "revision", "seed", "slots"]))
def test_damaged_json_is_refused(value: object, key: str) -> None:
    good = assemble(make_quiz(Draw(("alpha",), 2)), make_bank(2), bytes(16), "r1").to_json()
    for data in (value, {**good, key: value}, {**good, "slots": [value]}):
        try:
            form = Form.from_json(data)
        except UnreadableForm:
            continue
        assert Form.from_json(form.to_json()) == form


@pytest.mark.parametrize("index", [-1, True, "0", 1.0])
def test_an_arrangement_holds_places_only(index: object) -> None:
    slot = {"item": "bank/one", "arrangement": [[index]], "points": "1", "objective": "goal"}
    data = {"version": 1, "quiz": "quiz", "revision": "r1", "seed": "", "slots": [slot]}
    with pytest.raises(UnreadableForm):
        Form.from_json(data)


def test_known_form_never_changes() -> None:
    form = assemble(make_quiz(Draw(("alpha",), 3)), make_bank(6), bytes(range(16)), "r1")
    assert [(slot.ref, slot.arrangement) for slot in form.slots] == [
        ("bank/alpha-5", ((1, 0, 2),)),
        ("bank/alpha-1", ((1, 0, 2),)),
        ("bank/alpha-4", ((2, 0, 1),)),
    ]
