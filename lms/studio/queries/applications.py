"""Applications to a course, the oldest first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.accounts.models import Person
from lms.core.web.pagination import PAGE_SIZE, Page
from lms.learning.models import Enrolment
from lms.studio.queries.paging import last_page

STATES = ("applied", "waitlisted", "declined")


@dataclass(frozen=True)
class Application:
    """Who would like to learn, and why."""

    public_id: str
    name: str
    email: str
    state: str
    statement: str
    note: str
    applied_at: datetime
    decided_at: datetime | None


@dataclass(frozen=True)
class Applications:
    """One page of the applications in a state, and how many there are in each."""

    state: str
    page: Page[Application]
    counts: dict[str, int]


def load_applications(session: Session, course_id: int, state: str, page: int) -> Applications:
    """Return one page in two statements; an unknown state is the first."""
    state = state if state in STATES else STATES[0]
    counted = session.execute(
        select(Enrolment.state, func.count())
        .where(Enrolment.course_id == course_id, Enrolment.state.in_(STATES))
        .group_by(Enrolment.state)
    )
    counts = dict.fromkeys(STATES, 0)
    counts.update({row[0]: row[1] for row in counted})
    number = last_page(page, counts[state])
    rows = session.execute(
        select(
            Enrolment.public_id,
            Person.name,
            Person.email,
            Enrolment.state,
            Enrolment.statement,
            Enrolment.decision_note,
            Enrolment.applied_at,
            Enrolment.decided_at,
        )
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.course_id == course_id, Enrolment.state == state)
        .order_by(Enrolment.applied_at, Enrolment.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    found = [Application(*row) for row in rows]
    return Applications(state, Page(found, number, counts[state]), counts)
