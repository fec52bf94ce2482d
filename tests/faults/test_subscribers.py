"""A faulty subscriber never blocks a candidate's submission; its work is done later, once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.assessment import services
from lms.assessment.events import AttemptGraded
from lms.assessment.models import Attempt
from lms.certificates.models import Certificate
from lms.core import outbox
from lms.core.events import Bus
from lms.core.web.context import Program
from lms.learning.models import Enrolment, QuizPass
from tests.conftest import FrozenClock
from tests.faults.hall import Hall, Sitter
from tests.makers import make_person

LEASE = outbox.LEASE + timedelta(seconds=1)


@pytest.fixture
def sitter(app: Flask, program: Program, clock: FrozenClock) -> Sitter:
    """Somebody whose attempt is open and answered rightly throughout."""
    app.config["WTF_CSRF_ENABLED"] = False
    hall = Hall(app, 0)
    sitter, seed = hall.seat(1), b"a seed for tests"
    with program.database.unit_of_work() as session:
        sitter.attempt = services.start_attempt(
            session, sitter.person_id, hall.course, hall.quiz, clock(), seed
        )
    sitter.form = hall.form_of(sitter.attempt)
    answers = [
        services.Answer(number, hall.response(slot, True), 0, f"op:{number}")
        for number, slot in enumerate(sitter.form.slots)
    ]
    with program.database.unit_of_work() as session:
        services.save_responses(session, sitter.person_id, sitter.attempt, answers, clock())
    return sitter


def submit(client: FlaskClient, sitter: Sitter) -> int:
    client.set_cookie("session", sitter.cookie.removeprefix("session="))
    return client.post(f"/attempts/{sitter.attempt}/submit").status_code


def break_subscriber(bus: Bus, name: str) -> Callable[[], None]:
    """Let a subscriber of graded attempts write and then fail; return what repairs it."""
    heard = bus.subscribers[AttemptGraded.name]
    at = next(number for number, (subscriber, _) in enumerate(heard) if subscriber == name)
    whole = heard[at]

    def broken(session: Session, event: AttemptGraded, now: datetime) -> None:
        make_person(session, "half-done@example.org", now=now)
        session.flush()
        raise RuntimeError("the subscriber is broken")

    def repair() -> None:
        heard[at] = whole

    heard[at] = (name, broken)
    return repair


def tasks(program: Program) -> list[str]:
    with program.database.read() as session:
        kinds = select(outbox.OutboxTask.state).where(outbox.OutboxTask.kind == "event")
        return list(session.scalars(kinds))


def states(program: Program) -> tuple[str, str, int, int]:
    """Return the states of attempt and enrolment, and how many passes and certificates there are."""
    with program.database.read() as session:
        return (
            session.scalars(select(Attempt.state)).one(),
            session.scalars(select(Enrolment.state)).one(),
            len(session.scalars(select(QuizPass.quiz_key)).all()),
            len(session.scalars(select(Certificate.code)).all()),
        )


def test_a_broken_subscriber_does_not_block_the_submission(
    client: FlaskClient, program: Program, sitter: Sitter
) -> None:
    break_subscriber(program.bus, "learning.completion")
    assert submit(client, sitter) == 303
    assert states(program) == ("graded", "active", 0, 0)
    assert tasks(program) == ["waiting"]


def test_what_a_broken_subscriber_wrote_is_rolled_back(
    client: FlaskClient, program: Program, sitter: Sitter
) -> None:
    from lms.accounts.models import Person

    break_subscriber(program.bus, "learning.completion")
    submit(client, sitter)
    with program.database.read() as session:
        assert session.scalars(select(Person.email)).all() == ["sitter1@example.org"]


def test_its_work_is_done_from_the_outbox_once_it_is_repaired(
    client: FlaskClient, program: Program, sitter: Sitter, clock: FrozenClock
) -> None:
    repair = break_subscriber(program.bus, "learning.completion")
    submit(client, sitter)
    program.worker.drain(clock)
    assert tasks(program) == ["waiting"]
    repair()
    clock.now += LEASE
    program.worker.drain(clock)
    assert tasks(program) == ["done"]
    assert states(program) == ("graded", "completed", 1, 1)
    clock.now += 2 * LEASE
    program.worker.drain(clock)
    assert states(program) == ("graded", "completed", 1, 1)


def test_a_broken_award_leaves_the_completion_and_issues_later(
    client: FlaskClient, program: Program, sitter: Sitter, clock: FrozenClock
) -> None:
    from lms.learning.events import CourseCompleted

    heard = program.bus.subscribers[CourseCompleted.name]
    whole = list(heard)

    def broken(_session: Session, _event: CourseCompleted, _now: datetime) -> None:
        raise RuntimeError("the award is broken")

    heard[:] = [(name, broken) for name, _ in whole]
    assert submit(client, sitter) == 303
    assert states(program) == ("graded", "completed", 1, 0)
    heard[:] = whole
    program.worker.drain(clock)
    assert states(program) == ("graded", "completed", 1, 1)
