"""Forgotten passwords."""

from flask import Flask
from flask.testing import FlaskClient

from lms.core.web.context import Program
from tests.conftest import FrozenClock
from tests.makers import PASSWORD, add_person, sign_in_as
from tests.web.accounts.mailbox import mails

EMAIL, NEW = "learner@example.org", "nine green kettles sing"


def ask(client: FlaskClient, program: Program) -> str:
    answer = client.post("/forgot", data={"email": EMAIL})
    assert (answer.status_code, answer.location) == (303, "/check-mail")
    return mails(program, EMAIL)[-1].link


def test_link_sets_a_new_password_once_and_ends_every_session(
    app: Flask, client: FlaskClient, program: Program
) -> None:
    person = add_person(program)
    elsewhere = app.test_client()
    sign_in_as(elsewhere, program, person)
    link = ask(client, program)
    assert client.get(link).status_code == 200
    assert client.post(link, data={"password": NEW}).location == "/sign-in"
    assert elsewhere.get("/profile").status_code == 303
    assert client.post(link, data={"password": "another fine long one"}).status_code == 404
    old = client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})
    assert old.status_code == 403
    assert client.post("/sign-in", data={"email": EMAIL, "password": NEW}).status_code == 303
    assert mails(program, EMAIL)[-1].subject == "Your password was changed"


def test_new_password_obeys_the_rules(client: FlaskClient, program: Program) -> None:
    add_person(program)
    link = ask(client, program)
    answer = client.post(link, data={"password": "lina learner 2026"})
    assert answer.status_code == 422
    assert client.get(link).status_code == 200, "a refused password does not use the link up"


def test_link_expires_after_an_hour_and_dies_with_a_newer_one(
    client: FlaskClient, program: Program, clock: FrozenClock
) -> None:
    add_person(program)
    first, second = ask(client, program), ask(client, program)
    assert client.get(first).status_code == 404
    clock.advance(minutes=60)
    assert client.get(second).status_code == 404


def test_link_dies_with_a_password_change(client: FlaskClient, program: Program) -> None:
    person = add_person(program)
    link = ask(client, program)
    sign_in_as(client, program, person)
    client.post("/profile/password", data={"current_password": PASSWORD, "password": NEW})
    assert client.get(link).status_code == 404


def test_reset_proves_the_address(client: FlaskClient, program: Program) -> None:
    add_person(program, confirmed=False)
    client.post(ask(client, program), data={"password": NEW})
    client.post("/sign-in", data={"email": EMAIL, "password": NEW})
    assert b"not confirmed yet" not in client.get("/profile").data


def test_unknown_address_gets_the_same_answer_and_a_mail_of_its_own(
    client: FlaskClient, program: Program
) -> None:
    answer = client.post("/forgot", data={"email": "nobody@example.org"})
    assert (answer.status_code, answer.location) == (303, "/check-mail")
    (mail,) = mails(program)
    assert mail.subject == "There is no account with this address"
    assert mail.link == "/register"


def test_confirmation_link_does_not_reset(client: FlaskClient, program: Program) -> None:
    add_person(program, confirmed=False)
    client.post("/check-mail", data={"email": EMAIL})
    secret = mails(program)[-1].link.rsplit("/", 1)[1]
    assert client.get(f"/reset/{secret}").status_code == 404
    assert client.get(f"/invitation/{secret}").status_code == 404
    assert client.get(f"/confirm/{secret}").status_code == 200
