"""The course page and its doors."""

from dataclasses import replace

from flask.testing import FlaskClient

from lms.learning.services.applications import decide
from tests.classroom import Classroom, counted_statements
from tests.conftest import FrozenClock
from tests.courses import make_course

COURSE = "/courses/small"


def test_a_visitor_reads_the_course_page_and_is_invited(
    client: FlaskClient, room: Classroom
) -> None:
    page = client.get(COURSE).text
    assert "Small course" in page
    assert "The landing page of Small course." in page
    assert f"{COURSE}/lessons/small-m1-l1" in page
    assert f"{COURSE}/lessons/small-m1-l2" not in page
    assert "/register?next=" in page


def test_an_unknown_course_is_not_found(client: FlaskClient, room: Classroom) -> None:
    assert client.get("/courses/nowhere").status_code == 404
    assert client.get("/courses/nowhere/lessons/x").status_code == 404
    assert client.get("/courses/nowhere/sample").status_code == 404


def test_a_stranger_is_sent_to_sign_in(client: FlaskClient, room: Classroom) -> None:
    for path in ("/home", f"{COURSE}/apply", f"{COURSE}/leave", f"{COURSE}/quizzes/small-q1"):
        answer = client.get(path)
        assert answer.status_code == 303
        assert answer.location.startswith("/sign-in")


def test_enrolling_leads_back_to_the_course_with_its_next_step(
    learner: FlaskClient, room: Classroom
) -> None:
    assert "Enrol now" in learner.get(COURSE).text
    answer = learner.post(f"{COURSE}/enrol")
    assert (answer.status_code, answer.location) == (303, COURSE)
    page = learner.get(COURSE).text
    assert "Continue" in page
    assert "Next step" in page
    assert "Complete the module “Module 1”." in page


def test_enrolling_twice_says_so(learner: FlaskClient, room: Classroom) -> None:
    learner.post(f"{COURSE}/enrol")
    answer = learner.post(f"{COURSE}/enrol")
    assert answer.status_code == 409
    assert "already" in answer.text


def test_leaving_asks_first(learner: FlaskClient, room: Classroom) -> None:
    room.enrol()
    assert "Leave this course?" in learner.get(f"{COURSE}/leave").text
    assert room.row().state == "active"
    assert learner.post(f"{COURSE}/leave").status_code == 303
    assert room.row().state == "withdrawn"
    assert "You have left this course" in learner.get(COURSE).text


def test_an_application_goes_through_its_states(
    learner: FlaskClient, room: Classroom, clock: FrozenClock
) -> None:
    asking = open_second(room, clock)
    course = "/courses/asking"
    assert "Apply for this course" in learner.get(course).text
    refused = learner.post(f"{course}/apply", data={"statement": "short"})
    assert refused.status_code == 422
    assert "between 20 and 3000" in refused.text
    words = "I would like to learn this for my work."
    assert learner.post(f"{course}/apply", data={"statement": words}).status_code == 303
    assert "Your application is in" in learner.get(course).text
    assert "Being read" in learner.get("/home").text
    with asking.unit() as session:
        trainer = replace(asking.learner, trains=frozenset({"asking"}))
        ids = [asking.row().public_id]
        decide(session, trainer, asking.course, ids, "accept", "Welcome!", "", clock())
    assert "Welcome!" in learner.get(course).text
    started = learner.post(f"{course}/start")
    assert started.location == f"{course}/lessons/asking-m1-l1"
    assert asking.row().state == "active"


def open_second(room: Classroom, clock: FrozenClock) -> Classroom:
    with room.unit() as session:
        course = make_course(session, "asking", title="Asking course", enrolment="application")
    return Classroom(room.program, clock, course, room.learner)


def test_the_home_page_teaches_when_it_is_empty(learner: FlaskClient, room: Classroom) -> None:
    assert "Find a course" in learner.get("/home").text


def test_home_shows_one_next_step(learner: FlaskClient, room: Classroom) -> None:
    room.enrol()
    page = learner.get("/home").text
    assert page.count("Your next step") == 1
    assert "5 minutes" in page


def test_the_glossary_of_a_course_without_one_says_so(client: FlaskClient, room: Classroom) -> None:
    assert "No terms yet" in client.get(f"{COURSE}/glossary").text


def test_a_course_page_takes_five_statements(learner: FlaskClient, room: Classroom) -> None:
    room.enrol()
    learner.get(COURSE)
    with counted_statements(room.program) as statements:
        learner.get(COURSE)
    assert len(statements) == 5, statements  # session, course, enrolment, facts, award


def test_a_lesson_page_takes_four_statements(learner: FlaskClient, room: Classroom) -> None:
    room.enrol()
    learner.get(f"{COURSE}/lessons/small-m1-l1")
    with counted_statements(room.program) as statements:
        learner.get(f"{COURSE}/lessons/small-m1-l1")
    assert len(statements) == 4, statements  # session, course, enrolment, facts
