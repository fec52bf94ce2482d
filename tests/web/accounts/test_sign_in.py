"""The door: signing in and out, sessions, and where people go afterwards."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.accounts.services import roles
from lms.core.web.context import Program
from tests.conftest import FrozenClock
from tests.makers import PASSWORD, add_person, sign_in_as

EMAIL = "learner@example.org"
RIGHT = {"email": EMAIL, "password": PASSWORD}


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/profile").status_code == 200


def test_right_password_opens_the_door(client: FlaskClient, program: Program) -> None:
    add_person(program)
    assert client.get("/sign-in").status_code == 200
    answer = client.post("/sign-in", data=RIGHT | {"email": " LEARNER@example.org "})
    assert (answer.status_code, answer.location) == (303, "/home")
    assert is_signed_in(client)


def test_stranger_is_sent_to_sign_in_and_back(client: FlaskClient, program: Program) -> None:
    add_person(program)
    answer = client.get("/profile/name")
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/profile/name")
    page = client.get(answer.location)
    assert 'value="/profile/name"' in page.text
    answer = client.post("/sign-in", data=RIGHT | {"next": "/profile/name"})
    assert answer.location == "/profile/name"


def test_wrong_password_and_unknown_address_get_the_same_page(
    client: FlaskClient, program: Program
) -> None:
    add_person(program)
    wrong = client.post("/sign-in", data=RIGHT | {"password": "wrong"})
    unknown = client.post("/sign-in", data=RIGHT | {"email": "nobody@example.org"})
    assert wrong.status_code == unknown.status_code == 403
    assert b"do not belong together" in wrong.data
    assert not is_signed_in(client)


def test_suspended_person_hears_why_only_with_the_right_password(
    client: FlaskClient, program: Program
) -> None:
    person = add_person(program)
    with program.database.unit_of_work() as session:
        roles.find_person(session, person.public_id).suspended_at = program.clock()
    assert b"suspended" not in client.post("/sign-in", data=RIGHT | {"password": "x"}).data
    answer = client.post("/sign-in", data=RIGHT)
    assert answer.status_code == 403
    assert b"suspended" in answer.data


def test_signing_out_ends_the_session_in_the_database(
    app: Flask, client: FlaskClient, program: Program
) -> None:
    token = sign_in_as(client, program, add_person(program))
    assert client.post("/sign-out").status_code == 303
    with client.session_transaction() as browser:
        browser["_user_id"] = token
    assert not is_signed_in(client)


def test_session_ends_after_thirty_days(
    client: FlaskClient, program: Program, clock: FrozenClock
) -> None:
    sign_in_as(client, program, add_person(program))
    clock.advance(days=29)
    assert is_signed_in(client)
    clock.advance(days=1)
    assert not is_signed_in(client)


def test_sign_out_everywhere_asks_first_and_ends_every_browser(
    app: Flask, client: FlaskClient, program: Program
) -> None:
    person = add_person(program)
    other = app.test_client()
    for browser in (client, other):
        sign_in_as(browser, program, person)
    assert client.get("/profile/sign-out-everywhere").status_code == 200
    assert is_signed_in(other)
    client.post("/profile/sign-out-everywhere")
    assert not is_signed_in(client)
    assert not is_signed_in(other)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox, Linux",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("", "A browser"),
    ],
)
def test_profile_names_the_browsers(
    client: FlaskClient, program: Program, agent: str, words: str
) -> None:
    add_person(program)
    client.post("/sign-in", data=RIGHT, headers={"User-Agent": agent})
    page = client.get("/profile").text
    assert words in page
    assert "This browser" in page
