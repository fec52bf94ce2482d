"""The trainer's courses and the table of the cohort."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.core.ids import new_public_id
from lms.learning.models import Enrolment, LessonMark
from tests.classroom import Classroom, counted_statements
from tests.courses import make_course
from tests.makers import add_person, make_person, sign_in_as

COHORT = "/studio/courses/small"


def fill(room: Classroom, number: int) -> None:
    """Enrol people, each a lesson further than the one before."""
    lessons = [lesson.id for lesson in room.course.course.lessons()]
    with room.unit() as session:
        for n in range(number):
            person = make_person(session, f"p{n}@example.org", f"Person {n:03}")
            row = Enrolment(
                public_id=new_public_id(),
                person_id=person.id,
                course_id=room.course.course_id,
                state="active",
                applied_at=room.clock(),
            )
            session.add(row)
            session.flush()
            for lesson in lessons[: n % 4]:
                session.add(
                    LessonMark(
                        enrolment_id=row.id,
                        lesson_key=lesson,
                        revision_id=room.course.revision_id,
                        marked_at=room.clock(),
                    )
                )


def names(page: str) -> list[str]:
    return re.findall(r'person-name">([^<]*)<', page)


def test_a_trainer_sees_the_own_courses_with_counts(trainer: FlaskClient, room: Classroom) -> None:
    with room.unit() as session:
        make_course(session, "foreign", title="Foreign course")
    fill(room, 2)
    page = trainer.get("/studio").text
    assert "Small course" in page
    assert "2 learning" in page
    assert "Foreign course" not in page
    assert "lms publish" in page


def test_an_administrator_sees_every_course(app: Flask, room: Classroom) -> None:
    person = add_person(room.program, "admin@example.org", administrator=True)
    client = app.test_client()
    sign_in_as(client, room.program, person)
    assert "Small course" in client.get("/studio").text
    assert client.get(COHORT).status_code == 200


def test_learners_have_no_business_in_the_studio(app: Flask, room: Classroom) -> None:
    person = add_person(room.program, "other@example.org")
    client = app.test_client()
    sign_in_as(client, room.program, person)
    assert client.get("/studio").status_code == 403
    for path in (COHORT, f"{COHORT}/applications", f"{COHORT}/preview"):
        assert client.get(path).status_code == 404


def test_the_cohort_shows_how_far_everybody_is(trainer: FlaskClient, room: Classroom) -> None:
    room.enrol()
    room.mark("small-m1-l1")
    room.mark("small-m1-l2")
    room.sit("small-q1")
    page = trainer.get(COHORT).text
    assert "Lina Learner" in page
    assert "Module 1: done" in page
    assert "Module 2: open" in page
    assert "100 %" in page


def test_the_cohort_can_be_searched_and_sorted(trainer: FlaskClient, room: Classroom) -> None:
    fill(room, 8)
    assert names(trainer.get(f"{COHORT}?q=person+003").text) == ["Person 003"]
    assert names(trainer.get(f"{COHORT}?q=P5@example").text) == ["Person 005"]
    assert names(trainer.get(f"{COHORT}?sort=name&order=down").text)[0] == "Person 007"
    by_progress = names(trainer.get(f"{COHORT}?sort=progress&order=down").text)
    assert by_progress[:2] == ["Person 003", "Person 007"]
    assert "Nobody fits that search" in trainer.get(f"{COHORT}?q=zzz").text
    assert names(trainer.get(f"{COHORT}?state=completed").text) == []
    assert len(names(trainer.get(f"{COHORT}?sort=odd&state=odd&order=odd").text)) == 8


def test_a_percent_sign_in_a_search_is_a_percent_sign(
    trainer: FlaskClient, room: Classroom
) -> None:
    fill(room, 2)
    assert names(trainer.get(f"{COHORT}?q=%25").text) == []


@pytest.mark.parametrize("number", [3, 300])
def test_the_cohort_costs_the_same_for_3_and_300_learners(
    trainer: FlaskClient, room: Classroom, number: int
) -> None:
    fill(room, number)
    trainer.get(COHORT)
    with counted_statements(room.program) as statements:
        page = trainer.get(COHORT).text
    assert len(statements) == 6, statements  # session, course, count, rows, facts, attempts
    assert len(names(page)) == min(number, 25)
    assert f"{number} learners" in page


def test_applications_and_counts_cost_the_same_for_3_and_300(
    trainer: FlaskClient, room: Classroom
) -> None:
    with counted_statements(room.program) as few:
        trainer.get("/studio")
    fill(room, 300)
    with counted_statements(room.program) as many:
        trainer.get("/studio")
    assert len(few) >= len(many)
