"""Blank out code and formulas, so that what is left can be searched for notation.

Every line keeps its length: a column in the masked line is a column in the file.
"""

import re
from dataclasses import dataclass
from typing import Literal

from lms.engine.content import maths
from lms.engine.problems import Problem

Kind = Literal["blank", "text", "code", "maths"]

_FENCE = re.compile(r"[>\s]*(`{3,}|~{3,})(.*)")
_TOKEN = re.compile(r"\\[^\w\s]|`+")


@dataclass(frozen=True)
class Line:
    """One line: as written, with code and formulas blanked out, and what it is."""

    number: int
    raw: str
    text: str
    kind: Kind

    @property
    def indent(self) -> int:
        """How many spaces stand before the first character."""
        return len(self.text) - len(self.text.lstrip(" "))


def mask(path: str, text: str, first_line: int = 1) -> tuple[list[Line], list[Problem]]:
    """Return the lines of a Markdown text and the faults of its code fences and formulas."""
    masker = _Masker(path)
    for number, raw in enumerate(text.split("\n"), first_line):
        masker.take(number, raw)
    masker.finish()
    return masker.lines, masker.problems


class _Masker:
    def __init__(self, path: str) -> None:
        self.path = path
        self.lines: list[Line] = []
        self.problems: list[Problem] = []
        self._fence = ""
        self._opened = 0
        self._formula: list[str] = []

    def take(self, number: int, raw: str) -> None:
        if self._fence:
            self._in_code(number, raw)
        elif self._formula:
            self._in_maths(number, raw)
        elif fence := _FENCE.fullmatch(raw):
            if fence[1][0] == "`" and "`" in fence[2]:
                self._text(number, raw)
                return
            self._fence, self._opened = fence[1], number
            self._add(number, raw, "code")
        elif raw.lstrip().startswith(maths.FENCE):
            self._opened = number
            self._in_maths(number, raw)
        else:
            self._text(number, raw)

    def finish(self) -> None:
        if self._fence:
            self._fault(
                self._opened,
                1,
                "This block of code is never closed.",
                f"Write a line with {self._fence} below it.",
            )
        if self._formula:
            self._open_formula()

    def _in_code(self, number: int, raw: str) -> None:
        self._add(number, raw, "code")
        closing = raw.strip().lstrip("> ")
        if closing.startswith(self._fence) and not closing.strip(self._fence[0]):
            self._fence = ""

    def _in_maths(self, number: int, raw: str) -> None:
        stripped = raw.strip()
        if not stripped:
            self._open_formula()
            self._text(number, raw)
            return
        closes = stripped.endswith(maths.FENCE) and (self._formula or len(stripped) > 3)
        self._formula.append(stripped)
        self._add(number, raw, "maths")
        if closes:
            latex = "\n".join(self._formula).removeprefix("$$").removesuffix("$$").strip()
            self._formula = []
            self._check(self._opened, 1, latex)

    def _open_formula(self) -> None:
        self._formula = []
        self._fault(
            self._opened,
            1,
            "This formula is never closed.",
            "End it with $$ before the next blank line.",
        )

    def _text(self, number: int, raw: str) -> None:
        text = _without_code(raw)
        for found in maths.INLINE.finditer(text):
            self._check(number, found.start() + 1, raw[found.start(1) : found.end(1)])
        text = maths.INLINE.sub(lambda found: " " * len(found.group()), text)
        self.lines.append(Line(number, raw, text, "text" if raw.strip() else "blank"))

    def _add(self, number: int, raw: str, kind: Kind) -> None:
        self.lines.append(Line(number, raw, " " * len(raw), kind))

    def _check(self, line: int, column: int, latex: str) -> None:
        try:
            maths.to_mathml(latex, display=False)
        except maths.MathsError as error:
            self._fault(
                line,
                column,
                f"This formula cannot be read: {error}.",
                "Correct the LaTeX, or write \\$ for a plain dollar sign.",
            )

    def _fault(self, line: int, column: int, message: str, remedy: str) -> None:
        self.problems.append(Problem(self.path, line, column, message, remedy))


def _without_code(raw: str) -> str:
    """Blank out `code` and escaped characters."""
    runs: dict[int, list[int]] = {}
    for found in re.finditer("`+", raw):
        runs.setdefault(len(found.group()), []).append(found.start())
    pieces, at = [], 0
    while token := _TOKEN.search(raw, at):
        end = token.end()
        if token.group()[0] == "`":
            length = len(token.group())
            later = runs.get(length, [])
            while later and later[0] < end:
                later.pop(0)
            end = later[0] + length if later else end
        pieces.append(raw[at : token.start()] + " " * (end - token.start()))
        at = end
    return "".join(pieces) + raw[at:]
