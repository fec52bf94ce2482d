"""Cut the body of an item file into raw items: one `##` heading each, then its parts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lms.engine.items.attributes import split_attributes
from lms.engine.items.model import ID_PATTERN
from lms.engine.items.raw import RawEntry, RawItem, Report

_HEADING = re.compile(r"##(?!#)\s*(?P<text>.*)")
_FENCE = re.compile(r"\s*(?P<fence>`{3,}|~{3,})(?P<info>.*)")
_BULLET = re.compile(r"-(?:\s+|$)")
_MARKED = re.compile(r"-\s+(?P<mark>\([ xX]\)|\[[ xX]\]|=|~)(?:\s+|$)(?P<text>.*)")
_NUMBERED = re.compile(r"(?P<number>\d{1,9})\.(?:\s+|$)(?P<text>.*)")
_BLOCK_START = re.compile(r"(?:[-*+]|\d+[.)])\s|`{3}|~{3}")
_PAIR = re.compile(r"(?:^|\s)::(?:\s|$)")


@dataclass(frozen=True)
class Line:
    """One line, or what is left of it from `column` on; `code` tells that it is fenced code."""

    number: int
    text: str
    code: bool = False
    column: int = 1

    @property
    def blank(self) -> bool:
        """Tell whether nothing but white space stands here."""
        return not self.text.strip()


@dataclass
class _List:
    """A list at the left margin: its kind, and the lines of each of its entries."""

    kind: str
    start: int
    entries: list[list[Line]] = field(default_factory=list)
    end: int = 0


def split_items(body: str, first_line: int, report: Report) -> list[RawItem]:
    """Return the raw items of a body whose first line has the number `first_line`."""
    lines = _numbered(body, first_line, report)
    starts = [n for n, line in enumerate(lines) if not line.code and _HEADING.match(line.text)]
    _refuse_preface(lines[: starts[0]] if starts else lines, report)
    ends = [*starts, len(lines)][1:]
    return [
        _raw_item(lines[start], lines[start + 1 : end], report)
        for start, end in zip(starts, ends, strict=True)
    ]


def _numbered(body: str, first_line: int, report: Report) -> list[Line]:
    lines: list[Line] = []
    fence, opened = "", 0
    for number, text in enumerate(body.split("\n"), first_line):
        mark = _FENCE.match(text)
        if fence:
            lines.append(Line(number, text, code=True))
            if mark and mark["fence"].startswith(fence) and not mark["info"].strip():
                fence = ""
        else:
            lines.append(Line(number, text, code=mark is not None))
            if mark:
                fence, opened = mark["fence"], number
    if fence:
        report.add(
            opened, 1, "This code block is not closed.", f"Write a line with {fence} below it."
        )
    return lines


def _refuse_preface(lines: Sequence[Line], report: Report) -> None:
    stray = next((line for line in lines if not line.blank), None)
    if stray:
        report.add(
            stray.number,
            1,
            "This text stands above the first item.",
            "Begin every item with `## question {#id}` and put its scenario below that line.",
        )


def _raw_item(heading: Line, body: Sequence[Line], report: Report) -> RawItem:
    match = _HEADING.match(heading.text)
    question, column = (match["text"], match.start("text") + 1) if match else ("", 1)
    answers = _answer_list(body)
    if answers is None:
        return RawItem(question, heading.number, column, *_text_and_line(body))
    context, context_line = _text_and_line(body[: answers.start])
    entries = tuple(_entry(answers.kind, lines, report) for lines in answers.entries)
    feedback = _text_and_line(_feedback(body, answers.end, report))
    return RawItem(question, heading.number, column, context, context_line, entries, *feedback)


def _text_and_line(lines: Sequence[Line]) -> tuple[str, int]:
    kept = [n for n, line in enumerate(lines) if not line.blank]
    if not kept:
        return "", 0
    first, last = kept[0], kept[-1]
    return "\n".join(line.text for line in lines[first : last + 1]), lines[first].number


def _answer_list(body: Sequence[Line]) -> _List | None:
    lists = _lists(body)
    marked = [block for block in lists if block.kind == "-" and any(map(_is_marked, block.entries))]
    numbered = [block for block in lists if block.kind == "1."]
    found = marked or numbered
    return found[-1] if found else None


def _is_marked(lines: Sequence[Line]) -> bool:
    text = lines[0].text
    return bool(_MARKED.match(text) or _PAIR.search(text[1:]))


def _lists(body: Sequence[Line]) -> list[_List]:
    lists: list[_List] = []
    current: _List | None = None
    for index, line in enumerate(body):
        kind = "" if line.code else _kind(line.text)
        if kind:
            if current is None or current.kind != kind:
                current = _List(kind, index)
                lists.append(current)
            current.entries.append([line])
        elif current and not line.blank and line.text.startswith("  "):
            current.entries[-1].append(line)
        elif not line.blank:
            current = None
        if current and not line.blank:
            current.end = index + 1
    return lists


def _kind(text: str) -> str:
    if _BULLET.match(text):
        return "-"
    return "1." if _NUMBERED.match(text) else ""


def _entry(kind: str, lines: Sequence[Line], report: Report) -> RawEntry:
    first, more = lines[0], lines[1:]
    entry = _marked_entry(kind, first)
    words = [entry.text] if entry.text else []
    quote: list[Line] = []
    for line in more:
        text = line.text.strip()
        if text.startswith(">"):
            quote.append(_unquoted(line))
        elif quote or line.code or _BLOCK_START.match(text):
            report.add(
                line.number,
                len(line.text) - len(line.text.lstrip()) + 1,
                "An option is one paragraph, followed by its rationale.",
                "Begin each line of the rationale with `>`.",
            )
        else:
            words.append(text)
    return _with_rationale(replace(entry, text=" ".join(words)), quote, report)


def _marked_entry(kind: str, line: Line) -> RawEntry:
    text = line.text.rstrip()
    numbered = _NUMBERED.match(text) if kind == "1." else None
    if numbered:
        number = int(numbered["number"])
        return RawEntry("1.", numbered["text"], line.number, numbered.start("text") + 1, number)
    marked = _MARKED.match(text)
    if marked:
        mark = marked["mark"].lower()
        return RawEntry(mark, marked["text"], line.number, marked.start("text") + 1)
    plain = text[1:].strip()
    mark = "::" if _PAIR.search(plain) else ""
    return RawEntry(mark, plain, line.number, len(text) - len(text[1:].lstrip()) + 1)


def _with_rationale(entry: RawEntry, quote: Sequence[Line], report: Report) -> RawEntry:
    lines = [line.text.rstrip() for line in quote]
    misconception = ""
    if lines:
        last = split_attributes(lines[-1], quote[-1].column)
        number = quote[-1].number
        for fault in last.faults:
            report.add(number, fault.column, f"`{fault.text}` is no attribute.", _MISCONCEPTION)
        for attribute in last.attributes:
            if attribute.key != "misconception":
                message = f"A rationale has no attribute `{attribute.key}`."
                report.add(number, attribute.column, message, _MISCONCEPTION)
            elif not ID_PATTERN.fullmatch(attribute.value):
                message = f"`{attribute.value}` does not name a misconception."
                report.add(number, attribute.column, message, _MISCONCEPTION)
            else:
                misconception = attribute.value
        lines[-1] = last.text
    return replace(
        entry,
        rationale="\n".join(lines).strip("\n"),
        rationale_line=quote[0].number if quote else 0,
        misconception=misconception,
    )


_MISCONCEPTION = "Write `{misconception=a-short-name}` in small letters, digits and hyphens."


def _feedback(body: Sequence[Line], end: int, report: Report) -> list[Line]:
    rest = body[end:]
    first = next((line for line in rest if not line.blank), None)
    if first is None:
        return []
    stray = next((line for line in rest if not line.blank and line.text[0] != ">"), None)
    if stray:
        report.add(
            stray.number,
            1,
            "This text stands below the options.",
            "Put a scenario above the options, indent what belongs to an option by two spaces, "
            "or begin each line of general feedback with `>`.",
        )
        return []
    if first is rest[0]:
        report.add(
            first.number,
            1,
            "Is this the rationale of the last option, or general feedback?",
            "Indent a rationale by two spaces; leave an empty line above general feedback.",
        )
    return [_unquoted(line) for line in rest]


def _unquoted(line: Line) -> Line:
    """Return what a quoted line says, without its `>`; an empty line stays empty."""
    text = line.text.lstrip()[1:].removeprefix(" ")
    return Line(line.number, text.rstrip(), column=len(line.text) - len(text) + 1)
