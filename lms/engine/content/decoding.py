"""Bytes -> text, with a fault for everything that a plain text file must not hold."""

import re
from collections.abc import Iterator

from lms.engine.problems import Problem

MAX_BYTES = 256_000
MAX_BLOCK = 8_000

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
    yield from _long_blocks(path, text)


def _long_blocks(path: str, text: str) -> Iterator[Problem]:
    line, size = 1, 0
    for number, content in enumerate(text.split("\n"), 1):
        if not content.strip():
            line, size = number + 1, 0
            continue
        before, size = size, size + len(content) + 1
        if before <= MAX_BLOCK < size:
            yield Problem(
                path,
                line,
                1,
                f"This paragraph has more than {MAX_BLOCK} characters.",
                "Divide it with blank lines.",
            )
