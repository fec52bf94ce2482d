"""An item as its lines stand in the file, before its type gives them a meaning."""

from dataclasses import dataclass, field

from lms.engine.problems import Problem


@dataclass
class Report:
    """Collects the problems of one file, so that one fault never hides another."""

    path: str
    problems: list[Problem] = field(default_factory=list)

    def add(self, line: int, column: int, message: str, remedy: str = "") -> None:
        """Note one fault at a place; lines and columns count from 1."""
        self.problems.append(Problem(self.path, line, column, message, remedy))


@dataclass(frozen=True)
class RawEntry:
    """One list entry: its text, and its mark.

    Marks: `( )`, `(x)`, `[ ]`, `[x]`, `=`, `~`, `::`, `1.`, or none.
    """

    mark: str
    text: str
    line: int
    column: int
    number: int = 0
    rationale: str = ""
    rationale_line: int = 0
    misconception: str = ""

    @property
    def notation(self) -> str:
        """Return the family of the mark: `( )`, `[ ]`, `=`, `::`, `1.`, or nothing."""
        return {"(x)": "( )", "[x]": "[ ]", "~": "="}.get(self.mark, self.mark)

    @property
    def right(self) -> bool:
        """Tell whether the mark names a right option or an accepted answer."""
        return self.mark in ("(x)", "[x]", "=")


@dataclass(frozen=True)
class RawItem:
    """The parts of one item: heading (from `column` on), context, entries and feedback."""

    heading: str
    line: int
    column: int
    context: str = ""
    context_line: int = 0
    entries: tuple[RawEntry, ...] = ()
    feedback: str = ""
    feedback_line: int = 0
