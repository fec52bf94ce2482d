"""What templates see. Views to answer hold no key; reviews hold all of it.

HTML pieces are passed through as the caller gave them (safe markup stays safe markup). Values
are positions in the dealt order and say nothing about the source.
"""

from dataclasses import dataclass

from lms.engine.items.model import ItemKey
from lms.engine.items.response import Grade


@dataclass(frozen=True)
class Choice:
    """One thing that can be chosen: the value to send, and what it says.

    Radio buttons and check boxes show `html`; a select can show `text` only.
    """

    value: str
    html: str
    text: str = ""
    selected: bool = False


@dataclass(frozen=True)
class ChoiceView:
    """Radio buttons, or check boxes when `several`; `choose` is how many to select, else None."""

    kind: ItemKey
    question: str
    context: str
    name: str
    choices: tuple[Choice, ...]
    several: bool = False
    choose: int | None = None


@dataclass(frozen=True)
class SelectRow:
    """One select: its label (HTML), the field's name, and the choices; `""` sends none."""

    label: str
    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class SelectView:
    """One select per entry (its place in the order) or per left side (its right side).

    `choices` lists the right sides of a matching item with their HTML; ordering has none.
    """

    kind: ItemKey
    question: str
    context: str
    rows: tuple[SelectRow, ...]
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class TextView:
    """One text field; `inputmode` is an HTML token, `unit` stands beside the field."""

    kind: ItemKey
    question: str
    context: str
    name: str
    value: str = ""
    unit: str = ""
    inputmode: str = "text"
    max_length: int = 0


ItemView = ChoiceView | SelectView | TextView


@dataclass(frozen=True)
class ReviewRow:
    """One option, entry, pair or answer, with what was chosen and why it is right or wrong.

    Choices: `html` is the option, `chosen`, and `right` tells whether it belongs to the key.
    Ordering: `html` is the entry, `given` and `expected` its places from 1 on (given may be empty).
    Matching: `html` is the left side (empty for a distractor, whose right side is `expected`),
    `given` and `expected` are right sides. In both, `right` tells whether given is as expected.
    Numeric and short: `expected` is the answer as written; `chosen` tells that the response met
    it, and `right` that it is accepted.
    """

    html: str
    chosen: bool
    right: bool
    rationale: str
    given: str = ""
    expected: str = ""


@dataclass(frozen=True)
class ReviewView:
    """An item after its release: the response, the key and the rationale of every option."""

    kind: ItemKey
    question: str
    context: str
    feedback: str
    grade: Grade
    rows: tuple[ReviewRow, ...]
    typed: str = ""
    unit: str = ""
