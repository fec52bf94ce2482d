"""What this feature hears from others."""

from datetime import datetime

from sqlalchemy.orm import Session

from lms.authoring.events import CoursePublished
from lms.catalog.published import by_course_id
from lms.certificates.links import Links
from lms.certificates.services.awards import ensure_award
from lms.certificates.services.by_rule import issue_by_rule
from lms.core.events import Bus
from lms.learning.events import CourseCompleted


def propose_award(session: Session, event: CoursePublished, now: datetime) -> None:
    """Give a published course the award that it proposes, unless it has one."""
    ensure_award(session, by_course_id(session, event.course_id), now)


def connect(bus: Bus, links: Links) -> None:
    """Let the rule of an award decide as soon as somebody completes a course."""

    def on_course_completed(session: Session, event: CourseCompleted, now: datetime) -> None:
        issue_by_rule(session, event.enrolment_id, event.revision_id, links, now)

    bus.subscribe(CoursePublished, "certificates.awards", propose_award)
    bus.subscribe(CourseCompleted, "certificates", on_course_completed)
