"""The command that makes an administrator."""

import sys
from collections.abc import Callable

import click
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.accounts.addresses import canonical_email
from lms.accounts.models import Person
from lms.accounts.names import usable_name
from lms.accounts.password_rules import require_good_password
from lms.accounts.passwords import hash_password
from lms.accounts.services.registration import insert_person
from lms.accounts.services.roles import ADMINISTRATOR, SITE, grant_role
from lms.core import audit
from lms.core.errors import DomainError
from lms.core.files import exclusive
from lms.core.ids import new_public_id
from lms.core.web.context import Program

BUSY = "Another command is writing; wait until it has ended."


@click.command("create-admin")
@click.option("--email", prompt="E-mail address", help="The address to sign in with.")
@click.option("--name", prompt="Name", help="The name as people read it.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.pass_obj
def create_admin(
    open_app: Callable[[], Flask], email: str, name: str, password_stdin: bool
) -> None:
    """Make an administrator, who can sign in at once.

    Exit status: 0 made, 1 refused (the address has an account, the password is too easy), 2 wrong
    usage.
    """
    try:
        email, name = canonical_email(email), usable_name(name)
        password = _read_password(password_stdin)
        require_good_password(password, name, email)
        program: Program = open_app().extensions["waymark"]
        password_hash = hash_password(password)
        with (
            exclusive(program.settings.data / "write.lock", BUSY),
            program.database.unit_of_work() as session,
        ):
            add_administrator(session, email, name, password_hash, program)
    except DomainError as error:
        raise click.ClickException(str(error.message)) from None
    click.echo(f"{name} <{email}> administers the site. Sign in at {program.settings.base_url}.")


def _read_password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return password


def add_administrator(
    session: Session, email: str, name: str, password_hash: str, program: Program
) -> None:
    """Add a confirmed person with the role; an address with an account is refused."""
    now, public_id = program.clock(), new_public_id()
    values = {
        "public_id": public_id,
        "email": email,
        "name": name,
        "password_hash": password_hash,
        "confirmed_at": now,
        "created_at": now,
    }
    if not insert_person(session, values):
        raise click.ClickException(
            f"{email} has an account already. Choose another address, or let an administrator "
            "grant the role on the person's page."
        )
    person_id = session.scalar(select(Person.id).where(Person.public_id == public_id))
    audit.record(session, person_id, "person.created", f"person:{public_id}", now)
    grant_role(session, None, public_id, ADMINISTRATOR, SITE, now)
