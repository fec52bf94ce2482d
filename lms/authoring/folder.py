"""A folder of courses and banks on disk: read it whole, write it back byte for byte."""

import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from lms.core.errors import DomainError
from lms.core.text import sentence
from lms.engine.content.tree import belonging_together

TOPS = ("courses", "quizzes")
MOST_FILES = 20_000
MOST_FILE_BYTES = 32 * 1024 * 1024
MOST_TREE_BYTES = 512 * 1024 * 1024


class UnreadableFolderError(DomainError):
    """A folder cannot be read or written; the message says which and why."""


def read_folder(paths: Sequence[Path]) -> dict[str, bytes]:
    """Return path -> bytes for every file below `paths`.

    Each path is a folder that holds `courses` and `quizzes`, one of these two, or one course or
    bank inside them. The banks of a named course, and the course of a named bank, come with it.
    Hidden files are left out. Links that leave the folder, files that are no plain files, and
    sizes that no course has, are refused.
    """
    files: dict[str, bytes] = {}
    for root, names in _by_root(paths).items():
        found = _collect(root)
        if _holds_both(root, names):
            files |= found
        else:
            files |= belonging_together(found, names)
    return files


def _holds_both(root: Path, names: set[str]) -> bool:
    return {top for top in TOPS if (root / top).is_dir()} <= names


def _by_root(paths: Sequence[Path]) -> dict[Path, set[str]]:
    """Return, for each folder that holds courses/ and quizzes/, which parts of it were named."""
    wanted: dict[Path, set[str]] = {}
    for path in paths:
        found = path.resolve()
        if not found.is_dir():
            raise UnreadableFolderError(
                sentence(
                    "%(path)s is no folder. Name the folder of courses or of banks.", path=path
                )
            )
        if found.name in TOPS:
            wanted.setdefault(found.parent, set()).add(found.name)
        elif found.parent.name in TOPS:
            name = f"{found.parent.name}/{found.name}"
            wanted.setdefault(found.parent.parent, set()).add(name)
        else:
            tops = {top for top in TOPS if (found / top).is_dir()}
            if not tops:
                raise _no_courses(path)
            wanted.setdefault(found, set()).update(tops)
    return wanted


def _no_courses(path: Path) -> UnreadableFolderError:
    return UnreadableFolderError(
        sentence(
            "%(path)s holds neither courses nor quizzes. A course lies in "
            "courses/<name>/, a bank in quizzes/<name>/.",
            path=path,
        )
    )


def _collect(root: Path) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    size = 0
    for path, name in _walk(root):
        files[name] = _read(path, name)
        size += len(files[name])
        if len(files) > MOST_FILES or size > MOST_TREE_BYTES:
            raise UnreadableFolderError(
                sentence("The folder is too large. Divide its courses among several folders.")
            )
    return files


def _walk(root: Path) -> Iterator[tuple[Path, str]]:
    for top in TOPS:
        for path in sorted((root / top).rglob("*")):
            name = path.relative_to(root).as_posix()
            if any(piece.startswith(".") for piece in name.split("/")):
                continue
            if path.is_symlink() and not _stays_inside(path, root):
                raise UnreadableFolderError(
                    sentence(
                        "%(path)s is a link that leaves the folder. Put the file itself there.",
                        path=name,
                    )
                )
            if not path.is_dir():
                yield path, name


def _stays_inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # a link that leads to itself
        return False


def _read(path: Path, name: str) -> bytes:
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            raise UnreadableFolderError(
                sentence("%(path)s is no plain file. Remove it.", path=name)
            )
        if state.st_size > MOST_FILE_BYTES:
            raise UnreadableFolderError(
                sentence(
                    "%(path)s is larger than %(most)s MiB. Make it smaller.",
                    path=name,
                    most=MOST_FILE_BYTES // 1024**2,
                )
            )
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFolderError(
            sentence("%(path)s cannot be read (%(why)s).", path=name, why=error.strerror)
        ) from None


def write_folder(files: Mapping[str, bytes], target: Path) -> None:
    """Write `files` below `target`, whose courses and quizzes must not hold anything yet."""
    for top in TOPS:
        place = target / top
        if place.exists() and any(place.iterdir()):
            raise UnreadableFolderError(
                sentence(
                    "%(path)s is not empty. Name a new folder; nothing was written.", path=place
                )
            )
    try:
        for name, content in files.items():
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    except OSError as error:
        raise UnreadableFolderError(
            sentence("%(path)s cannot be written (%(why)s).", path=target, why=error.strerror)
        ) from None
