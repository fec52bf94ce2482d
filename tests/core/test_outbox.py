"""The outbox keeps its promises: once a key, with patience, and never in the way."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.core import mail, outbox
from lms.core.outbox import MOST_ATTEMPTS, OutboxTask, Worker
from lms.core.web.context import Program
from lms.settings import Settings
from tests.conftest import FrozenClock


def only_task(program: Program) -> OutboxTask:
    with program.database.read() as session:
        return session.scalars(select(OutboxTask)).one()


def test_key_is_promised_once(session: Session, clock: FrozenClock) -> None:
    for _ in range(2):
        outbox.put(session, "thing", {}, clock(), key="thing:1")
    assert session.scalar(select(func.count()).select_from(OutboxTask)) == 1


def test_mail_waits_for_a_mail_server_however_long(
    program: Program, settings: Settings, clock: FrozenClock
) -> None:
    worker = Worker(program.database.unit_of_work)
    postman = mail.SmtpPostman(replace(settings, smtp_host=""))
    worker.handle(mail.TASK, mail.delivery(postman))
    with program.database.unit_of_work() as session:
        mail.send_later(session, "ada@example.org", "Hello", "Text", clock())
    for _ in range(MOST_ATTEMPTS + 3):
        worker.drain(clock)
        clock.advance(days=1)
    task = only_task(program)
    assert (task.state, task.attempts) == ("waiting", 0)
    assert "SMTP_HOST" in (task.last_error or "")


def test_faulty_work_is_given_up_after_its_attempts(program: Program, clock: FrozenClock) -> None:
    def fail(_session: Session, _payload: dict[str, Any], _now: datetime) -> None:
        raise ValueError("broken")

    worker = Worker(program.database.unit_of_work, {"thing": fail})
    with program.database.unit_of_work() as session:
        outbox.put(session, "thing", {}, clock())
    for _ in range(MOST_ATTEMPTS):
        assert worker.drain(clock) == 1
        clock.advance(days=1)
    assert worker.drain(clock) == 0
    assert only_task(program).state == "failed"


def test_task_that_another_worker_holds_is_left_alone(program: Program, clock: FrozenClock) -> None:
    done: list[int] = []

    def look_again(_session: Session, _payload: dict[str, Any], _now: datetime) -> None:
        done.append(1)

    worker = Worker(program.database.unit_of_work, {"thing": look_again})
    with program.database.unit_of_work() as session:
        outbox.put(session, "thing", {}, clock())
        assert worker._claim(session, clock()) is not None
    assert (worker.drain(clock), done) == (0, [])
    clock.advance(minutes=6)
    assert (worker.drain(clock), done) == (1, [1])


def test_worker_that_cannot_be_woken_does_not_undo_what_was_committed(
    program: Program, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_task: object) -> None:
        raise OSError("the queue is away")

    monkeypatch.setattr(program.queue, "enqueue", away)
    with program.database.unit_of_work() as session:
        outbox.put(session, "thing", {}, clock())
    assert only_task(program).state == "waiting"
