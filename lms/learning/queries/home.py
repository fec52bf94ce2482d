"""The learner's home: one thing to do next, and all courses below it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.assessment.models import Attempt
from lms.assessment.policy import refusal_in_words
from lms.assessment.queries import history
from lms.catalog.outlines import outline_of
from lms.core.text import Text
from lms.engine.attempt import Refused, may_start
from lms.engine.content.model import Course, Quiz
from lms.engine.progress import Progress, evaluate
from lms.learning.queries.course_page import NextStep, next_step_of
from lms.learning.queries.standing import Standing, load_standings
from lms.learning.routes import Routes

Found = tuple[str, str, datetime | None]


@dataclass(frozen=True)
class OpenAttempt:
    """An attempt that waits to be finished."""

    public_id: str
    quiz_title: str
    deadline_at: datetime | None


@dataclass(frozen=True)
class HomeCourse:
    """One enrolment or application on the home page."""

    slug: str
    title: str
    summary: str
    state: str
    percent: int
    minutes_left: int
    next_step: NextStep | None
    attempt: OpenAttempt | None
    note: str
    applied_at: datetime
    completed_at: datetime | None
    course_id: int
    quiz: Quiz | None

    @property
    def is_unfinished(self) -> bool:
        return self.state in ("accepted", "active")


@dataclass(frozen=True)
class HomePage:
    """The next step, what is being learnt, what is done, and what waits for somebody else.

    `hold` says why the next step, a quiz, cannot be started now.
    """

    continue_with: HomeCourse | None
    hold: Text | None
    learning: tuple[HomeCourse, ...]
    completed: tuple[HomeCourse, ...]
    applications: tuple[HomeCourse, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.learning or self.completed or self.applications)


def load_home(session: Session, person_id: int, now: datetime) -> HomePage:
    """Return the page in three statements, however many courses; four where a quiz is next."""
    standings = load_standings(session, person_id)
    attempts = _open_attempts(session, person_id)
    courses = [
        _course(one, outline_of(session, one.revision_id).course, attempts) for one in standings
    ]
    learning = tuple(one for one in courses if one.is_unfinished)
    first = _first(learning)
    return HomePage(
        continue_with=first,
        hold=_hold(session, person_id, first, now),
        learning=learning,
        completed=tuple(one for one in courses if one.state == "completed"),
        applications=tuple(
            one for one in courses if one.state in ("applied", "waitlisted", "declined")
        ),
    )


def _first(learning: tuple[HomeCourse, ...]) -> HomeCourse | None:
    """Return the course with an open attempt, else the one that was read last."""
    in_attempt = (one for one in learning if one.attempt)
    with_a_step = (one for one in learning if one.next_step)
    return next(in_attempt, None) or next(with_a_step, None)


def _hold(session: Session, person_id: int, first: HomeCourse | None, now: datetime) -> Text | None:
    if first is None or first.quiz is None or first.attempt is not None:
        return None
    past = history(session, person_id, first.course_id, first.quiz.id)
    answer = may_start(first.quiz, [one.as_rule() for one in past], now)
    return refusal_in_words(answer) if isinstance(answer, Refused) else None


def _open_attempts(session: Session, person_id: int) -> Mapping[int, Found]:
    rows = session.execute(
        select(Attempt.course_id, Attempt.public_id, Attempt.quiz_key, Attempt.deadline_at)
        .where(Attempt.person_id == person_id, Attempt.state == "in_progress")
        .order_by(Attempt.started_at)
    )
    return {course_id: (public_id, key, deadline) for course_id, public_id, key, deadline in rows}


def _course(standing: Standing, course: Course, attempts: Mapping[int, Found]) -> HomeCourse:
    progress = evaluate(course, standing.facts)
    routes = Routes(f"/courses/{course.slug}")
    return HomeCourse(
        slug=course.slug,
        title=course.title,
        summary=course.summary,
        state=standing.state,
        percent=progress.percent,
        minutes_left=progress.minutes_left,
        next_step=next_step_of(progress, standing, routes),
        attempt=_attempt(course, attempts.get(standing.course_id)),
        note=standing.note,
        applied_at=standing.applied_at,
        completed_at=standing.completed_at,
        course_id=standing.course_id,
        quiz=_next_quiz(course, progress),
    )


def _next_quiz(course: Course, progress: Progress) -> Quiz | None:
    step = progress.next_step
    if step is None or step.kind == "lesson":
        return None
    return next(quiz for quiz in course.quizzes() if quiz.id == step.id)


def _attempt(course: Course, found: Found | None) -> OpenAttempt | None:
    if found is None:
        return None
    public_id, key, deadline = found
    titles = {quiz.id: quiz.title for quiz in course.quizzes()}
    return OpenAttempt(public_id, titles.get(key, ""), deadline)
