"""Every page costs as many statements with three rows as with three hundred."""

from collections.abc import Mapping

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from lms.accounts.models import Person
from lms.assessment import services
from lms.certificates.models import Certificate, Eligibility
from lms.core.web.context import Program
from tests.conftest import FrozenClock
from tests.courses import make_course
from tests.faults.hall import KEY
from tests.features.statements.counting import counted
from tests.features.statements.crowd import LESSON, Crowd

FEW, MANY = 3, 300
# What lists nothing: files, fragments, mailed links, and forms about one thing.
WITHOUT_LISTS = {
    "static",
    "site.styleguide",
    "accounts.confirm",
    "accounts.reset",
    "accounts.invitation",
    "catalog.media",
    "certificates.pdf",
    "learning.apply",
    "learning.fresh_check",
    "studio.preview_fresh_check",
    "admin.logo",
    "admin.reinstate",
    "admin.revoke",
}


@pytest.fixture
def crowd(app: Flask, clock: FrozenClock) -> Crowd:
    """A site in which the learner has a graded attempt, an open one and a certificate."""
    app.config["WTF_CSRF_ENABLED"] = False
    found = Crowd(app)
    hall, learner = found.hall, found.learner
    for seed, is_right in ((b"first", False), (b"second", True)):
        with hall.program.database.unit_of_work() as session:
            attempt = services.start_attempt(
                session, learner.person_id, hall.course, hall.quiz, clock(), seed
            )
        answers = [
            services.Answer(number, hall.response(slot, is_right), 0, f"op:{number}")
            for number, slot in enumerate(hall.form_of(attempt).slots)
        ]
        with app.app_context(), hall.program.database.unit_of_work() as session:
            services.save_responses(session, learner.person_id, attempt, answers, clock())
            services.submit_attempt(session, learner.person_id, attempt, clock())
    found.arguments = {"attempt_id": attempt, "slug": KEY, "lesson": LESSON, "bank": KEY}
    found.arguments |= {"quiz": hall.quiz.id, "item": f"{KEY}-p1-1"}
    return found


def addresses(crowd: Crowd) -> Mapping[str, str]:
    """Return the address of every page that may list something: endpoint -> path."""
    with crowd.program.database.read() as session:
        code = session.scalars(select(Certificate.code).order_by(Certificate.id)).first()
        waiting = session.scalars(select(Eligibility.public_id).order_by(Eligibility.id)).first()
        learner = session.get_one(Person, crowd.learner.person_id).public_id
    adapter = crowd.app.url_map.bind("localhost")
    found = {}
    for rule in crowd.app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in WITHOUT_LISTS:
            continue
        values = crowd.arguments | {"code": code or ""}
        is_about_people = rule.endpoint.startswith("admin.") and "people" in rule.rule
        values["public_id"] = learner if is_about_people else waiting or ""
        wanted = {name: values[name] for name in rule.arguments}
        found[rule.endpoint] = adapter.build(rule.endpoint, wanted)
    return found


def cost_of_pages(crowd: Crowd, client: FlaskClient, program: Program) -> dict[str, list[str]]:
    """Return the statements of every page, read by whoever may read it."""
    found = {}
    for endpoint, path in addresses(crowd).items():
        is_staff = endpoint.startswith(("admin.", "studio."))
        cookie = crowd.chief_cookie if is_staff else crowd.learner.cookie
        client.set_cookie("session", cookie.removeprefix("session="))
        client.get(path)  # fills the memory of published courses
        with counted(program.database) as statements:
            answer = client.get(path)
        assert answer.status_code in (200, 302, 303), f"{path}: {answer.status_code}"
        found[endpoint] = statements.texts
    return found


def test_no_page_costs_more_statements_with_three_hundred_rows_than_with_three(
    crowd: Crowd, client: FlaskClient, program: Program
) -> None:
    crowd.grow(FEW)
    before = cost_of_pages(crowd, client, program)
    crowd.grow(MANY)
    after = cost_of_pages(crowd, client, program)
    differ = {
        endpoint: (len(before[endpoint]), len(texts), *texts[-2:])
        for endpoint, texts in after.items()
        if len(texts) != len(before[endpoint])
    }
    assert differ == {}


LISTS_OF_COURSES = (
    "/",
    "/home",
    "/transcript",
    "/studio",
    "/admin",
    "/admin/people",
    "/admin/people/invite",
    "/admin/awards",
    "/admin/certificates",
    "/admin/eligibilities",
)


def cost_of_lists(crowd: Crowd, client: FlaskClient, program: Program) -> dict[str, int]:
    client.set_cookie("session", crowd.chief_cookie.removeprefix("session="))
    found = {}
    for path in LISTS_OF_COURSES:
        client.get(path)
        with counted(program.database) as statements:
            assert client.get(path).status_code == 200
        found[path] = len(statements.texts)
    return found


def test_lists_cost_the_same_when_not_every_course_fits_into_memory(
    crowd: Crowd, client: FlaskClient, program: Program
) -> None:
    program.database.info["revisions"].most = 2
    few, many = 3, 9
    for number in range(many):
        if number == few:
            before = cost_of_lists(crowd, client, program)
        with crowd.app.app_context(), program.database.unit_of_work() as session:
            make_course(session, f"course-{number}", title=f"Course {number}", lessons=1)
    assert cost_of_lists(crowd, client, program) == before
