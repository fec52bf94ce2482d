"""Tables of enrolments and of the facts from which progress is computed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base

STATES = ("applied", "waitlisted", "declined", "accepted", "active", "completed", "withdrawn")


class Enrolment(Base):
    """A person's way through a course; one row for each pair, whatever happens to it."""

    __tablename__ = "enrolment"
    __table_args__ = (
        UniqueConstraint("person_id", "course_id"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint(
            "state != 'completed' OR completed_at IS NOT NULL", name="completed_has_a_date"
        ),
        Index("ix_enrolment_course", "course_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    cohort_id: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(12))
    statement: Mapped[str] = mapped_column(Text, default="")
    decision_note: Mapped[str] = mapped_column(Text, default="")
    applied_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    started_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    completed_revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    withdrawn_at: Mapped[datetime | None]


class LessonMark(Base):
    """A learner said that a lesson is done; kept through renames and edits."""

    __tablename__ = "lesson_mark"

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), primary_key=True)
    lesson_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    marked_at: Mapped[datetime]


class QuizPass(Base):
    """A quiz that was passed, and the attempt that did it."""

    __tablename__ = "quiz_pass"

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), primary_key=True)
    quiz_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    passed_at: Mapped[datetime]


class ModuleCompletion(Base):
    """A module that was completed; an edit of the course never takes it back."""

    __tablename__ = "module_completion"

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), primary_key=True)
    module_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    completed_at: Mapped[datetime]


class Presence(Base):
    """Where a learner was last seen in a course; the only thing here that a GET may write."""

    __tablename__ = "presence"

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), primary_key=True)
    lesson_key: Mapped[str] = mapped_column(String(64))
    seen_at: Mapped[datetime]
