"""Numbers are read as people write them."""

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.engine.items.numerals import read_number, shifted, write_number

READ = {
    "1,234.5": "1234.5",
    "1234.5": "1234.5",
    "1 234.5": "1234.5",
    "1\u202f234\u202f567": "1234567",
    "1'234": "1234",
    "1’234": "1234",
    "٠٫٨٨٩": "0.889",
    "١٬٢٣٤٫٥": "1234.5",
    "۱۲۳۴": "1234",
    "१२.५": "12.5",
    "１２．５": "12.5",
    "−5": "-5",
    "– 5": "-5",
    "\u200e-5": "-5",
    "+.5": "0.5",
    "5.": "5",
    " 7 ": "7",
    "007": "7",
}
REFUSED = ["", ".", "-", "0,889", "1,23", "12,3456", "1e5", "0x1F", "½", "²", "NaN", "Infinity"]
REFUSED += ["1.2.3", "5%", "1,234,5", "- -5", "5-", "1" * 41]


@pytest.mark.parametrize(("text", "value"), READ.items())
def test_a_number_is_read(text: str, value: str) -> None:
    assert read_number(text) == Decimal(value)


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_number_or_ambiguous_is_refused(text: str) -> None:
    assert read_number(text) is None


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    number = read_number(text)
    assert number is None or number.is_finite()


@given(st.integers(-(10**15), 10**15), st.integers(0, 9))
def test_a_written_number_reads_the_same(digits: int, places: int) -> None:
    value = shifted(Decimal(digits), -places)
    assert read_number(write_number(value)) == value
    assert read_number(f"{digits:,}") == digits


def test_digits_of_every_script_count() -> None:
    for char in map(chr, range(0x110000)):
        if unicodedata.category(char) == "Nd":
            assert read_number(char) == unicodedata.decimal(char)
