"""What is known of people and their sessions."""

from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from lms.accounts.models import Grant, LoginSession, Person
from lms.core.ids import hash_secret
from lms.core.web.auth import Viewer


def load_viewer(session: Session, token: str, now: datetime) -> Viewer | None:
    """Return the person behind a session token, with their roles, in one statement."""
    rows = session.execute(
        select(
            Person.id,
            Person.public_id,
            Person.name,
            Person.email,
            Person.locale,
            Person.time_zone,
            Person.confirmed_at,
            LoginSession.id,
            Grant.role,
            Grant.scope,
        )
        .join(LoginSession, LoginSession.person_id == Person.id)
        .outerjoin(Grant, and_(Grant.person_id == Person.id, Grant.revoked_at.is_(None)))
        .where(
            LoginSession.token_hash == hash_secret(token),
            LoginSession.revoked_at.is_(None),
            LoginSession.expires_at > now,
            Person.suspended_at.is_(None),
        )
    ).all()
    if not rows:
        return None
    first = rows[0]
    scopes = {row[9].removeprefix("course:") for row in rows if row[8] == "trainer"}
    return Viewer(
        person_id=first[0],
        public_id=first[1],
        name=first[2],
        email=first[3],
        locale=first[4],
        time_zone=first[5],
        is_confirmed=first[6] is not None,
        session_id=first[7],
        is_administrator=any(row[8] == "administrator" for row in rows),
        trains=frozenset(scopes),
    )
