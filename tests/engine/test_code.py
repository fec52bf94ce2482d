"""A code that was misread or mistyped is never taken for another one."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.engine.code import ALPHABET, new_code, parse_code, weighted

codes = st.binary(min_size=10, max_size=10).map(new_code)
KNOWN = {
    bytes(10): "0000-0000-0000-0000",
    bytes(range(10)): "000G-40R4-0M30-E20V",
    b"\xff" * 10: "ZZZZ-ZZZZ-ZZZZ-ZZZA",
}


@given(codes)
def test_a_new_code_is_known_again(code: str) -> None:
    assert parse_code(code) == code
    assert parse_code(code.lower().replace("-", " ")) == code
    assert parse_code(code.replace("0", "o").replace("1", "l")) == code
    assert parse_code(code.replace("0", "O").replace("1", "I").replace("-", "")) == code


def changed(plain: str, places: tuple[int, int]) -> str:
    """Return a code with two of its characters exchanged."""
    chars = list(plain)
    one, other = places
    chars[one], chars[other] = chars[other], chars[one]
    return "".join(chars)


@given(codes)
def test_every_wrong_character_is_detected(code: str) -> None:
    plain = code.replace("-", "")
    for place in range(16):
        for char in ALPHABET:
            wrong = plain[:place] + char + plain[place + 1 :]
            assert (parse_code(wrong) == code) == (wrong == plain)
            assert wrong == plain or parse_code(wrong) is None


@given(codes)
def test_every_exchange_of_two_characters_is_detected(code: str) -> None:
    plain = code.replace("-", "")
    for places in combinations(range(16), 2):
        wrong = changed(plain, places)
        assert wrong == plain or parse_code(wrong) is None


def test_substitutions_and_exchanges_are_detected_whatever_the_rest_says() -> None:
    """Prove it for all codes: the check is linear, so only the differences matter.

    Changing the value at place i by d changes the sum by a^i * d; exchanging places i and j whose
    values differ by d changes it by (a^i + a^j) * d. Neither may be zero for any d but 0.
    """
    for place in range(16):
        assert all(weighted(d, place) for d in range(1, 32))
    for one, other in combinations(range(16), 2):
        assert all(weighted(d, one) ^ weighted(d, other) for d in range(1, 32))
    for one in range(32):
        for other in range(32):
            total = weighted(one, 7) ^ weighted(other, 7)
            assert total == weighted(one ^ other, 7)


@given(st.text(max_size=80))
def test_any_text_is_a_code_or_none(text: str) -> None:
    code = parse_code(text)
    assert code is None or parse_code(code) == code


@pytest.mark.parametrize(
    "text", ["", "0000", "U000-0000-0000-0000", "0" * 17, "０" * 16, "ıııı" * 4, "0" * 15 + "ß"]
)
def test_what_cannot_be_a_code_is_none(text: str) -> None:
    assert parse_code(text) is None


def test_all_75_bits_count() -> None:
    made = {new_code((1 << bit).to_bytes(10, "big")) for bit in range(5, 80)}
    assert len(made) == 75


@pytest.mark.parametrize(("random", "code"), KNOWN.items())
def test_known_answers_never_change(random: bytes, code: str) -> None:
    assert new_code(random) == code


def test_another_number_of_bytes_is_refused() -> None:
    with pytest.raises(ValueError, match="10 random bytes"):
        new_code(bytes(16))
