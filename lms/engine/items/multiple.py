"""Multiple response: one or more options are right, and the page tells how many to select.

The response is the ascending list of the chosen source indexes. With scoring `all` the selection
must equal the key; with `partial` it earns (right choices - wrong choices) / keys, at least 0.
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
    Part,
    Response,
    dealt_index,
    index_below,
    named,
)
from lms.engine.items.views import ChoiceView, ReviewView

KEY: ItemKey = "multiple"
ATTRIBUTES: tuple[str, ...] = ("scoring", "shuffle")


def parse(raw: RawItem, _tags: Tags, report: Report) -> Choices | None:
    """Return the options; there must be an `[x]`."""
    if not any(entry.right for entry in raw.entries):
        report.add(
            raw.line, 1, "No option is marked as right.", "Mark each right one with `- [x]`."
        )
        choosing.parse_options(raw, report)
        return None
    return choosing.parse_options(raw, report)


def present(
    item: Item, arrangement: Arrangement, html: Html, response: Response | None, prefix: str
) -> ChoiceView:
    """Return the options as check boxes, and how many to select."""
    view = choosing.view(item, arrangement, html, _chosen(item, response), prefix)
    number = len(content_of(item, Choices).key)
    return ChoiceView(
        view.kind, view.question, view.context, view.name, view.choices, several=True, choose=number
    )


def read(_item: Item, arrangement: Arrangement, fields: Fields, prefix: str) -> list[int] | None:
    """Return the source indexes of the options that were sent."""
    values = choosing.sent_values(fields, prefix)
    chosen = sorted(dealt_index(value, arrangement[0]) for value in values)
    if len(set(chosen)) < len(chosen):
        raise MalformedResponse
    return chosen or None


def grade(item: Item, response: object) -> Grade:
    """Compare the selection with the key, option by option."""
    chosen = _chosen(item, response)
    if not chosen:
        return UNANSWERED
    content = content_of(item, Choices)
    parts = tuple(
        Part(f"choice:{n}", (n in chosen) == option.right)
        for n, option in enumerate(content.options)
    )
    return Grade(
        _fraction(item, chosen),
        parts=parts,
        misconceptions=named([content.options[n].misconception for n in chosen]),
    )


def explain(
    item: Item, arrangement: Arrangement, response: Response | None, html: Html
) -> ReviewView:
    """Return every option with its rationale."""
    chosen = _chosen(item, response)
    return choosing.review(item, arrangement, html, chosen, grade(item, response))


def examples(item: Item, arrangement: Arrangement) -> tuple[Example, ...]:
    """Choose the key, each option alone, all of them, and none."""
    content = content_of(item, Choices)
    everything = tuple(range(len(content.options)))
    selections = [content.key, everything, *((n,) for n in everything)]
    graded = [
        choosing.example(arrangement, chosen, Grade(_fraction(item, chosen)))
        for chosen in selections
    ]
    return (*graded, choosing.example(arrangement, (), UNANSWERED))


def _chosen(item: Item, response: object) -> tuple[int, ...]:
    if response is None:
        return ()
    if not isinstance(response, list) or not response:
        raise MalformedResponse
    size = len(content_of(item, Choices).options)
    chosen = tuple(index_below(value, size) for value in response)
    if list(chosen) != sorted(set(chosen)):
        raise MalformedResponse
    return chosen


def _fraction(item: Item, chosen: tuple[int, ...]) -> Fraction:
    key = content_of(item, Choices).key
    if item.scoring == "all":
        return Fraction(chosen == key)
    hits = len(set(chosen) & set(key))
    return max(Fraction(2 * hits - len(chosen), len(key)), Fraction(0))
