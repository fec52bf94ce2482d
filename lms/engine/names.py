"""Check a person's name before it is printed on a certificate that lasts.

A name may be in any script and of any shape; refused is only what deceives or breaks: control
characters (they also break signed credentials), direction overrides, invisible characters, and
piled-up marks. The zero-width joiner and non-joiner are accepted between letters of scripts that
need them (after RFC 5892, appendix A.1 and A.2), such as Persian, Urdu and Hindi.
"""

import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

NameFault = Literal[
    "empty", "too-long", "control", "direction", "invisible", "piled-marks", "no-letter"
]

MAX_LENGTH: Final = 120
MAX_MARKS: Final = 4

_JOINERS: Final = frozenset("\u200c\u200d")
_JOINING_SCRIPTS: Final = frozenset(
    {"ARABIC", "SYRIAC", "NKO", "MANDAIC", "MONGOLIAN", "ADLAM"}
    | {"DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA"}
    | {"MALAYALAM", "SINHALA", "KHMER", "MYANMAR", "TIBETAN", "BALINESE", "JAVANESE"}
)
_DIRECTION: Final = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e") | frozenset(
    "\u2066\u2067\u2068\u2069"
)
_BLANKS: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_VIRAMA_CLASS: Final = 9


@dataclass(frozen=True)
class CheckedName:
    """A name ready to be kept, or why it cannot be; exactly one of the two is set."""

    text: str | None = None
    fault: NameFault | None = None


def check_name(text: str) -> CheckedName:
    """Return the name in NFC with single spaces, or the first fault that was found.

    `too-long` means more than 120 characters; `no-letter` that no letter of any script is there.
    """
    if len(text) > 4 * MAX_LENGTH:
        return CheckedName(fault="too-long")
    spaced = "".join(" " if unicodedata.category(char) == "Zs" else char for char in text)
    name = unicodedata.normalize("NFC", " ".join(part for part in spaced.split(" ") if part))
    fault = _fault(name)
    return CheckedName(fault=fault) if fault else CheckedName(name)


def _fault(name: str) -> NameFault | None:
    if not name:
        return "empty"
    if len(name) > MAX_LENGTH:
        return "too-long"
    for place in range(len(name)):
        fault = _character_fault(name, place)
        if fault:
            return fault
    if _longest_pile(name) > MAX_MARKS:
        return "piled-marks"
    if not any(unicodedata.category(char).startswith("L") for char in name):
        return "no-letter"
    return None


def _character_fault(name: str, place: int) -> NameFault | None:
    char = name[place]
    category = unicodedata.category(char)
    if char in _DIRECTION:
        return "direction"
    if char in _JOINERS:
        return None if _joins(name, place) else "invisible"
    if _is_ideograph_variant(name, place):
        return None
    if category == "Cf" or char in _BLANKS or _is_variation_selector(char):
        return "invisible"
    return "control" if category[0] == "C" or category in ("Zl", "Zp") else None


def _joins(name: str, place: int) -> bool:
    """Tell whether a joiner stands where its script needs one."""
    before, after = name[place - 1 : place], name[place + 1 : place + 2]
    if _joining_script(before) is None:
        return False
    if unicodedata.combining(before) == _VIRAMA_CLASS and after in ("", " "):
        return True
    return _joining_script(before) == _joining_script(after)


def _joining_script(char: str) -> str | None:
    if not char or unicodedata.category(char)[0] not in "LM":
        return None
    script = unicodedata.name(char, "").split(" ")[0]
    return script if script in _JOINING_SCRIPTS else None


def _is_variation_selector(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def _is_ideograph_variant(name: str, place: int) -> bool:
    """Tell whether a selector picks the form of a Han character, as Japanese names need."""
    before = name[place - 1 : place]
    return "\U000e0100" <= name[place] <= "\U000e01ef" and unicodedata.name(
        before or " ", ""
    ).startswith("CJK ")


def _longest_pile(name: str) -> int:
    longest = current = 0
    for char in unicodedata.normalize("NFD", name):
        current = current + 1 if unicodedata.combining(char) else 0
        longest = max(longest, current)
    return longest
