"""What outsiders can learn: nothing of accounts, nothing from logs, nothing from the database."""

import logging
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from lms.accounts import passwords
from lms.core.db import Base
from lms.core.web.context import Program
from tests.makers import add_person, sign_in_as
from tests.web.accounts.mailbox import mails

KNOWN, UNKNOWN = "learner@example.org", "nobody@example.org"
PASSWORD_CANARY = "canary yellow submarine pass"
NEW_CANARY = "another canary in the mine"


@pytest.fixture
def app(app: Flask) -> Flask:
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Count the password hashes that are computed."""
    done: list[str] = []
    real_hash, real_verify = passwords.HASHER.hash, passwords.HASHER.verify
    passwords._decoy()

    class Counting:
        def hash(self, password: str) -> str:
            done.append("hash")
            return real_hash(password)

        def verify(self, stored: str, password: str) -> bool:
            done.append("verify")
            return real_verify(stored, password)

        check_needs_rehash = staticmethod(passwords.HASHER.check_needs_rehash)

    monkeypatch.setattr(passwords, "HASHER", Counting())
    return done


@pytest.mark.parametrize("path", ["/register", "/forgot", "/check-mail", "/sign-in"])
@pytest.mark.parametrize("is_confirmed", [True, False])
def test_known_and_unknown_addresses_get_the_same_answer_and_the_same_work(
    client: FlaskClient, program: Program, hashes: list[str], path: str, is_confirmed: bool
) -> None:
    add_person(program, KNOWN, confirmed=is_confirmed)
    seen = []
    for email in (KNOWN, UNKNOWN):
        hashes.clear()
        data = {"name": "Nadia", "email": email, "password": PASSWORD_CANARY}
        answer = client.application.test_client().post(path, data=data)  # type: ignore[union-attr]
        page = answer.text.replace(email, "")
        nonce = answer.headers["Content-Security-Policy"]
        seen.append((answer.status_code, answer.location, strip(page, nonce), list(hashes)))
    assert seen[0] == seen[1]


def strip(page: str, policy: str) -> str:
    """Take away what differs between any two answers: the nonce and the form's token."""
    nonce = policy.split("'nonce-")[1].split("'")[0]
    return re.sub(r'name="csrf_token" value="[^"]+"', "", page.replace(nonce, ""))


def walk(client: FlaskClient, program: Program) -> list[str]:
    """Go through every door with planted secrets; return the secrets."""
    who = {"name": "Nadia", "email": "nadia@example.org", "password": PASSWORD_CANARY}
    client.post("/register", data=who)
    client.post(mails(program)[-1].link)
    client.post("/sign-in", data=who)
    with client.session_transaction() as browser:
        session_token = str(browser["_user_id"])
    client.post(
        "/profile/password", data={"current_password": PASSWORD_CANARY, "password": NEW_CANARY}
    )
    client.post("/profile/email", data={"email": "n2@example.org", "current_password": NEW_CANARY})
    client.post("/sign-out")
    client.post("/forgot", data=who)
    client.post("/sign-in", data=who)
    client.get("/reset/guessed-token-canary")
    client.post("/sign-in", data={"email": "\x00", "password": PASSWORD_CANARY * 60})
    links = [
        mail.text.split("http://localhost")[1].split()[0]
        for mail in mails(program)
        if "http://localhost" in mail.text
    ]
    return [
        PASSWORD_CANARY,
        NEW_CANARY,
        session_token,
        *(link.rsplit("/", 1)[1] for link in links),
    ]


def test_no_secret_is_logged(
    client: FlaskClient,
    program: Program,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    secrets = walk(client, program)
    out, err = capfd.readouterr()
    for secret in secrets:
        assert secret not in out + err + caplog.text


def test_no_secret_is_stored_in_plain(client: FlaskClient, program: Program) -> None:
    """A copy of the database opens no account; the demo's kept mails and the outbox apart."""
    secrets = walk(client, program)
    kept = {"sent_mail", "outbox_task"}
    with program.database.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            if table.name in kept:
                continue
            rows = repr(connection.execute(text(f'SELECT * FROM "{table.name}"')).all())
            for secret in secrets:
                assert secret not in rows, table.name


def test_mailed_secrets_have_128_bits(client: FlaskClient, program: Program) -> None:
    links = {secret for secret in walk(client, program) if " " not in secret}
    assert all(len(secret) >= 22 for secret in links), "22 characters of base 64 are 128 bits"


def test_stolen_token_is_worthless_after_any_change(
    app: Flask, client: FlaskClient, program: Program
) -> None:
    person = add_person(program)
    stolen = sign_in_as(client, program, person)
    thief = app.test_client()
    with thief.session_transaction() as browser:
        browser["_user_id"] = stolen
    assert thief.get("/profile").status_code == 200
    client.post("/profile/sign-out-everywhere")
    assert thief.get("/profile").status_code == 303
