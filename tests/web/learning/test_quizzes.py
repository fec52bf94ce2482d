"""The page before a quiz, its start, and the sample for everybody."""

import re

from flask.testing import FlaskClient
from sqlalchemy import func, select

from lms.assessment.models import Attempt, PracticeAnswer
from lms.core.db import Base
from tests.classroom import Classroom, counted_statements

COURSE = "/courses/small"
QUIZ = f"{COURSE}/quizzes/small-q1"


def test_the_page_tells_the_rules_before_the_start(learner: FlaskClient, room: Classroom) -> None:
    room.enrol()
    page = learner.get(QUIZ).text
    for words in ("3 questions", "60 %", "3 of 3 left", "a break of 10 minutes"):
        assert words in page
    assert "Know the things of module 1." in page


def test_starting_leads_to_the_attempt(learner: FlaskClient, room: Classroom) -> None:
    room.enrol()
    answer = learner.post(f"{QUIZ}/start")
    assert answer.status_code == 303
    with room.program.database.read() as session:
        [attempt] = session.scalars(select(Attempt))
    assert answer.location == f"/attempts/{attempt.public_id}"
    assert learner.post(f"{QUIZ}/start").location == answer.location
    assert "Continue the attempt" in learner.get(QUIZ).text
    assert "Continue the attempt" in learner.get("/home").text


def test_a_failed_attempt_tells_when_the_next_is_possible(
    learner: FlaskClient, room: Classroom
) -> None:
    room.enrol()
    room.sit("small-q1", passing=False)
    page = learner.get(QUIZ).text
    assert "9:10" in page
    assert "2 of 3 left" in page
    assert "Not passed yet" in page
    assert learner.post(f"{QUIZ}/start").status_code == 409
    room.clock.advance(minutes=10)
    assert "Start the next attempt" in learner.get(QUIZ).text
    assert learner.post(f"{QUIZ}/start").status_code == 303


def test_a_passed_quiz_needs_no_other_attempt(learner: FlaskClient, room: Classroom) -> None:
    room.enrol()
    room.sit("small-q1")
    page = learner.get(QUIZ).text
    assert "You have passed this quiz" in page
    assert f'action="{QUIZ}/start"' not in page


def test_a_locked_quiz_says_why_and_cannot_be_started(
    learner: FlaskClient, room: Classroom
) -> None:
    room.enrol()
    final = f"{COURSE}/quizzes/small-final"
    assert "Opens when you have completed “Module 1”, “Module 2”." in learner.get(final).text
    assert learner.post(f"{final}/start").status_code == 403


def test_whoever_is_not_enrolled_meets_the_gate(learner: FlaskClient, room: Classroom) -> None:
    assert learner.get(QUIZ).status_code == 403
    assert learner.post(f"{QUIZ}/start").status_code == 403


def test_the_sample_is_no_quiz_to_start(learner: FlaskClient, room: Classroom) -> None:
    room.enrol()
    assert learner.get(f"{COURSE}/quizzes/small-sample").status_code == 404
    assert learner.post(f"{COURSE}/quizzes/small-sample/start").status_code == 404


def test_completing_the_course_is_said_and_shown(learner: FlaskClient, room: Classroom) -> None:
    room.enrol()
    room.finish()
    assert "You have completed this course" in learner.get(COURSE).text
    assert "Completed on" in learner.get("/home").text


def test_a_quiz_page_takes_five_statements(learner: FlaskClient, room: Classroom) -> None:
    room.enrol()
    learner.get(QUIZ)
    with counted_statements(room.program) as statements:
        learner.get(QUIZ)
    assert len(statements) == 5, statements  # session, course, enrolment, facts, attempts


def rows_of_everything(room: Classroom) -> dict[str, int]:
    with room.program.database.read() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def test_the_sample_is_graded_and_nothing_is_stored(client: FlaskClient, room: Classroom) -> None:
    client.application.config["WTF_CSRF_ENABLED"] = False
    before = rows_of_everything(room)
    page = client.get(f"{COURSE}/sample", follow_redirects=True).text
    assert "KEY-CANARY" not in page
    found = re.search(r'name="seed" value="([0-9a-f]{16})"', page)
    assert found
    form = {"seed": found[1], "q1-choice": "0", "q2-choice": "1"}
    result = client.post(f"{COURSE}/sample", data=form).text
    assert result.count("KEY-CANARY") == 6
    assert "of 2 questions are right" in result
    assert rows_of_everything(room) == before


def test_the_sample_asks_the_same_for_the_same_address(
    client: FlaskClient, room: Classroom
) -> None:
    address = client.get(f"{COURSE}/sample").location
    titles = re.compile(r'class="question-title"[^>]*>([^<]*)')
    assert titles.findall(client.get(address).text) == titles.findall(client.get(address).text)


def test_the_sample_survives_odd_answers(client: FlaskClient, room: Classroom) -> None:
    client.application.config["WTF_CSRF_ENABLED"] = False
    form = {"seed": "not hex", "q1-choice": ["9", "8"], "q2-choice": "x" * 10_000}
    assert client.post(f"{COURSE}/sample", data=form).status_code == 200
    with room.program.database.read() as session:
        assert session.scalar(select(func.count()).select_from(PracticeAnswer)) == 0
