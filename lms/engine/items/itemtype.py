"""What a type of item must be able to do. Each type is a module; `registry.TYPES` lists them."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol, TypeVar

from lms.engine.items.header import Tags
from lms.engine.items.model import Content, Item, ItemKey
from lms.engine.items.raw import RawItem, Report
from lms.engine.items.response import Arrangement, Fields, Grade, Response
from lms.engine.items.views import ItemView, ReviewView
from lms.engine.seeds import Stream

Html = Mapping[str, str]
C = TypeVar("C", bound=Content)


@dataclass(frozen=True)
class Example:
    """Form fields that a browser could send, and the share of the points they must earn."""

    fields: Mapping[str, tuple[str, ...]]
    fraction: Fraction


class ItemType(Protocol):
    """The seven doings of a type; `lms.engine.items` documents what callers may rely on."""

    KEY: ItemKey
    ATTRIBUTES: tuple[str, ...]

    def parse(self, raw: RawItem, tags: Tags, report: Report, /) -> Content | None: ...

    def deal(self, item: Item, stream: Stream, /) -> Arrangement: ...

    def present(
        self,
        item: Item,
        arrangement: Arrangement,
        html: Html,
        response: Response | None,
        prefix: str,
        /,
    ) -> ItemView: ...

    def read(
        self, item: Item, arrangement: Arrangement, fields: Fields, prefix: str, /
    ) -> Response | None: ...

    def grade(self, item: Item, response: object, /) -> Grade: ...

    def explain(
        self, item: Item, arrangement: Arrangement, response: Response | None, html: Html, /
    ) -> ReviewView: ...

    def examples(self, item: Item, arrangement: Arrangement, /) -> tuple[Example, ...]: ...


def content_of(item: Item, kind: type[C]) -> C:
    """Return the content of an item, which must be of the kind that its type needs."""
    if not isinstance(item.content, kind):
        message = f"{item.ref} is of type {item.type} but holds {type(item.content).__name__}"
        raise TypeError(message)
    return item.content
