"""What is known of attempts, as frozen values."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Protocol, cast

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from lms.assessment.models import Attempt, CurrentResponse, GradeEvent
from lms.core.errors import NotFound
from lms.core.text import sentence
from lms.engine import attempt as attempt_rules
from lms.engine.assembly import Form
from lms.engine.items import Response


@dataclass(frozen=True)
class AttemptRecord:
    """An attempt as it is stored, with its frozen form."""

    id: int
    public_id: str
    person_id: int
    course_id: int
    revision_id: int
    quiz_key: str
    number: int
    state: str
    form: Form
    started_at: datetime
    deadline_at: datetime | None
    submitted_at: datetime | None
    points: Fraction | None
    most_points: Fraction | None
    is_passed: bool | None

    @property
    def is_finished(self) -> bool:
        return self.state in {"graded", "voided"}

    @property
    def was_expired(self) -> bool:
        return self.state == "graded" and self.submitted_at is None


@dataclass(frozen=True)
class SavedResponse:
    """What counts at a slot now."""

    revision: int
    response: Response | None
    saved_at: datetime


@dataclass(frozen=True)
class PastAttempt:
    """One line of a person's history with a quiz."""

    public_id: str
    number: int
    state: str
    started_at: datetime
    finished_at: datetime | None
    deadline_at: datetime | None
    points: Fraction | None
    most_points: Fraction | None
    is_passed: bool | None

    def as_rule(self) -> attempt_rules.PastAttempt:
        """Return what the start rule needs of it."""
        state = cast("attempt_rules.AttemptState", self.state)
        return attempt_rules.PastAttempt(state, self.is_passed, self.finished_at)


ATTEMPT = select(Attempt).where(
    Attempt.public_id == bindparam("public_id"), Attempt.person_id == bindparam("person_id")
)
LOCKED_ATTEMPT = ATTEMPT.with_for_update()


def load_attempt(
    session: Session, person_id: int, public_id: str, *, is_locked: bool = False
) -> AttemptRecord:
    """Return the person's own attempt; anybody else's is not found.

    With `is_locked` nobody else can save to it or submit it until this unit of work ends.
    """
    statement = LOCKED_ATTEMPT if is_locked else ATTEMPT
    row = session.scalar(statement, {"public_id": public_id, "person_id": person_id})
    if row is None:
        raise NotFound(sentence("There is no such attempt, or it is not yours."))
    return _record(row)


def _record(row: Attempt) -> AttemptRecord:
    return AttemptRecord(
        id=row.id,
        public_id=row.public_id,
        person_id=row.person_id,
        course_id=row.course_id,
        revision_id=row.revision_id,
        quiz_key=row.quiz_key,
        number=row.number,
        state=row.state,
        form=Form.from_json(json.loads(row.form)),
        started_at=row.started_at,
        deadline_at=row.deadline_at,
        submitted_at=row.submitted_at,
        points=row.points,
        most_points=row.most_points,
        is_passed=row.is_passed,
    )


class GradedRow(Protocol):
    """Anything that carries the columns of an attempt that the start rule looks at."""

    state: str
    is_passed: bool | None
    graded_at: datetime | None


def past_attempts(rows: Iterable[GradedRow]) -> list[attempt_rules.PastAttempt]:
    """Turn rows with state, is_passed and graded_at into what the start rule needs."""
    return [
        attempt_rules.PastAttempt(
            cast("attempt_rules.AttemptState", row.state), row.is_passed, row.graded_at
        )
        for row in rows
    ]


SAVED = select(
    CurrentResponse.slot,
    CurrentResponse.revision,
    CurrentResponse.payload,
    CurrentResponse.saved_at,
).where(CurrentResponse.attempt_id == bindparam("attempt_id"))


def saved_responses(session: Session, attempt_id: int) -> Mapping[int, SavedResponse]:
    """Return what counts at each answered slot."""
    rows = session.execute(SAVED, {"attempt_id": attempt_id})
    return {slot: SavedResponse(number, json.loads(text), at) for slot, number, text, at in rows}


GRADED = (
    select(GradeEvent.slot, GradeEvent.points)
    .where(GradeEvent.attempt_id == bindparam("attempt_id"))
    .order_by(GradeEvent.id)
)


def slot_points(session: Session, attempt_id: int) -> Mapping[int, Fraction]:
    """Return the points of each slot by the newest grade event."""
    rows = session.execute(GRADED, {"attempt_id": attempt_id})
    return {slot: points for slot, points in rows}  # noqa: C416 - Row is no tuple of two to dict()


def history(
    session: Session, person_id: int, course_id: int, quiz_key: str
) -> tuple[PastAttempt, ...]:
    """Return a person's attempts at a quiz, the newest first."""
    rows = session.scalars(
        select(Attempt)
        .where(
            Attempt.person_id == person_id,
            Attempt.course_id == course_id,
            Attempt.quiz_key == quiz_key,
        )
        .order_by(Attempt.number.desc())
    )
    return tuple(
        PastAttempt(
            row.public_id,
            row.number,
            row.state,
            row.started_at,
            row.graded_at,
            row.deadline_at,
            row.points,
            row.most_points,
            row.is_passed,
        )
        for row in rows
    )
