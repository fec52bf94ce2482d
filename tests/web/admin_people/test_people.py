"""The list of people, one person, invitations."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from lms.core.web.context import Program
from tests.makers import PASSWORD, add_person
from tests.web.accounts.mailbox import mails


def names(page: str) -> list[str]:
    return re.findall(r'<a href="/admin/people/[\w-]{22}"><bdi>(.*?)</bdi>', page)


@pytest.fixture
def crowd(program: Program) -> None:
    add_person(program, "lina@example.org", name="Lina Learner")
    add_person(program, "tom@example.org", name="Tom Trainer", trains=["course-a"])
    add_person(program, "uma@other.example", name="Uma Unconfirmed", confirmed=False)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Ada Admin", "Lina Learner", "Tom Trainer", "Uma Unconfirmed"]),
        ("?q=lina", ["Lina Learner"]),
        ("?q=OTHER.example", ["Uma Unconfirmed"]),
        ("?q=%25", []),
        ("?role=administrator", ["Ada Admin"]),
        ("?role=trainer", ["Tom Trainer"]),
        ("?role=learner", ["Lina Learner", "Uma Unconfirmed"]),
        ("?state=unconfirmed", ["Uma Unconfirmed"]),
        ("?state=suspended", []),
        ("?role=trainer&q=lina", []),
        ("?page=99", []),
    ],
)
def test_list_is_searched_and_filtered(
    desk: FlaskClient, crowd: None, query: str, found: list[str]
) -> None:
    assert names(desk.get(f"/admin/people{query}").text) == found


def statements_of(program: Program, client: FlaskClient, path: str) -> int:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    engine = program.database.engine
    event.listen(engine, "before_cursor_execute", note)
    assert client.get(path).status_code == 200
    event.remove(engine, "before_cursor_execute", note)
    return len(seen)


@pytest.mark.parametrize("path", ["/admin/people", "/admin/audit", "/admin"])
def test_pages_take_the_same_number_of_statements_for_3_and_for_300_people(
    desk: FlaskClient, program: Program, path: str
) -> None:
    for number in range(3):
        add_person(program, f"few{number}@example.org", trains=["course-a"])
    few = statements_of(program, desk, path)
    for number in range(300):
        add_person(program, f"many{number}@example.org", trains=["course-a", "course-b"])
    assert statements_of(program, desk, path) == few


def test_long_list_comes_in_pages(desk: FlaskClient, program: Program) -> None:
    for number in range(30):
        add_person(program, f"p{number:02}@example.org", name=f"Person {number:02}")
    assert len(names(desk.get("/admin/people").text)) == 25
    second = desk.get("/admin/people?page=2").text
    assert len(names(second)) == 6
    assert 'aria-current="page"' in second


def test_invited_person_chooses_name_and_password(
    app: Flask, desk: FlaskClient, program: Program
) -> None:
    assert desk.get("/admin/people/invite").status_code == 200
    data = {"name": "Ines Invited", "email": "Ines@example.org"}
    answer = desk.post("/admin/people/invite", data=data)
    assert answer.status_code == 303
    assert "Invited" in desk.get(answer.location).text
    (mail,) = mails(program, "ines@example.org")

    guest = app.test_client()
    assert 'value="Ines Invited"' in guest.get(mail.link).text
    chosen = {"name": "Inés Invitada", "password": PASSWORD}
    assert guest.post(mail.link, data=chosen).location == "/sign-in"
    assert guest.post(mail.link, data=chosen).status_code == 404
    signed_in = guest.post("/sign-in", data={"email": "ines@example.org", "password": PASSWORD})
    assert signed_in.status_code == 303
    page = guest.get("/profile").text
    assert "Inés Invitada" in page
    assert "not confirmed yet" not in page, "the link has proved the address"


def test_invitation_can_be_sent_again_until_it_is_accepted(
    desk: FlaskClient, program: Program, app: Flask
) -> None:
    data = {"name": "Ines Invited", "email": "ines@example.org"}
    place = desk.post("/admin/people/invite", data=data).location
    assert desk.post(f"{place}/invite-again").status_code == 303
    first, second = mails(program, "ines@example.org")
    assert app.test_client().get(first.link).status_code == 404
    app.test_client().post(second.link, data={"name": "Ines", "password": PASSWORD})
    assert desk.post(f"{place}/invite-again").status_code == 409


def test_address_with_an_account_cannot_be_invited(desk: FlaskClient, program: Program) -> None:
    add_person(program)
    data = {"name": "Somebody", "email": "LEARNER@example.org"}
    answer = desk.post("/admin/people/invite", data=data)
    assert answer.status_code == 409
    assert b"has an account with this address already" in answer.data


def test_unknown_person_is_not_found(desk: FlaskClient) -> None:
    for part in ("", "/grant", "/suspend", "/reinstate", "/roles/administrator/site/revoke"):
        assert desk.get(f"/admin/people/nobody{part}").status_code == 404
