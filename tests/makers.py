"""One-line makers of people, courses and their doings, for every test."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from lms.accounts.models import Grant, LoginSession, Person
from lms.accounts.passwords import hash_password
from lms.core.ids import hash_secret, new_public_id, new_secret
from lms.core.web.auth import SESSION_LENGTH
from lms.core.web.context import Program
from tests.conftest import START

PASSWORD = "seven calm otters count"


@cache
def password_hash() -> str:
    """Return the hash of PASSWORD, made once for all tests."""
    return hash_password(PASSWORD)


def make_person(
    session: Session,
    email: str = "learner@example.org",
    name: str = "Lina Learner",
    confirmed: bool = True,
    administrator: bool = False,
    trains: Iterable[str] = (),
    now: datetime = START,
) -> Person:
    """Add somebody whose password is PASSWORD; the caller commits. `trains` are course ids."""
    person = Person(
        public_id=new_public_id(),
        email=email,
        name=name,
        password_hash=password_hash(),
        confirmed_at=now if confirmed else None,
        created_at=now,
    )
    session.add(person)
    session.flush()
    roles = [("administrator", "site")] if administrator else []
    roles += [("trainer", f"course:{course_id}") for course_id in trains]
    for role, scope in roles:
        session.add(Grant(person_id=person.id, role=role, scope=scope, granted_at=now))
    session.flush()
    return person


def add_person(program: Program, email: str = "learner@example.org", **details: object) -> Person:
    """Make somebody in a committed unit of work of its own; `details` as for make_person."""
    with program.database.unit_of_work() as session:
        return make_person(session, email, **details)  # type: ignore[arg-type]


def sign_in_as(client: FlaskClient, program: Program, person: Person) -> str:
    """Let the client carry a login session of `person` (already committed); return its token."""
    token, now = new_secret(), program.clock()
    with program.database.unit_of_work() as session:
        session.add(
            LoginSession(
                token_hash=hash_secret(token),
                person_id=person.id,
                created_at=now,
                expires_at=now + SESSION_LENGTH,
            )
        )
    with client.session_transaction() as browser:
        browser.clear()
        browser["_user_id"] = token
        browser["_fresh"] = True
        browser.permanent = True
    return token
