"""One limiter on every door, kept in the database so that all workers count together.

Fixed windows: simple to explain, and a door never opens wider than twice its limit.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import String, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from lms.core.db import Base
from lms.core.records import insert


class ThrottleWindow(Base):
    """How often a door was knocked at in its present window."""

    __tablename__ = "throttle"

    door: Mapped[str] = mapped_column(String(160), primary_key=True)
    opened_at: Mapped[datetime]
    knocks: Mapped[int]


@dataclass(frozen=True)
class Limit:
    """At most `most` knocks in each `window`."""

    most: int
    window: timedelta


def knock(session: Session, door: str, limit: Limit, now: datetime) -> timedelta | None:
    """Count one knock; return None if the door opens, else how long to wait."""
    row = session.scalar(
        select(ThrottleWindow).where(ThrottleWindow.door == door).with_for_update()
    )
    if row is None:
        _insert_first(session, door, now)
        return None
    if now - row.opened_at >= limit.window:
        row.opened_at, row.knocks = now, 1
        return None
    if row.knocks >= limit.most:
        return row.opened_at + limit.window - now
    row.knocks += 1
    return None


def _insert_first(session: Session, door: str, now: datetime) -> None:
    values = {"door": door, "opened_at": now, "knocks": 1}
    session.execute(
        insert(session, ThrottleWindow)
        .values(values)
        .on_conflict_do_update(index_elements=["door"], set_={"knocks": ThrottleWindow.knocks + 1})
    )


def forget(session: Session, door: str) -> None:
    """Open a door again, after a success."""
    session.execute(delete(ThrottleWindow).where(ThrottleWindow.door == door))


def give_back(session: Session, door: str) -> None:
    """Take one knock back, where only failures count."""
    session.execute(
        update(ThrottleWindow)
        .where(ThrottleWindow.door == door, ThrottleWindow.knocks > 0)
        .values(knocks=ThrottleWindow.knocks - 1)
    )


def sweep(session: Session, now: datetime) -> None:
    """Drop windows that nobody can still be waiting for."""
    session.execute(
        delete(ThrottleWindow).where(ThrottleWindow.opened_at < now - timedelta(days=1))
    )
