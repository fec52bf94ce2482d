"""News between features: published in a transaction, heard by higher features in a SAVEPOINT.

A subscriber that fails is rolled back to its savepoint and its work goes to the outbox, so that a
faulty award never blocks a candidate's submission.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Protocol

import structlog
from sqlalchemy.orm import Session

from lms.core import outbox

log = structlog.get_logger()

RETRY_TASK = "event"


class Event(Protocol):
    """What every event can do: name itself and become a JSON document and back."""

    name: ClassVar[str]

    def payload(self) -> dict[str, Any]: ...

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> "Event": ...


Handler = Callable[[Session, Any, datetime], None]


@dataclass
class Bus:
    """Who listens to what; built once by `create_app`."""

    subscribers: dict[str, list[tuple[str, Handler]]] = field(default_factory=dict)
    types: dict[str, type[Event]] = field(default_factory=dict)

    def subscribe(self, event: type[Event], subscriber: str, handler: Handler) -> None:
        """Let `handler` hear of `event`; `subscriber` names it in the outbox."""
        self.types[event.name] = event
        self.subscribers.setdefault(event.name, []).append((subscriber, handler))

    def publish(self, session: Session, event: Event, now: datetime) -> None:
        """Tell every subscriber inside the same transaction."""
        for subscriber, handler in self.subscribers.get(event.name, ()):
            session.flush()
            try:
                with session.begin_nested():
                    handler(session, event, now)
            except Exception:
                log.exception("subscriber_failed", subscriber=subscriber, event_name=event.name)
                body = {"event": event.name, "subscriber": subscriber, "payload": event.payload()}
                outbox.put(session, RETRY_TASK, body, now)

    def retry(self, session: Session, body: dict[str, Any], now: datetime) -> None:
        """Run one subscriber again from its outbox row."""
        event = self.types[body["event"]].from_payload(body["payload"])
        for subscriber, handler in self.subscribers[body["event"]]:
            if subscriber == body["subscriber"]:
                handler(session, event, now)


def bus_of(session: Session) -> Bus:
    """Return the bus of the unit of work's program."""
    bus: Bus = session.info["bus"]
    return bus


def publish(session: Session, event: Event, now: datetime) -> None:
    """Publish on the bus of this unit of work."""
    bus_of(session).publish(session, event, now)
