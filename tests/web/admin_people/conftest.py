"""Forms are posted without their tokens here; tests/security proves the tokens."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.accounts.models import Person
from lms.core.web.context import Program
from tests.makers import add_person, sign_in_as


@pytest.fixture
def app(app: Flask) -> Flask:
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture
def chief(program: Program) -> Person:
    return add_person(program, "chief@example.org", name="Ada Admin", administrator=True)


@pytest.fixture
def desk(client: FlaskClient, program: Program, chief: Person) -> FlaskClient:
    """A browser in which an administrator is signed in."""
    sign_in_as(client, program, chief)
    return client
