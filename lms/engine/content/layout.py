"""Which file of a tree is what, told from its path alone."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lms.engine.problems import Problem

MAX_PATH = 180

_NAME = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_SLUG = re.compile(_NAME)
_NUMBERED = re.compile(r"([0-9]{2,3})-" + _NAME)
_MEDIA = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9._-]*/)*[A-Za-z0-9][A-Za-z0-9._-]*")
_FREE = ("README.md", "LICENSE", "LICENSE.md")
_COURSE_FILES = ("course", "final", "sample", "glossary")


@dataclass
class ModuleFiles:
    """The folder of a module and what stands in it."""

    folder: str
    number: int
    module: str = ""
    quiz: str = ""
    lessons: list[tuple[int, str]] = field(default_factory=list)


@dataclass
class BankFiles:
    """The folder of a bank and its files of items, in order."""

    folder: str
    bank: str = ""
    items: list[str] = field(default_factory=list)


@dataclass
class Layout:
    """One course folder and the banks that came with it."""

    slug: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    modules: dict[str, ModuleFiles] = field(default_factory=dict)
    banks: dict[str, BankFiles] = field(default_factory=dict)
    media: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def stray(self, path: str, remedy: str) -> None:
        """Record a file that has no place."""
        self.problems.append(Problem(path, 1, 1, "This file has no place here.", remedy))


def lay_out(paths: Iterable[str]) -> Layout:
    """Sort the paths of one course and its banks into their roles."""
    layout = Layout()
    for path in sorted(paths):
        parts = path.split("/")
        if len(path) > MAX_PATH:
            layout.stray(path, f"Shorten the path to {MAX_PATH} characters.")
        elif len(parts) < 3 or not _SLUG.fullmatch(parts[1]):
            layout.stray(path, "A course lies in courses/<name>/, a bank in quizzes/<name>/.")
        elif parts[0] == "courses":
            layout.slug = layout.slug or parts[1]
            _place_in_course(layout, path, parts[2:])
        elif parts[0] == "quizzes":
            _place_in_bank(layout, path, parts[1], parts[2:])
        else:
            layout.stray(path, "A course lies in courses/<name>/, a bank in quizzes/<name>/.")
    _find_gaps(layout)
    return layout


def _place_in_course(layout: Layout, path: str, rest: list[str]) -> None:
    stem = rest[0].removesuffix(".md")
    if path.split("/")[1] != layout.slug:
        layout.stray(path, f"This tree is the course `{layout.slug}`; move the file to its own.")
    elif rest[0] == "media" and len(rest) > 1:
        _place_media(layout, path, rest[1:])
    elif len(rest) == 1 and stem in _COURSE_FILES and rest[0].endswith(".md"):
        layout.pages[stem] = path
    elif len(rest) == 1 and rest[0] in _FREE:
        return
    elif len(rest) == 2 and (numbered := _NUMBERED.fullmatch(rest[0])):
        folder = path.rpartition("/")[0]
        files = layout.modules.setdefault(folder, ModuleFiles(folder, int(numbered[1])))
        _place_in_module(layout, files, path, rest[1])
    else:
        layout.stray(
            path,
            "Move it to media/, or name it as in 01-module-name/01-lesson-name.md "
            "(lower-case letters, digits and hyphens).",
        )


def _place_in_module(layout: Layout, files: ModuleFiles, path: str, name: str) -> None:
    if name == "module.md":
        files.module = path
    elif name == "quiz.md":
        files.quiz = path
    elif name.endswith(".md") and (numbered := _NUMBERED.fullmatch(name.removesuffix(".md"))):
        files.lessons.append((int(numbered[1]), path))
    else:
        layout.stray(
            path, "A module holds module.md, quiz.md and lessons such as 01-lesson-name.md."
        )


def _place_in_bank(layout: Layout, path: str, folder: str, rest: list[str]) -> None:
    bank = layout.banks.setdefault(folder, BankFiles(f"quizzes/{folder}"))
    name = rest[0]
    if name == "media" and len(rest) > 1:
        _place_media(layout, path, rest[1:])
    elif len(rest) == 1 and name == "bank.md":
        bank.bank = path
    elif len(rest) == 1 and name.endswith(".md") and _NUMBERED.fullmatch(name[:-3]):
        bank.items.append(path)
    elif not (len(rest) == 1 and name in _FREE):
        layout.stray(path, "A bank holds bank.md, files of items such as 01-name.md, and media/.")


def _place_media(layout: Layout, path: str, rest: list[str]) -> None:
    if _MEDIA.fullmatch("/".join(rest)):
        layout.media.add(path)
    else:
        layout.stray(path, "Name it with letters, digits, dots, hyphens and underscores only.")


def _find_gaps(layout: Layout) -> None:
    numbers: dict[tuple[str, int], str] = {}
    for files in layout.modules.values():
        _claim(layout, numbers, "", files.number, files.module or files.folder)
        if not files.module:
            _gap(layout, f"{files.folder}/module.md", "A module needs the file module.md.")
        elif not files.lessons:
            _gap(layout, files.module, "This module has no lesson.", "Add 01-lesson-name.md.")
        for number, path in files.lessons:
            _claim(layout, numbers, files.folder, number, path)
    for bank in layout.banks.values():
        if not bank.bank:
            _gap(layout, f"{bank.folder}/bank.md", "A bank needs the file bank.md.")
    if layout.slug and "course" not in layout.pages:
        _gap(layout, f"courses/{layout.slug}/course.md", "A course needs the file course.md.")


def _claim(
    layout: Layout, numbers: dict[tuple[str, int], str], folder: str, number: int, path: str
) -> None:
    other = numbers.setdefault((folder, number), path)
    if other != path:
        message = f"The number {number:02d} is taken by {other}."
        _gap(layout, path, message, "Give one of the two another number.")


def _gap(layout: Layout, path: str, message: str, remedy: str = "Create it.") -> None:
    layout.problems.append(Problem(path, 1, 1, message, remedy))
