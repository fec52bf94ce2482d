"""Everything that a person has learned here, on one page."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from lms.assessment.models import Attempt
from lms.catalog.models import Course
from lms.catalog.outlines import outline_of
from lms.certificates.queries.lists import CertificateRow, held_by
from lms.engine.content import model
from lms.engine.scoring import whole_percent
from lms.learning.models import Enrolment, ModuleCompletion, QuizPass


@dataclass(frozen=True)
class Score:
    """A quiz that was passed, with the share of points as a whole percentage."""

    title: str
    percent: int
    passed_at: datetime


@dataclass(frozen=True)
class TranscriptCourse:
    """One course of a transcript."""

    slug: str
    title: str
    state: str
    hours: str
    modules: int
    modules_done: int
    started_at: datetime | None
    completed_at: datetime | None
    scores: tuple[Score, ...]
    certificates: tuple[CertificateRow, ...]


@dataclass(frozen=True)
class Records:
    """What is stored of all enrolments of a person, by enrolment."""

    scores: dict[int, list[tuple[str, Score]]]
    modules: dict[int, set[str]]


LEARNING = ("active", "completed", "withdrawn")


def load_transcript(
    session: Session, person_id: int, now: datetime
) -> tuple[TranscriptCourse, ...]:
    """Return the courses that a person has begun, the newest first."""
    enrolments = session.execute(
        select(Enrolment, Course.revision_id)
        .join(Course, Course.id == Enrolment.course_id)
        .where(Enrolment.person_id == person_id, Enrolment.state.in_(LEARNING))
        .order_by(Enrolment.started_at.desc().nulls_last(), Enrolment.id.desc())
    ).all()
    begun = [row for row in enrolments if row[0].started_at is not None]
    records = Records(_scores(session, person_id), _modules(session, person_id))
    certificates = held_by(session, person_id, now)
    return tuple(_course(session, row, records, certificates) for row in begun)


def _scores(session: Session, person_id: int) -> dict[int, list[tuple[str, Score]]]:
    rows = session.execute(
        select(
            QuizPass.enrolment_id,
            QuizPass.quiz_key,
            QuizPass.passed_at,
            Attempt.points,
            Attempt.most_points,
        )
        .join(Attempt, Attempt.id == QuizPass.attempt_id)
        .where(Attempt.person_id == person_id)
        .order_by(QuizPass.passed_at, QuizPass.quiz_key)
    )
    found: dict[int, list[tuple[str, Score]]] = {}
    for enrolment_id, key, passed_at, points, most in rows:
        share = points / most if points and most else Fraction(0)
        score = Score(key, whole_percent(share), passed_at)
        found.setdefault(enrolment_id, []).append((key, score))
    return found


def _modules(session: Session, person_id: int) -> dict[int, set[str]]:
    rows = session.execute(
        select(ModuleCompletion.enrolment_id, ModuleCompletion.module_key)
        .join(Enrolment, Enrolment.id == ModuleCompletion.enrolment_id)
        .where(Enrolment.person_id == person_id)
    )
    found: dict[int, set[str]] = {}
    for enrolment_id, key in rows:
        found.setdefault(enrolment_id, set()).add(key)
    return found


def _course(
    session: Session,
    row: Row[Enrolment, int],
    records: Records,
    certificates: tuple[CertificateRow, ...],
) -> TranscriptCourse:
    enrolment, revision_id = row
    done = enrolment.completed_revision_id
    course = outline_of(session, done or revision_id).course
    completed = records.modules.get(enrolment.id, set()) & {m.id for m in course.modules}
    return TranscriptCourse(
        slug=course.slug,
        title=course.title,
        state=enrolment.state,
        hours=format(course.hours.normalize(), "f"),
        modules=len(course.modules),
        modules_done=len(course.modules) if enrolment.completed_at else len(completed),
        started_at=enrolment.started_at,
        completed_at=enrolment.completed_at,
        scores=_titled(records.scores.get(enrolment.id, []), course),
        certificates=tuple(c for c in certificates if c.course_id == enrolment.course_id),
    )


def _titled(scores: list[tuple[str, Score]], course: model.Course) -> tuple[Score, ...]:
    titles = {quiz.id: quiz.title for quiz in course.quizzes()}
    return tuple(
        Score(titles.get(key, key), score.percent, score.passed_at) for key, score in scores
    )
