"""Issuing by an administrator's hand."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.accounts.addresses import email_key
from lms.accounts.models import Person
from lms.catalog import published
from lms.catalog.published import PublishedCourse
from lms.certificates.letters import tell_issued
from lms.certificates.links import Links
from lms.certificates.models import AwardVersion
from lms.certificates.queries.awards import terms_in_force
from lms.certificates.queries.evidence import passed_attempts
from lms.certificates.services.writing import Draft, insert_next
from lms.core.errors import DomainError, NotFound
from lms.core.text import sentence
from lms.core.web.auth import Viewer
from lms.learning.models import Enrolment


def issue_by_hand(
    session: Session,
    actor: Viewer,
    email: str,
    course: PublishedCourse,
    reason: str,
    links: Links,
    now: datetime,
) -> str:
    """Issue a certificate for a stated reason and return its code.

    One that has expired is renewed in the next cycle; one that is still valid refuses.
    Raises DomainError with the field that is wrong.
    """
    if not reason.strip():
        raise DomainError(sentence("Please give the reason: it is kept."), field="reason")
    person, terms = _person(session, email), _terms(session, course.course_id)
    pinned, attempts = _evidence(session, person.id, course)
    draft = Draft(
        person=person,
        terms=terms,
        published=pinned,
        attempts=attempts,
        trace={"issued": "by-hand", "policy_version": terms.version, "reason": reason},
        actor_id=actor.person_id,
        private_note=reason,
    )
    certificate = insert_next(session, draft, now)
    tell_issued(session, person, certificate, links, now)
    return certificate.code


def _person(session: Session, email: str) -> Person:
    person = session.scalar(select(Person).where(Person.email == email_key(email)))
    if person is None:
        raise DomainError(
            sentence("Nobody has an account with this e-mail address. Invite the person first."),
            field="email",
        )
    return person


def _terms(session: Session, course_id: int) -> AwardVersion:
    terms = terms_in_force(session, course_id)
    if terms is None:
        raise NotFound(sentence("This course has no award."))
    return terms


def _evidence(
    session: Session, person_id: int, course: PublishedCourse
) -> tuple[PublishedCourse, tuple[int, ...]]:
    """Return the revision that was completed, else the present one, and what was passed."""
    enrolment = session.scalar(
        select(Enrolment).where(
            Enrolment.person_id == person_id, Enrolment.course_id == course.course_id
        )
    )
    if enrolment is None:
        return course, ()
    done = enrolment.completed_revision_id
    pinned = course if done is None else published.by_revision(session, done)
    passed = passed_attempts(session, enrolment.id, pinned.course)
    return pinned, tuple(entry.attempt_id for entry in passed)
