"""The attempts that earn a certificate."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from lms.assessment.models import Attempt
from lms.certificates.models import CertificateEvidence
from lms.engine.content.model import Course
from lms.engine.scoring import whole_percent
from lms.learning.models import QuizPass


@dataclass(frozen=True)
class Evidence:
    """One passed attempt; `share` of the points from 0 to 1."""

    attempt_id: int
    public_id: str
    quiz_key: str
    quiz_title: str
    share: Fraction
    graded_at: datetime

    @property
    def percent(self) -> int:
        return whole_percent(self.share)


Attempts = Select[int, str, str, Fraction | None, Fraction | None, datetime | None]
Found = Row[int, str, str, Fraction | None, Fraction | None, datetime | None]


def passed_attempts(session: Session, enrolment_id: int, course: Course) -> tuple[Evidence, ...]:
    """Return the attempts with which an enrolment passed its quizzes, in order of time."""
    statement = _attempts().join(QuizPass, QuizPass.attempt_id == Attempt.id)
    return _read(session, statement.where(QuizPass.enrolment_id == enrolment_id), course)


def evidence_of(session: Session, certificate_id: int, course: Course) -> tuple[Evidence, ...]:
    """Return the attempts that a certificate is pinned to, in order of time."""
    statement = _attempts().join(CertificateEvidence, CertificateEvidence.attempt_id == Attempt.id)
    return _read(
        session, statement.where(CertificateEvidence.certificate_id == certificate_id), course
    )


def final_share(evidence: tuple[Evidence, ...], course: Course) -> Fraction | None:
    """Return the share of points in the final assessment, or None where there is none."""
    if course.final is None:
        return None
    shares = [entry.share for entry in evidence if entry.quiz_key == course.final.id]
    return max(shares, default=None)


def _attempts() -> Attempts:
    return select(
        Attempt.id,
        Attempt.public_id,
        Attempt.quiz_key,
        Attempt.points,
        Attempt.most_points,
        Attempt.graded_at,
    ).order_by(Attempt.graded_at, Attempt.id)


def _read(session: Session, statement: Attempts, course: Course) -> tuple[Evidence, ...]:
    titles = {quiz.id: quiz.title for quiz in course.quizzes()}
    return tuple(_view(row, titles) for row in session.execute(statement))


def _view(row: Found, titles: dict[str, str]) -> Evidence:
    number, public_id, quiz_key, points, most, graded_at = row
    if graded_at is None:
        raise ValueError("only a graded attempt is evidence")
    share = points / most if points and most else Fraction(0)
    return Evidence(number, public_id, quiz_key, titles.get(quiz_key, quiz_key), share, graded_at)
