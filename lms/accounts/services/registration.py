"""Joining: register, confirm the address, ask for the mail again."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.accounts import limits, mails
from lms.accounts.models import Person
from lms.accounts.services.sign_in import Visit
from lms.accounts.services.tokens import issue_token
from lms.core import audit
from lms.core.ids import new_public_id
from lms.core.records import insert


def open_register(session: Session, visit: Visit, now: datetime) -> None:
    """Count a registration, before the costly hash of its password is made."""
    limits.knock(session, limits.REGISTER, visit.email, visit.address, now)


def register(
    session: Session, visit: Visit, name: str, password_hash: str, base_url: str, now: datetime
) -> None:
    """Add a person and mail a link that confirms the address; name and address are clean.

    An address that has an account already gets a mail that says so; the caller cannot tell.
    Of many registrations with one address at the same moment exactly one makes the person.
    """
    values = {
        "public_id": new_public_id(),
        "email": visit.email,
        "name": name,
        "password_hash": password_hash,
        "created_at": now,
    }
    is_new = insert_person(session, values)
    person = session.scalars(select(Person).where(Person.email == visit.email)).one()
    if is_new:
        audit.record(session, person.id, "person.registered", f"person:{person.public_id}", now)
        send_confirmation(session, person, base_url, now)
    else:
        secret = issue_token(session, person, "reset", person.email, now)
        mails.send_already_registered(session, person.email, f"{base_url}/reset/{secret}", now)


def insert_person(session: Session, values: dict[str, object]) -> bool:
    """Insert a person unless the address is taken; return whether it was free."""
    statement = insert(session, Person).values(values)
    free = statement.on_conflict_do_nothing(index_elements=["email"])
    return session.scalar(free.returning(Person.id)) is not None


def send_confirmation(session: Session, person: Person, base_url: str, now: datetime) -> None:
    """Mail a fresh link that confirms the person's address."""
    secret = issue_token(session, person, "confirm", person.email, now)
    mails.send_confirmation(session, person.email, f"{base_url}/confirm/{secret}", now)


def resend_confirmation(session: Session, visit: Visit, base_url: str, now: datetime) -> None:
    """Mail the link again if the address waits for it; the caller cannot tell."""
    limits.knock(session, limits.CONFIRM_MAIL, visit.email, visit.address, now)
    person = session.scalar(
        select(Person).where(
            Person.email == visit.email,
            Person.confirmed_at.is_(None),
            Person.password_hash.is_not(None),
        )
    )
    if person is not None:
        send_confirmation(session, person, base_url, now)
