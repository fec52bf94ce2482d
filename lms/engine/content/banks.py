"""quizzes/<bank>/ -> items."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lms.engine.content.decoding import decode_text
from lms.engine.content.fields import MAX_SENTENCE
from lms.engine.content.frontmatter import split_front_matter
from lms.engine.content.layout import BankFiles
from lms.engine.content.masking import Line
from lms.engine.content.pages import read_page
from lms.engine.content.scan import Scan, scan
from lms.engine.content.traps import find_traps
from lms.engine.items import clashes, parse_item_file
from lms.engine.items.model import Item
from lms.engine.problems import Problem

BANK_KEYS = ("id", "title", "course", "licence")
_ITEM = re.compile(r"^##[^#\n].{0,4000}?\{#([a-z0-9-]{1,64})[\s}]", re.MULTILINE)
_ANSWER = re.compile(r"\s*-\s+[=~]\s")
_TRAPPED = ("context", "feedback")


@dataclass
class Bank:
    """The items of a bank, and what their texts point to."""

    id: str
    course: str
    items: list[Item] = field(default_factory=list)
    written: set[str] = field(default_factory=set)
    scans: dict[str, Scan] = field(default_factory=dict)


def _read_head(path: str, data: bytes, problems: list[Problem]) -> tuple[str, str]:
    page = read_page(path, data, problems)
    fields = page.fields(problems, BANK_KEYS)
    if fields is None:
        return "", ""
    fields.text("title", limit=MAX_SENTENCE)
    fields.text("licence", example="CC-BY-4.0", required=False)
    return fields.identifier(), fields.identifier("course", "the-id-of-a-course")


def read_bank(bank: BankFiles, files: Mapping[str, bytes], problems: list[Problem]) -> Bank:
    """Return everything in a bank; an item with a fault is left out and its faults listed."""
    folder = bank.folder.rpartition("/")[2]
    name, course = "", ""
    if bank.bank:
        name, course = _read_head(bank.bank, files[bank.bank], problems)
    found = Bank(name or folder, course)
    for path in bank.items:
        found.items += _read_items(path, files[path], found, problems)
    doubles = clashes(found.items)
    taken = {(double.path, double.line) for double in doubles}
    found.items = [item for item in found.items if (item.path, item.line) not in taken]
    problems += doubles
    return found


def _read_items(path: str, data: bytes, bank: Bank, problems: list[Problem]) -> tuple[Item, ...]:
    text, faults = decode_text(path, data)
    problems += faults
    if not text:
        return ()
    items, item_faults = parse_item_file(path, text, bank.id)
    problems += item_faults
    front = split_front_matter(path, text)
    found = scan(path, front.body, front.body_line, skip=_is_answer)
    problems += found.problems
    bank.scans[path] = found
    bank.written |= {f"{bank.id}/{name}" for name in _ITEM.findall(text)}
    for item in items:
        problems += _part_traps(item)
    return items


def _is_answer(line: Line) -> bool:
    return _ANSWER.match(line.raw) is not None


def _part_traps(item: Item) -> list[Problem]:
    found: list[Problem] = []
    for part, text in item.markdown_parts().items():
        if part in _TRAPPED:
            lines = scan(item.path, text, item.part_lines.get(part, item.line)).lines
            found += find_traps(item.path, lines, headings=False)
    return found
