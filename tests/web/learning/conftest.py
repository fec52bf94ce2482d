"""A course, and browsers of a visitor and of a learner."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from lms.accounts.models import Person
from lms.core.web.context import Program
from tests.classroom import Classroom, open_classroom
from tests.conftest import FrozenClock
from tests.makers import sign_in_as


@pytest.fixture
def room(program: Program, clock: FrozenClock) -> Classroom:
    return open_classroom(program, clock, cool_down=10)


@pytest.fixture
def learner(app: Flask, room: Classroom) -> FlaskClient:
    """The browser of the room's learner, signed in and not enrolled."""
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    with room.program.database.read() as session:
        person = session.scalars(select(Person).where(Person.id == room.learner.person_id)).one()
    sign_in_as(client, room.program, person)
    return client
