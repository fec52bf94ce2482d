"""The numbers of the desk, and what waits for somebody."""

from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from lms.accounts.models import Person
from lms.catalog.models import Course
from lms.catalog.outlines import all_outlines
from lms.certificates.models import CURRENT, Certificate, Eligibility
from lms.core.outbox import OutboxTask
from lms.learning.models import Enrolment


@dataclass(frozen=True)
class WaitingApplications:
    """Applications to one course that nobody has decided."""

    slug: str
    title: str
    count: int


@dataclass(frozen=True)
class Desk:
    """What an administrator sees first."""

    people: int
    unconfirmed: int
    courses: int
    learners: int
    certificates: int
    eligibilities: int
    failed_tasks: int
    applications: tuple[WaitingApplications, ...]

    @property
    def has_work(self) -> bool:
        return bool(self.eligibilities or self.failed_tasks or self.applications)


def load_desk(session: Session) -> Desk:
    """Count everything in a fixed number of statements."""
    people = select(func.count()).select_from(Person)
    enrolled = select(func.count(Enrolment.person_id.distinct()))
    return Desk(
        people=_number(session, people),
        unconfirmed=_number(session, people.where(Person.confirmed_at.is_(None))),
        courses=_number(session, select(func.count()).select_from(Course)),
        learners=_number(session, enrolled.where(Enrolment.state == "active")),
        certificates=_number(session, select(func.count()).select_from(Certificate).where(CURRENT)),
        eligibilities=_number(
            session,
            select(func.count()).select_from(Eligibility).where(Eligibility.state == "waiting"),
        ),
        failed_tasks=_number(
            session,
            select(func.count()).select_from(OutboxTask).where(OutboxTask.state == "failed"),
        ),
        applications=_applications(session),
    )


def _number(session: Session, statement: Select[int]) -> int:
    return session.scalar(statement) or 0


def _applications(session: Session) -> tuple[WaitingApplications, ...]:
    waiting = session.execute(
        select(Enrolment.course_id, func.count())
        .where(Enrolment.state == "applied")
        .group_by(Enrolment.course_id)
    )
    counts = {row[0]: row[1] for row in waiting}
    if not counts:
        return ()
    return tuple(
        WaitingApplications(outline.course.slug, outline.course.title, counts[outline.course_id])
        for outline in all_outlines(session)
        if outline.course_id in counts
    )
