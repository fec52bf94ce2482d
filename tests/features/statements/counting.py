"""Counts what the program says to its database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event

from lms.core.db import Database

SESSION_AND_THROTTLE = ("login_session", "throttle")
TRANSACTION = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK")


@dataclass
class Statements:
    """What was executed, in order."""

    texts: list[str] = field(default_factory=list)

    @property
    def own(self) -> list[str]:
        """What was executed besides the viewer's session and the throttle."""
        return [
            text for text in self.texts if not any(name in text for name in SESSION_AND_THROTTLE)
        ]

    def inserts(self, table: str) -> list[str]:
        return [text for text in self.texts if text.startswith(f"INSERT INTO {table} ")]


@contextmanager
def counted(database: Database) -> Iterator[Statements]:
    """Listen to the database until the block ends."""
    found = Statements()

    def hear(_c: Any, _cursor: Any, text: str, _p: Any, _context: Any, _many: bool) -> None:
        if not text.startswith(TRANSACTION):
            found.texts.append(text)

    event.listen(database.engine, "before_cursor_execute", hear)
    try:
        yield found
    finally:
        event.remove(database.engine, "before_cursor_execute", hear)
