"""The plain words of a Markdown text, for places that hold no markup."""

import re

_LIMIT = 240
_TERM = re.compile(r"\[\[([^\[\]|]*)(?:\|([^\[\]|]*))?\]\]")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_NOTE = re.compile(r"\[\^[^\[\]]*\]")
_MARKS = re.compile(r"[*`$\\]|(?<!\w)_|_(?!\w)")


def first_sentence(text: str) -> str:
    """Return the first paragraph without marks, shortened at a word where it is long."""
    paragraph = text.strip().split("\n\n", 1)[0]
    plain = _TERM.sub(lambda term: term[2] or term[1].replace("-", " "), paragraph[:2000])
    plain = _MARKS.sub("", _NOTE.sub("", _LINK.sub(r"\1", plain)))
    words = " ".join(plain.split())
    if len(words) <= _LIMIT:
        return words
    return words[:_LIMIT].rsplit(" ", 1)[0] + "…"
