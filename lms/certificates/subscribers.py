"""What this feature hears from others."""

from datetime import datetime

from sqlalchemy.orm import Session

from lms.certificates.links import Links
from lms.certificates.services.by_rule import issue_by_rule
from lms.core.events import Bus
from lms.learning.events import CourseCompleted


def connect(bus: Bus, links: Links) -> None:
    """Let the rule of an award decide as soon as somebody completes a course."""

    def on_course_completed(session: Session, event: CourseCompleted, now: datetime) -> None:
        issue_by_rule(session, event.enrolment_id, event.revision_id, links, now)

    bus.subscribe(CourseCompleted, "certificates", on_course_completed)
