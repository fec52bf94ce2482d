"""The address of a heading inside its page, as a Git host would make it."""

import re

from lms.engine.items.attributes import split_attributes

_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_MARKS = re.compile(r"[*`\\]")
_NOT_A_WORD = re.compile(r"[^\w\- ]")
_ID = re.compile(r"[^\s\"'<>&#{}]{1,100}")


def split_heading(text: str) -> tuple[str, str]:
    """Split the text of a heading into what is shown and its `{#id}`, "" where there is none."""
    if not text.rstrip().endswith("}"):
        return text.strip(), ""
    parts = split_attributes(text)
    wanted = next((found.value for found in parts.attributes if found.key == "id"), "")
    return (parts.text, wanted) if _ID.fullmatch(wanted) else (text.strip(), "")


class Anchors:
    """Hand out one anchor a heading, in the order of the page; repeated ones get a number."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def claim(self, heading: str) -> tuple[str, str]:
        """Return the text to show and the anchor of a heading as it is written."""
        shown, wanted = split_heading(heading)
        base = wanted or _slug(shown)
        again = self._taken.get(base, 0)
        self._taken[base] = again + 1
        return shown, f"{base}-{again}" if again else base


def _slug(text: str) -> str:
    plain = _MARKS.sub("", _LINK.sub(r"\1", text)).lower()
    return _NOT_A_WORD.sub("", plain).strip().replace(" ", "-")[:100] or "section"
