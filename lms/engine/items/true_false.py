"""True or false: a single choice between exactly these two, always shown with True first."""

from typing import Final

from lms.engine.items import single
from lms.engine.items.header import Tags
from lms.engine.items.itemtype import content_of
from lms.engine.items.model import Choices, Item, ItemKey
from lms.engine.items.raw import RawItem, Report
from lms.engine.items.response import Arrangement
from lms.engine.items.single import examples as examples
from lms.engine.items.single import explain as explain
from lms.engine.items.single import grade as grade
from lms.engine.items.single import present as present
from lms.engine.items.single import read as read
from lms.engine.seeds import Stream

KEY: ItemKey = "true-false"
ATTRIBUTES: tuple[str, ...] = ()
TEXTS: Final = ("True", "False")


def parse(raw: RawItem, tags: Tags, report: Report) -> Choices | None:
    """Return the two options, which must read True and False."""
    content = single.parse(raw, tags, report)
    if sorted(entry.text for entry in raw.entries) == sorted(TEXTS):
        return content
    report.add(
        raw.line,
        1,
        "A true-false item has exactly the options True and False.",
        "Write `- ( ) True` and `- ( ) False`, with (x) at the right one, or take type= away.",
    )
    return None


def deal(item: Item, _stream: Stream) -> Arrangement:
    """Return True before False, whatever their order in the source."""
    options = content_of(item, Choices).options
    return (tuple(sorted(range(len(options)), key=lambda n: TEXTS.index(options[n].text))),)
