"""What the facts amount to, written down once: passed quizzes, finished modules, the course."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.assessment.events import AttemptGraded
from lms.catalog import published
from lms.catalog.published import PublishedCourse
from lms.core import audit, events
from lms.core.records import insert_unless_there
from lms.engine.progress import Progress, evaluate
from lms.learning import policy
from lms.learning.events import CourseCompleted
from lms.learning.models import Enrolment, ModuleCompletion, QuizPass
from lms.learning.queries.standing import load_facts


def take_note_of(session: Session, event: AttemptGraded, now: datetime) -> None:
    """Record a passed quiz and whatever it completes; hearing it twice changes nothing."""
    if not event.is_passed:
        return
    row = session.scalar(
        select(Enrolment)
        .where(Enrolment.person_id == event.person_id, Enrolment.course_id == event.course_id)
        .with_for_update()
    )
    if row is None:
        return
    values = {
        "enrolment_id": row.id,
        "quiz_key": event.quiz_key,
        "attempt_id": event.attempt_id,
        "passed_at": now,
    }
    insert_unless_there(session, QuizPass, values)
    reconsider(session, row, published.by_course_id(session, row.course_id), now)


def reconsider(
    session: Session, row: Enrolment, course: PublishedCourse, now: datetime
) -> Progress:
    """Evaluate a locked enrolment, record what is newly complete and return the progress.

    Nothing that was recorded is taken back. Completing the course is announced once, and only
    while the person is enrolled.
    """
    session.flush()
    facts = load_facts(session, {row.id: row.completed_at is not None})[row.id]
    progress = evaluate(course.course, facts)
    for module in progress.modules:
        if module.status == "done" and module.id not in facts.completed_modules:
            values = {"enrolment_id": row.id, "module_key": module.id, "completed_at": now}
            insert_unless_there(session, ModuleCompletion, values)
    if progress.completed and row.completed_at is None:
        _complete(session, row, course, now)
    return progress


def _complete(session: Session, row: Enrolment, course: PublishedCourse, now: datetime) -> None:
    target = policy.move(row.state, "complete")
    if target is None:
        return
    row.state = target
    row.completed_at, row.completed_revision_id = now, course.revision_id
    subject = f"enrolment:{row.public_id}"
    audit.record(
        session, row.person_id, "enrolment.completed", subject, now, course=course.course.id
    )
    event = CourseCompleted(row.id, row.person_id, row.course_id, course.revision_id)
    events.publish(session, event, now)
