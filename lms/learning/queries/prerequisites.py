"""Other courses that a course asks for."""

from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from lms.catalog import published
from lms.catalog.models import Course as CourseRow
from lms.engine.content.model import Course
from lms.learning.models import Enrolment


@dataclass(frozen=True)
class Prerequisite:
    """A course to complete first; `slug` is empty where it is not published here."""

    title: str
    slug: str
    is_met: bool


def load_prerequisites(
    session: Session, person_id: int | None, course: Course
) -> tuple[Prerequisite, ...]:
    """Return what a course asks for in its own order, and whether the person has it."""
    if not course.prerequisites:
        return ()
    rows = session.execute(
        select(CourseRow.key, CourseRow.revision_id, Enrolment.completed_at)
        .outerjoin(
            Enrolment,
            and_(Enrolment.course_id == CourseRow.id, Enrolment.person_id == person_id),
        )
        .where(CourseRow.key.in_(course.prerequisites))
    )
    found = {}
    for key, revision_id, completed_at in rows:
        other = published.by_revision(session, revision_id).course
        found[key] = Prerequisite(other.title, other.slug, completed_at is not None)
    return tuple(found.get(key, Prerequisite(key, "", False)) for key in course.prerequisites)
