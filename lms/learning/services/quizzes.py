"""The door to quizzes: who may start one."""

from datetime import datetime

from sqlalchemy.orm import Session

from lms.accounts.policy import require_confirmed
from lms.assessment.services import start_attempt
from lms.catalog.published import PublishedCourse
from lms.core.web.auth import Viewer
from lms.learning.places import find_quiz
from lms.learning.services.enrolments import learning_row
from lms.learning.services.marks import require_open


def start_quiz(
    session: Session,
    actor: Viewer,
    course: PublishedCourse,
    key: str,
    now: datetime,
    seed: bytes,
) -> str:
    """Start an attempt at an open quiz, or return the one in progress: its public id."""
    require_confirmed(actor)
    quiz = find_quiz(course.course, key)
    row = learning_row(session, actor.person_id, course.course_id, now)
    kind = "final" if quiz.kind == "final" else "quiz"
    require_open(session, row, course, (kind, key))
    return start_attempt(session, actor.person_id, course, quiz, now, seed)
