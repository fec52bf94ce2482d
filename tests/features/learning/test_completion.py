"""What completes a module and a course, and that nothing is taken back."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from lms.assessment import queries
from lms.assessment.events import AttemptGraded
from lms.assessment.services import Answer, save_responses, submit_attempt
from lms.authoring.services import publish_tree
from lms.catalog.published import by_slug
from lms.core.errors import NotAllowed, NotFound
from lms.learning.events import CourseCompleted
from lms.learning.models import LessonMark, ModuleCompletion, QuizPass
from lms.learning.queries.recompute import unrecorded
from lms.learning.queries.standing import load_standing
from lms.learning.services.completion import take_note_of
from lms.learning.services.enrolments import leave
from lms.learning.services.marks import mark_done, unmark
from lms.learning.services.quizzes import start_quiz
from tests.classroom import SEED, Classroom, viewer_of
from tests.courses import course_files, response_worth
from tests.makers import add_person


@pytest.fixture
def heard(room: Classroom) -> list[CourseCompleted]:
    """The completions that were announced."""
    found: list[CourseCompleted] = []

    def note(_session: Any, event: CourseCompleted, _now: Any) -> None:
        found.append(event)

    room.program.bus.subscribe(CourseCompleted, "test", note)
    return found


def keys(room: Classroom, column: Any) -> list[str]:
    with room.program.database.read() as session:
        return sorted(session.scalars(select(column)))


def test_a_module_is_complete_when_lessons_are_marked_and_the_quiz_is_passed(
    room: Classroom,
) -> None:
    room.enrol()
    room.mark("small-m1-l1")
    room.mark("small-m1-l2")
    assert keys(room, ModuleCompletion.module_key) == []
    room.sit("small-q1")
    assert keys(room, ModuleCompletion.module_key) == ["small-m1"]


def test_a_failed_quiz_records_nothing(room: Classroom) -> None:
    room.enrol()
    room.sit("small-q1", passing=False)
    assert keys(room, QuizPass.quiz_key) == []


def test_a_locked_module_is_closed_with_its_reason(room: Classroom) -> None:
    room.enrol()
    with pytest.raises(NotAllowed, match="Module 1"):
        room.mark("small-m2-l1")
    with pytest.raises(NotAllowed, match="Module 1"):
        room.sit("small-q2")
    with pytest.raises(NotAllowed, match=r"Module 1.*Module 2"):
        room.sit("small-final")


def test_a_lesson_that_does_not_exist_cannot_be_marked(room: Classroom) -> None:
    room.enrol()
    with pytest.raises(NotFound):
        room.mark("no-such-lesson")


def test_the_course_is_completed_and_announced_once(
    room: Classroom, heard: list[CourseCompleted]
) -> None:
    room.enrol()
    room.finish()
    row = room.row()
    assert row.state == "completed"
    assert row.completed_revision_id == room.course.revision_id
    assert [event.enrolment_id for event in heard] == [row.id]
    room.mark("small-m1-l1")
    assert len(heard) == 1


def test_a_mark_taken_back_from_a_completed_module_does_not_hold_the_course_up(
    room: Classroom, heard: list[CourseCompleted]
) -> None:
    room.enrol()
    first, second = room.course.course.modules
    for lesson in first.lessons:
        room.mark(lesson.id)
    room.sit("small-q1")
    for lesson in second.lessons:
        room.mark(lesson.id)
    room.sit("small-q2")
    with room.unit() as session:
        unmark(session, room.learner, room.course, second.lessons[0].id, room.clock())
    room.sit("small-final")
    assert len(heard) == 1


def test_taking_a_mark_back_removes_the_mark_alone(room: Classroom) -> None:
    room.enrol()
    room.mark("small-m1-l1")
    room.mark("small-m1-l2")
    room.sit("small-q1")
    with room.unit() as session:
        unmark(session, room.learner, room.course, "small-m1-l1", room.clock())
    assert keys(room, LessonMark.lesson_key) == ["small-m1-l2"]
    assert keys(room, ModuleCompletion.module_key) == ["small-m1"]


def test_marking_twice_changes_nothing(room: Classroom) -> None:
    room.enrol()
    room.mark("small-m1-l1")
    room.clock.advance(days=1)
    room.mark("small-m1-l1")
    with room.program.database.read() as session:
        [mark] = session.scalars(select(LessonMark))
    assert mark.marked_at < room.clock()


def test_hearing_of_an_attempt_twice_changes_nothing(
    room: Classroom, heard: list[CourseCompleted]
) -> None:
    room.enrol()
    room.finish()
    with room.unit() as session:
        standing = load_standing(session, room.learner.person_id, room.course.course_id)
        [passed] = session.scalars(select(QuizPass).where(QuizPass.quiz_key == "small-final"))
        event = AttemptGraded(
            passed.attempt_id,
            room.learner.person_id,
            room.course.course_id,
            "small-final",
            room.course.revision_id,
            is_passed=True,
        )
        take_note_of(session, event, room.clock())
    assert standing is not None
    assert len(heard) == 1


def test_a_quiz_passed_after_leaving_counts_on_the_return(
    room: Classroom, heard: list[CourseCompleted]
) -> None:
    room.enrol()
    first, second = room.course.course.modules
    for lesson in first.lessons:
        room.mark(lesson.id)
    room.sit("small-q1")
    for lesson in second.lessons:
        room.mark(lesson.id)
    room.sit("small-q2")
    attempt = _start_then_leave(room)
    assert (room.row().state, heard) == ("withdrawn", [])
    assert attempt
    room.enrol()
    assert room.row().state == "completed"
    assert len(heard) == 1


def _start_then_leave(room: Classroom) -> str:
    """Leave the course between the start and the submission of the final."""
    person = room.learner.person_id
    with room.unit() as session:
        attempt = start_quiz(session, room.learner, room.course, "small-final", room.clock(), SEED)
        form = queries.load_attempt(session, person, attempt).form
        leave(session, room.learner, room.course, room.clock())
    answers = [
        Answer(slot, response_worth(room.course, form, slot, right=True), 0, f"op-{slot}")
        for slot in range(len(form.slots))
    ]
    with room.unit() as session:
        save_responses(session, person, attempt, answers, room.clock())
        submit_attempt(session, person, attempt, room.clock())
    return attempt


def publish_again(room: Classroom, change: Callable[[dict[str, bytes]], None]) -> None:
    files = course_files()
    change(files)
    with room.unit() as session:
        publish_tree(session, files, "folder", None, room.clock())
        room.course = by_slug(session, "small")


def add_a_lesson(files: dict[str, bytes]) -> None:
    text = files["courses/small/01-module/02-lesson.md"]
    changed = text.replace(b"small-m1-l2", b"small-m1-l3").replace(b"small-p1-2", b"small-p1-1")
    files["courses/small/01-module/03-lesson.md"] = changed


def test_an_edit_never_unfinishes_what_was_finished(room: Classroom) -> None:
    room.enrol()
    room.finish()
    publish_again(room, add_a_lesson)
    assert room.row().state == "completed"
    with room.program.database.read() as session:
        assert unrecorded(session) == ()


def test_a_new_lesson_in_a_completed_module_locks_nothing(room: Classroom) -> None:
    room.enrol()
    for lesson in ("small-m1-l1", "small-m1-l2"):
        room.mark(lesson)
    room.sit("small-q1")
    publish_again(room, add_a_lesson)
    room.mark("small-m2-l1")
    assert "small-m2-l1" in keys(room, LessonMark.lesson_key)


def test_the_doctor_finds_a_pass_that_was_not_recorded(room: Classroom) -> None:
    room.enrol()
    room.sit("small-q1")
    with room.unit() as session:
        for row in session.scalars(select(QuizPass)):
            session.delete(row)
    with room.program.database.read() as session:
        assert unrecorded(session) == (room.row().public_id,)


def test_marks_of_somebody_else_do_not_count(room: Classroom) -> None:
    other = viewer_of(add_person(room.program, "other@example.org"))
    room.enrol()
    room.enrol(other)
    room.finish()
    with room.unit() as session:
        progress = mark_done(session, other, room.course, "small-m1-l1", room.clock())
    assert progress.percent < 50
    assert room.row(other).state == "active"
