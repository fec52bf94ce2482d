"""Work that must happen after a commit: written in the same transaction, done at least once.

Huey is at-most-once; a row here is the promise, Huey only the alarm clock. A handler must
therefore bear being run twice.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import CheckConstraint, Index, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from lms.core.db import Base, after_commit
from lms.core.records import insert_unless_there

log = structlog.get_logger()


class NotYetError(Exception):
    """The work cannot be done as things are set up; it waits, and this was no attempt."""


LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 12


class OutboxTask(Base):
    """One promised piece of work."""

    __tablename__ = "outbox_task"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'done', 'failed')", name="state"),
        Index("ix_outbox_task_due", "state", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    key: Mapped[str | None] = mapped_column(String(120), unique=True)
    payload: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(Text)


def put(
    session: Session, kind: str, payload: dict[str, Any], now: datetime, key: str | None = None
) -> None:
    """Promise a piece of work; a `key` that was promised before is not promised again."""
    values = {"kind": kind, "payload": json.dumps(payload), "created_at": now, "due_at": now}
    if key is None:
        session.add(OutboxTask(**values))
    elif not insert_unless_there(session, OutboxTask, values | {"key": key}):
        return
    if wake := session.info.get("wake"):
        after_commit(session, wake)


def pending(session: Session) -> int:
    """Count the work that is still promised."""
    return (
        session.scalar(
            select(func.count()).select_from(OutboxTask).where(OutboxTask.state == "waiting")
        )
        or 0
    )


Work = Callable[[Session, dict[str, Any], datetime], None]


@dataclass
class Worker:
    """Does the promised work, one task to a unit of work."""

    database: Callable[[], Any]
    handlers: dict[str, Work] = field(default_factory=dict)

    def handle(self, kind: str, handler: Work) -> None:
        self.handlers[kind] = handler

    def drain(self, clock: Callable[[], datetime], most: int = 200) -> int:
        """Do what is due; return how many tasks were taken up."""
        done = 0
        while done < most and self._do_next(clock()):
            done += 1
        return done

    def _do_next(self, now: datetime) -> bool:
        with self.database() as session:
            task = self._claim(session, now)
            if task is None:
                return False
            task_id, kind, payload = task.id, task.kind, json.loads(task.payload)
        try:
            with self.database() as session:
                self.handlers[kind](session, payload, now)
                self._finish(session, task_id, now, None)
        except NotYetError as reason:
            with self.database() as session:
                self._postpone(session, task_id, str(reason))
        except Exception as error:
            log.exception("outbox_task_failed", task=task_id, kind=kind)
            with self.database() as session:
                self._finish(session, task_id, now, f"{type(error).__name__}: {error}")
        return True

    def _claim(self, session: Session, now: datetime) -> OutboxTask | None:
        task = session.scalar(
            select(OutboxTask)
            .where(OutboxTask.state == "waiting", OutboxTask.due_at <= now)
            .order_by(OutboxTask.due_at, OutboxTask.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if task is not None:
            task.attempts += 1
            task.due_at = now + LEASE * min(task.attempts, MOST_ATTEMPTS)
        return task

    def _postpone(self, session: Session, task_id: int, reason: str) -> None:
        task = session.get_one(OutboxTask, task_id)
        task.attempts -= 1
        task.last_error = reason

    def _finish(self, session: Session, task_id: int, now: datetime, error: str | None) -> None:
        task = session.get_one(OutboxTask, task_id)
        if error is None:
            task.state, task.done_at, task.last_error = "done", now, None
            task.payload = "{}"  # mailed links are secrets; they need not outlive the mail
            return
        task.last_error = error
        if task.attempts >= MOST_ATTEMPTS:
            task.state = "failed"
