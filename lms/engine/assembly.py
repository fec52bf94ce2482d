"""Make the form of an attempt: which items, in which order, dealt how. It is frozen at the start.

Everything follows from quiz, items, seed and the items seen before; nothing else has a say.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from lms.engine.content.model import Draw, Quiz
from lms.engine.items.model import Item
from lms.engine.items.registry import deal
from lms.engine.items.response import Arrangement
from lms.engine.seeds import Stream

FORM_VERSION: Final = 1


class CannotFillDraw(Exception):  # noqa: N818 - it states what went wrong, as its siblings do
    """A bank has fewer items than a draw asks for; `lms check` finds it before publication."""

    def __init__(self, draw: Draw, available: int) -> None:
        super().__init__(f"{draw.count} items wanted of {', '.join(draw.objectives)}: {available}")
        self.draw = draw
        self.available = available


class UnreadableForm(ValueError):  # noqa: N818 - it states what went wrong, as its siblings do
    """Stored JSON that is not a form of a known version."""


@dataclass(frozen=True)
class Slot:
    """One place of a form: the item, how it was dealt, what it is worth and what it measures."""

    ref: str
    arrangement: Arrangement
    points: Fraction
    objective: str


@dataclass(frozen=True)
class Form:
    """What one attempt asks. `revision` names the content that its items and keys come from."""

    quiz: str
    revision: str
    seed: bytes
    slots: tuple[Slot, ...]

    @property
    def max_points(self) -> Fraction:
        """Return the points that a perfect attempt earns."""
        return sum((slot.points for slot in self.slots), Fraction(0))

    @property
    def refs(self) -> tuple[str, ...]:
        """Return the items in the order of their slots."""
        return tuple(slot.ref for slot in self.slots)

    def to_json(self) -> dict[str, object]:
        """Return plain values for one JSON column; `from_json` gives back an equal form."""
        return {
            "version": FORM_VERSION,
            "quiz": self.quiz,
            "revision": self.revision,
            "seed": self.seed.hex(),
            "slots": [
                {
                    "item": slot.ref,
                    "arrangement": [list(order) for order in slot.arrangement],
                    "points": str(slot.points),
                    "objective": slot.objective,
                }
                for slot in self.slots
            ],
        }

    @classmethod
    def from_json(cls, data: object) -> "Form":
        """Return the form that `to_json` wrote; anything else is an UnreadableForm."""
        form = _mapping(data)
        if form.get("version") != FORM_VERSION:
            raise UnreadableForm(f"form version {form.get('version')}")
        try:
            return cls(
                quiz=_text(form.get("quiz")),
                revision=_text(form.get("revision")),
                seed=bytes.fromhex(_text(form.get("seed"))),
                slots=tuple(_slot(_mapping(slot)) for slot in _list(form.get("slots"))),
            )
        except (ValueError, ZeroDivisionError) as error:
            raise UnreadableForm(str(error)) from error


def _slot(slot: Mapping[object, object]) -> Slot:
    orders = (_list(order) for order in _list(slot.get("arrangement")))
    return Slot(
        ref=_text(slot.get("item")),
        arrangement=tuple(tuple(_index(n) for n in order) for order in orders),
        points=Fraction(_text(slot.get("points"))),
        objective=_text(slot.get("objective")),
    )


def _mapping(value: object) -> Mapping[object, object]:
    if not isinstance(value, dict):
        raise UnreadableForm("an object is wanted here")
    return value


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise UnreadableForm("a list is wanted here")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise UnreadableForm("a text is wanted here")
    return value


def _index(value: object) -> int:
    if type(value) is not int or value < 0:
        raise UnreadableForm("an index is wanted here")
    return value


def assemble(
    quiz: Quiz,
    items: Mapping[str, Item],
    seed: bytes,
    revision: str,
    seen: Collection[str] = (),
) -> Form:
    """Return the form of a new attempt; `items` is keyed "bank/item" and may hold any others.

    Each draw takes its count at random from the live items of the quiz's use and the draw's
    objectives; no item comes twice, and those in `seen` (of the learner's earlier forms) come
    only when the others are used up. Raises CannotFillDraw.
    """
    chosen: list[Item] = []
    pool = _pool(quiz, items)
    for number, draw in _narrowest_first(quiz.draws):
        taken = {item.ref for item in chosen}
        left = [i for i in pool if i.objective in draw.objectives and i.ref not in taken]
        chosen += _take(draw, left, Stream(seed, "draw", str(number)), seen)
    return Form(quiz.id, revision, seed, _slots(chosen, seed))


def _pool(quiz: Quiz, items: Mapping[str, Item]) -> list[Item]:
    usable = (item for item in items.values() if item.use == quiz.use and item.status == "live")
    return sorted(usable, key=lambda item: item.ref)


def _narrowest_first(draws: Collection[Draw]) -> list[tuple[int, Draw]]:
    """Return the draws so that a wide one never takes what a narrower one needs.

    A draw names one objective or all of a module, so of two that overlap one holds the other.
    """
    return sorted(enumerate(draws), key=lambda numbered: len(set(numbered[1].objectives)))


def _take(draw: Draw, left: list[Item], stream: Stream, seen: Collection[str]) -> list[Item]:
    if len(left) < draw.count:
        raise CannotFillDraw(draw, len(left))
    fresh = stream.shuffled([item for item in left if item.ref not in seen])
    known = stream.shuffled([item for item in left if item.ref in seen])
    return [*fresh, *known][: draw.count]


def _slots(chosen: list[Item], seed: bytes) -> tuple[Slot, ...]:
    order = Stream(seed, "slots").shuffled(chosen)
    return tuple(Slot(item.ref, deal(item, seed), item.points, item.objective) for item in order)
