"""Read a file of items: every fault with its place, and the items that have none."""

from collections.abc import Iterable
from dataclasses import replace

from lms.engine.content.frontmatter import split_front_matter
from lms.engine.items.attributes import Attributed, split_attributes
from lms.engine.items.header import (
    Tags,
    make_item,
    read_defaults,
    read_tags,
    refuse_foreign,
    require,
)
from lms.engine.items.model import Item, ItemKey, Matching
from lms.engine.items.numeric import reads_as_number
from lms.engine.items.raw import RawItem, Report
from lms.engine.items.registry import TYPES
from lms.engine.items.splitting import split_items
from lms.engine.problems import Problem

MAX_QUESTION = 500
MAX_BLOCK = 10_000
MAX_ENTRY = 1_000
MAX_RATIONALE = 2_000

_BY_NOTATION: dict[str, tuple[ItemKey, ...]] = {
    "( )": ("single", "true-false"),
    "[ ]": ("multiple",),
    "=": ("numeric", "short"),
    "::": ("matching",),
    "1.": ("ordering",),
}
_MARKS = "`- ( )`, `- [ ]`, `- =`, `- left :: right` or `1.`"


def parse_item_file(
    path: str, text: str, bank_id: str
) -> tuple[tuple[Item, ...], tuple[Problem, ...]]:
    """Return the faultless items of a file in their order, and all problems, sorted by place."""
    report = Report(path)
    front = split_front_matter(path, text)
    defaults = read_defaults(front, report)
    items: list[Item] = []
    for raw in split_items(front.body, front.body_line, report):
        item = _parse_item(raw, bank_id, defaults, report)
        if item:
            items.append(item)
    problems = (*report.problems, *clashes(items))
    refused = {problem.line for problem in clashes(items)}
    return tuple(i for i in items if i.line not in refused), tuple(sorted(problems))


def clashes(items: Iterable[Item]) -> tuple[Problem, ...]:
    """Return a problem for each item whose id an earlier one of the same bank has."""
    first: dict[str, Item] = {}
    problems: list[Problem] = []
    for item in items:
        other = first.setdefault(item.ref, item)
        if other is not item:
            message = f"The id `{item.id}` is taken by {other.path}:{other.line}."
            remedy = "Give this item an id of its own; ids are unique in a bank."
            problems.append(Problem(item.path, item.line, 1, message, remedy))
    return tuple(problems)


def _parse_item(raw: RawItem, bank: str, defaults: Tags, report: Report) -> Item | None:
    before = len(report.problems)
    heading = split_attributes(raw.heading, raw.column)
    if heading.column is None and "{#" in raw.heading:
        column = raw.column + raw.heading.index("{#")
        report.add(raw.line, column, "These braces are not read.", "End the heading with `}`.")
    tags = read_tags(heading, raw.line, defaults, report)
    complete = require(tags, raw.line, report)
    _check_texts(heading, raw, report)
    key = _type(raw, tags, report)
    if key is None:
        return None
    refuse_foreign(tags, key, TYPES[key].ATTRIBUTES, report)
    _check_rationales(raw, tags, report)
    content = TYPES[key].parse(raw, tags, report)
    if content is None or not complete or len(report.problems) > before:
        return None
    return _placed(make_item(tags, bank, key, heading.text, content), raw, report.path)


def _type(raw: RawItem, tags: Tags, report: Report) -> ItemKey | None:
    """Return the type that notation and `type=` agree upon."""
    notation = _notation(raw, report)
    if notation is None:
        return None
    allowed = _BY_NOTATION[notation]
    wanted = tags.get("type")
    if wanted is None:
        if notation == "=":
            values = [entry.text for entry in raw.entries if entry.right]
            return "numeric" if values and all(map(reads_as_number, values)) else "short"
        return allowed[0]
    for key in allowed:
        if key == wanted.value:
            return key
    message = f"The options below make this an item of type {' or '.join(allowed)}."
    report.add(wanted.line, wanted.column, message, f"Take type={wanted.value} away.")
    return None


def _notation(raw: RawItem, report: Report) -> str | None:
    if not raw.entries:
        report.add(raw.line, 1, "This item has no options.", f"Write {_MARKS} below the question.")
        return None
    first = next(entry for entry in raw.entries if entry.notation)
    odd = [entry for entry in raw.entries if entry.notation != first.notation]
    for entry in odd:
        if entry.notation:
            message = f"`{entry.mark}` does not go with `{first.mark}` of line {first.line}."
        else:
            message = "This list entry has no mark."
        remedy = f"Write one kind for the whole item: {_MARKS}. A list of the scenario needs a "
        report.add(entry.line, 1, message, remedy + "paragraph between itself and the options.")
    return None if odd else first.notation


def _check_texts(heading: Attributed, raw: RawItem, report: Report) -> None:
    if not heading.text:
        message = "The question is empty."
        report.add(raw.line, 1, message, "Write it between `##` and the braces.")
    _check_length(heading.text, MAX_QUESTION, raw.line, report)
    _check_length(raw.context, MAX_BLOCK, raw.context_line, report)
    _check_length(raw.feedback, MAX_BLOCK, raw.feedback_line, report)
    for entry in raw.entries:
        if not entry.text:
            message = "This entry is empty."
            report.add(entry.line, entry.column, message, "Write its text behind the mark.")
        _check_length(entry.text, MAX_ENTRY, entry.line, report)
        _check_length(entry.rationale, MAX_RATIONALE, entry.rationale_line, report)


def _check_length(text: str, limit: int, line: int, report: Report) -> None:
    if len(text) > limit:
        message = f"This text has {len(text)} characters."
        report.add(line, 1, message, f"Shorten it to {limit}.")


def _check_rationales(raw: RawItem, tags: Tags, report: Report) -> None:
    if "status" in tags and tags["status"].value == "draft":
        return
    for entry in raw.entries:
        if not entry.rationale:
            message = "This entry has no rationale."
            remedy = "Write an indented line `> why it is right or wrong` below it."
            report.add(entry.line, entry.column, message, remedy)


def _placed(item: Item, raw: RawItem, path: str) -> Item:
    """Return the item with its context, its feedback and the places of its parts."""
    lines = {"question": raw.line, "context": raw.context_line, "feedback": raw.feedback_line}
    entries = list(raw.entries)
    if isinstance(item.content, Matching):
        entries.sort(key=lambda entry: entry.text.startswith(":: "))
        for n, right in enumerate(item.content.rights):
            lines[f"right:{n}"] = next(e.line for e in entries if e.text.endswith(right))
    for n, entry in enumerate(entries):
        lines |= {f"choice:{n}": entry.line, f"left:{n}": entry.line}
        lines[f"rationale:{n}"] = entry.rationale_line
    whole = replace(item, context=raw.context, feedback=raw.feedback, path=path, line=raw.line)
    parts = whole.markdown_parts()
    return replace(whole, part_lines={name: lines[name] for name in parts})
