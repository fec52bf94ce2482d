"""Enrolling, applying, starting and leaving."""

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from lms.accounts.policy import require_confirmed
from lms.catalog.published import PublishedCourse
from lms.core import audit
from lms.core.errors import DomainError, NotAllowed
from lms.core.ids import new_public_id
from lms.core.records import insert_unless_there
from lms.core.text import sentence
from lms.core.web.auth import Viewer
from lms.learning import policy
from lms.learning.letters import tell_application_arrived
from lms.learning.models import Enrolment
from lms.learning.policy import Act
from lms.learning.queries.prerequisites import load_prerequisites
from lms.learning.services.completion import reconsider


def enrol(session: Session, actor: Viewer, published: PublishedCourse, now: datetime) -> str:
    """Enrol in an open course at once and return the state; earlier marks count again."""
    _require_readiness(session, actor, published)
    row = _own_row(session, actor, published, now)
    was_completed = row.completed_at is not None
    if not policy.enrols_directly(published.course.enrolment, was_completed=was_completed):
        raise DomainError(sentence("This course takes applications; please apply for it."))
    _move(row, "enrol")
    row.started_at, row.withdrawn_at = row.started_at or now, None
    _record(session, actor, row, published, now)
    reconsider(session, row, published, now)
    return row.state


def apply(
    session: Session,
    actor: Viewer,
    published: PublishedCourse,
    statement: str,
    link: str,
    now: datetime,
) -> None:
    """Hand in an application; `link` leads to the course in the mail that confirms it."""
    _require_readiness(session, actor, published)
    if published.course.enrolment == "open":
        raise DomainError(sentence("This course is open: enrol at once, without an application."))
    row = _own_row(session, actor, published, now)
    _move(row, "apply")
    row.statement, row.applied_at, row.withdrawn_at = statement, now, None
    row.decision_note, row.decided_at, row.decided_by = "", None, None
    _record(session, actor, row, published, now)
    tell_application_arrived(session, actor, published.course.title, link, now)


def leave(session: Session, actor: Viewer, published: PublishedCourse, now: datetime) -> None:
    """Withdraw from a course or take an application back; what was done stays known."""
    row = _locked(session, actor.person_id, published.course_id)
    if row is None:
        raise DomainError(policy.why_not("withdrawn", "leave"))
    _move(row, "leave")
    row.withdrawn_at = now
    _record(session, actor, row, published, now)


def start(session: Session, actor: Viewer, published: PublishedCourse, now: datetime) -> None:
    """Begin a course that one was accepted for; beginning twice changes nothing."""
    learning_row(session, actor.person_id, published.course_id, now)


def learning_row(session: Session, person_id: int, course_id: int, now: datetime) -> Enrolment:
    """Return the locked enrolment of somebody who learns; an accepted one becomes active."""
    row = _locked(session, person_id, course_id)
    if row is None or row.state not in policy.LEARNING:
        raise NotAllowed(sentence("Enrol in this course first."))
    if row.state == "accepted":
        _move(row, "begin")
        row.started_at = row.started_at or now
    return row


def _require_readiness(session: Session, actor: Viewer, published: PublishedCourse) -> None:
    require_confirmed(actor)
    missing = [
        found
        for found in load_prerequisites(session, actor.person_id, published.course)
        if not found.is_met
    ]
    if missing:
        titles = ", ".join(found.title for found in missing)
        raise DomainError(sentence("Complete this first: %(courses)s.", courses=titles))


def _own_row(
    session: Session, actor: Viewer, published: PublishedCourse, now: datetime
) -> Enrolment:
    """Return the person's locked row; a new one begins as if it had been withdrawn."""
    values = {
        "public_id": new_public_id(),
        "person_id": actor.person_id,
        "course_id": published.course_id,
        "state": "withdrawn",
        "statement": "",
        "decision_note": "",
        "applied_at": now,
    }
    insert_unless_there(session, Enrolment, values)
    return session.scalars(_by_person(actor.person_id, published.course_id).with_for_update()).one()


def _locked(session: Session, person_id: int, course_id: int) -> Enrolment | None:
    return session.scalar(_by_person(person_id, course_id).with_for_update())


def _by_person(person_id: int, course_id: int) -> Select[Enrolment]:
    return select(Enrolment).where(
        Enrolment.person_id == person_id, Enrolment.course_id == course_id
    )


def _move(row: Enrolment, act: Act) -> None:
    target = policy.move(row.state, act, was_completed=row.completed_at is not None)
    if target is None:
        raise DomainError(policy.why_not(row.state, act))
    row.state = target


def _record(
    session: Session, actor: Viewer, row: Enrolment, published: PublishedCourse, now: datetime
) -> None:
    subject = f"enrolment:{row.public_id}"
    audit.record(
        session,
        actor.person_id,
        f"enrolment.{row.state}",
        subject,
        now,
        course=published.course.id,
    )
