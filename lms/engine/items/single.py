"""Single choice: exactly one option is right, and at most one can be chosen.

The response is the source index of the chosen option.
"""

from fractions import Fraction

from lms.engine.items import choosing
from lms.engine.items.choosing import deal as deal
from lms.engine.items.header import Tags
from lms.engine.items.itemtype import Example, Html, content_of
from lms.engine.items.model import Choices, Item, ItemKey
from lms.engine.items.raw import RawItem, Report
from lms.engine.items.response import (
    UNANSWERED,
    Arrangement,
    Fields,
    Grade,
    MalformedResponse,
    Response,
    dealt_index,
    index_below,
    named,
)
from lms.engine.items.views import ChoiceView, ReviewView

KEY: ItemKey = "single"
ATTRIBUTES: tuple[str, ...] = ("shuffle",)


def parse(raw: RawItem, _tags: Tags, report: Report) -> Choices | None:
    """Return the options; there must be one `(x)`."""
    keys = [entry for entry in raw.entries if entry.right]
    if not keys:
        report.add(raw.line, 1, "No option is marked as right.", "Mark the right one with `- (x)`.")
    for extra in keys[1:]:
        report.add(
            extra.line,
            1,
            f"A second option is marked as right; the first is in line {keys[0].line}.",
            "Keep one `(x)`, or write `[x]` and `[ ]` for an item with several answers.",
        )
    content = choosing.parse_options(raw, report)
    return content if len(keys) == 1 else None


def present(
    item: Item, arrangement: Arrangement, html: Html, response: Response | None, prefix: str
) -> ChoiceView:
    """Return the options as radio buttons."""
    return choosing.view(item, arrangement, html, _chosen(item, response), prefix)


def read(_item: Item, arrangement: Arrangement, fields: Fields, prefix: str) -> int | None:
    """Return the source index of the option that was sent."""
    values = choosing.sent_values(fields, prefix)
    if len(values) > 1:
        raise MalformedResponse
    return dealt_index(values[0], arrangement[0]) if values else None


def grade(item: Item, response: object) -> Grade:
    """Give all or nothing."""
    chosen = _chosen(item, response)
    if not chosen:
        return UNANSWERED
    option = content_of(item, Choices).options[chosen[0]]
    return Grade(Fraction(option.right), misconceptions=named([option.misconception]))


def explain(
    item: Item, arrangement: Arrangement, response: Response | None, html: Html
) -> ReviewView:
    """Return every option with its rationale."""
    chosen = _chosen(item, response)
    return choosing.review(item, arrangement, html, chosen, grade(item, response))


def examples(item: Item, arrangement: Arrangement) -> tuple[Example, ...]:
    """Choose each option once, and none."""
    options = content_of(item, Choices).options
    right = [
        choosing.example(arrangement, [n], Grade(Fraction(option.right)))
        for n, option in enumerate(options)
    ]
    return (*right, choosing.example(arrangement, [], UNANSWERED))


def _chosen(item: Item, response: object) -> tuple[int, ...]:
    if response is None:
        return ()
    return (index_below(response, len(content_of(item, Choices).options)),)
