"""Units of work on SQLite and PostgreSQL.

A view, a command or a job opens one unit of work; services never commit. On SQLite every write unit
begins with BEGIN IMMEDIATE behind a process-wide lock: with deferred transactions more than half
of concurrent read-then-write units failed with "database is locked".
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Connection, Engine, MetaData, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Session

from lms.core.types import UtcDateTime

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The declarative base of every feature's tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime}


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "busy_timeout=15000",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        is_write = connection.get_execution_options().get("lms_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if is_write else "BEGIN")


# More than the threads of a process, since every connection above this is opened and closed again.
KEPT_CONNECTIONS = 16


class Database:
    """One engine and its units of work."""

    def __init__(self, url: str) -> None:
        self.info: dict[str, Any] = {}  # what every session carries: the bus, the alarm clock
        self.is_sqlite = url.startswith("sqlite")
        self.engine = create_engine(
            url,
            pool_size=KEPT_CONNECTIONS,
            pool_pre_ping=not self.is_sqlite,
            hide_parameters=True,  # errors are logged, and tokens are parameters
        )
        if self.is_sqlite:
            _prepare_sqlite(self.engine)
        self._writers = self.engine.execution_options(lms_write=True)
        self._write_lock = threading.RLock()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a unit that only reads; whatever it did is rolled back."""
        with Session(self.engine, autoflush=False, info=dict(self.info)) as session:
            yield session

    @contextmanager
    def unit_of_work(self) -> Iterator[Session]:
        """Open a unit that writes: commit once at its end, or roll everything back."""
        lock = self._write_lock if self.is_sqlite else nullcontext()
        with lock, Session(self._writers, expire_on_commit=False, info=dict(self.info)) as session:
            yield session
            session.commit()
        for action in session.info.pop("after_commit", ()):
            action()

    def dispose(self) -> None:
        self.engine.dispose()


def after_commit(session: Session, action: Callable[[], None]) -> None:
    """Run `action` once the surrounding unit of work has been committed (wake a worker)."""
    session.info.setdefault("after_commit", []).append(action)
