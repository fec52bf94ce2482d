"""Certificate codes: 75 random bits and a check character, easy to read out and to type.

A code has 16 characters of Crockford's base 32 (no I, L, O and U) in groups of four. The last
makes the weighted sum of all zero: sum of a^i * value(i) over the field with 32 elements, where
a is a root of x^5 + x^2 + 1 and i counts the places from 0. Since the weights are different and
none is zero, every wrong character and every exchange of two characters is detected; sums modulo
32 could not do that (their weights would all have to be odd, and the difference of two odd
weights is even).
Source of the alphabet and of the forgiven letters: Douglas Crockford, "Base 32".
"""

from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 16
RANDOM_BYTES: Final = 10
RANDOM_BITS: Final = 75
MAX_TYPED: Final = 64

_FIELD: Final = 0b100101
_FORGIVEN: Final = str.maketrans("OIL", "011", " -\u00a0\u2010\u2011\u2013")


def new_code(random_bytes: bytes) -> str:
    """Return a code made of 10 random bytes, as `XXXX-XXXX-XXXX-XXXX`; else ValueError."""
    if len(random_bytes) != RANDOM_BYTES:
        raise ValueError(f"a code is made of {RANDOM_BYTES} random bytes")
    number = int.from_bytes(random_bytes, "big") >> (RANDOM_BYTES * 8 - RANDOM_BITS)
    values = [number >> shift & 31 for shift in range(RANDOM_BITS - 5, -1, -5)]
    return _grouped([*values, _check_value(values)])


def parse_code(text: str) -> str | None:
    """Return the code that somebody typed in its one written form, or None if it cannot be one.

    Small letters, O for 0, I and L for 1, and spaces and hyphens anywhere are accepted.
    """
    if len(text) > MAX_TYPED:
        return None
    plain = text.translate(_FORGIVEN)
    if len(plain) != LENGTH or not plain.isascii():
        return None
    plain = plain.upper().translate(_FORGIVEN)
    if not set(plain) <= set(ALPHABET):
        return None
    values = [ALPHABET.index(char) for char in plain]
    return _grouped(values) if _weighted_sum(values) == 0 else None


def _grouped(values: list[int]) -> str:
    text = "".join(ALPHABET[value] for value in values)
    return "-".join(text[n : n + 4] for n in range(0, LENGTH, 4))


def _check_value(values: list[int]) -> int:
    rest = _weighted_sum(values)
    return next(v for v in range(32) if rest ^ weighted(v, LENGTH - 1) == 0)


def _weighted_sum(values: list[int]) -> int:
    total = 0
    for place, value in enumerate(values):
        total ^= weighted(value, place)
    return total


def weighted(value: int, place: int) -> int:
    """Multiply a field element by a^place."""
    for _ in range(place):
        value <<= 1
        if value & 0b100000:
            value ^= _FIELD
    return value
