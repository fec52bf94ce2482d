"""Streams are the same for ever, differ by purpose, and favour nothing."""

from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.engine.seeds import Stream


def test_known_answers_never_change() -> None:
    stream = Stream(b"waymark", "shuffle", "bank/item")
    assert Stream(b"waymark", "draw", "1").take(32).hex() == (
        "dbd1b302d3b2583049c3cbb1648efb7782d08f2f427c7596c64844b945c62409"
    )
    assert [stream.below(1000) for _ in range(12)] == [
        922,
        608,
        931,
        544,
        952,
        695,
        820,
        543,
        164,
        63,
        551,
        194,
    ]
    assert Stream(b"waymark", "shuffle", "bank/item").shuffled(range(10)) == (
        9,
        1,
        0,
        2,
        8,
        5,
        3,
        7,
        6,
        4,
    )
    assert Stream(bytes(16), "draw", "0").sample("abcdefgh", 4) == ("f", "a", "e", "g")


@given(st.binary(), st.lists(st.integers(0, 80), max_size=8))
def test_pieces_of_a_stream_are_the_stream(seed: bytes, sizes: list[int]) -> None:
    stream = Stream(seed, "draw")
    assert b"".join(stream.take(n) for n in sizes) == Stream(seed, "draw").take(sum(sizes))


@given(st.binary(), st.lists(st.text(), max_size=3), st.lists(st.text(), max_size=3))
def test_each_purpose_has_a_stream_of_its_own(
    seed: bytes, one: list[str], other: list[str]
) -> None:
    same = Stream(seed, *one).take(16) == Stream(seed, *other).take(16)
    assert same == (one == other)


@given(st.binary(), st.integers(1, 10**30))
def test_a_draw_stays_below_its_limit(seed: bytes, limit: int) -> None:
    stream = Stream(seed, "draw")
    assert all(0 <= stream.below(limit) < limit for _ in range(5))


@given(st.binary(), st.lists(st.integers(), max_size=30), st.data())
def test_a_sample_takes_each_thing_at_most_once(
    seed: bytes, things: list[int], data: st.DataObject
) -> None:
    count = data.draw(st.integers(0, len(things)))
    taken = Stream(seed, "draw").sample(things, count)
    assert len(taken) == count
    assert not Counter(taken) - Counter(things)
    assert sorted(Stream(seed, "shuffle").shuffled(things)) == sorted(things)


def test_every_order_comes_equally_often() -> None:
    """Chi-squared with 23 degrees of freedom; 49.7 is the 0.1 % point. The streams are fixed."""
    rounds = 4800
    seen = Counter(Stream(bytes([7]), "test", str(n)).shuffled("abcd") for n in range(rounds))
    expected = rounds / 24
    orders = permutations("abcd")
    assert sum((seen[order] - expected) ** 2 / expected for order in orders) < 49.7


def test_every_number_comes_equally_often() -> None:
    """Chi-squared with 9 degrees of freedom; 27.9 is the 0.1 % point."""
    stream = Stream(b"x", "test")
    seen = Counter(stream.below(10) for _ in range(5000))
    assert sum((seen[n] - 500) ** 2 / 500 for n in range(10)) < 27.9


@pytest.mark.parametrize("limit", [0, -1])
def test_a_draw_from_nothing_is_refused(limit: int) -> None:
    with pytest.raises(ValueError, match="possibility"):
        Stream(b"", "draw").below(limit)


def test_a_sample_larger_than_its_source_is_refused() -> None:
    with pytest.raises(ValueError, match="more than there is"):
        Stream(b"", "draw").sample("ab", 3)
