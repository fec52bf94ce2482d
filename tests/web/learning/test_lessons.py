"""Lessons, marks and checks in a browser without JavaScript, and the fragments for one with it."""

import re

from flask.testing import FlaskClient
from sqlalchemy import func, select

from lms.assessment.models import PracticeAnswer
from lms.learning.models import Presence
from tests.classroom import Classroom

COURSE = "/courses/small"
FIRST = f"{COURSE}/lessons/small-m1-l1"
SECOND = f"{COURSE}/lessons/small-m1-l2"
CHECK = f"{COURSE}/checks/small/small-p1-1"
FIELD = "check-small-small-p1-1-choice"


def kept(room: Classroom) -> int:
    with room.program.database.read() as session:
        return session.scalar(select(func.count()).select_from(PracticeAnswer)) or 0


def test_the_first_lesson_is_open_to_everybody(client: FlaskClient, room: Classroom) -> None:
    page = client.get(FIRST)
    assert page.status_code == 200
    assert "Words of lesson 1.1." in page.text
    assert "Mark as done" not in page.text
    assert client.get(SECOND).location.startswith("/sign-in")


def test_the_other_lessons_are_for_the_enrolled(learner: FlaskClient, room: Classroom) -> None:
    answer = learner.get(SECOND)
    assert answer.status_code == 403
    assert "for those who take this course" in answer.text
    room.enrol()
    assert learner.get(SECOND).status_code == 200


def test_a_locked_lesson_explains_what_is_missing(learner: FlaskClient, room: Classroom) -> None:
    room.enrol()
    answer = learner.get(f"{COURSE}/lessons/small-m2-l1")
    assert answer.status_code == 403
    assert "Opens when you have completed “Module 1”." in answer.text
    assert "Words of lesson 2.1" not in answer.text


def test_marking_a_lesson_goes_on_to_the_next(learner: FlaskClient, room: Classroom) -> None:
    room.enrol()
    assert learner.post(f"{FIRST}/done").location == SECOND
    assert learner.post(f"{SECOND}/done").location == f"{COURSE}/quizzes/small-q1"
    assert "Not done after all" in learner.get(FIRST).text
    assert learner.post(f"{FIRST}/done", data={"undo": "yes"}).location == FIRST
    assert "Mark as done" in learner.get(FIRST).text


def test_a_lesson_of_a_locked_module_cannot_be_marked(
    learner: FlaskClient, room: Classroom
) -> None:
    room.enrol()
    assert learner.post(f"{COURSE}/lessons/small-m2-l1/done").status_code == 403


def test_reading_remembers_the_place_once(learner: FlaskClient, room: Classroom) -> None:
    room.enrol()
    learner.get(FIRST)
    room.clock.advance(minutes=5)
    learner.get(FIRST)
    with room.program.database.read() as session:
        [seen] = session.scalars(select(Presence))
    assert seen.seen_at < room.clock()
    learner.get(SECOND)
    with room.program.database.read() as session:
        [seen] = session.scalars(select(Presence))
    assert (seen.lesson_key, seen.seen_at) == ("small-m1-l2", room.clock())


def test_a_check_tells_nothing_before_it_is_answered(client: FlaskClient, room: Classroom) -> None:
    assert "KEY-CANARY" not in client.get(FIRST).text
    assert "KEY-CANARY" not in client.get(CHECK, headers={"X-Fragment": "check"}).text


def deal_of(page: str) -> str:
    found = re.search(r'name="deal" value="([0-9a-f]{16})"', page)
    assert found
    return found[1]


def test_a_check_is_explained_in_its_lesson(client: FlaskClient, room: Classroom) -> None:
    form = {"deal": deal_of(client.get(FIRST).text), FIELD: "0"}
    page = _without_csrf(client).post(CHECK, data=form)
    assert page.status_code == 200
    assert page.text.count("KEY-CANARY") == 3
    assert "Words of lesson 1.1." in page.text


def test_a_script_gets_the_card_alone(client: FlaskClient, room: Classroom) -> None:
    form = {"deal": "00" * 8, FIELD: "1"}
    page = _without_csrf(client).post(CHECK, data=form, headers={"X-Requested-With": "fetch"})
    assert 'id="check-small-small-p1-1"' in page.text
    assert "Words of lesson" not in page.text


def test_an_empty_answer_is_asked_for(client: FlaskClient, room: Classroom) -> None:
    page = _without_csrf(client).post(CHECK, data={"deal": "00" * 8})
    assert "Answer the question first." in page.text
    assert "KEY-CANARY" not in page.text


def test_a_visitors_answer_is_not_stored(client: FlaskClient, room: Classroom) -> None:
    _without_csrf(client).post(CHECK, data={"deal": "00" * 8, FIELD: "1"})
    assert kept(room) == 0


def test_a_learners_answer_is_stored(learner: FlaskClient, room: Classroom) -> None:
    learner.post(CHECK, data={"deal": "00" * 8, FIELD: "1"})
    assert kept(room) == 0, "somebody who is not enrolled is a visitor here"
    room.enrol()
    learner.post(CHECK, data={"deal": "00" * 8, FIELD: "1"})
    assert kept(room) == 1


def test_items_of_quizzes_are_no_checks(learner: FlaskClient, room: Classroom) -> None:
    room.enrol()
    for item in ("small-z1-2", "small-x1-1", "nothing"):
        path = f"{COURSE}/checks/small/{item}"
        assert learner.get(path).status_code == 404
        assert learner.post(path, data={"choice": "0"}).status_code == 404


def test_a_check_of_a_locked_lesson_is_locked(learner: FlaskClient, room: Classroom) -> None:
    room.enrol()
    answer = learner.post(
        f"{COURSE}/checks/small/small-p2-1", data={"check-small-small-p2-1-choice": "0"}
    )
    assert answer.status_code == 403
    assert "KEY-CANARY" not in answer.text


def _without_csrf(client: FlaskClient) -> FlaskClient:
    client.application.config["WTF_CSRF_ENABLED"] = False
    return client
