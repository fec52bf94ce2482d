"""Read the attributes in braces that end a heading or a rationale: `{#id key=value key="a b"}`.

Values hold neither braces nor double quotes; a value with white space stands in double quotes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

_BLOCK = re.compile(r"(?:^|\s)\{([^{}]*)\}\s*$")
_TOKEN = re.compile(
    r'#(?P<id>[^\s"=#]*)|(?P<key>[^\s"=#]+)=(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]+))'
)
_BARE = re.compile(r'[^\s"{}]+')


@dataclass(frozen=True)
class Attribute:
    """One attribute; `#name` has the key `id`. Columns count from 1."""

    key: str
    value: str
    column: int


@dataclass(frozen=True)
class AttributeFault:
    """A piece between the braces that is no attribute."""

    text: str
    column: int


@dataclass(frozen=True)
class Attributed:
    """A line, split into its text and its attributes; `column` is that of the opening brace."""

    text: str
    attributes: tuple[Attribute, ...] = ()
    faults: tuple[AttributeFault, ...] = ()
    column: int | None = None


def split_attributes(line: str, column: int = 1) -> Attributed:
    """Split a line whose first character stands in `column`; without braces all of it is text."""
    block = _BLOCK.search(line)
    if block is None:
        return Attributed(line.rstrip())
    inside, start = block.group(1), block.start(1)
    attributes: list[Attribute] = []
    faults: list[AttributeFault] = []
    at = 0
    while at < len(inside):
        if inside[at].isspace():
            at += 1
            continue
        token = _TOKEN.match(inside, at)
        if token and (token.end() == len(inside) or inside[token.end()].isspace()):
            attributes.append(_attribute(token, column + start + at))
            at = token.end()
        else:
            piece = inside[at:].split()[0]
            faults.append(AttributeFault(piece, column + start + at))
            at += len(piece)
    text = line[: block.start()].rstrip()
    return Attributed(text, tuple(attributes), tuple(faults), column + start - 1)


def _attribute(token: re.Match[str], column: int) -> Attribute:
    if token["key"] is None:
        return Attribute("id", token["id"], column)
    value = token["bare"] if token["quoted"] is None else token["quoted"]
    return Attribute(token["key"], value, column)


def write_attribute(key: str, value: str) -> str:
    """Return `key=value`, in double quotes where the value needs them."""
    return f"{key}={value}" if _BARE.fullmatch(value) else f'{key}="{value}"'


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return a sentence that names the nearest known word, or else all of them."""
    names = sorted(known)
    near = get_close_matches(word, names, n=1)
    if near:
        return f"Did you mean `{near[0]}`?"
    return "Known here: " + ", ".join(f"`{name}`" for name in names) + "."
