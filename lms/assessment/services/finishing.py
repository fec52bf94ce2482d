"""Finishing an attempt: grade what was saved in time, write it down, tell the others."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

import structlog
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from lms.assessment.events import AttemptGraded
from lms.assessment.models import Attempt, CurrentResponse, GradeEvent
from lms.assessment.pages import quiz_of
from lms.catalog import published
from lms.core import audit, events
from lms.core.errors import DomainError, NotFound
from lms.core.text import sentence
from lms.engine import items
from lms.engine.assembly import Form
from lms.engine.attempt import GRACE, AttemptState, has_expired, may_move
from lms.engine.items import Grade
from lms.engine.scoring import Result, total

log = structlog.get_logger()

AUTOMATIC = "automatic"


@dataclass(frozen=True)
class Submission:
    """The receipt of a submission; the same for every further press of the button."""

    public_id: str
    was_expired: bool


def submit_attempt(session: Session, person_id: int, public_id: str, now: datetime) -> Submission:
    """Submit and grade an attempt, or return the receipt of the earlier submission.

    Past its deadline and grace the attempt is expired instead; what had been saved counts.
    """
    attempt = session.scalar(
        select(Attempt)
        .where(Attempt.public_id == public_id, Attempt.person_id == person_id)
        .with_for_update()
    )
    if attempt is None:
        raise NotFound(sentence("There is no such attempt, or it is not yours."))
    if attempt.state == "voided":
        raise DomainError(sentence("This attempt was voided by staff; it cannot be submitted."))
    if attempt.state == "in_progress":
        finish_attempt(session, attempt, now)
    return Submission(attempt.public_id, was_expired=attempt.submitted_at is None)


def expire_due(session: Session, now: datetime, most: int = 100) -> int:
    """Expire and grade open attempts whose time and grace are over; return how many.

    One that cannot be graded is reported and left as it is; it does not keep the others waiting.
    """
    due = session.scalars(
        select(Attempt)
        .where(Attempt.state == "in_progress", Attempt.deadline_at < now - GRACE)
        .order_by(Attempt.deadline_at)
        .limit(most)
        .with_for_update(skip_locked=True)
    ).all()
    return sum(_expire(session, attempt, now) for attempt in due)


def _expire(session: Session, attempt: Attempt, now: datetime) -> bool:
    public_id = attempt.public_id
    try:
        with session.begin_nested():
            finish_attempt(session, attempt, now)
    except Exception:
        log.exception("attempt_not_expired", attempt=public_id)
        return False
    return True


def finish_attempt(session: Session, attempt: Attempt, now: datetime) -> None:
    """Move a locked, open attempt to graded and publish the news."""
    result = _grade(session, attempt, now)
    if has_expired(now, attempt.deadline_at):
        _move(attempt, "expired")
    else:
        _move(attempt, "submitted")
        attempt.submitted_at = now
    _move(attempt, "graded")
    attempt.graded_at = now
    attempt.points, attempt.most_points = result.points, result.max
    attempt.is_passed = result.passed
    audit.record(
        session,
        attempt.person_id,
        "attempt.graded",
        f"attempt:{attempt.public_id}",
        now,
        quiz=attempt.quiz_key,
        points=str(result.points),
        most=str(result.max),
        passed=result.passed,
        expired=attempt.submitted_at is None,
    )
    events.publish(
        session,
        AttemptGraded(
            attempt_id=attempt.id,
            person_id=attempt.person_id,
            course_id=attempt.course_id,
            quiz_key=attempt.quiz_key,
            revision_id=attempt.revision_id,
            is_passed=result.passed,
        ),
        now,
    )


def _move(attempt: Attempt, state: AttemptState) -> None:
    before = cast("AttemptState", attempt.state)
    if not may_move(before, state):
        raise ValueError(f"an attempt cannot go from {before} to {state}")
    attempt.state = state


@dataclass(frozen=True)
class Graded:
    """What grading the saved answers of an attempt gives."""

    form: Form
    grades: Sequence[Grade]
    result: Result
    key_revision: str


def grade_saved(session: Session, attempt: Attempt) -> Graded:
    """Grade what is saved against the revision on which the attempt was started."""
    course = published.by_revision(session, attempt.revision_id)
    form = Form.from_json(json.loads(attempt.form))
    rows = session.execute(
        select(CurrentResponse.slot, CurrentResponse.payload).where(
            CurrentResponse.attempt_id == attempt.id
        )
    )
    saved = {slot: json.loads(payload) for slot, payload in rows}
    grades = [
        items.grade(course.course.items[slot.ref], saved.get(number))
        for number, slot in enumerate(form.slots)
    ]
    pass_mark = quiz_of(course, attempt.quiz_key).pass_mark
    return Graded(form, grades, total(form, grades, pass_mark), course.revision_hash)


def _grade(session: Session, attempt: Attempt, now: datetime) -> Result:
    graded = grade_saved(session, attempt)
    rows = [
        {
            "attempt_id": attempt.id,
            "slot": number,
            "grader": AUTOMATIC,
            "key_revision": graded.key_revision,
            "points": slot.points * grade.fraction,
            "most_points": slot.points,
            "is_answered": grade.answered,
            "graded_at": now,
        }
        for number, (slot, grade) in enumerate(zip(graded.form.slots, graded.grades, strict=True))
    ]
    session.execute(insert(GradeEvent), rows)
    return graded.result
