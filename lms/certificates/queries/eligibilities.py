"""What waits for an administrator's approval, and what was decided."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session, aliased

from lms.accounts.models import Person
from lms.catalog.models import Course
from lms.catalog.outlines import outline_of
from lms.certificates.models import Award, Eligibility
from lms.certificates.queries.awards import newest_title
from lms.core.errors import NotFound
from lms.core.text import sentence
from lms.core.web.pagination import PAGE_SIZE, Page


@dataclass(frozen=True)
class EligibilityView:
    """Somebody who met the criteria of an award that is given by approval."""

    public_id: str
    state: str
    person_name: str
    person_email: str
    award_title: str
    course_title: str
    course_slug: str
    trace: dict[str, Any]
    created_at: datetime
    decided_at: datetime | None
    decided_by: str
    note: str


Found = Row[Eligibility, Person, int, str, str | None]


def list_eligibilities(session: Session, state: str, page: int) -> Page[EligibilityView]:
    """Return one page of a state; what has waited longest comes first."""
    total = session.scalar(
        select(func.count()).select_from(Eligibility).where(Eligibility.state == state)
    )
    order = Eligibility.created_at if state == "waiting" else Eligibility.decided_at.desc()
    rows = session.execute(
        _rows()
        .where(Eligibility.state == state)
        .order_by(order, Eligibility.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    return Page(tuple(_view(session, row) for row in rows), page, total or 0)


def load_eligibility(session: Session, public_id: str) -> EligibilityView:
    """Return one of them; raise NotFound where there is none."""
    row = session.execute(_rows().where(Eligibility.public_id == public_id)).one_or_none()
    if row is None:
        raise NotFound(sentence("There is no such eligibility."))
    return _view(session, row)


def waiting_for(session: Session, person_id: int) -> tuple[EligibilityView, ...]:
    """Return what a person waits for."""
    rows = session.execute(
        _rows().where(Eligibility.person_id == person_id, Eligibility.state == "waiting")
    ).all()
    return tuple(_view(session, row) for row in rows)


def _rows() -> Select[Eligibility, Person, int, str, str | None]:
    decider = aliased(Person)
    return (
        select(Eligibility, Person, Course.revision_id, newest_title(), decider.name)
        .join(Person, Person.id == Eligibility.person_id)
        .join(Award, Award.id == Eligibility.award_id)
        .join(Course, Course.id == Award.course_id)
        .outerjoin(decider, decider.id == Eligibility.decided_by)
    )


def _view(session: Session, row: Found) -> EligibilityView:
    entry, person, revision_id, title, decider = row
    course = outline_of(session, revision_id).course
    return EligibilityView(
        public_id=entry.public_id,
        state=entry.state,
        person_name=person.name,
        person_email=person.email,
        award_title=title,
        course_title=course.title,
        course_slug=course.slug,
        trace=json.loads(entry.trace),
        created_at=entry.created_at,
        decided_at=entry.decided_at,
        decided_by=decider or "",
        note=entry.note,
    )
