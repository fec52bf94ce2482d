"""Saving answers: append what the learner did, then move what counts."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.assessment.models import Attempt, CurrentResponse, ResponseEvent
from lms.core.errors import DomainError, NotFound
from lms.core.records import insert
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
    """Store the answers of one page, at most three statements for new ones.

    A stale one (its base revision is not the current one) is kept as a conflict, one after the
    deadline and its grace as late evidence; neither counts. A finished attempt takes nothing.
    """
    attempt, revisions = _lock(session, person_id, public_id, [answer.slot for answer in answers])
    late = is_late(now, attempt.deadline_at)
    kinds: dict[str, Outcome] = {
        answer.operation_id: _kind(late, revisions.get(answer.slot, 0), answer)
        for answer in answers
    }
    fresh = _append(session, attempt.id, answers, kinds, now)
    _move_current(session, attempt.id, [a for a in answers if a.operation_id in fresh], kinds, now)
    replayed = [answer for answer in answers if answer.operation_id not in fresh]
    earlier = _earlier(session, attempt.id, replayed) if replayed else {}
    return tuple(
        earlier.get(answer.operation_id) or _receipt(answer, kinds[answer.operation_id], now)
        for answer in answers
    )


def _lock(
    session: Session, person_id: int, public_id: str, slots: Sequence[int]
) -> tuple[Attempt, Mapping[int, int]]:
    rows = session.execute(
        select(Attempt, CurrentResponse.slot, CurrentResponse.revision)
        .outerjoin(
            CurrentResponse,
            (CurrentResponse.attempt_id == Attempt.id) & CurrentResponse.slot.in_(slots),
        )
        .where(Attempt.public_id == public_id, Attempt.person_id == person_id)
        .with_for_update(of=Attempt)
    ).all()
    if not rows:
        raise NotFound(sentence("There is no such attempt, or it is not yours."))
    attempt: Attempt = rows[0][0]
    if attempt.state != "in_progress":
        raise DomainError(
            sentence("This attempt is finished; nothing was changed. Open its result instead.")
        )
    return attempt, {slot: revision for _, slot, revision in rows if slot is not None}


def _kind(late: bool, current: int, answer: Answer) -> Outcome:
    if late:
        return "late"
    return "saved" if answer.base_revision == current else "conflict"


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
    statement = insert(session, ResponseEvent).values(rows).on_conflict_do_nothing()
    return set(session.scalars(statement.returning(ResponseEvent.operation_id)))


def _move_current(
    session: Session,
    attempt_id: int,
    answers: Sequence[Answer],
    kinds: Mapping[str, Outcome],
    now: datetime,
) -> None:
    rows = [
        {
            "attempt_id": attempt_id,
            "slot": answer.slot,
            "revision": answer.base_revision + 1,
            "payload": json.dumps(answer.response),
            "saved_at": now,
        }
        for answer in answers
        if kinds[answer.operation_id] == "saved"
    ]
    if not rows:
        return
    statement = insert(session, CurrentResponse).values(rows)
    new = statement.excluded
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["attempt_id", "slot"],
            set_={"revision": new.revision, "payload": new.payload, "saved_at": new.saved_at},
            where=CurrentResponse.revision == new.revision - 1,
        )
    )


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
