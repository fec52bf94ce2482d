"""Write an item in the notation, so that reading it again gives an equal item."""

from collections.abc import Iterator

from lms.engine.items import numeric, short
from lms.engine.items.attributes import write_attribute
from lms.engine.items.model import (
    Choices,
    Entry,
    Item,
    Matching,
    Numeric,
    NumericAnswer,
    Option,
    Ordering,
    Pair,
    Short,
    ShortAnswer,
)

Row = Option | Entry | Pair | NumericAnswer | ShortAnswer


def write_item(item: Item) -> str:
    """Return the item's section of a bank file, with all its tags in the heading."""
    blocks = [f"## {item.question} {{{' '.join(_attributes(item))}}}"]
    if item.context:
        blocks.append(item.context)
    blocks.append("\n".join(_entries(item)))
    if item.feedback:
        blocks.append(_quoted(item.feedback, ""))
    return "\n\n".join(blocks) + "\n"


def _attributes(item: Item) -> Iterator[str]:
    yield f"#{item.id}"
    if item.type in ("true-false", "short", "numeric"):
        yield f"type={item.type}"
    source = item.source
    values = {
        "use": item.use,
        "objective": item.objective,
        "bloom": item.bloom,
        "difficulty": item.difficulty,
        "status": None if item.status == "live" else item.status,
        "points": None if item.points == 1 else str(item.points),
        "scoring": _scoring(item),
        "shuffle": None if item.shuffle else "no",
        "case": "sensitive" if isinstance(item.content, Short) and item.content.sensitive else None,
        "unit": item.content.unit if isinstance(item.content, Numeric) else None,
        "standard": source.standard,
        "edition": source.edition,
        "verified_on": source.verified_on,
        "verified_how": source.verified_how,
    }
    yield from (write_attribute(key, value) for key, value in values.items() if value)


def _scoring(item: Item) -> str | None:
    usual = "partial" if item.type == "matching" else "all"
    return None if item.scoring == usual else item.scoring


def _entries(item: Item) -> Iterator[str]:
    for number, (mark, text, row) in enumerate(_rows(item), 1):
        yield from _entry(mark or f"{number}. ", text, row)


def _rows(item: Item) -> Iterator[tuple[str, str, Row]]:
    """Yield mark, text and rationale of each entry; numbered entries have no mark of their own."""
    content = item.content
    match content:
        case Choices():
            form = "- [{}] " if item.type == "multiple" else "- ({}) "
            yield from ((form.format("x" if o.right else " "), o.text, o) for o in content.options)
        case Ordering():
            yield from (("", entry.text, entry) for entry in content.entries)
        case Matching():
            rows = (*content.pairs, *content.distractors)
            yield from (("- ", f"{row.left} :: {row.right}".lstrip(), row) for row in rows)
        case Numeric():
            yield from ((_answer_mark(a), numeric.write_answer(a), a) for a in content.answers)
        case Short():
            yield from ((_answer_mark(a), short.write_answer(a), a) for a in content.answers)


def _answer_mark(answer: NumericAnswer | ShortAnswer) -> str:
    return "- = " if answer.right else "- ~ "


def _entry(mark: str, text: str, row: Row) -> Iterator[str]:
    yield mark + text
    if row.rationale or row.misconception:
        name = f"{{misconception={row.misconception}}}" if row.misconception else ""
        indent = "   " if mark[0].isdigit() else "  "
        yield _quoted(f"{row.rationale} {name}".strip(), indent)


def _quoted(text: str, indent: str) -> str:
    return "\n".join(f"{indent}> {line}".rstrip() for line in text.split("\n"))
