"""The door: a password was compared outside; here its outcome becomes a session or a refusal."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.accounts import limits
from lms.accounts.models import Person
from lms.accounts.services.sessions import start_session
from lms.core import audit
from lms.core.errors import DomainError, NotAllowed
from lms.core.text import sentence


class SignInRefused(DomainError):  # noqa: N818 - reads as what happened
    """Address and password do not belong together; which of them is wrong stays unsaid."""

    status = 403

    def __init__(self) -> None:
        super().__init__(
            sentence(
                "This address and this password do not belong together. "
                "Check both, or choose a new password."
            )
        )


@dataclass(frozen=True)
class Visit:
    """Somebody at the door: the folded address they typed, and where they come from."""

    email: str
    address: str
    user_agent: str


def open_door(session: Session, visit: Visit, now: datetime) -> str | None:
    """Count the attempt and return the hash to compare with, or None where there is nobody."""
    limits.knock(session, limits.SIGN_IN, visit.email, visit.address, now)
    return session.scalar(select(Person.password_hash).where(Person.email == visit.email))


def refuse_sign_in(session: Session, visit: Visit, now: datetime) -> None:
    """Write down that somebody was refused; the attempt stays counted."""
    known = session.scalar(select(Person.public_id).where(Person.email == visit.email))
    audit.record(session, None, "sign_in.refused", f"person:{known or 'unknown'}", now)


def sign_in(
    session: Session, visit: Visit, verified_hash: str, new_hash: str | None, now: datetime
) -> str:
    """Return the token of a new session of whoever was proved by `verified_hash`.

    `new_hash` replaces a hash with weaker parameters. Raises SignInRefused where the password was
    changed meanwhile, NotAllowed where the account is suspended.
    """
    person = session.scalar(select(Person).where(Person.email == visit.email).with_for_update())
    if person is None or person.password_hash != verified_hash:
        raise SignInRefused
    limits.succeed(session, limits.SIGN_IN, visit.email, visit.address)
    if person.suspended_at is not None:
        raise NotAllowed(
            sentence("This account is suspended. Please write to whoever runs this site.")
        )
    if new_hash is not None:
        person.password_hash = new_hash
    audit.record(session, person.id, "sign_in.done", f"person:{person.public_id}", now)
    return start_session(session, person, visit.user_agent, now)
