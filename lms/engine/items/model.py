"""What an item is: its question, its tags, and the content that its type needs.

An item is written in a question bank (`docs/authors.md` shows the notation) and never changes
after publication. Options, entries and answers are named by their place in the source, counted
from 0; what a learner sees is dealt anew for each attempt.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from lms.engine.items.folding import fold

ItemKey = Literal["single", "multiple", "true-false", "numeric", "short", "matching", "ordering"]
Use = Literal["practice", "quiz", "exam"]
Bloom = Literal["remember", "understand", "apply", "analyse", "evaluate", "create"]
Difficulty = Literal["easy", "medium", "hard"]
Status = Literal["draft", "pilot", "live", "retired"]
Scoring = Literal["all", "partial"]
Verification = Literal["primary", "secondary"]

ID_PATTERN = re.compile(r"(?=.{1,64}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")
BLOCK_PARTS = ("context", "feedback", "rationale")


@dataclass(frozen=True)
class ItemSource:
    """The document that an item leans on, and when and how somebody compared them."""

    standard: str = ""
    edition: str = ""
    verified_on: str = ""
    verified_how: Verification | None = None


@dataclass(frozen=True)
class Option:
    """One option of a choice; text and rationale are Markdown."""

    text: str
    right: bool
    rationale: str = ""
    misconception: str = ""


@dataclass(frozen=True)
class Choices:
    """The options of a single, multiple or true-false item."""

    options: tuple[Option, ...]

    @property
    def key(self) -> tuple[int, ...]:
        """Return the source indexes of the right options, in ascending order."""
        return tuple(n for n, option in enumerate(self.options) if option.right)

    @property
    def rationales(self) -> tuple[str, ...]:
        """Return the rationales in the order that `Item.markdown_parts` counts them."""
        return tuple(row.rationale for row in self.options)


@dataclass(frozen=True)
class Entry:
    """One entry of an ordering item; entries are kept in the right order."""

    text: str
    rationale: str = ""
    misconception: str = ""


@dataclass(frozen=True)
class Ordering:
    """The entries of an ordering item, in the right order."""

    entries: tuple[Entry, ...]

    @property
    def rationales(self) -> tuple[str, ...]:
        """Return the rationales in the order that `Item.markdown_parts` counts them."""
        return tuple(row.rationale for row in self.entries)


@dataclass(frozen=True)
class Pair:
    """One `left :: right`; an empty left makes the right side a distractor."""

    left: str
    right: str
    rationale: str = ""
    misconception: str = ""


@dataclass(frozen=True)
class Matching:
    """The pairs of a matching item and its distractors; pairs may share a right side."""

    pairs: tuple[Pair, ...]
    distractors: tuple[Pair, ...] = ()

    @property
    def rights(self) -> tuple[str, ...]:
        """Return each different right side once, in source order, distractors last."""
        first: dict[str, str] = {}
        for pair in (*self.pairs, *self.distractors):
            first.setdefault(fold(pair.right), pair.right)
        return tuple(first.values())

    def right_of(self, left: int) -> int:
        """Return the index in `rights` that belongs to a pair."""
        wanted = fold(self.pairs[left].right)
        return next(n for n, right in enumerate(self.rights) if fold(right) == wanted)

    @property
    def rationales(self) -> tuple[str, ...]:
        """Return the rationales in the order that `Item.markdown_parts` counts them."""
        return tuple(row.rationale for row in (*self.pairs, *self.distractors))


@dataclass(frozen=True)
class NumericAnswer:
    """A value with its tolerance; a relative tolerance is a share of the value (0.005 = 0.5 %)."""

    value: Decimal
    tolerance: Decimal = Decimal(0)
    relative: bool = False
    right: bool = True
    rationale: str = ""
    misconception: str = ""

    @property
    def bounds(self) -> tuple[Fraction, Fraction]:
        """Return the lowest and the highest value that this answer takes, both included."""
        value, margin = Fraction(self.value), Fraction(self.tolerance)
        reach = abs(value) * margin if self.relative else margin
        return value - reach, value + reach


@dataclass(frozen=True)
class Numeric:
    """The accepted and the foreseen wrong answers of a numeric item, in source order."""

    answers: tuple[NumericAnswer, ...]
    unit: str = ""

    @property
    def rationales(self) -> tuple[str, ...]:
        """Return the rationales in the order that `Item.markdown_parts` counts them."""
        return tuple(row.rationale for row in self.answers)


@dataclass(frozen=True)
class ShortAnswer:
    """A text (`*` stands for any run of characters) or, with `pattern`, an RE2 pattern."""

    text: str
    pattern: bool = False
    right: bool = True
    rationale: str = ""
    misconception: str = ""


@dataclass(frozen=True)
class Short:
    """The accepted and the foreseen wrong answers of a short-answer item, in source order."""

    answers: tuple[ShortAnswer, ...]
    sensitive: bool = False

    @property
    def rationales(self) -> tuple[str, ...]:
        """Return the rationales in the order that `Item.markdown_parts` counts them."""
        return tuple(row.rationale for row in self.answers)


Content = Choices | Ordering | Matching | Numeric | Short


@dataclass(frozen=True)
class Item:
    """One question of a bank; `question` is inline Markdown, `context` and `feedback` blocks."""

    id: str
    bank: str
    type: ItemKey
    question: str
    content: Content
    use: Use
    objective: str
    context: str = ""
    feedback: str = ""
    bloom: Bloom | None = None
    difficulty: Difficulty | None = None
    status: Status = "live"
    points: Fraction = Fraction(1)
    scoring: Scoring = "all"
    shuffle: bool = True
    source: ItemSource = ItemSource()
    path: str = field(default="", compare=False)
    line: int = field(default=1, compare=False)
    part_lines: Mapping[str, int] = field(default_factory=dict, compare=False)

    @property
    def ref(self) -> str:
        """Return `bank/item`, the name that lessons, forms and responses use."""
        return f"{self.bank}/{self.id}"

    def markdown_parts(self) -> Mapping[str, str]:
        """Return every piece of Markdown that a page may show, by name.

        Names: `question`, `context`, `feedback`; `choice:<n>` (options and ordering entries);
        `left:<n>` and `right:<n>` (matching; rights as in `Matching.rights`); `rationale:<n>`
        (options, entries, answers; for matching the pairs, then the distractors). Empty pieces
        are left out. `part_lines` has the line of each.
        """
        parts = {"question": self.question, "context": self.context, "feedback": self.feedback}
        return {
            name: text for name, text in {**parts, **_content_parts(self.content)}.items() if text
        }


def is_inline(part: str) -> bool:
    """Tell whether a part stands inside a line (a label, a legend) and so must not hold blocks."""
    return part.partition(":")[0] not in BLOCK_PARTS


def _content_parts(content: Content) -> dict[str, str]:
    parts: dict[str, str] = {}
    match content:
        case Choices(options=options):
            parts = {f"choice:{n}": option.text for n, option in enumerate(options)}
        case Ordering(entries=entries):
            parts = {f"choice:{n}": entry.text for n, entry in enumerate(entries)}
        case Matching(pairs=pairs):
            parts = {f"left:{n}": pair.left for n, pair in enumerate(pairs)}
            parts |= {f"right:{n}": right for n, right in enumerate(content.rights)}
    reasons = enumerate(content.rationales)
    return parts | {f"rationale:{n}": reason for n, reason in reasons}
