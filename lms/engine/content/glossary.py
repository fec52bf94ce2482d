"""glossary.md -> terms."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from lms.engine.content.fields import ID_REMEDY, MAX_SENTENCE, MAX_TITLE, is_id
from lms.engine.content.masking import Line
from lms.engine.content.model import VERIFIED_HOW, Source, Term
from lms.engine.content.nearest import suggestion
from lms.engine.content.pages import Page
from lms.engine.content.scan import is_heading
from lms.engine.items.attributes import Attribute, split_attributes
from lms.engine.problems import Problem

GLOSSARY_KEYS = ("id", "title")
_EXAMPLE = '## Program {#program also="programme, programmes"}'
_SOURCE_EXAMPLE = "Source: title, edition (body); verified_on 2026-11-22, secondary"
_SOURCE = re.compile(
    r"Source: (?P<title>[^,;()]+)(?:, (?P<edition>[^;()]+))?(?: \((?P<body>[^;()]+)\))?"
    r"(?:; verified_on (?P<day>\d{4}-\d\d-\d\d)(?:, (?P<how>\w+))?)?"
)


def read_glossary(page: Page, problems: list[Problem]) -> tuple[Term, ...]:
    """Return the terms of a glossary in the order of the file."""
    fields = page.fields(problems, GLOSSARY_KEYS)
    if fields:
        fields.identifier(example="glossary")
        fields.text("title", example="Glossary")
    terms = [_term(page.path, entry, problems) for entry in _entries(page, problems)]
    _find_doubles(page.path, terms, problems)
    return tuple(term for _, term in terms if term.id)


@dataclass
class _Entry:
    heading: Line
    lines: list[Line]


def _entries(page: Page, problems: list[Problem]) -> Iterator[_Entry]:
    entry: _Entry | None = None
    for line in page.scan.lines:
        if is_heading(line):
            if entry:
                yield entry
            entry = _Entry(line, [])
        elif entry:
            entry.lines.append(line)
        elif line.kind != "blank":
            message = "This text stands above the first term."
            problems.append(
                Problem(page.path, line.number, 1, message, f"Begin with `{_EXAMPLE}`.")
            )
            return
    if entry:
        yield entry


def _term(path: str, entry: _Entry, problems: list[Problem]) -> tuple[int, Term]:
    line = entry.heading

    def fault(number: int, column: int, message: str, remedy: str) -> None:
        problems.append(Problem(path, number, column, message, remedy))

    raw = line.raw.rstrip()
    parts = split_attributes(raw)
    title = parts.text.lstrip("# ").strip()
    found: dict[str, Attribute] = {item.key: item for item in parts.attributes}
    for item in parts.attributes:
        if item.key not in ("id", "also"):
            message = f"`{item.key}` is unknown here."
            fault(line.number, item.column, message, suggestion(item.key, ("id", "also")))
    for piece in parts.faults:
        message = f"`{piece.text}` is not understood here."
        fault(line.number, piece.column, message, f"Write `{_EXAMPLE}`.")
    if "id" not in found:
        fault(line.number, 1, "This term has no id.", f"Write `{_EXAMPLE}`.")
    elif not is_id(found["id"].value):
        message = f"`{found['id'].value}` cannot be an id."
        fault(line.number, found["id"].column, message, ID_REMEDY)
    if not title or len(title) > MAX_TITLE:
        fault(line.number, 1, "A term has a name.", f"Write up to {MAX_TITLE} characters.")
    body, source = _body(path, entry, problems)
    if not body:
        fault(line.number, 1, f"The term `{title}` is not explained.", "Write a paragraph below.")
    also = found["also"].value.split(",") if "also" in found else []
    names = tuple(name.strip() for name in also if name.strip())
    return line.number, Term(found["id"].value if "id" in found else "", title, names, body, source)


def _body(path: str, entry: _Entry, problems: list[Problem]) -> tuple[str, Source | None]:
    raw = [line.raw for line in entry.lines]
    while raw and not raw[-1].strip():
        raw.pop()
    if not raw or not raw[-1].startswith("Source:"):
        return "\n".join(raw).strip(), None
    match = _SOURCE.fullmatch(raw[-1].strip())
    if match is None or len(raw[-1]) > MAX_SENTENCE:
        number = entry.lines[len(raw) - 1].number
        problems.append(
            Problem(
                path, number, 1, "This source is not understood.", f"Write `{_SOURCE_EXAMPLE}`."
            )
        )
        return "\n".join(raw[:-1]).strip(), None
    source = _source(path, entry.lines[len(raw) - 1].number, match, problems)
    return "\n".join(raw[:-1]).strip(), source


def _source(path: str, line: int, match: re.Match[str], problems: list[Problem]) -> Source:
    day = None
    try:
        day = date.fromisoformat(match["day"]) if match["day"] else None
    except ValueError:
        problems.append(
            Problem(path, line, match.start("day") + 1, f"`{match['day']}` is no day.", "")
        )
    how = match["how"] or ""
    if how and how not in VERIFIED_HOW:
        message = f"`{how}` is no way to verify."
        problems.append(
            Problem(path, line, match.start("how") + 1, message, suggestion(how, VERIFIED_HOW))
        )
    return Source(match["title"], match["edition"] or "", match["body"] or "", day, how)


def _find_doubles(path: str, terms: list[tuple[int, Term]], problems: list[Problem]) -> None:
    lines: dict[str, int] = {}
    for line, term in terms:
        for name in {name.casefold() for name in names_of(term)}:
            first = lines.setdefault(name, line)
            if first != line:
                message = f"`{name}` is already a term, in line {first}."
                problems.append(Problem(path, line, 1, message, "Give each name to one term only."))


def names_of(term: Term) -> tuple[str, ...]:
    """Return every name by which a text may call a term."""
    return tuple(name for name in (term.id, term.title, *term.also) if name)


def terms_by_name(terms: tuple[Term, ...]) -> Mapping[str, Term]:
    """Return the terms by each of their names, case folded."""
    return {name.casefold(): term for term in terms for name in names_of(term)}
