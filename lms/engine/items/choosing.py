"""What the three types that choose among options share."""

from collections.abc import Collection, Sequence

from lms.engine.items.folding import fold
from lms.engine.items.itemtype import Example, Html, content_of
from lms.engine.items.model import Choices, Item, Option
from lms.engine.items.raw import RawEntry, RawItem, Report
from lms.engine.items.response import Arrangement, Fields, Grade
from lms.engine.items.views import Choice, ChoiceView, ReviewRow, ReviewView
from lms.engine.seeds import Stream

FIELD = "choice"
MIN_ENTRIES = 2
MAX_ENTRIES = 20


def parse_options(raw: RawItem, report: Report) -> Choices | None:
    """Return the options, or None after reporting what is wrong with them."""
    before = len(report.problems)
    check_count(raw, report)
    check_different(raw.entries, [entry.text for entry in raw.entries], report)
    for entry in raw.entries:
        if entry.right and entry.misconception:
            refuse_misconception(entry, report)
    if len(report.problems) > before:
        return None
    return Choices(
        tuple(
            Option(entry.text, entry.right, entry.rationale, entry.misconception)
            for entry in raw.entries
        )
    )


def check_count(raw: RawItem, report: Report) -> None:
    """Report an item with fewer than two or more than twenty entries."""
    if not MIN_ENTRIES <= len(raw.entries) <= MAX_ENTRIES:
        report.add(
            raw.line,
            1,
            f"This item has {len(raw.entries)} entries.",
            f"Write {MIN_ENTRIES} to {MAX_ENTRIES} of them.",
        )


def check_different(entries: Sequence[RawEntry], texts: Sequence[str], report: Report) -> None:
    """Report texts that a reader could not tell apart; each text belongs to its entry."""
    seen: dict[str, int] = {}
    for entry, text in zip(entries, texts, strict=True):
        first = seen.setdefault(fold(text), entry.line)
        if first != entry.line:
            message = f"This is the same as in line {first}, case and white space aside."
            report.add(entry.line, entry.column, message, "Reword one of the two.")


def refuse_misconception(entry: RawEntry, report: Report) -> None:
    """Report a misconception at a right answer."""
    message = "A right answer shows no misconception."
    report.add(entry.rationale_line, 1, message, "Take {misconception=...} away.")


def deal(item: Item, stream: Stream) -> Arrangement:
    """Return the options' source indexes in the order in which they are shown."""
    options = content_of(item, Choices).options
    order = tuple(range(len(options)))
    return (stream.shuffled(order) if item.shuffle else order,)


def view(
    item: Item,
    arrangement: Arrangement,
    html: Html,
    chosen: Collection[int],
    prefix: str,
) -> ChoiceView:
    """Return the page's view of the options, in dealt order."""
    choices = tuple(
        Choice(str(place), html.get(f"choice:{n}", ""), selected=n in chosen)
        for place, n in enumerate(arrangement[0])
    )
    return ChoiceView(
        item.type, html.get("question", ""), html.get("context", ""), prefix + FIELD, choices
    )


def sent_values(fields: Fields, prefix: str) -> list[str]:
    """Return what was sent for the options; an empty value chooses nothing."""
    return [value for value in fields.get(prefix + FIELD, ()) if value]


def review(
    item: Item, arrangement: Arrangement, html: Html, chosen: Collection[int], grade: Grade
) -> ReviewView:
    """Return every option in dealt order with its rationale."""
    options = content_of(item, Choices).options
    rows = tuple(
        ReviewRow(
            html.get(f"choice:{n}", ""),
            n in chosen,
            options[n].right,
            html.get(f"rationale:{n}", ""),
        )
        for n in arrangement[0]
    )
    return ReviewView(
        item.type,
        html.get("question", ""),
        html.get("context", ""),
        html.get("feedback", ""),
        grade,
        rows,
    )


def example(arrangement: Arrangement, chosen: Collection[int], grade: Grade) -> Example:
    """Return the fields that choose some options, with the grade they must earn."""
    places = tuple(str(place) for place, n in enumerate(arrangement[0]) if n in chosen)
    return Example({FIELD: places}, grade.fraction)
