"""The door to quizzes: who may start one."""

from datetime import datetime

from sqlalchemy.orm import Session

from lms.accounts.policy import require_confirmed
from lms.assessment.services import start_attempt
from lms.catalog.published import PublishedCourse
from lms.core.errors import NotFound
from lms.core.text import sentence
from lms.core.web.auth import Viewer
from lms.engine.content.model import Course, Quiz
from lms.learning.services.enrolments import learning_row
from lms.learning.services.marks import require_open


def find_quiz(course: Course, key: str) -> Quiz:
    """Return a module's quiz or the final assessment; the sample has a page of its own."""
    for quiz in course.quizzes():
        if quiz.id == key and quiz.kind != "sample":
            return quiz
    raise NotFound(sentence("There is no such quiz in this course."))


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
