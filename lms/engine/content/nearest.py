"""What somebody probably meant to write."""

from collections.abc import Iterable
from difflib import get_close_matches

_LISTED = 8
_LONGEST = 120


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return a sentence with the nearest known word, or all of them where they are few."""
    names = sorted(known)
    near = get_close_matches(word, names, n=1) if len(word) <= _LONGEST else []
    if near:
        return f"Did you mean `{near[0]}`?"
    if 0 < len(names) <= _LISTED:
        return "Known here: " + ", ".join(f"`{name}`" for name in names) + "."
    return "Correct the name, or write what it names."
