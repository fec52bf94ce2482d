"""One file of a tree: decoded, split, and searched for what it points to."""

from collections.abc import Collection
from dataclasses import dataclass

from lms.engine.content.decoding import decode_text
from lms.engine.content.fields import Fields
from lms.engine.content.frontmatter import FrontMatter, split_front_matter
from lms.engine.content.scan import Scan, scan
from lms.engine.content.traps import find_traps
from lms.engine.problems import Problem

MAX_BODY = 100_000


@dataclass(frozen=True)
class Page:
    """A file with its front matter, and its Markdown body searched."""

    path: str
    text: str
    front: FrontMatter
    scan: Scan

    @property
    def is_readable(self) -> bool:
        """Tell whether its keys could be read, so that a missing one is really missing."""
        return bool(self.front.values) or not self.front.problems

    def fields(self, problems: list[Problem], known: Collection[str]) -> Fields | None:
        """Return its keys, or None where the front matter is broken or absent."""
        if not self.text or (self.front.problems and not self.front.values):
            return None
        if not self.front.present:
            problems.append(
                Problem(
                    self.path,
                    1,
                    1,
                    "The front matter is missing.",
                    "Begin the file with a line ---, keys such as `id: ...`, and a line ---.",
                )
            )
            return None
        return Fields(self.front, problems, known)


def read_page(path: str, data: bytes, problems: list[Problem], *, headings: bool = True) -> Page:
    """Read a Markdown file with front matter; its faults join the list."""
    text, faults = decode_text(path, data)
    front = split_front_matter(path, text)
    body = front.body
    problems += [*faults, *front.problems]
    if len(body) > MAX_BODY:
        problems.append(
            Problem(
                path,
                front.body_line,
                1,
                f"The text has more than {MAX_BODY} characters.",
                "Divide it into several lessons.",
            )
        )
        body = ""
    if not text and not faults:
        problems.append(Problem(path, 1, 1, "The file is empty.", "Write it, or delete it."))
    found = scan(path, body, front.body_line)
    problems += found.problems
    problems += find_traps(path, found.lines, headings=headings)
    return Page(path, text, front, found)
