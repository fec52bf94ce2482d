"""Joining: register, confirm the address, ask for the mail again."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from lms.accounts.models import Person
from lms.core.web.context import Program
from tests.conftest import FrozenClock
from tests.makers import PASSWORD, add_person
from tests.web.accounts.mailbox import mails

NEWCOMER = {"name": "Nadia Newcomer", "email": "nadia@example.org", "password": PASSWORD}


def people(program: Program) -> list[Person]:
    with program.database.read() as session:
        return list(session.scalars(select(Person).order_by(Person.id)))


def test_register_confirm_and_sign_in(client: FlaskClient, program: Program) -> None:
    assert client.get("/register").status_code == 200
    answer = client.post("/register", data=NEWCOMER)
    assert (answer.status_code, answer.location) == (303, "/check-mail")
    assert b"nadia@example.org" in client.get("/check-mail").data
    (mail,) = mails(program)
    assert mail.recipient == "nadia@example.org"

    page = client.get(mail.link)
    assert page.status_code == 200
    assert people(program)[0].confirmed_at is None, "a GET confirms nothing"
    assert client.post(mail.link).location == "/sign-in"
    assert people(program)[0].confirmed_at is not None

    answer = client.post("/sign-in", data=NEWCOMER)
    assert answer.status_code == 303
    assert b"Nadia Newcomer" in client.get("/profile").data


def test_unconfirmed_person_may_sign_in_and_is_told_to_confirm(
    client: FlaskClient, program: Program
) -> None:
    client.post("/register", data=NEWCOMER)
    client.post("/sign-in", data=NEWCOMER)
    assert b"not confirmed yet" in client.get("/profile").data
    client.post("/check-mail", data={"email": NEWCOMER["email"]})
    first, second = mails(program)
    assert client.get(first.link).status_code == 404, "the newer link replaces the older one"
    assert client.get(second.link).status_code == 200


@pytest.mark.parametrize(
    "again",
    ["nadia@example.org", "NADIA@Example.ORG", "nad\u200bia@example.org", "ｎadia@example.org"],
)
def test_an_address_has_one_account_however_it_is_spelled(
    client: FlaskClient, program: Program, again: str
) -> None:
    client.post("/register", data=NEWCOMER)
    answer = client.post("/register", data=NEWCOMER | {"email": again, "name": "Mallory"})
    assert (answer.status_code, answer.location) == (303, "/check-mail")
    (person,) = people(program)
    assert person.name == "Nadia Newcomer"
    assert mails(program)[-1].subject == "You already have an account"


def test_link_of_a_second_registration_sets_a_new_password_and_proves_the_address(
    client: FlaskClient, program: Program
) -> None:
    """Whoever registered a stranger's address first gains nothing once its owner comes."""
    client.post("/register", data=NEWCOMER | {"password": "the squatter knows this"})
    client.post("/register", data=NEWCOMER)
    link = mails(program)[-1].link
    client.post(link, data={"password": PASSWORD})
    assert people(program)[0].confirmed_at is not None
    squatter = {"email": NEWCOMER["email"], "password": "the squatter knows this"}
    assert client.post("/sign-in", data=squatter).status_code == 403


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", b"write your name"),
        ("name", "N" * 121, b"at most 120 characters"),
        ("name", "Nadia\u202eaidaN", b"direction"),
        ("name", "Nadia\x07", b"control character"),
        ("name", "12345", b"at least one letter"),
        ("email", "", b"not an e-mail address"),
        ("email", "nadia@", b"not an e-mail address"),
        ("email", "nadia@example.org\r\nBcc: all@example.org", b"not an e-mail address"),
        ("email", "a" * 300 + "@example.org", b"not an e-mail address"),
        ("password", "short", b"at least 12 characters"),
        ("password", "nadia newcomer 1", b"guessed early"),
        ("password", "Password2026!", b"guessed early"),
        ("password", "x y z " * 50, b"at most 200 characters"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_changes_nothing(
    client: FlaskClient, program: Program, field: str, value: str, words: bytes
) -> None:
    answer = client.post("/register", data=NEWCOMER | {field: value})
    assert answer.status_code == 422
    assert words in answer.data
    assert f'id="{field}-error"'.encode() in answer.data
    assert people(program) == []


def test_dead_links_are_all_refused_alike(
    client: FlaskClient, program: Program, clock: FrozenClock
) -> None:
    client.post("/register", data=NEWCOMER)
    (mail,) = mails(program)
    unknown = client.get("/confirm/" + "x" * 32)
    clock.advance(days=3, seconds=1)
    expired = client.get(mail.link)
    assert unknown.status_code == expired.status_code == 404
    assert b"opens nothing" in unknown.data
    assert b"opens nothing" in client.post(mail.link).data


def test_resending_to_a_confirmed_address_sends_nothing(
    client: FlaskClient, program: Program
) -> None:
    add_person(program, "lina@example.org")
    answer = client.post("/check-mail", data={"email": "lina@example.org"})
    assert (answer.status_code, answer.location) == (303, "/check-mail")
    assert mails(program) == []


def test_outbox_shows_the_newest_mail_first_with_its_link(
    client: FlaskClient, program: Program
) -> None:
    client.post("/register", data=NEWCOMER)
    client.post("/forgot", data={"email": NEWCOMER["email"]})
    sent = mails(program)
    page = client.get("/outbox").text
    assert page.index(sent[1].subject) < page.index(sent[0].subject)
    assert f'href="http://localhost{sent[0].link}"' in page
    with program.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 1
