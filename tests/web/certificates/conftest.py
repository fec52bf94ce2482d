"""A published course, a holder with a certificate, and an administrator who is signed in.

Forms are posted without their tokens here; tests/security proves the tokens.
"""

from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.accounts.models import Person
from lms.catalog.published import PublishedCourse
from lms.core.web.context import Program
from tests.features.certificates.scene import certificates, complete, course_files, publish
from tests.makers import make_person, sign_in_as


@pytest.fixture
def app(app: Flask) -> Flask:
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@dataclass(frozen=True)
class Scene:
    """Who and what there is."""

    holder: Person
    stranger: Person
    admin: Person
    course: PublishedCourse
    code: str


@pytest.fixture
def scene(program: Program) -> Scene:
    with program.database.unit_of_work() as session:
        holder = make_person(session)
        stranger = make_person(session, "stranger@example.org", "Stan Stranger")
        admin = make_person(session, "admin@example.org", "Ada Admin", administrator=True)
        course = publish(session, course_files())
        complete(session, holder, course)
        code = certificates(session)[0].code
    return Scene(holder, stranger, admin, course, code)


@pytest.fixture
def as_admin(client: FlaskClient, program: Program, scene: Scene) -> FlaskClient:
    sign_in_as(client, program, scene.admin)
    return client


@pytest.fixture
def as_holder(client: FlaskClient, program: Program, scene: Scene) -> FlaskClient:
    sign_in_as(client, program, scene.holder)
    return client
