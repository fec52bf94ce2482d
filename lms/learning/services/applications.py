"""Staff decide applications, and the applicant is told."""

from collections.abc import Collection
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.accounts.models import Person
from lms.catalog.published import PublishedCourse
from lms.core import audit
from lms.core.errors import DomainError, NotFound
from lms.core.text import sentence
from lms.core.web.auth import Viewer
from lms.learning import policy
from lms.learning.letters import tell_decision
from lms.learning.models import Enrolment

Verdict = Literal["accept", "waitlist", "decline"]
MOST_AT_ONCE = 200


def decide(
    session: Session,
    actor: Viewer,
    published: PublishedCourse,
    public_ids: Collection[str],
    verdict: Verdict,
    note: str,
    link: str,
    now: datetime,
) -> int:
    """Decide all the named applications of the course, or none; return how many."""
    if not actor.may_train(published.course.id):
        raise NotFound(sentence("There is no such page, or it is not yours to see."))
    if not 0 < len(public_ids) <= MOST_AT_ONCE:
        raise DomainError(sentence("Choose between one and 200 applications."))
    rows = session.execute(
        select(Enrolment, Person)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.course_id == published.course_id, Enrolment.public_id.in_(set(public_ids)))
        .order_by(Enrolment.id)
        .with_for_update(of=Enrolment)
    ).all()
    if len(rows) != len(set(public_ids)):
        raise NotFound(sentence("One of these applications does not exist."))
    for row, person in rows:
        _decide_one(session, actor, row, verdict, note, now)
        tell_decision(session, person, published.course.title, row, link, now)
    return len(rows)


def _decide_one(
    session: Session, actor: Viewer, row: Enrolment, verdict: Verdict, note: str, now: datetime
) -> None:
    target = policy.move(row.state, verdict)
    if target is None:
        raise DomainError(policy.why_not(row.state, verdict))
    row.state, row.decision_note = target, note
    row.decided_at, row.decided_by = now, actor.person_id
    subject = f"enrolment:{row.public_id}"
    audit.record(session, actor.person_id, f"enrolment.{target}", subject, now, note=note)
