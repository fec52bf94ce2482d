"""The sweeper does each of its duties, whatever becomes of the others."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms import app as application
from lms.core import audit, outbox
from lms.core.audit import AuditEntry
from lms.core.errors import NotFound
from lms.core.text import Moment, sentence
from lms.core.web.context import Program
from tests.conftest import FrozenClock


def test_duty_that_fails_keeps_no_other_from_being_done(
    program: Program, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_session: Session, _now: datetime) -> int:
        raise RuntimeError("broken")

    monkeypatch.setattr(application, "expire_due", fail)
    with program.database.unit_of_work() as session:
        audit.record(session, None, "test.done", "thing:1", clock())
        outbox.put(
            session, "mail", {"recipient": "a@b.example", "subject": "", "text": ""}, clock()
        )
    program.sweep()
    with program.database.read() as session:
        assert session.scalars(select(AuditEntry.seal_no)).all() == [1]
        assert outbox.pending(session) == 0


def test_seals_go_on_where_they_ended(program: Program, clock: FrozenClock) -> None:
    for number in range(3):
        with program.database.unit_of_work() as session:
            audit.record(session, None, "test.done", f"thing:{number}", clock())
        program.sweep()
    with program.database.read() as session:
        assert session.scalars(select(AuditEntry.seal_no)).all() == [1, 2, 3]
        assert audit.broken_seal(session) is None


def test_refusal_in_a_job_is_a_sentence_in_english_and_utc(app: Flask, clock: FrozenClock) -> None:
    with app.app_context():
        refusal = NotFound(sentence("Nothing before %(moment)s.", moment=Moment(clock())))
    assert "Nothing before 2 March 2026, 09:00" in str(refusal)
