"""Where a learner was last seen: the only thing that reading a page may write."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from lms.core.records import insert_or_update
from lms.learning.models import Presence
from lms.learning.queries.standing import Standing

WORTH_WRITING = timedelta(minutes=10)


def is_worth_writing(standing: Standing, lesson: str, now: datetime) -> bool:
    """Tell whether the learner went to another lesson, or came back after a while."""
    if standing.last_seen_at is None or standing.last_lesson != lesson:
        return True
    return now - standing.last_seen_at >= WORTH_WRITING


def write_presence(session: Session, enrolment_id: int, lesson: str, now: datetime) -> None:
    """Remember the lesson and the moment."""
    values = {"enrolment_id": enrolment_id, "lesson_key": lesson, "seen_at": now}
    insert_or_update(session, Presence, values)
