"""Saving answers: append what the learner did, then move what counts."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from lms.assessment.models import CurrentResponse, ResponseEvent
from lms.assessment.queries import AttemptRecord, load_attempt
from lms.core.errors import DomainError
from lms.core.records import dialect_of, insert_for, table_of
from lms.core.text import sentence
from lms.engine.attempt import is_late
from lms.engine.items import Response

Outcome = Literal["saved", "conflict", "late"]


@dataclass(frozen=True)
class Answer:
    """One slot's response with the revision on which the page was built.

    `operation_id` names this one act: a resend of it changes nothing.
    """

    slot: int
    response: Response | None
    base_revision: int
    operation_id: str


@dataclass(frozen=True)
class Receipt:
    """What became of an answer; the same for every resend of its operation."""

    operation_id: str
    slot: int
    outcome: Outcome
    revision: int
    saved_at: datetime


def save_responses(
    session: Session, person_id: int, public_id: str, answers: Sequence[Answer], now: datetime
) -> tuple[Receipt, ...]:
    """Store the answers of one page in three statements, however many they are.

    A stale one (its base revision is not the current one) is kept as a conflict, one after the
    deadline and its grace as late evidence; neither counts. A finished attempt takes nothing.
    """
    return save_locked(session, lock_attempt(session, person_id, public_id), answers, now)


def save_locked(
    session: Session, attempt: AttemptRecord, answers: Sequence[Answer], now: datetime
) -> tuple[Receipt, ...]:
    """Store answers as `save_responses` does, to an attempt from `lock_attempt`."""
    rows = {answer.operation_id: answer for answer in answers}
    if is_late(now, attempt.deadline_at):
        kinds: dict[str, Outcome] = dict.fromkeys(rows, "late")
    else:
        moved = _move_current(session, attempt.id, answers, now)
        kinds = {op: "saved" if rows[op].slot in moved else "conflict" for op in rows}
    fresh = _append(session, attempt.id, answers, kinds, now)
    replayed = [answer for answer in answers if answer.operation_id not in fresh]
    if any(kinds[answer.operation_id] == "saved" for answer in replayed):
        raise DomainError(sentence("An operation was sent again with other contents."))
    earlier = _earlier(session, attempt.id, replayed) if replayed else {}
    return tuple(
        earlier.get(answer.operation_id) or _receipt(answer, kinds[answer.operation_id], now)
        for answer in answers
    )


def lock_attempt(session: Session, person_id: int, public_id: str) -> AttemptRecord:
    """Return an open attempt, which nobody else can save to or submit meanwhile."""
    attempt = load_attempt(session, person_id, public_id, is_locked=True)
    if attempt.state != "in_progress":
        raise DomainError(
            sentence("This attempt is finished; nothing was changed. Open its result instead.")
        )
    return attempt


def _move_current(
    session: Session, attempt_id: int, answers: Sequence[Answer], now: datetime
) -> set[int]:
    """Move what counts where the base revision is the current one; return the slots moved."""
    rows = [
        {
            "attempt_id": attempt_id,
            "slot": answer.slot,
            "revision": answer.base_revision + 1,
            "payload": json.dumps(answer.response),
            "saved_at": now,
        }
        for answer in answers
    ]
    return set(session.scalars(_moving(dialect_of(session)), rows))


@cache
def _moving(dialect: str) -> ReturningInsert[int]:
    table = table_of(CurrentResponse)
    statement = insert_for(dialect, table)
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["attempt_id", "slot"],
        set_={"revision": new.revision, "payload": new.payload, "saved_at": new.saved_at},
        where=table.c.revision == new.revision - 1,
    ).returning(table.c.slot)


def _append(
    session: Session,
    attempt_id: int,
    answers: Sequence[Answer],
    kinds: Mapping[str, Outcome],
    now: datetime,
) -> set[str]:
    """Append the events; return the operations that are new."""
    rows = [
        {
            "attempt_id": attempt_id,
            "operation_id": answer.operation_id,
            "slot": answer.slot,
            "base_revision": answer.base_revision,
            "kind": kinds[answer.operation_id],
            "payload": json.dumps(answer.response),
            "received_at": now,
        }
        for answer in answers
    ]
    return set(session.scalars(_appending(dialect_of(session)), rows))


@cache
def _appending(dialect: str) -> ReturningInsert[str]:
    table = table_of(ResponseEvent)
    return insert_for(dialect, table).on_conflict_do_nothing().returning(table.c.operation_id)


def _earlier(session: Session, attempt_id: int, answers: Sequence[Answer]) -> Mapping[str, Receipt]:
    events = session.scalars(
        select(ResponseEvent).where(
            ResponseEvent.attempt_id == attempt_id,
            ResponseEvent.operation_id.in_([answer.operation_id for answer in answers]),
        )
    )
    return {
        event.operation_id: Receipt(
            event.operation_id,
            event.slot,
            _outcome(event.kind),
            event.base_revision + 1 if event.kind == "saved" else event.base_revision,
            event.received_at,
        )
        for event in events
    }


def _outcome(kind: str) -> Outcome:
    return "saved" if kind == "saved" else "conflict" if kind == "conflict" else "late"


def _receipt(answer: Answer, outcome: Outcome, now: datetime) -> Receipt:
    revision = answer.base_revision + (outcome == "saved")
    return Receipt(answer.operation_id, answer.slot, outcome, revision, now)
