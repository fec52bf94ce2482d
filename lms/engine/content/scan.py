"""Find in a Markdown text everything that points elsewhere, with its place."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from lms.engine.content.anchors import Anchors, split_heading
from lms.engine.content.decoding import without_heavy_blocks
from lms.engine.content.masking import Line, mask
from lms.engine.problems import Problem

ReferenceKind = Literal["link", "image", "term", "check"]

CHECK_LINE = re.compile(r"^\{\{ *check +([^\s{}]+) *\}\} *$", re.MULTILINE)
TERM = re.compile(r"\[\[([^\[\]|]{1,200})(?:\|([^\[\]|]{1,200}))?\]\]")
DECORATIVE = "{decorative}"

_DESTINATION = (
    r"\(\s{0,3}<?([^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*){0,4})>?"
    r"(?:\s{1,3}\"[^\"]*\"|\s{1,3}'[^']*')?\s{0,3}\)"
)
_IMAGE = re.compile(r"!\[([^\[\]]*)\](?:" + _DESTINATION + r"|\[[^\[\]]*\])(\{[^{}]*\})?")
_LINK = re.compile(r"(?<!!)\[[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*){0,3}\]" + _DESTINATION)
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)([^\[\]]+)\]: *<?([^\s<>]+)", re.MULTILINE)
_BRACES = re.compile(r"\{\{.*?(?:\}\}|$)")
_HTML = re.compile(r"<(?:/?[a-zA-Z][a-zA-Z0-9-]*(?=[\s/>])|!--|!\[CDATA|!DOCTYPE|\?)[^<>]*>?")
_MAIL = re.compile(r"<([^\s<>@]{1,80}@[^\s<>@]{1,80})>")
_FOOTNOTE = re.compile(r"\[\^([^\[\]\s]+)\](:?)")


@dataclass(frozen=True)
class Reference:
    """Something that a text points to: `target` as written, `text` what the reader sees."""

    kind: ReferenceKind
    target: str
    text: str
    line: int
    column: int


@dataclass(frozen=True)
class Scan:
    """What a Markdown text points to, the anchors that it offers, and its faults."""

    lines: Sequence[Line]
    references: tuple[Reference, ...]
    anchors: frozenset[str]
    problems: tuple[Problem, ...]

    def of(self, kind: ReferenceKind) -> Iterator[Reference]:
        """Yield the references of one kind in the order of the text."""
        return (found for found in self.references if found.kind == kind)


def scan(
    path: str, text: str, first_line: int = 1, *, skip: Callable[[Line], bool] | None = None
) -> Scan:
    """Return what a text points to; `skip` leaves out lines that are no Markdown.

    A paragraph that `decode_text` finds too heavy is passed over.
    """
    lines, problems = mask(path, without_heavy_blocks(text), first_line)
    shown = [line for line in lines if line.kind == "text" and not (skip and skip(line))]
    references: list[Reference] = []
    for run in _runs(shown):
        references += _references(run)
    for line in shown:
        problems += _line_faults(path, line)
    problems += _footnote_faults(path, shown)
    return Scan(lines, tuple(references), _anchors(shown), tuple(problems))


@dataclass(frozen=True)
class _Run:
    """Neighbouring lines as one text, so that a link may be broken over two of them."""

    text: str
    first: int

    def place(self, offset: int) -> tuple[int, int]:
        before = self.text[:offset]
        return self.first + before.count("\n"), offset - (before.rfind("\n") + 1) + 1


def _runs(lines: Sequence[Line]) -> Iterator[_Run]:
    held: list[Line] = []
    for line in lines:
        if held and line.number != held[-1].number + 1:
            yield _Run("\n".join(kept.text for kept in held), held[0].number)
            held = []
        held.append(line)
    if held:
        yield _Run("\n".join(kept.text for kept in held), held[0].number)


def _references(run: _Run) -> Iterator[Reference]:
    def found(kind: ReferenceKind, match: re.Match[str], target: str, text: str) -> Reference:
        return Reference(kind, target, text, *run.place(match.start()))

    for check in CHECK_LINE.finditer(run.text):
        yield found("check", check, check[1], "")
    for term in TERM.finditer(run.text):
        yield found("term", term, term[1].strip(), (term[2] or term[1]).strip())
    rest = TERM.sub(_blank, run.text)
    for image in _IMAGE.finditer(rest):
        yield found("image", image, image[2] or "", image[1].strip() + (image[3] or ""))
    rest = _IMAGE.sub(_blank, rest)
    for link in _LINK.finditer(rest):
        yield found("link", link, link[1], "")
    for definition in _DEFINITION.finditer(rest):
        yield found("link", definition, definition[2], definition[1])


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


def _line_faults(path: str, line: Line) -> Iterator[Problem]:
    for tag in _HTML.finditer(line.text):
        yield Problem(
            path,
            line.number,
            tag.start() + 1,
            f"`{tag.group()[:40]}` is HTML, which a course does not use.",
            "Write Markdown, or put it between backticks to show it as it is.",
        )
    for mail in _MAIL.finditer(line.text):
        yield Problem(
            path,
            line.number,
            mail.start() + 1,
            f"`{mail.group()[:80]}` is shown as it is, and not as a link.",
            f"Write [{mail[1][:80]}](mailto:{mail[1][:80]}).",
        )
    if CHECK_LINE.fullmatch(line.text):
        return
    for braces in _BRACES.finditer(line.text):
        yield Problem(
            path,
            line.number,
            braces.start() + 1,
            f"`{braces.group()[:60]}` is not understood here.",
            "A check stands alone in its line and is not indented: {{check bank-id/item-id}}.",
        )


def _footnote_faults(path: str, lines: Sequence[Line]) -> Iterator[Problem]:
    defined: set[str] = set()
    used: list[tuple[str, Line, int]] = []
    for line in lines:
        for note in _FOOTNOTE.finditer(line.text):
            if note[2] and not line.text[: note.start()].strip():
                defined.add(note[1])
            else:
                used.append((note[1], line, note.start() + 1))
    for name, line, column in used:
        if name not in defined:
            yield Problem(
                path,
                line.number,
                column,
                f"The footnote `{name}` has no text.",
                f"Add a line `[^{name}]: ...` at the end.",
            )


def _anchors(lines: Sequence[Line]) -> frozenset[str]:
    anchors = Anchors()
    return frozenset(anchors.claim(heading_text(line))[1] for line in lines if is_heading(line))


def is_heading(line: Line) -> bool:
    """Tell whether a line is a heading."""
    return line.kind == "text" and line.text.lstrip().startswith("#")


def heading_text(line: Line) -> str:
    """Return the text of a heading as it is written, with its `{#id}`."""
    raw = line.raw.strip().lstrip("#").strip()
    shown, wanted = split_heading(raw)
    return raw if wanted else shown.rstrip("#").rstrip()
