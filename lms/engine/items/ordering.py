"""Ordering: entries are put into their order by giving each a place, without dragging.

The response has one element an entry, in source (that is, right) order: the place from 1 on that
the learner gave, or None. A half-filled answer is kept as it is; an entry without a place of its
own counts as not placed. Scoring `all` asks for the whole order; `partial` earns the share of
neighbours that stand directly behind each other as they should.
"""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from lms.engine.items.choosing import check_count, check_different
from lms.engine.items.header import Tags
from lms.engine.items.itemtype import Example, Html, content_of
from lms.engine.items.model import Entry, Item, ItemKey, Ordering
from lms.engine.items.raw import RawItem, Report
from lms.engine.items.response import (
    UNANSWERED,
    Arrangement,
    Fields,
    Grade,
    MalformedResponse,
    Part,
    Response,
    named,
    one_value,
)
from lms.engine.items.views import Choice, ReviewRow, ReviewView, SelectRow, SelectView
from lms.engine.seeds import Stream

KEY: ItemKey = "ordering"
ATTRIBUTES: tuple[str, ...] = ("scoring",)
FIELD = "place"


def parse(raw: RawItem, _tags: Tags, report: Report) -> Ordering | None:
    """Return the entries; the order of the list is the key."""
    before = len(report.problems)
    check_count(raw, report)
    check_different(raw.entries, [entry.text for entry in raw.entries], report)
    all_ones = all(entry.number == 1 for entry in raw.entries)
    for place, entry in enumerate(raw.entries, 1):
        if entry.number != place and not all_ones:
            message = f"This entry has the number {entry.number} but stands in place {place}."
            report.add(entry.line, 1, message, "The order of the list is the right order.")
    if len(report.problems) > before:
        return None
    return Ordering(
        tuple(Entry(entry.text, entry.rationale, entry.misconception) for entry in raw.entries)
    )


def deal(item: Item, stream: Stream) -> Arrangement:
    """Return the entries' source indexes in the order in which they are shown."""
    return (stream.shuffled(range(len(content_of(item, Ordering).entries))),)


def present(
    item: Item, arrangement: Arrangement, html: Html, response: Response | None, prefix: str
) -> SelectView:
    """Return one select of places per entry, in dealt order."""
    places = _places(item, response)
    rows = tuple(
        SelectRow(
            html.get(f"choice:{n}", ""),
            f"{prefix}{FIELD}-{row}",
            tuple(
                Choice(str(place), str(place), str(place), selected=places[n] == place)
                for place in range(1, len(places) + 1)
            ),
        )
        for row, n in enumerate(arrangement[0])
    )
    return SelectView(KEY, html.get("question", ""), html.get("context", ""), rows)


def read(
    _item: Item, arrangement: Arrangement, fields: Fields, prefix: str
) -> list[int | None] | None:
    """Return the place of each entry; None when no entry has one."""
    order = arrangement[0]
    known = {str(place): place for place in range(1, len(order) + 1)}
    places: list[int | None] = [None] * len(order)
    for row, n in enumerate(order):
        value = one_value(fields, f"{prefix}{FIELD}-{row}")
        if value and value not in known:
            raise MalformedResponse
        places[n] = known.get(value)
    return places if any(places) else None


def grade(item: Item, response: object) -> Grade:
    """Compare the places given with the order of the source."""
    if response is None:
        return UNANSWERED
    places = _own_places(_places(item, response))
    entries = content_of(item, Ordering).entries
    parts = tuple(
        Part(f"choice:{n}+{n + 1}", _follows(places[n], places[n + 1]))
        for n in range(len(places) - 1)
    )
    exact = all(place == n for n, place in enumerate(places, 1))
    share = Fraction(sum(part.right for part in parts), len(parts))
    return Grade(
        share if item.scoring == "partial" else Fraction(exact),
        parts=parts,
        misconceptions=named(
            [
                entry.misconception
                for n, entry in enumerate(entries, 1)
                if places[n - 1] not in (n, None)
            ]
        ),
    )


def explain(
    item: Item, _arrangement: Arrangement, response: Response | None, html: Html
) -> ReviewView:
    """Return the entries in their right order, with the places given."""
    places = _places(item, response)
    rows = tuple(
        ReviewRow(
            html.get(f"choice:{n}", ""),
            chosen=place is not None,
            right=place == n + 1,
            rationale=html.get(f"rationale:{n}", ""),
            given="" if place is None else str(place),
            expected=str(n + 1),
        )
        for n, place in enumerate(places)
    )
    return ReviewView(
        KEY,
        html.get("question", ""),
        html.get("context", ""),
        html.get("feedback", ""),
        grade(item, response),
        rows,
    )


def examples(item: Item, arrangement: Arrangement) -> tuple[Example, ...]:
    """Give the right order, its reverse, the first place alone, and nothing."""
    size = len(arrangement[0])
    last_first = [size, *range(1, size)]
    partial = item.scoring == "partial"
    return (
        _example(arrangement, list(range(1, size + 1)), Fraction(1)),
        _example(arrangement, list(range(size, 0, -1)), Fraction(0)),
        _example(arrangement, last_first, Fraction(size - 2, size - 1) if partial else Fraction(0)),
        _example(arrangement, [1] + [None] * (size - 1), Fraction(0)),
        _example(arrangement, [None] * size, Fraction(0)),
    )


def _example(arrangement: Arrangement, places: Sequence[int | None], fraction: Fraction) -> Example:
    values = ["" if places[n] is None else str(places[n]) for n in arrangement[0]]
    return Example({f"{FIELD}-{row}": (value,) for row, value in enumerate(values)}, fraction)


def _places(item: Item, response: object) -> list[int | None]:
    size = len(content_of(item, Ordering).entries)
    if response is None:
        return [None] * size
    if not isinstance(response, list) or len(response) != size:
        raise MalformedResponse
    places: list[int | None] = []
    for value in response:
        if value is not None and (type(value) is not int or not 1 <= value <= size):
            raise MalformedResponse
        places.append(value)
    if not any(places):
        raise MalformedResponse
    return places


def _own_places(places: list[int | None]) -> list[int | None]:
    times = Counter(places)
    return [place if times[place] == 1 else None for place in places]


def _follows(first: int | None, second: int | None) -> bool:
    return first is not None and second is not None and second == first + 1
