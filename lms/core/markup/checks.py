"""Split the HTML of a lesson where its inline checks stand."""

import re
from dataclasses import dataclass

_PLACE = re.compile(r'<div data-check="([a-z0-9-]{1,64}/[a-z0-9-]{1,64})"></div>')


@dataclass(frozen=True)
class CheckRef:
    """The place of an inline check; `item` is "bank/item"."""

    item: str


def split_checks(html: str) -> tuple[str | CheckRef, ...]:
    """Return pieces of HTML and checks in turn; empty pieces are left out.

    Checks stand at the top level of a page only, so that every piece is whole in itself.
    """
    pieces = _PLACE.split(html)
    found: list[str | CheckRef] = []
    for at, piece in enumerate(pieces):
        if at % 2:
            found.append(CheckRef(piece))
        elif piece.strip():
            found.append(piece)
    return tuple(found)
