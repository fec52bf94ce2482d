"""Enrolling, applying, deciding, leaving and coming back."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from sqlalchemy import func, select

from lms.authoring.services import publish_tree
from lms.catalog.published import by_slug
from lms.core.audit import AuditEntry
from lms.core.errors import DomainError, NotAllowed, NotFound
from lms.core.web.auth import Viewer
from lms.core.web.context import Program
from lms.learning.models import Enrolment
from lms.learning.services.applications import decide
from lms.learning.services.enrolments import apply, enrol, leave, start
from tests.classroom import Classroom, open_classroom, viewer_of
from tests.conftest import FrozenClock
from tests.courses import course_files
from tests.makers import add_person

LINK = "http://localhost/courses/small"
THREADS = 16


@pytest.fixture
def asking(program: Program, clock: FrozenClock) -> Classroom:
    """A course that takes applications."""
    return open_classroom(program, clock, enrolment="application")


@pytest.fixture
def trainer(program: Program) -> Viewer:
    person = add_person(program, "trainer@example.org", name="Tariq Trainer")
    return viewer_of(person, frozenset({"small"}))


def send_application(room: Classroom, words: str = "I lead two projects.") -> None:
    with room.unit() as session:
        apply(session, room.learner, room.course, words, LINK, room.clock())


def give_verdict(room: Classroom, trainer: Viewer, verdict: str, note: str = "") -> int:
    ids = [room.row().public_id]
    with room.unit() as session:
        return decide(session, trainer, room.course, ids, verdict, note, LINK, room.clock())  # type: ignore[arg-type]


def test_an_open_course_is_active_at_once(room: Classroom) -> None:
    assert room.enrol() == "active"
    assert room.row().started_at == room.clock()


def test_enrolling_twice_is_refused_in_words(room: Classroom) -> None:
    room.enrol()
    with pytest.raises(DomainError, match="already"):
        room.enrol()


def test_an_unconfirmed_address_cannot_enrol(room: Classroom) -> None:
    with pytest.raises(NotAllowed, match="confirm"):
        room.enrol(replace(room.learner, is_confirmed=False))


def test_sixteen_enrolments_at_once_make_one(room: Classroom) -> None:
    barrier = Barrier(THREADS)

    def try_it(_number: int) -> bool:
        barrier.wait()
        try:
            room.enrol()
        except DomainError:
            return False
        return True

    with ThreadPoolExecutor(THREADS) as pool:
        results = list(pool.map(try_it, range(THREADS)))
    assert results.count(True) == 1
    with room.program.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Enrolment)) == 1


def test_a_course_that_takes_applications_cannot_be_entered_directly(asking: Classroom) -> None:
    with pytest.raises(DomainError, match="apply"):
        asking.enrol()
    with asking.program.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Enrolment)) == 0


def test_an_open_course_takes_no_applications(room: Classroom) -> None:
    with pytest.raises(DomainError, match="open"):
        send_application(room)


def test_the_applicant_is_told_that_the_application_is_in(asking: Classroom) -> None:
    send_application(asking)
    assert asking.row().state == "applied"
    [mail] = asking.mails()
    assert mail["recipient"] == asking.learner.email
    assert LINK in mail["text"]


@pytest.mark.parametrize(
    ("verdict", "state", "words"),
    [
        ("accept", "accepted", "accepted"),
        ("waitlist", "waitlisted", "waiting list"),
        ("decline", "declined", "declined"),
    ],
)
def test_the_applicant_is_told_the_decision_and_its_note(
    asking: Classroom, trainer: Viewer, verdict: str, state: str, words: str
) -> None:
    send_application(asking)
    assert give_verdict(asking, trainer, verdict, "See you in June.") == 1
    assert asking.row().state == state
    mail = asking.mails()[-1]
    assert words in mail["text"]
    assert "See you in June." in mail["text"]


def test_a_waitlisted_application_can_be_accepted_later(asking: Classroom, trainer: Viewer) -> None:
    send_application(asking)
    give_verdict(asking, trainer, "waitlist")
    give_verdict(asking, trainer, "accept")
    assert asking.row().state == "accepted"


def test_a_decision_needs_a_trainer_of_this_course(asking: Classroom) -> None:
    send_application(asking)
    stranger = replace(asking.learner, trains=frozenset({"another"}))
    with pytest.raises(NotFound):
        give_verdict(asking, stranger, "accept")
    assert asking.row().state == "applied"


def test_one_decided_application_stops_the_whole_batch(
    asking: Classroom, trainer: Viewer, program: Program
) -> None:
    send_application(asking)
    other = viewer_of(add_person(program, "second@example.org"))
    with asking.unit() as session:
        apply(session, other, asking.course, "Me too, please.", LINK, asking.clock())
    give_verdict(asking, trainer, "accept")
    ids = [asking.row().public_id, asking.row(other).public_id]
    with pytest.raises(DomainError, match="meantime"), asking.unit() as session:
        decide(session, trainer, asking.course, ids, "accept", "", LINK, asking.clock())
    assert asking.row(other).state == "applied"


def test_the_accepted_become_active_when_they_start(asking: Classroom, trainer: Viewer) -> None:
    send_application(asking)
    give_verdict(asking, trainer, "accept")
    asking.clock.advance(days=1)
    with asking.unit() as session:
        start(session, asking.learner, asking.course, asking.clock())
    assert asking.row().state == "active"
    assert asking.row().started_at == asking.clock()


def test_marking_a_lesson_starts_an_accepted_course(asking: Classroom, trainer: Viewer) -> None:
    send_application(asking)
    give_verdict(asking, trainer, "accept")
    asking.mark("small-m1-l1")
    assert asking.row().state == "active"


@pytest.mark.parametrize("verdict", ["waitlist", "decline"])
def test_whoever_is_not_accepted_cannot_learn(
    asking: Classroom, trainer: Viewer, verdict: str
) -> None:
    send_application(asking)
    give_verdict(asking, trainer, verdict)
    with pytest.raises(NotAllowed):
        asking.mark("small-m1-l1")


def test_the_declined_may_apply_again_with_new_words(asking: Classroom, trainer: Viewer) -> None:
    send_application(asking)
    give_verdict(asking, trainer, "decline", "Not this year.")
    send_application(asking, "Now I lead three.")
    row = asking.row()
    assert (row.state, row.statement, row.decision_note) == ("applied", "Now I lead three.", "")


def test_an_application_can_be_taken_back(asking: Classroom) -> None:
    send_application(asking)
    with asking.unit() as session:
        leave(session, asking.learner, asking.course, asking.clock())
    assert asking.row().state == "withdrawn"


def test_leaving_and_coming_back_keeps_the_marks(room: Classroom) -> None:
    room.enrol()
    room.mark("small-m1-l1")
    with room.unit() as session:
        leave(session, room.learner, room.course, room.clock())
    with pytest.raises(NotAllowed):
        room.mark("small-m1-l2")
    assert room.enrol() == "active"
    room.mark("small-m1-l2")
    room.sit("small-q1")
    room.mark("small-m2-l1")


def test_leaving_what_one_never_entered_is_refused(room: Classroom) -> None:
    with pytest.raises(DomainError, match="not enrolled"), room.unit() as session:
        leave(session, room.learner, room.course, room.clock())


def test_whoever_completed_an_application_course_may_come_back_directly(
    asking: Classroom, trainer: Viewer
) -> None:
    send_application(asking)
    give_verdict(asking, trainer, "accept")
    asking.finish()
    with asking.unit() as session:
        leave(session, asking.learner, asking.course, asking.clock())
    assert asking.enrol() == "completed"


def test_every_move_stands_in_the_audit_log(room: Classroom) -> None:
    room.enrol()
    with room.unit() as session:
        leave(session, room.learner, room.course, room.clock())
    with room.program.database.read() as session:
        actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert [name for name in actions if name.startswith("enrolment")] == [
        "enrolment.active",
        "enrolment.withdrawn",
    ]


def test_a_course_that_comes_first_must_be_completed(
    program: Program, clock: FrozenClock, room: Classroom
) -> None:
    second = second_course(program, clock, room)
    with pytest.raises(DomainError, match="Small course"), room.unit() as session:
        enrol(session, room.learner, second.course, clock())
    room.enrol()
    room.finish()
    with room.unit() as session:
        assert enrol(session, room.learner, second.course, clock()) == "active"


def second_course(program: Program, clock: FrozenClock, first: Classroom) -> Classroom:
    """Publish a course that asks for the first one."""
    files = course_files("second", title="Second course")
    path = "courses/second/course.md"
    files[path] = files[path].replace(b"enrolment:", b"prerequisites: [small]\nenrolment:")
    with program.database.unit_of_work() as session:
        publish_tree(session, files, "folder", None, clock())
        course = by_slug(session, "second")
    return Classroom(program, clock, course, first.learner)
