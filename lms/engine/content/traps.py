"""Point out Markdown that a CommonMark host, such as a Git host, would show differently."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lms.engine.content.masking import Line
from lms.engine.content.nearest import suggestion
from lms.engine.content.scan import is_heading
from lms.engine.problems import Problem

BOXES = ("note", "tip", "warning", "example", "practice")
REVEALS = (*BOXES, "question")

_LIST = re.compile(r" *(?:[-*+]|([0-9]{1,9})([.)]))(?: |$)")
_BOX = re.compile(r" *(!!!|\?\?\?\+?)\s*([\w-]*)\s*(.*)")
_TAB = re.compile(r" *===[!+]*\s*(\".*)")
_QUOTED = re.compile(r'"[^"]+"\s*')
_UNDERLINE = re.compile(r" *(?:-+|=+) *")
_HASHES = re.compile(r"( *)(#+)(.?)")


@dataclass
class _State:
    before: Line | None = None
    blank: bool = True
    list_indent: int | None = None


def find_traps(path: str, lines: Sequence[Line], *, headings: bool = True) -> Iterator[Problem]:
    """Yield a problem for each place that reads differently elsewhere.

    `headings=False` says that the text is a part of a page and may have none.
    """
    yield from _heading_faults(path, lines, headings)
    state = _State()
    for at, line in enumerate(lines):
        if line.kind == "blank":
            state.blank = True
            continue
        if line.kind == "text" and not line.text.lstrip().startswith(">"):
            for column, message, remedy in (
                *_list_traps(line, state),
                *_block_traps(line, state, lines, at),
                *_box_traps(line, lines, at),
            ):
                yield Problem(path, line.number, column, message, remedy)
        state.before, state.blank = line, False


Finding = tuple[int, str, str]


def _list_traps(line: Line, state: _State) -> Iterator[Finding]:
    marker = _LIST.match(line.text)
    if marker:
        yield from _entry_traps(line, state, marker)
    elif state.list_indent is not None and state.blank:
        step = line.indent - state.list_indent
        if step <= 0:
            state.list_indent = None
        elif step < 4:
            yield (
                line.indent + 1,
                "What belongs to an entry of a list is indented by four spaces.",
                _four_not(step),
            )


def _entry_traps(line: Line, state: _State, marker: re.Match[str]) -> Iterator[Finding]:
    number, bracket = marker[1], marker[2] == ")"
    if bracket:
        yield (
            line.indent + 1,
            "A list number with a bracket is no list everywhere.",
            "Write `1.` instead of `1)`.",
        )
    if state.list_indent is not None:
        step = line.indent - state.list_indent
        if step % 4:
            yield line.indent + 1, "A nested list is indented by four spaces.", _four_not(step)
        elif step < 0:
            state.list_indent = line.indent
    elif state.blank or _opens(state.before):
        state.list_indent = line.indent
    elif number in (None, "1"):  # any other number goes on with a sentence, here as elsewhere
        yield line.indent + 1, "A list needs a blank line before it.", "Add a blank line."


def _four_not(step: int) -> str:
    return f"Indent it by four spaces instead of {abs(step)}."


def _opens(line: Line | None) -> bool:
    if line is None or line.kind != "text":
        return line is None or line.kind == "code"
    return is_heading(line) or bool(_BOX.fullmatch(line.text) or _TAB.fullmatch(line.text))


def _block_traps(line: Line, state: _State, lines: Sequence[Line], at: int) -> Iterator[Finding]:
    in_paragraph = not state.blank and not _opens(state.before)
    following = lines[at + 1].text if at + 1 < len(lines) else ""
    if in_paragraph and "|" in line.text and _is_table_rule(following):
        yield 1, "A table needs a blank line before it.", "Add a blank line."
    if in_paragraph and _UNDERLINE.fullmatch(line.text) and not _LIST.match(line.text + " x"):
        yield (
            1,
            "A line of - or = below a text turns it into a heading.",
            "Write ## before a heading, or a blank line before a ruler.",
        )
    if line.raw.endswith("\\"):
        yield len(line.raw), "A backslash does not break a line.", "End it with two spaces."


def _is_table_rule(text: str) -> bool:
    return "|" in text and "-" in text and set(text) <= set("|:- ")


def _box_traps(line: Line, lines: Sequence[Line], at: int) -> Iterator[Finding]:
    box, tab = _BOX.fullmatch(line.text), _TAB.fullmatch(line.text)
    if not box and not tab:
        return
    column = line.indent + 1
    if box:
        known = BOXES if box[1] == "!!!" else REVEALS
        if box[2] not in known:
            yield column, f"`{box[2]}` is no kind of box.", suggestion(box[2], known)
    title = box[3] if box else tab[1] if tab else ""
    if title and not _QUOTED.fullmatch(title):
        example = f"{line.text.split()[0]} {box[2] if box else ''}".rstrip()
        yield column, "The title stands in double quotes.", f'Write {example} "Title".'
    body = next((later for later in lines[at + 1 :] if later.kind != "blank"), None)
    if body is None or len(body.raw) - len(body.raw.lstrip(" ")) < line.indent + 4:
        yield column, "This box is empty.", "Indent the text that belongs to it by four spaces."


def _heading_faults(path: str, lines: Sequence[Line], allowed: bool) -> Iterator[Problem]:
    level = 1
    for line in lines:
        hashes = _HASHES.match(line.text) if is_heading(line) else None
        if hashes is None:
            continue
        depth = len(hashes[2])
        for message, remedy in _about_heading(hashes, depth, level, allowed):
            yield Problem(path, line.number, line.indent + 1, message, remedy)
        level = max(depth, 2)


def _about_heading(
    hashes: re.Match[str], depth: int, level: int, allowed: bool
) -> Iterator[tuple[str, str]]:
    if not allowed:
        yield "A heading has no place here.", "Write bold text, or put \\ before the #."
    elif hashes[3] not in ("", " "):
        yield "A space is missing after the #.", f"Write `{hashes[2]} Heading`."
    elif depth == 1:
        yield "The title of the page is the `title` above.", "Begin with `## Heading`."
    elif depth > level + 1:
        yield (
            f"A heading of level {depth} follows one of level {level}.",
            f"Write `{'#' * (level + 1)} Heading`.",
        )
    if 0 < len(hashes[1]) < 4:
        yield "A heading is not indented.", "Remove the spaces before the #."
