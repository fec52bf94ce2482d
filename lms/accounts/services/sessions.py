"""Signed-in browsers: a session begins with the right password and can end anywhere."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, update
from sqlalchemy.orm import Session

from lms.accounts.models import LoginSession, Person
from lms.core import audit
from lms.core.ids import hash_secret, new_secret
from lms.core.web.auth import SESSION_LENGTH, Viewer


def start_session(session: Session, person: Person, user_agent: str, now: datetime) -> str:
    """Return the secret token of a new login session; the person's expired ones go."""
    session.execute(
        delete(LoginSession).where(
            LoginSession.person_id == person.id, LoginSession.expires_at <= now
        )
    )
    token = new_secret()
    session.add(
        LoginSession(
            token_hash=hash_secret(token),
            person_id=person.id,
            created_at=now,
            expires_at=now + SESSION_LENGTH,
            user_agent=user_agent[:200],
        )
    )
    return token


def end_session(session: Session, actor: Viewer, now: datetime) -> None:
    """Sign the actor's present browser out."""
    _end(session, LoginSession.id == actor.session_id, now)
    audit.record(session, actor.person_id, "session.ended", f"person:{actor.public_id}", now)


def end_sessions(session: Session, person_id: int, now: datetime) -> None:
    """Sign a person out everywhere."""
    _end(session, LoginSession.person_id == person_id, now)


def sign_out_everywhere(session: Session, actor: Viewer, now: datetime) -> None:
    """Sign the actor out in every browser, this one included."""
    end_sessions(session, actor.person_id, now)
    audit.record(session, actor.person_id, "session.ended_all", f"person:{actor.public_id}", now)


def _end(session: Session, which: ColumnElement[bool], now: datetime) -> None:
    session.execute(
        update(LoginSession).where(which, LoginSession.revoked_at.is_(None)).values(revoked_at=now)
    )
