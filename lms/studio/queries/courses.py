"""The courses that somebody trains, with counts."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.catalog.outlines import all_outlines
from lms.core.web.auth import Viewer
from lms.learning.models import Enrolment


@dataclass(frozen=True)
class TrainedCourse:
    """A course in the studio; `waiting` are applications to decide."""

    slug: str
    title: str
    summary: str
    learning: int
    completed: int
    waiting: int
    waitlisted: int


@dataclass(frozen=True)
class StudioHome:
    """Everything that a trainer trains; `unpublished` are ids that no folder has brought yet."""

    courses: tuple[TrainedCourse, ...]
    unpublished: tuple[str, ...]


def load_studio(session: Session, viewer: Viewer) -> StudioHome:
    """Return the viewer's courses in two statements; administrators see all."""
    keys = None if viewer.is_administrator else viewer.trains
    outlines = all_outlines(session, keys)
    counts = _counts(session, [one.course_id for one in outlines])
    courses = tuple(
        _course(one.course.slug, one.course.title, one.course.summary, counts[one.course_id])
        for one in outlines
    )
    known = {one.course.id for one in outlines}
    return StudioHome(courses, tuple(sorted(viewer.trains - known)))


def _course(slug: str, title: str, summary: str, counts: Mapping[str, int]) -> TrainedCourse:
    return TrainedCourse(
        slug=slug,
        title=title,
        summary=summary,
        learning=counts["active"] + counts["accepted"],
        completed=counts["completed"],
        waiting=counts["applied"],
        waitlisted=counts["waitlisted"],
    )


def _counts(session: Session, course_ids: list[int]) -> Mapping[int, Counter[str]]:
    rows = session.execute(
        select(Enrolment.course_id, Enrolment.state, func.count())
        .where(Enrolment.course_id.in_(course_ids))
        .group_by(Enrolment.course_id, Enrolment.state)
    )
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for course_id, state, number in rows:
        found[course_id][state] = number
    return found
