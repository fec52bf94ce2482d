"""Tables of attempts and of the two append-only logs: responses and grades."""

from datetime import datetime
from fractions import Fraction

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import ExactFraction


class Attempt(Base):
    """One sitting of a quiz. `form` (JSON) freezes seed, items, arrangement and points."""

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("person_id", "course_id", "quiz_key", "number"),
        CheckConstraint(
            "state IN ('in_progress', 'submitted', 'graded', 'expired', 'voided')", name="state"
        ),
        CheckConstraint("number >= 1", name="number_counts_from_one"),
        CheckConstraint(
            "state != 'graded' OR (points IS NOT NULL AND most_points IS NOT NULL "
            "AND is_passed IS NOT NULL AND graded_at IS NOT NULL)",
            name="graded_has_a_result",
        ),
        Index(
            "uq_attempt_open",
            "person_id",
            "course_id",
            "quiz_key",
            unique=True,
            sqlite_where=text("state = 'in_progress'"),
            postgresql_where=text("state = 'in_progress'"),
        ),
        Index("ix_attempt_deadline", "state", "deadline_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    quiz_key: Mapped[str] = mapped_column(String(64))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(12))
    form: Mapped[str] = mapped_column(Text)
    started_at: Mapped[datetime]
    deadline_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    graded_at: Mapped[datetime | None]
    points: Mapped[Fraction | None] = mapped_column(ExactFraction)
    most_points: Mapped[Fraction | None] = mapped_column(ExactFraction)
    is_passed: Mapped[bool | None]


class ResponseEvent(Base):
    """What the learner did at one slot; `payload` is the response as JSON, `null` = cleared.

    A `conflict` is the text of a stale tab, a `late` one came after the deadline and its grace:
    both are kept, neither is the current response.
    """

    __tablename__ = "response_event"
    __table_args__ = (
        UniqueConstraint("attempt_id", "operation_id"),
        CheckConstraint("kind IN ('saved', 'conflict', 'late')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    operation_id: Mapped[str] = mapped_column(String(64))
    slot: Mapped[int]
    base_revision: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    payload: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime]


class CurrentResponse(Base):
    """The response that counts at a slot: a projection, moved by compare-and-set on `revision`."""

    __tablename__ = "current_response"
    __table_args__ = (CheckConstraint("revision >= 1", name="revision_counts_from_one"),)

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int]
    payload: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime]


class GradeEvent(Base):
    """What a grader concluded about one slot; a later event supersedes an earlier one."""

    __tablename__ = "grade_event"
    __table_args__ = (Index("ix_grade_event_attempt", "attempt_id", "slot"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    slot: Mapped[int]
    grader: Mapped[str] = mapped_column(String(20))
    key_revision: Mapped[str] = mapped_column(String(64))
    points: Mapped[Fraction] = mapped_column(ExactFraction)
    most_points: Mapped[Fraction] = mapped_column(ExactFraction)
    is_answered: Mapped[bool]
    graded_at: Mapped[datetime]


class PracticeAnswer(Base):
    """A learner's answer to an inline check; a visitor's is never stored."""

    __tablename__ = "practice_answer"
    __table_args__ = (Index("ix_practice_answer_person", "person_id", "course_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    item_ref: Mapped[str] = mapped_column(String(130))
    payload: Mapped[str] = mapped_column(Text)
    share: Mapped[Fraction] = mapped_column(ExactFraction)
    answered_at: Mapped[datetime]
