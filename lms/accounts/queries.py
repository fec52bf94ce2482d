"""What is known of people and their sessions."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from lms.accounts.browsers import describe_browser
from lms.accounts.models import Grant, LoginSession, OneTimeToken, Person
from lms.core.ids import hash_secret
from lms.core.web.auth import Viewer

VIEWER = (  # every request asks this, so it is built once
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
        LoginSession.token_hash == bindparam("token_hash"),
        LoginSession.revoked_at.is_(None),
        LoginSession.expires_at > bindparam("now"),
        Person.suspended_at.is_(None),
    )
)


def load_viewer(session: Session, token: str, now: datetime) -> Viewer | None:
    """Return the person behind a session token, with their roles, in one statement."""
    rows = session.execute(VIEWER, {"token_hash": hash_secret(token), "now": now}).all()
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


@dataclass(frozen=True)
class OpenLink:
    """What a mailed link is about, as long as it opens something."""

    purpose: str
    email: str
    name: str
    person_email: str


def find_link(
    session: Session, secret: str, purposes: tuple[str, ...], now: datetime
) -> OpenLink | None:
    """Return what a mailed secret opens; None if it is unknown, used, expired or outdated."""
    row = session.execute(
        select(OneTimeToken.purpose, OneTimeToken.email, Person.name, Person.email)
        .join(Person, Person.id == OneTimeToken.person_id)
        .where(
            OneTimeToken.token_hash == hash_secret(secret),
            OneTimeToken.purpose.in_(purposes),
            OneTimeToken.used_at.is_(None),
            OneTimeToken.expires_at > now,
        )
    ).first()
    if row is None or (row[0] != "email" and row[1] != row[3]):
        return None
    return OpenLink(*row)


@dataclass(frozen=True)
class OpenSession:
    """One browser in which somebody is signed in."""

    browser: str
    since: datetime
    is_this_one: bool


def open_sessions(
    session: Session, person_id: int, present: int, now: datetime
) -> tuple[OpenSession, ...]:
    """Return the browsers in which a person is signed in, the newest first."""
    rows = session.scalars(
        select(LoginSession)
        .where(
            LoginSession.person_id == person_id,
            LoginSession.revoked_at.is_(None),
            LoginSession.expires_at > now,
        )
        .order_by(LoginSession.created_at.desc(), LoginSession.id.desc())
        .limit(50)
    )
    return tuple(
        OpenSession(describe_browser(row.user_agent), row.created_at, row.id == present)
        for row in rows
    )
