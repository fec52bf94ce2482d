"""Compare what people type as people do: case, accents' encoding and white space aside."""

import unicodedata

_TYPOGRAPHY = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "–": "-", "−": "-"}
)


def tidy(text: str) -> str:
    """Return a text in NFC with single spaces, straight quotes and plain hyphens; case is kept."""
    return unicodedata.normalize("NFC", " ".join(text.split()).translate(_TYPOGRAPHY))


def fold(text: str) -> str:
    """Return what `tidy` gives without its case, so that two folded texts compare equal."""
    return unicodedata.normalize("NFC", tidy(text).casefold())
