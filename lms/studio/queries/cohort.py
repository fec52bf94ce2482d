"""The learners of a course and how far they are: one page of a table, in four statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session

from lms.accounts.models import Person
from lms.assessment.models import Attempt
from lms.catalog.published import PublishedCourse
from lms.core.web.pagination import PAGE_SIZE, Page, count_rows
from lms.engine.content.model import Course
from lms.engine.progress import ModuleStatus, evaluate
from lms.learning.models import Enrolment, LessonMark, Presence, QuizPass
from lms.learning.queries.standing import load_facts
from lms.studio.queries.paging import last_page

STATES = ("accepted", "active", "completed", "withdrawn")
SORTS = ("name", "state", "progress", "seen")


@dataclass(frozen=True)
class CohortWish:
    """What the table shall show; `state` is empty for everybody who learns or has learnt."""

    text: str = ""
    state: str = ""
    sort: str = "name"
    is_descending: bool = False
    page: int = 1


@dataclass(frozen=True)
class Learner:
    """One row: `scores` are best results in percent, `modules` the state of each module."""

    name: str
    email: str
    state: str
    percent: int
    modules: tuple[ModuleStatus, ...]
    scores: tuple[int | None, ...]
    last_seen_at: datetime | None


def load_cohort(session: Session, published: PublishedCourse, wish: CohortWish) -> Page[Learner]:
    """Return one page of the cohort."""
    statement = _matching(published, wish)
    total = count_rows(session, statement)
    number = last_page(wish.page, total)
    ordered = statement.order_by(*_order(published.course, wish), Enrolment.id)
    rows = session.execute(ordered.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)).all()
    facts = load_facts(session, {row.id: row.completed_at is not None for row in rows})
    best = _best_scores(session, published.course_id, [row.person_id for row in rows])
    quizzes = cohort_quizzes(published.course)
    learners = []
    for row in rows:
        progress = evaluate(published.course, facts[row.id])
        learners.append(
            Learner(
                name=row.name,
                email=row.email,
                state=row.state,
                percent=progress.percent,
                modules=tuple(module.status for module in progress.modules),
                scores=tuple(best.get((row.person_id, key)) for key, _ in quizzes),
                last_seen_at=row.seen_at,
            )
        )
    return Page(learners, number, total)


def cohort_quizzes(course: Course) -> tuple[tuple[str, str], ...]:
    """Return (id, title) of every quiz that counts."""
    return tuple((quiz.id, quiz.title) for quiz in course.quizzes() if quiz.kind != "sample")


def _matching(published: PublishedCourse, wish: CohortWish) -> Select[*tuple[Any, ...]]:
    states = (wish.state,) if wish.state in STATES else STATES[:3]
    statement: Select[*tuple[Any, ...]] = (
        select(
            Enrolment.id,
            Enrolment.person_id,
            Enrolment.state,
            Enrolment.completed_at,
            Person.name,
            Person.email,
            Presence.seen_at,
        )
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(Presence, Presence.enrolment_id == Enrolment.id)
        .where(Enrolment.course_id == published.course_id, Enrolment.state.in_(states))
    )
    for word in wish.text.lower().split():
        statement = statement.where(
            or_(
                func.lower(Person.name).contains(word, autoescape=True),
                Person.email.contains(word, autoescape=True),
            )
        )
    return statement


def _order(course: Course, wish: CohortWish) -> Sequence[ColumnElement[Any]]:
    columns: Mapping[str, ColumnElement[Any]] = {
        "name": func.lower(Person.name),
        "state": case({state: n for n, state in enumerate(STATES)}, value=Enrolment.state),
        "progress": _steps_done(course),
        "seen": Presence.seen_at.expression,
    }
    column = columns.get(wish.sort, columns["name"])
    direction = column.desc() if wish.is_descending else column.asc()
    return (direction.nulls_last(), func.lower(Person.name))


def _steps_done(course: Course) -> ColumnElement[int]:
    """Return how many of the course's present steps are done; all, once it was completed."""
    lessons = [lesson.id for lesson in course.lessons()]
    quizzes = [key for key, _ in cohort_quizzes(course)]
    marked = (
        select(func.count())
        .where(LessonMark.enrolment_id == Enrolment.id, LessonMark.lesson_key.in_(lessons))
        .scalar_subquery()
    )
    passed = (
        select(func.count())
        .where(QuizPass.enrolment_id == Enrolment.id, QuizPass.quiz_key.in_(quizzes))
        .scalar_subquery()
    )
    return case(
        (Enrolment.completed_at.is_not(None), len(lessons) + len(quizzes)), else_=marked + passed
    )


def _best_scores(
    session: Session, course_id: int, person_ids: list[int]
) -> Mapping[tuple[int, str], int]:
    rows = session.execute(
        select(Attempt.person_id, Attempt.quiz_key, Attempt.points, Attempt.most_points).where(
            Attempt.course_id == course_id,
            Attempt.person_id.in_(person_ids),
            Attempt.state == "graded",
        )
    )
    best: dict[tuple[int, str], int] = {}
    for person_id, key, points, most in rows:
        percent = int(100 * points / most) if points and most else 0
        best[person_id, key] = max(percent, best.get((person_id, key), 0))
    return best
