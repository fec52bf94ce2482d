"""Locks beside the database, so that two programs do not write one SQLite file at once."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class LockedError(Exception):
    """Another program holds the lock; the text says which and what to do."""


@contextmanager
def exclusive(path: Path, held: str) -> Iterator[None]:
    """Hold the lock in `path`, or raise LockedError with the sentence `held`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LockedError(held) from None
        yield
