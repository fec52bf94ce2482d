"""Matching: each left side takes one right side from a select; distractors belong to none.

The response has one element a pair, in source order: the index in `Matching.rights` of the right
side given, or None. Scoring `partial` (the default) earns the share of left sides that are right;
`all` asks for every one of them. Pairs may share a right side.
"""

from fractions import Fraction

from lms.engine.items.choosing import MAX_ENTRIES, MIN_ENTRIES, check_different
from lms.engine.items.folding import fold
from lms.engine.items.header import Tags
from lms.engine.items.itemtype import Example, Html, content_of
from lms.engine.items.model import Item, ItemKey, Matching, Pair
from lms.engine.items.plaintext import plain_text
from lms.engine.items.raw import RawEntry, RawItem, Report
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
    one_value,
)
from lms.engine.items.views import Choice, ReviewRow, ReviewView, SelectRow, SelectView
from lms.engine.seeds import Stream

KEY: ItemKey = "matching"
ATTRIBUTES: tuple[str, ...] = ("scoring", "shuffle")
FIELD = "match"


def parse(raw: RawItem, _tags: Tags, report: Report) -> Matching | None:
    """Return the pairs and the distractors."""
    before = len(report.problems)
    sides = [(entry, _sides(entry, report)) for entry in raw.entries]
    pairs = [(entry, pair) for entry, pair in sides if pair.left]
    distractors = [(entry, pair) for entry, pair in sides if not pair.left]
    if len(pairs) < MIN_ENTRIES or len(sides) > MAX_ENTRIES:
        remedy = f"Write {MIN_ENTRIES} to {MAX_ENTRIES} of them as `- left :: right`."
        report.add(raw.line, 1, f"This item has {len(pairs)} pairs.", remedy)
    check_different([entry for entry, _ in pairs], [pair.left for _, pair in pairs], report)
    _check_distractors(pairs, distractors, report)
    if len({fold(pair.right) for _, pair in sides}) < MIN_ENTRIES:
        report.add(raw.line, 1, "All right sides are the same.", "Write at least two.")
    if len(report.problems) > before:
        return None
    return Matching(tuple(pair for _, pair in pairs), tuple(pair for _, pair in distractors))


def _sides(entry: RawEntry, report: Report) -> Pair:
    left, _, right = f" {entry.text} ".partition(" :: ")
    left, right = left.strip(), right.strip()
    if not right:
        report.add(entry.line, entry.column, "The right side is empty.", "Write `left :: right`.")
    if f" {right} ".count(" :: "):
        message = "This pair has more than two sides."
        report.add(entry.line, entry.column, message, "Keep one ` :: `.")
    return Pair(left, right, entry.rationale, entry.misconception)


def _check_distractors(
    pairs: list[tuple[RawEntry, Pair]], distractors: list[tuple[RawEntry, Pair]], report: Report
) -> None:
    taken = {fold(pair.right): entry.line for entry, pair in pairs}
    for entry, pair in distractors:
        line = taken.setdefault(fold(pair.right), entry.line)
        if line != entry.line:
            message = f"This wrong right side also stands in line {line}."
            report.add(entry.line, entry.column, message, "Reword it or take it away.")


def deal(item: Item, stream: Stream) -> Arrangement:
    """Return the order of the left sides and that of the right sides.

    The right sides are always shuffled: their order in the source would be the key.
    """
    content = content_of(item, Matching)
    lefts = tuple(range(len(content.pairs)))
    rights = stream.shuffled(range(len(content.rights)))
    return (stream.shuffled(lefts) if item.shuffle else lefts, rights)


def present(
    item: Item, arrangement: Arrangement, html: Html, response: Response | None, prefix: str
) -> SelectView:
    """Return one select of right sides per left side."""
    given = _given(item, response)
    lefts, rights = arrangement
    labels = [html.get(f"right:{n}", "") for n in rights]
    choices = tuple(
        Choice(str(place), label, plain_text(label)) for place, label in enumerate(labels)
    )
    rows = tuple(
        SelectRow(
            html.get(f"left:{n}", ""),
            f"{prefix}{FIELD}-{row}",
            tuple(
                Choice(choice.value, choice.html, choice.text, selected=given[n] == right)
                for choice, right in zip(choices, rights, strict=True)
            ),
        )
        for row, n in enumerate(lefts)
    )
    return SelectView(KEY, html.get("question", ""), html.get("context", ""), rows, choices)


def read(
    _item: Item, arrangement: Arrangement, fields: Fields, prefix: str
) -> list[int | None] | None:
    """Return the right side of each left side; None when none was chosen."""
    lefts, rights = arrangement
    given: list[int | None] = [None] * len(lefts)
    for row, n in enumerate(lefts):
        value = one_value(fields, f"{prefix}{FIELD}-{row}")
        given[n] = dealt_index(value, rights) if value else None
    return None if given == [None] * len(lefts) else given


def grade(item: Item, response: object) -> Grade:
    """Compare each left side's right side with the pair's."""
    if response is None:
        return UNANSWERED
    content, given = content_of(item, Matching), _given(item, response)
    parts = tuple(Part(f"left:{n}", right == content.right_of(n)) for n, right in enumerate(given))
    share = Fraction(sum(part.right for part in parts), len(parts))
    return Grade(
        share if item.scoring == "partial" else Fraction(share == 1),
        parts=parts,
        misconceptions=named(_misconceptions(content, given)),
    )


def _misconceptions(content: Matching, given: list[int | None]) -> list[str]:
    by_right = {fold(extra.right): extra.misconception for extra in content.distractors}
    found: list[str] = []
    for n, right in enumerate(given):
        if right is not None and right != content.right_of(n):
            found += [
                content.pairs[n].misconception,
                by_right.get(fold(content.rights[right]), ""),
            ]
    return found


def explain(
    item: Item, arrangement: Arrangement, response: Response | None, html: Html
) -> ReviewView:
    """Return the pairs in dealt order, then the distractors, with what was given."""
    content, given = content_of(item, Matching), _given(item, response)
    rows = [_review_pair(content, n, given[n], html) for n in arrangement[0]]
    rights = {fold(text): n for n, text in enumerate(content.rights)}
    for n, extra in enumerate(content.distractors, len(content.pairs)):
        right = rights[fold(extra.right)]
        chosen = right in given
        label = html.get(f"right:{right}", "")
        rationale = html.get(f"rationale:{n}", "")
        rows.append(ReviewRow("", chosen, not chosen, rationale, expected=label))
    return ReviewView(
        KEY,
        html.get("question", ""),
        html.get("context", ""),
        html.get("feedback", ""),
        grade(item, response),
        tuple(rows),
    )


def _review_pair(content: Matching, left: int, given: int | None, html: Html) -> ReviewRow:
    right = content.right_of(left)
    return ReviewRow(
        html.get(f"left:{left}", ""),
        chosen=given is not None,
        right=given == right,
        rationale=html.get(f"rationale:{left}", ""),
        given="" if given is None else html.get(f"right:{given}", ""),
        expected=html.get(f"right:{right}", ""),
    )


def examples(item: Item, arrangement: Arrangement) -> tuple[Example, ...]:
    """Match everything, only the first, everything wrong, and nothing."""
    content = content_of(item, Matching)
    key: list[int | None] = [content.right_of(n) for n in range(len(content.pairs))]
    nothing: list[int | None] = [None] * len(key)
    wrong = [next(n for n in range(len(content.rights)) if n != right) for right in key]
    first = Fraction(1, len(key)) if item.scoring == "partial" else Fraction(0)
    return (
        _example(arrangement, key, Fraction(1)),
        _example(arrangement, [key[0], *nothing[1:]], first),
        _example(arrangement, [*wrong], Fraction(0)),
        _example(arrangement, nothing, Fraction(0)),
    )


def _example(arrangement: Arrangement, given: list[int | None], fraction: Fraction) -> Example:
    lefts, rights = arrangement
    values = [given[n] for n in lefts]
    sent = ["" if value is None else str(rights.index(value)) for value in values]
    return Example({f"{FIELD}-{row}": (value,) for row, value in enumerate(sent)}, fraction)


def _given(item: Item, response: object) -> list[int | None]:
    content = content_of(item, Matching)
    if response is None:
        return [None] * len(content.pairs)
    if not isinstance(response, list) or len(response) != len(content.pairs):
        raise MalformedResponse
    size = len(content.rights)
    given = [None if value is None else index_below(value, size) for value in response]
    if given == [None] * len(given):
        raise MalformedResponse
    return given
