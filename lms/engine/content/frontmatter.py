"""Split a Markdown file into its front matter (YAML 1.2 between --- lines) and its body."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lms.engine.content.yamltext import Document, KeyPath, Place, PlainYamlError, Value, read_yaml
from lms.engine.problems import Problem

FENCE = "---"


@dataclass(frozen=True)
class FrontMatter:
    """What stands above the body, with the place of every key; lines and columns count from 1."""

    path: str
    values: Mapping[str, Value] = field(default_factory=dict)
    keys: Mapping[KeyPath, Place] = field(default_factory=dict)
    places: Mapping[KeyPath, Place] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    present: bool = False
    problems: tuple[Problem, ...] = ()

    def key_at(self, *path: str | int) -> Place:
        """Return where a key stands, or else the nearest thing around it."""
        for length in range(len(path), 0, -1):
            place = self.keys.get(path[:length]) or self.places.get(path[:length])
            if place:
                return place
        return (1, 1)

    def value_at(self, *path: str | int) -> Place:
        """Return where the value of a key begins, or else where the key or its parent stands."""
        return self.places.get(path) or self.key_at(*path)

    def problem(self, path: KeyPath, message: str, remedy: str) -> Problem:
        """Make a problem at the value that a path names."""
        line, column = self.value_at(*path)
        return Problem(self.path, line, column, message, remedy)

    def key_problem(self, path: KeyPath, message: str, remedy: str) -> Problem:
        """Make a problem at the key that a path names."""
        line, column = self.key_at(*path)
        return Problem(self.path, line, column, message, remedy)


def split_front_matter(path: str, text: str) -> FrontMatter:
    """Return values, places and body of a text; faults are in `.problems`, never raised.

    A text that does not begin with a `---` line has no front matter: its body is all of it.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        return FrontMatter(path, body=text)
    end = next((n for n in range(1, len(lines)) if lines[n].rstrip() == FENCE), None)
    if end is None:
        fault = Problem(
            path,
            1,
            1,
            "The front matter is not closed.",
            "Write a line with only --- below the last key.",
        )
        return FrontMatter(path, present=True, body_line=len(lines), problems=(fault,))
    document, problems = _read(path, "\n".join(lines[1:end]))
    root = document.root
    return FrontMatter(
        path,
        values=root if isinstance(root, dict) else {},
        keys=_one_line_down(document.keys),
        places=_one_line_down(document.places),
        body="\n".join(lines[end + 1 :]),
        body_line=end + 2,
        present=True,
        problems=problems,
    )


def _read(path: str, text: str) -> tuple[Document, tuple[Problem, ...]]:
    try:
        document = read_yaml(text)
    except PlainYamlError as fault:
        problem = Problem(path, fault.line + 1, fault.column, fault.message, fault.remedy)
        return Document(), (problem,)
    problems = [
        Problem(
            path,
            again.place[0] + 1,
            again.place[1],
            f"The key `{again.path[-1]}` stands here a second time.",
            "Keep one of the two.",
        )
        for again in document.duplicates
    ]
    if document.root is not None and not isinstance(document.root, dict):
        problems.append(
            Problem(path, 2, 1, "The front matter is not a list of keys.", "Write `key: value`.")
        )
    return document, tuple(problems)


def _one_line_down(places: Mapping[KeyPath, Place]) -> dict[KeyPath, Place]:
    return {path: (line + 1, column) for path, (line, column) in places.items()}
