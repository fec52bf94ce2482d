"""Bytes -> text, with a fault for everything that a plain text file must not hold."""

import re
from collections.abc import Iterator

from lms.engine.problems import Problem

MAX_BYTES = 256_000
MAX_BLOCK = 8_000
MAX_BRACKETS = 150
MAX_DEFINITIONS = 60

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ufffe\uffff]")


def decode_text(path: str, data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of a file and its faults; a file that is not UTF-8 or too big gives ""."""
    if len(data) > MAX_BYTES:
        fault = Problem(
            path,
            1,
            1,
            f"The file is larger than {MAX_BYTES // 1000} kB.",
            "Split it into several files.",
        )
        return "", (fault,)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return "", (_not_utf8(path, data, error.start),)
    return text.removeprefix("\ufeff"), tuple(_faults(path, text))


def _not_utf8(path: str, data: bytes, at: int) -> Problem:
    before = data[:at]
    line = before.count(b"\n") + 1
    column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
    return Problem(
        path,
        line,
        column,
        f"The byte 0x{data[at]:02X} is not UTF-8.",
        "Save the file with the encoding UTF-8.",
    )


def _faults(path: str, text: str) -> Iterator[Problem]:
    if text.startswith("\ufeff"):
        yield Problem(
            path,
            1,
            1,
            "The file begins with a byte order mark.",
            "Save it as UTF-8 without a byte order mark.",
        )
    if "\r\n" in text:
        yield Problem(
            path, 1, 1, "The lines end as on Windows (CR LF).", "Save the file with LF line ends."
        )
        text = text.replace("\r\n", "\n")
    for number, line in enumerate(text.split("\n"), 1):
        found = _CONTROL.search(line)
        if found:
            yield Problem(
                path,
                number,
                found.start() + 1,
                f"The invisible control character U+{ord(found.group()):04X} stands here.",
                "Delete it.",
            )
    yield from _heavy_blocks(path, text)


def block_fault(block: str) -> str:
    """Say what makes a paragraph too much for a Markdown parser, or ""."""
    if len(block) > MAX_BLOCK:
        return f"This paragraph has more than {MAX_BLOCK} characters."
    if block.count("[") > MAX_BRACKETS:
        return f"This paragraph has more than {MAX_BRACKETS} opening square brackets."
    if block.count("\n:") > MAX_DEFINITIONS:
        return f"This paragraph has more than {MAX_DEFINITIONS} definitions."
    return ""


def split_blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs of a text, with the number of their first line."""
    held: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.strip():
            held.append(line)
        elif held:
            yield number - len(held), "\n".join(held)
            held = []


def without_heavy_blocks(text: str) -> str:
    """Return a text with empty lines where a paragraph is too much for a parser."""
    lines = text.split("\n")
    for line, block in split_blocks(text):
        if block_fault(block):
            count = block.count("\n") + 1
            lines[line - 1 : line - 1 + count] = [""] * count
    return "\n".join(lines)


def _heavy_blocks(path: str, text: str) -> Iterator[Problem]:
    for line, block in split_blocks(text):
        if fault := block_fault(block):
            yield Problem(path, line, 1, fault, "Divide it with blank lines.")
