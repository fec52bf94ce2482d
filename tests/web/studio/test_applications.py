"""Applications: one, many, and those of others."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from lms.accounts.models import Grant, Person
from lms.core.web.auth import Viewer
from lms.core.web.context import Program
from lms.learning.services.enrolments import apply
from tests.classroom import Classroom, viewer_of
from tests.conftest import START, FrozenClock
from tests.courses import make_course
from tests.makers import add_person

PAGE = "/studio/courses/asking/applications"


@pytest.fixture
def asking(program: Program, clock: FrozenClock, room: Classroom) -> Classroom:
    with program.database.unit_of_work() as session:
        course = make_course(session, "asking", title="Asking course", enrolment="application")
    return replace(room, course=course)


@pytest.fixture
def applicants(asking: Classroom) -> list[Viewer]:
    found = []
    for n in range(3):
        who = viewer_of(add_person(asking.program, f"a{n}@example.org", name=f"Applicant {n}"))
        with asking.unit() as session:
            apply(session, who, asking.course, f"Reason {n}.", "", asking.clock())
        found.append(who)
    return found


@pytest.fixture
def trainer(trainer: FlaskClient, program: Program) -> FlaskClient:
    """The room's trainer, who trains this course too."""
    with program.database.unit_of_work() as session:
        person = session.scalars(select(Person).filter_by(email="trainer@example.org")).one()
        grant = Grant(person_id=person.id, role="trainer", scope="course:asking", granted_at=START)
        session.add(grant)
    return trainer


def test_applications_are_listed_with_their_words(
    trainer: FlaskClient, applicants: list[Viewer]
) -> None:
    page = trainer.get(PAGE).text
    assert "Reason 0." in page
    assert "Applicant 2" in page
    assert "3 applications to decide" in trainer.get("/studio").text


def test_many_can_be_decided_at_once(
    trainer: FlaskClient, asking: Classroom, applicants: list[Viewer]
) -> None:
    ids = [asking.row(who).public_id for who in applicants[:2]]
    form = {"applications": ids, "verdict": "accept", "note": "Welcome!"}
    assert trainer.post(PAGE, data=form).status_code == 303
    states = [asking.row(who).state for who in applicants]
    assert states == ["accepted", "accepted", "applied"]
    assert "2 applications are accepted, and the people are told by mail." in trainer.get(PAGE).text


def test_the_waiting_list_and_the_declined_have_their_own_lists(
    trainer: FlaskClient, asking: Classroom, applicants: list[Viewer]
) -> None:
    for who, verdict in zip(applicants, ("waitlist", "decline"), strict=False):
        ids = [asking.row(who).public_id]
        trainer.post(PAGE, data={"applications": ids, "verdict": verdict})
    assert "Applicant 0" in trainer.get(f"{PAGE}?state=waitlisted").text
    assert "Applicant 1" in trainer.get(f"{PAGE}?state=declined").text
    assert "Applicant 2" in trainer.get(f"{PAGE}?state=odd").text


def test_choosing_nobody_is_refused_in_words(
    trainer: FlaskClient, applicants: list[Viewer]
) -> None:
    answer = trainer.post(PAGE, data={"verdict": "accept"})
    assert answer.status_code == 422
    assert "Choose at least one application." in answer.text


def test_a_verdict_that_does_not_exist_is_refused(
    trainer: FlaskClient, asking: Classroom, applicants: list[Viewer]
) -> None:
    ids = [asking.row(applicants[0]).public_id]
    assert trainer.post(PAGE, data={"applications": ids, "verdict": "crown"}).status_code == 404


def test_applications_to_other_courses_cannot_be_decided(
    trainer: FlaskClient, asking: Classroom, applicants: list[Viewer]
) -> None:
    ids = [asking.row(applicants[0]).public_id]
    answer = trainer.post(
        "/studio/courses/small/applications", data={"applications": ids, "verdict": "accept"}
    )
    assert answer.status_code == 404
    assert asking.row(applicants[0]).state == "applied"


def test_an_open_course_says_that_there_is_nothing_to_decide(trainer: FlaskClient) -> None:
    assert "This course is open" in trainer.get("/studio/courses/small/applications").text
