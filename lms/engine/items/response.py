"""What comes back from a learner, and what a type concludes from it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

Response: TypeAlias = int | str | list[int] | list[int | None]
Fields: TypeAlias = Mapping[str, Sequence[str]]
Arrangement: TypeAlias = tuple[tuple[int, ...], ...]
State = Literal["unanswered", "right", "partly", "wrong"]
Fault = Literal["malformed", "not-a-number", "too-long"]


class MalformedResponse(Exception):  # noqa: N818 - the name that the design settles
    """A response that the page cannot have sent, or a text that says no answer of this type.

    `fault` tells which, so that a page can say it in the reader's language: `not-a-number` and
    `too-long` happen to people, `malformed` only to programs.
    """

    def __init__(self, fault: Fault = "malformed", limit: int = 0) -> None:
        super().__init__(fault)
        self.fault = fault
        self.limit = limit


@dataclass(frozen=True)
class Part:
    """The mark of one part of an item (an option, a pair of neighbours, a left side)."""

    name: str
    right: bool


@dataclass(frozen=True)
class Grade:
    """What a response is worth: an exact share of the item's points from 0 to 1."""

    fraction: Fraction
    answered: bool = True
    parts: tuple[Part, ...] = ()
    misconceptions: tuple[str, ...] = ()

    @property
    def correct(self) -> bool:
        """Tell whether nothing is missing."""
        return self.fraction == 1

    @property
    def state(self) -> State:
        """Return the word for it: unanswered is not wrong."""
        if not self.answered:
            return "unanswered"
        if self.fraction == 1:
            return "right"
        return "partly" if self.fraction else "wrong"


UNANSWERED = Grade(Fraction(0), answered=False)


def one_value(fields: Fields, name: str) -> str:
    """Return the value of a field, empty when it was not sent; two values are malformed."""
    values = fields.get(name) or ()
    if len(values) > 1:
        raise MalformedResponse
    return values[0] if values else ""


def dealt_index(value: str, order: Sequence[int]) -> int:
    """Return the source index behind the position that a browser sent."""
    if value not in {str(place) for place in range(len(order))}:
        raise MalformedResponse
    return order[int(value)]


def index_below(value: object, size: int) -> int:
    """Return a stored source index, checked."""
    if type(value) is not int or not 0 <= value < size:
        raise MalformedResponse
    return value


def named(misconceptions: Collection[str]) -> tuple[str, ...]:
    """Return each named misconception once, in order."""
    return tuple(dict.fromkeys(name for name in misconceptions if name))
