"""Read a number as people write it: digits of any script, grouping, several minus signs."""

import re
import unicodedata
from decimal import Decimal

MAX_LENGTH = 40

_MINUS = str.maketrans(dict.fromkeys("−–‐‑﹣－", "-") | {"＋": "+", "٫": ".", "．": "."})
_GROUPS = str.maketrans(dict.fromkeys("٬，’'_\xa0\u202f\u2009 ", ","))
_DIRECTION = str.maketrans("", "", "\u200e\u200f\u061c")
_NUMBER = re.compile(r"[-+]?(?:[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+)?(?:\.[0-9]*)?")


def read_number(text: str) -> Decimal | None:
    """Return the number that a text writes, or None.

    The decimal mark is the full stop or the Arabic `٫`; groups of three may be parted by comma,
    Arabic `٬`, apostrophe, underscore or a (thin) space. Digits of every script count; a minus
    may be typographic. A decimal comma is not guessed at: `0,889` is no number. There is no
    exponent, so a number is never longer than its text.
    """
    if len(text) > MAX_LENGTH:
        return None
    plain = text.translate(_DIRECTION).strip().translate(_MINUS)
    digits = "".join(str(unicodedata.decimal(char, char)) for char in plain)
    sign = digits[:1] if digits[:1] in ("-", "+") else ""
    body = digits.removeprefix(sign).lstrip().translate(_GROUPS)
    if not _NUMBER.fullmatch(sign + body) or not any(map(str.isdigit, body)):
        return None
    return Decimal(sign + body.replace(",", ""))


def write_number(value: Decimal) -> str:
    """Return a number in plain digits, without exponent."""
    return format(value, "f")


def shifted(value: Decimal, places: int) -> Decimal:
    """Return a value times ten to the power of `places`, exact whatever the decimal context."""
    sign, digits, exponent = value.as_tuple()
    return Decimal((sign, digits, int(exponent) + places))
