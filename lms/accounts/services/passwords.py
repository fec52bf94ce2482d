"""New passwords: by a mailed link, or by whoever knows the old one."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.accounts import limits, mails
from lms.accounts.models import Person
from lms.accounts.services.sessions import end_sessions, start_session
from lms.accounts.services.sign_in import Visit
from lms.accounts.services.tokens import LinkRefused, end_tokens, issue_token, redeem_token
from lms.core import audit
from lms.core.errors import DomainError
from lms.core.text import sentence
from lms.core.web.auth import Viewer


def request_reset(session: Session, visit: Visit, base_url: str, now: datetime) -> None:
    """Mail a link to choose a new password; an address without an account is told so by mail."""
    limits.knock(session, limits.RESET_MAIL, visit.email, visit.address, now)
    person = session.scalar(select(Person).where(Person.email == visit.email))
    if person is None:
        mails.send_no_account(session, visit.email, f"{base_url}/register", now)
        return
    secret = issue_token(session, person, "reset", person.email, now)
    mails.send_reset(session, person.email, f"{base_url}/reset/{secret}", now)


def reset_password(session: Session, secret: str, password_hash: str, now: datetime) -> None:
    """Set a new password by a mailed link, which also proves the address, and end all sessions.

    Raises LinkRefused for a link that opens nothing.
    """
    token = redeem_token(session, secret, ("reset",), now)
    person = session.scalars(
        select(Person).where(Person.id == token.person_id).with_for_update()
    ).one()
    if token.email != person.email:
        raise LinkRefused
    person.confirmed_at = person.confirmed_at or now
    limits.open_again(session, limits.SIGN_IN, person.email)
    _replace(session, person, password_hash, "password.reset", now)


def open_own_door(session: Session, actor: Viewer, address: str, now: datetime) -> str | None:
    """Count an attempt at one's own password and return the hash to compare with."""
    limits.knock(session, limits.OWN_PASSWORD, str(actor.person_id), address, now)
    return session.scalar(select(Person.password_hash).where(Person.id == actor.person_id))


def accept_own_password(session: Session, actor: Viewer, address: str) -> None:
    """Take the attempt back after the right password."""
    limits.succeed(session, limits.OWN_PASSWORD, str(actor.person_id), address)


def change_password(
    session: Session,
    actor: Viewer,
    verified_hash: str,
    password_hash: str,
    user_agent: str,
    now: datetime,
) -> str:
    """Replace the actor's password; return the token of the one session that goes on."""
    person = session.scalars(
        select(Person).where(Person.id == actor.person_id).with_for_update()
    ).one()
    if person.password_hash != verified_hash:
        raise wrong_own_password()
    _replace(session, person, password_hash, "password.changed", now)
    return start_session(session, person, user_agent, now)


def wrong_own_password() -> DomainError:
    """Return what to say to somebody who mistyped their own password."""
    return DomainError(sentence("This is not your present password."), field="current_password")


def _replace(
    session: Session, person: Person, password_hash: str, action: str, now: datetime
) -> None:
    person.password_hash = password_hash
    end_tokens(session, person.id, now)
    end_sessions(session, person.id, now)
    mails.send_password_notice(session, person.email, now)
    audit.record(session, person.id, action, f"person:{person.public_id}", now)
