"""A course with its trainer, and the trainer's browser."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.core.web.context import Program
from tests.classroom import Classroom, open_classroom
from tests.conftest import FrozenClock
from tests.makers import add_person, sign_in_as


@pytest.fixture
def room(program: Program, clock: FrozenClock) -> Classroom:
    return open_classroom(program, clock)


@pytest.fixture
def trainer(app: Flask, room: Classroom) -> FlaskClient:
    """The browser of somebody who trains the course `small` and no other."""
    app.config["WTF_CSRF_ENABLED"] = False
    person = add_person(room.program, "trainer@example.org", name="Tariq Trainer", trains=["small"])
    client = app.test_client()
    sign_in_as(client, room.program, person)
    return client
