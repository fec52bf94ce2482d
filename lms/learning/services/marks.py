"""Marking lessons as done, and taking a mark back."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from lms.catalog.published import PublishedCourse
from lms.core.errors import NotAllowed, NotFound
from lms.core.records import insert_unless_there
from lms.core.text import sentence
from lms.core.web.auth import Viewer
from lms.engine.progress import Progress, Step, evaluate
from lms.learning.models import Enrolment, LessonMark
from lms.learning.queries.standing import load_facts
from lms.learning.services.completion import reconsider
from lms.learning.services.enrolments import learning_row
from lms.learning.words import why_locked


def mark_done(
    session: Session, actor: Viewer, course: PublishedCourse, lesson: str, now: datetime
) -> Progress:
    """Mark an open lesson as done and return the progress; marking twice changes nothing."""
    row = learning_row(session, actor.person_id, course.course_id, now)
    require_open(session, row, course, ("lesson", lesson))
    values = {
        "enrolment_id": row.id,
        "lesson_key": lesson,
        "revision_id": course.revision_id,
        "marked_at": now,
    }
    insert_unless_there(session, LessonMark, values)
    return reconsider(session, row, course, now)


def unmark(
    session: Session, actor: Viewer, course: PublishedCourse, lesson: str, now: datetime
) -> None:
    """Take a mark back; a completed module or course stays completed."""
    row = learning_row(session, actor.person_id, course.course_id, now)
    session.execute(
        delete(LessonMark).where(LessonMark.enrolment_id == row.id, LessonMark.lesson_key == lesson)
    )


def require_open(
    session: Session, row: Enrolment, course: PublishedCourse, place: tuple[str, str]
) -> Step:
    """Return a step of the course (kind, id); refuse in words what is still locked."""
    facts = load_facts(session, {row.id: row.completed_at is not None})[row.id]
    progress = evaluate(course.course, facts)
    kind, key = place
    step = next((one for one in progress.steps if (one.kind, one.id) == (kind, key)), None)
    if step is None:
        raise NotFound(sentence("There is no such page in this course."))
    if step.status == "locked":
        raise NotAllowed(why_locked(progress, step))
    return step


def step_after(progress: Progress, lesson: str) -> Step | None:
    """Return what follows a lesson if it is open, else the next step of the course."""
    at = next(n for n, one in enumerate(progress.steps) if one.id == lesson)
    after = progress.steps[at + 1] if at + 1 < len(progress.steps) else None
    return after if after and after.status != "locked" else progress.next_step
