"""The item types by their key, and the doings that callers ask of any item.

Nothing here raises anything but `MalformedResponse` for what a learner or a program sends.
"""

from collections.abc import Mapping

from lms.engine.items import (
    matching,
    multiple,
    numeric,
    ordering,
    short,
    single,
    true_false,
)
from lms.engine.items.itemtype import Example, Html, ItemType
from lms.engine.items.model import Item, ItemKey
from lms.engine.items.response import Arrangement, Fields, Grade, Response
from lms.engine.items.views import ItemView, ReviewView
from lms.engine.seeds import Stream

_ALL: tuple[ItemType, ...] = (single, multiple, true_false, numeric, short, matching, ordering)
TYPES: Mapping[ItemKey, ItemType] = {kind.KEY: kind for kind in _ALL}


def deal(item: Item, seed: bytes) -> Arrangement:
    """Return the frozen arrangement of an item: tuples of source indexes in the order shown.

    It depends on the seed and the item's ref alone. single, multiple, true-false and ordering
    have one tuple, matching two (left sides, right sides), numeric and short none.
    """
    return TYPES[item.type].deal(item, Stream(seed, "shuffle", item.ref))


def present(
    item: Item,
    arrangement: Arrangement,
    html: Html,
    response: Response | None = None,
    prefix: str = "",
) -> ItemView:
    """Return the item to answer, without any key; `html` has the rendered `markdown_parts`.

    `response` is what was saved before; `prefix` begins every field name, so that several items
    fit into one form.
    """
    return TYPES[item.type].present(item, arrangement, html, response, prefix)


def read(item: Item, arrangement: Arrangement, fields: Fields, prefix: str = "") -> Response | None:
    """Return the response in source indexes, ready for JSON, or None when unanswered.

    Other fields are ignored; what the page cannot have sent raises MalformedResponse.
    """
    return TYPES[item.type].read(item, arrangement, fields, prefix)


def grade(item: Item, response: object) -> Grade:
    """Return the exact worth of a stored response; None scores 0 as unanswered, not wrong."""
    return TYPES[item.type].grade(item, response)


def explain(
    item: Item, arrangement: Arrangement, response: Response | None, html: Html
) -> ReviewView:
    """Return response, key and every rationale; call it only where the release policy allows."""
    return TYPES[item.type].explain(item, arrangement, response, html)


def examples(item: Item, arrangement: Arrangement) -> tuple[Example, ...]:
    """Return right and wrong submissions of an item with the share that each must earn."""
    return TYPES[item.type].examples(item, arrangement)
