"""`lms create-admin` makes an administrator, or says why not."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from lms.accounts.commands import create_admin
from lms.accounts.models import Grant, Person
from lms.accounts.policy import require_confirmed
from lms.core.errors import NotAllowed
from lms.core.files import exclusive
from lms.core.web.auth import Viewer
from lms.core.web.context import Program

GOOD = "nine green kettles sing"


def run(app: Flask, *arguments: str, typed: str = GOOD + "\n") -> Result:
    return CliRunner().invoke(create_admin, arguments, input=typed, obj=lambda: app)


def given(email: str = "Ada@Example.org", name: str = "Ada Admin") -> tuple[str, ...]:
    return ("--email", email, "--name", name, "--password-stdin")


def test_administrator_is_made_and_can_sign_in(app: Flask, program: Program) -> None:
    result = run(app, *given())
    assert result.exit_code == 0, result.output
    assert "ada@example.org" in result.output
    with program.database.read() as session:
        person = session.scalars(select(Person)).one()
        assert person.confirmed_at is not None
        assert session.scalars(select(Grant.role)).all() == ["administrator"]
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    answer = client.post("/sign-in", data={"email": "ada@example.org", "password": GOOD})
    assert answer.status_code == 303


def test_what_is_missing_is_asked_for_and_the_password_is_typed_twice(app: Flask) -> None:
    result = run(app, typed=f"ada@example.org\nAda Admin\n{GOOD}\n{GOOD}\n")
    assert result.exit_code == 0, result.output
    assert GOOD not in result.output


def test_address_with_an_account_is_refused_and_nothing_changes(
    app: Flask, program: Program
) -> None:
    run(app, *given())
    result = run(app, *given(name="Another Name"))
    assert result.exit_code == 1
    assert "has an account already" in result.output
    with program.database.read() as session:
        assert session.scalars(select(Person.name)).all() == ["Ada Admin"]


@pytest.mark.parametrize(
    ("arguments", "typed", "words"),
    [
        (given(email="nobody"), GOOD, "not an e-mail address"),
        (given(name="\u202eadA"), GOOD, "direction"),
        (given(), "short", "at least 12 characters"),
        (given(), "Ada Admin 2026", "guessed early"),
    ],
)
def test_bad_input_is_refused_in_words(
    app: Flask, program: Program, arguments: tuple[str, ...], typed: str, words: str
) -> None:
    result = run(app, *arguments, typed=typed)
    assert result.exit_code == 1
    assert words in result.output
    with program.database.read() as session:
        assert session.scalars(select(Person)).all() == []


def test_wrong_usage_ends_with_status_two(app: Flask) -> None:
    assert run(app, "--colour", "blue").exit_code == 2


def test_command_waits_for_no_other_that_writes(
    app: Flask, program: Program, tmp_path: Path
) -> None:
    with exclusive(program.settings.data / "write.lock", "held"):
        result = run(app, *given())
    assert result.exit_code != 0


def test_confirmation_is_required_in_words() -> None:
    person = Viewer(1, "id", "Lina", "l@example.org", None, None, False, 1)
    with pytest.raises(NotAllowed, match="confirm your e-mail address"):
        require_confirmed(person)
