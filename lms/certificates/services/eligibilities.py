"""Approving and declining what waits."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.accounts.models import Person
from lms.catalog import published
from lms.certificates.letters import tell_declined, tell_issued
from lms.certificates.links import Links
from lms.certificates.models import Award, Eligibility
from lms.certificates.queries.awards import newest_version
from lms.certificates.queries.evidence import passed_attempts
from lms.certificates.services.writing import Draft, insert_next
from lms.core import audit
from lms.core.errors import DomainError, NotFound
from lms.core.text import Text, sentence
from lms.core.web.auth import Viewer
from lms.learning.models import Enrolment


@dataclass(frozen=True)
class Outcome:
    """How many were decided, and why the others were not."""

    done: int
    refusals: tuple[Text, ...]


def approve_eligibility(
    session: Session, actor: Viewer, public_id: str, links: Links, now: datetime
) -> str:
    """Issue the certificate that waits, by the award's present terms, and return its code."""
    row = _waiting(session, public_id)
    draft = _draft(session, row, actor)
    certificate = insert_next(session, draft, now)
    _decide(session, actor, row, "approved", "", now)
    tell_issued(session, draft.person, certificate, links, now)
    return certificate.code


def decline_eligibility(
    session: Session, actor: Viewer, public_id: str, note: str, now: datetime
) -> None:
    """Decline what waits; the note goes to the person and must not be empty."""
    if not note.strip():
        raise DomainError(
            sentence("Please write why: the person reads it in the mail."), field="note"
        )
    row = _waiting(session, public_id)
    _decide(session, actor, row, "declined", note.strip(), now)
    person = session.get_one(Person, row.person_id)
    title = newest_version(session, row.award_id).title
    tell_declined(session, person, title, note.strip(), now)


def decide_several(
    session: Session,
    actor: Viewer,
    public_ids: Sequence[str],
    is_approved: bool,
    note: str,
    links: Links,
    now: datetime,
) -> Outcome:
    """Approve or decline each of them; one that cannot be decided leaves the others be."""
    done, refusals = 0, []
    for public_id in public_ids:
        try:
            with session.begin_nested():
                if is_approved:
                    approve_eligibility(session, actor, public_id, links, now)
                else:
                    decline_eligibility(session, actor, public_id, note, now)
            done += 1
        except DomainError as error:
            refusals.append(error.message)
    return Outcome(done, tuple(refusals))


def _waiting(session: Session, public_id: str) -> Eligibility:
    row = session.scalar(
        select(Eligibility).where(Eligibility.public_id == public_id).with_for_update()
    )
    if row is None:
        raise NotFound(sentence("There is no such eligibility."))
    if row.state != "waiting":
        raise DomainError(sentence("Somebody has decided about this in the meantime."))
    return row


def _draft(session: Session, row: Eligibility, actor: Viewer) -> Draft:
    award = session.get_one(Award, row.award_id)
    enrolment = session.scalar(
        select(Enrolment).where(
            Enrolment.person_id == row.person_id, Enrolment.course_id == award.course_id
        )
    )
    if enrolment is None or enrolment.completed_revision_id is None:
        raise DomainError(sentence("The person has not completed this course."))
    pinned = published.by_revision(session, enrolment.completed_revision_id)
    passed = passed_attempts(session, enrolment.id, pinned.course)
    terms = newest_version(session, row.award_id)
    return Draft(
        person=session.get_one(Person, row.person_id),
        terms=terms,
        published=pinned,
        attempts=[entry.attempt_id for entry in passed],
        trace=json.loads(row.trace) | {"approved_under_version": terms.version},
        actor_id=actor.person_id,
    )


def _decide(
    session: Session, actor: Viewer, row: Eligibility, state: str, note: str, now: datetime
) -> None:
    row.state, row.note = state, note
    row.decided_at, row.decided_by = now, actor.person_id
    session.flush()
    subject = f"eligibility:{row.public_id}"
    audit.record(session, actor.person_id, f"eligibility.{state}", subject, now, note=note)
