"""What the stored facts amount to, computed again and compared with what was written down."""

from collections.abc import Iterator

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from lms.assessment.models import Attempt
from lms.catalog import published
from lms.engine.progress import evaluate
from lms.learning import policy
from lms.learning.models import Enrolment, QuizPass
from lms.learning.queries.standing import load_facts

AT_ONCE = 1000  # a database takes only so many parameters


def unrecorded(session: Session) -> tuple[str, ...]:
    """Return the public ids of enrolments whose completion or passed quizzes are not on record."""
    return tuple(sorted({*_completions(session), *_passes(session)}))


def _completions(session: Session) -> Iterator[str]:
    rows = session.scalars(
        select(Enrolment).where(
            Enrolment.state.in_(sorted(policy.LEARNING)), Enrolment.completed_at.is_(None)
        )
    ).all()
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        facts = load_facts(session, {row.id: False for row in some})
        for row in some:
            course = published.by_course_id(session, row.course_id).course
            if evaluate(course, facts[row.id]).completed:
                yield row.public_id


def _passes(session: Session) -> Iterator[str]:
    yield from session.scalars(
        select(Enrolment.public_id)
        .join(
            Attempt,
            and_(
                Attempt.person_id == Enrolment.person_id,
                Attempt.course_id == Enrolment.course_id,
            ),
        )
        .outerjoin(
            QuizPass,
            and_(
                QuizPass.enrolment_id == Enrolment.id,
                QuizPass.quiz_key == Attempt.quiz_key,
            ),
        )
        .where(Attempt.state == "graded", Attempt.is_passed.is_(True), QuizPass.quiz_key.is_(None))
    )
