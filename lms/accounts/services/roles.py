"""Roles and standing: granted, revoked, suspended and reinstated by administrators.

The last administrator stays one. The rows that decide it are locked in the writing transaction, so
that two administrators cannot demote each other at the same moment.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.accounts.models import Grant, Person
from lms.accounts.policy import require_administrator
from lms.accounts.services.sessions import end_sessions
from lms.accounts.services.tokens import end_tokens
from lms.core import audit
from lms.core.errors import DomainError, NotFound
from lms.core.text import sentence
from lms.core.web.auth import Viewer

ADMINISTRATOR, TRAINER, SITE = "administrator", "trainer", "site"


def find_person(session: Session, public_id: str) -> Person:
    """Return the person, locked for a change; raise NotFound."""
    person = session.scalar(select(Person).where(Person.public_id == public_id).with_for_update())
    if person is None:
        raise NotFound(sentence("There is no such person."))
    return person


def grant_role(
    session: Session, actor: Viewer | None, public_id: str, role: str, scope: str, now: datetime
) -> None:
    """Give a role (`trainer` of `course:<id>`, `administrator` of `site`); a held one stays.

    The person is signed out everywhere. `actor` is None for the command line.
    """
    if actor is not None:
        require_administrator(actor)
    person = find_person(session, public_id)
    if _current_grant(session, person, role, scope) is not None:
        raise DomainError(sentence("This person holds this role already."))
    actor_id = actor.person_id if actor else None
    session.add(
        Grant(person_id=person.id, role=role, scope=scope, granted_by=actor_id, granted_at=now)
    )
    end_sessions(session, person.id, now)
    audit.record(
        session, actor_id, "role.granted", f"person:{public_id}", now, role=role, scope=scope
    )


def revoke_role(
    session: Session, actor: Viewer, public_id: str, role: str, scope: str, now: datetime
) -> None:
    """Take a role away and sign the person out everywhere; the last administrator keeps it."""
    require_administrator(actor)
    acting = lock_acting_administrators(session)
    person = find_person(session, public_id)
    grant = _current_grant(session, person, role, scope)
    if grant is None:
        raise NotFound(sentence("This person does not hold this role."))
    if role == ADMINISTRATOR:
        _require_another(acting, person)
    grant.revoked_at, grant.revoked_by = now, actor.person_id
    end_sessions(session, person.id, now)
    audit.record(
        session,
        actor.person_id,
        "role.revoked",
        f"person:{public_id}",
        now,
        role=role,
        scope=scope,
    )


def suspend(session: Session, actor: Viewer, public_id: str, reason: str, now: datetime) -> None:
    """Shut a person out at once; the last administrator cannot be suspended."""
    require_administrator(actor)
    acting = lock_acting_administrators(session)
    person = find_person(session, public_id)
    if person.suspended_at is not None:
        raise DomainError(sentence("This account is suspended already."))
    _require_another(acting, person)
    person.suspended_at = now
    end_sessions(session, person.id, now)
    end_tokens(session, person.id, now)
    audit.record(
        session, actor.person_id, "person.suspended", f"person:{public_id}", now, reason=reason
    )


def reinstate(session: Session, actor: Viewer, public_id: str, reason: str, now: datetime) -> None:
    """Let a suspended person in again."""
    require_administrator(actor)
    person = find_person(session, public_id)
    if person.suspended_at is None:
        raise DomainError(sentence("This account is not suspended."))
    person.suspended_at = None
    audit.record(
        session, actor.person_id, "person.reinstated", f"person:{public_id}", now, reason=reason
    )


def lock_acting_administrators(session: Session) -> set[int]:
    """Lock and return the people who administer the site and can sign in."""
    rows = session.execute(
        select(Grant.person_id)
        .join(Person, Person.id == Grant.person_id)
        .where(
            Grant.role == ADMINISTRATOR,
            Grant.revoked_at.is_(None),
            Person.suspended_at.is_(None),
            Person.password_hash.is_not(None),
        )
        .order_by(Grant.id)
        .with_for_update()
    )
    return {person_id for (person_id,) in rows}


def _require_another(acting: set[int], person: Person) -> None:
    if acting == {person.id}:
        raise DomainError(
            sentence(
                "This is the last administrator. Give the role to somebody else first, "
                "so that somebody can look after the site."
            )
        )


def _current_grant(session: Session, person: Person, role: str, scope: str) -> Grant | None:
    return session.scalar(
        select(Grant).where(
            Grant.person_id == person.id,
            Grant.role == role,
            Grant.scope == scope,
            Grant.revoked_at.is_(None),
        )
    )
