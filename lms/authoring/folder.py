"""A folder of courses and banks on disk: read it whole, write it back byte for byte."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from lms.core.errors import DomainError
from lms.core.text import sentence

TOPS = ("courses", "quizzes")
MOST_FILES = 20_000
MOST_FILE_BYTES = 32 * 1024 * 1024
MOST_TREE_BYTES = 512 * 1024 * 1024


class UnreadableFolderError(DomainError):
    """A folder cannot be read or written; the message says which and why."""


def read_folder(paths: Sequence[Path]) -> dict[str, bytes]:
    """Return path -> bytes for every file below `paths`.

    Each path is a folder named `courses` or `quizzes`, one course or bank inside such a folder,
    or a folder that holds both. Hidden files are left out. Links that leave the folder, and
    sizes that no course has, are refused.
    """
    files: dict[str, bytes] = {}
    for path in paths:
        for root, part in _roots(path):
            _collect(root, part, files)
    return files


def _roots(path: Path) -> list[tuple[Path, Path]]:
    """Return (folder that holds courses/ and quizzes/, folder to read) pairs."""
    found = path.resolve()
    if not found.is_dir():
        raise UnreadableFolderError(
            sentence("%(path)s is no folder. Name the folder of courses or of banks.", path=path)
        )
    if found.name in TOPS:
        return [(found.parent, found)]
    if found.parent.name in TOPS:
        return [(found.parent.parent, found)]
    tops = [(found, found / top) for top in TOPS if (found / top).is_dir()]
    if not tops:
        raise UnreadableFolderError(
            sentence(
                "%(path)s holds neither courses nor quizzes. A course lies in "
                "courses/<name>/, a bank in quizzes/<name>/.",
                path=path,
            )
        )
    return tops


def _collect(root: Path, part: Path, files: dict[str, bytes]) -> None:
    for path in sorted(part.rglob("*")):
        name = path.relative_to(root).as_posix()
        if any(piece.startswith(".") for piece in name.split("/")) or path.is_dir():
            continue
        if not path.resolve().is_relative_to(root):
            raise UnreadableFolderError(
                sentence(
                    "%(path)s is a link that leaves the folder. Put the file itself there.",
                    path=name,
                )
            )
        files[name] = _read(path, name)
    _check_sizes(files)


def _read(path: Path, name: str) -> bytes:
    try:
        if path.stat().st_size > MOST_FILE_BYTES:
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


def _check_sizes(files: Mapping[str, bytes]) -> None:
    if len(files) > MOST_FILES or sum(map(len, files.values())) > MOST_TREE_BYTES:
        raise UnreadableFolderError(
            sentence("The folder is too large. Publish its courses one by one.")
        )


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
    for name, content in files.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
