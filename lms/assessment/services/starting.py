"""Starting an attempt: one row, however many items."""

import json
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lms.assessment.models import Attempt
from lms.assessment.policy import refusal_in_words
from lms.assessment.queries import past_attempts
from lms.catalog.published import PublishedCourse
from lms.core.errors import DomainError
from lms.core.ids import new_public_id
from lms.engine.assembly import Form, assemble
from lms.engine.attempt import Refused, deadline, may_start
from lms.engine.content.model import Quiz


def start_attempt(
    session: Session,
    person_id: int,
    published: PublishedCourse,
    quiz: Quiz,
    now: datetime,
    seed: bytes,
) -> str:
    """Start an attempt and return its public id; one that is open already is returned instead.

    The form (seed, items, arrangement, points) is frozen in the attempt's row. Raises DomainError
    with the reason where the attempt rule says no. The caller has checked that the person may
    take this quiz.
    """
    rows = session.execute(
        select(
            Attempt.public_id,
            Attempt.number,
            Attempt.state,
            Attempt.is_passed,
            Attempt.graded_at,
            Attempt.form,
        ).where(
            Attempt.person_id == person_id,
            Attempt.course_id == published.course_id,
            Attempt.quiz_key == quiz.id,
        )
    ).all()
    for row in rows:
        if row.state == "in_progress":
            return str(row.public_id)
    answer = may_start(quiz, past_attempts(rows), now)
    if isinstance(answer, Refused):
        raise DomainError(refusal_in_words(answer))
    seen = {ref for row in rows for ref in Form.from_json(json.loads(row.form)).refs}
    form = assemble(quiz, published.course.items, seed, published.revision_hash, seen)
    return _insert(session, person_id, published, quiz, form, len(rows) + 1, now)


def _insert(
    session: Session,
    person_id: int,
    published: PublishedCourse,
    quiz: Quiz,
    form: Form,
    number: int,
    now: datetime,
) -> str:
    """Insert the row; where somebody was faster, theirs is the attempt."""
    attempt = Attempt(
        public_id=new_public_id(),
        person_id=person_id,
        course_id=published.course_id,
        revision_id=published.revision_id,
        quiz_key=quiz.id,
        number=number,
        state="in_progress",
        form=json.dumps(form.to_json()),
        started_at=now,
        deadline_at=deadline(now, quiz.time_limit),
    )
    try:
        with session.begin_nested():
            session.add(attempt)
    except IntegrityError:
        return session.scalars(
            select(Attempt.public_id).where(
                Attempt.person_id == person_id,
                Attempt.course_id == published.course_id,
                Attempt.quiz_key == quiz.id,
                Attempt.number == number,
            )
        ).one()
    return attempt.public_id
