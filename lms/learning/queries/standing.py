"""Where a person stands in a course: the enrolment, and the facts that progress is made of."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, String, bindparam, literal_column, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from lms.catalog.models import Course
from lms.engine.progress import Facts
from lms.learning import policy
from lms.learning.models import Enrolment, LessonMark, ModuleCompletion, Presence, QuizPass


@dataclass(frozen=True)
class Standing:
    """An enrolment with what the learner has done.

    `revision_id` is the newest of the course; `last_lesson` is where the learner was last seen.
    """

    enrolment_id: int
    public_id: str
    person_id: int
    course_id: int
    revision_id: int
    state: str
    statement: str
    note: str
    applied_at: datetime
    started_at: datetime | None
    completed_at: datetime | None
    last_lesson: str | None
    last_seen_at: datetime | None
    facts: Facts = field(default_factory=Facts)

    @property
    def is_learning(self) -> bool:
        return self.state in policy.LEARNING

    @property
    def is_waiting(self) -> bool:
        return self.state in policy.WAITING


COLUMNS = (
    Enrolment.id.label("enrolment_id"),
    Enrolment.public_id,
    Enrolment.person_id,
    Enrolment.course_id,
    Course.revision_id,
    Enrolment.state,
    Enrolment.statement,
    Enrolment.decision_note.label("note"),
    Enrolment.applied_at,
    Enrolment.started_at,
    Enrolment.completed_at,
    Presence.lesson_key.label("last_lesson"),
    Presence.seen_at.label("last_seen_at"),
)
ENROLMENTS = (
    select(*COLUMNS)
    .join(Course, Course.id == Enrolment.course_id)
    .outerjoin(Presence, Presence.enrolment_id == Enrolment.id)
)

ONE = ENROLMENTS.where(
    Enrolment.person_id == bindparam("person"), Enrolment.course_id == bindparam("course")
)


def _facts_of(
    kind: str, owner: InstrumentedAttribute[int], key: InstrumentedAttribute[str]
) -> Select[int, str, str]:
    wanted = owner.in_(bindparam("ids", expanding=True))
    return select(owner, literal_column(f"'{kind}'", String).label("kind"), key).where(wanted)


FACTS = union_all(
    _facts_of("lesson", LessonMark.enrolment_id, LessonMark.lesson_key),
    _facts_of("quiz", QuizPass.enrolment_id, QuizPass.quiz_key),
    _facts_of("module", ModuleCompletion.enrolment_id, ModuleCompletion.module_key),
)


def load_standing(session: Session, person_id: int, course_id: int) -> Standing | None:
    """Return a person's standing in a course in two statements; one where there is none."""
    row = session.execute(ONE, {"person": person_id, "course": course_id}).one_or_none()
    if row is None:
        return None
    return _standing(row, load_facts(session, {row.enrolment_id: row.completed_at is not None}))


def load_standings(session: Session, person_id: int) -> tuple[Standing, ...]:
    """Return all of a person's standings in two statements, the latest seen first."""
    rows = session.execute(
        ENROLMENTS.where(Enrolment.person_id == person_id).order_by(
            Presence.seen_at.desc().nulls_last(), Enrolment.applied_at.desc(), Enrolment.id.desc()
        )
    ).all()
    facts = load_facts(session, {row.enrolment_id: row.completed_at is not None for row in rows})
    return tuple(_standing(row, facts) for row in rows)


def _standing(row: Row[*tuple[Any, ...]], facts: Mapping[int, Facts]) -> Standing:
    return Standing(**row._asdict(), facts=facts[row.enrolment_id])


def load_facts(session: Session, enrolments: Mapping[int, bool]) -> Mapping[int, Facts]:
    """Return the facts of enrolments (id -> whether the course was completed), in one statement."""
    found: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    if enrolments:
        for enrolment_id, kind, key in session.execute(FACTS, {"ids": tuple(enrolments)}):
            found[enrolment_id][kind].add(key)
    return {
        enrolment_id: Facts(
            marked_lessons=frozenset(found[enrolment_id]["lesson"]),
            passed_quizzes=frozenset(found[enrolment_id]["quiz"]),
            completed_modules=frozenset(found[enrolment_id]["module"]),
            course_completed=was_completed,
        )
        for enrolment_id, was_completed in enrolments.items()
    }
