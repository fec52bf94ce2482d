"""The preview: everything open, nothing kept but the note that keys were seen."""

from flask.testing import FlaskClient
from sqlalchemy import func, select

from lms.core.audit import AuditEntry
from lms.core.db import Base
from tests.classroom import Classroom

PREVIEW = "/studio/courses/small/preview"


def learning_rows(room: Classroom) -> int:
    tables = ("enrolment", "presence", "lesson_mark", "practice_answer", "attempt")
    with room.program.database.read() as session:
        return sum(
            session.scalar(select(func.count()).select_from(Base.metadata.tables[name])) or 0
            for name in tables
        )


def test_every_lesson_is_open_and_leads_to_previews(trainer: FlaskClient, room: Classroom) -> None:
    assert "Nothing that you do here is kept." in trainer.get(PREVIEW).text
    page = trainer.get(f"{PREVIEW}/lessons/small-m2-l2").text
    assert "Words of lesson 2.2." in page
    assert f"{PREVIEW}/lessons/small-m1-l1" in page
    assert 'href="/courses/small/lessons' not in page
    assert "Mark as done" not in page
    assert trainer.get(f"{PREVIEW}/glossary").status_code == 200


def test_checks_work_and_leave_no_trace(trainer: FlaskClient, room: Classroom) -> None:
    check = f"{PREVIEW}/checks/small/small-p2-2"
    form = {"deal": "00" * 8, "check-small-small-p2-2-choice": "0"}
    page = trainer.post(check, data=form).text
    assert "KEY-CANARY" in page
    assert "Words of lesson 2.2." in page
    card = trainer.post(check, data=form, headers={"X-Fragment": "check"}).text
    assert "Words of lesson" not in card
    assert trainer.get(check).location.startswith(f"{PREVIEW}/lessons/small-m2-l2#")
    assert learning_rows(room) == 0


def test_a_quiz_shows_its_items_with_keys_and_the_audit_log_knows(
    trainer: FlaskClient, room: Classroom
) -> None:
    page = trainer.get(f"{PREVIEW}/quizzes/small-q1").text
    assert "4 items may be drawn" in page
    assert "KEY-CANARY" in page
    assert "/start" not in page
    assert learning_rows(room) == 0
    with room.program.database.read() as session:
        seen = session.scalars(
            select(AuditEntry.subject).where(AuditEntry.action == "keys.viewed")
        ).all()
    assert seen == ["quiz:small/small-q1"]


def test_strangers_and_learners_see_no_preview(client: FlaskClient, room: Classroom) -> None:
    for path in (PREVIEW, f"{PREVIEW}/lessons/small-m1-l1", f"{PREVIEW}/quizzes/small-q1"):
        assert client.get(path).status_code == 303
