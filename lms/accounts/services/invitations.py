"""People whom an administrator invites: they choose a name and a password by a mailed link."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.accounts import mails
from lms.accounts.models import Person
from lms.accounts.policy import require_administrator
from lms.accounts.services.registration import insert_person
from lms.accounts.services.sessions import end_sessions
from lms.accounts.services.tokens import LinkRefused, end_tokens, issue_token, redeem_token
from lms.core import audit
from lms.core.errors import DomainError, NotFound
from lms.core.ids import new_public_id
from lms.core.site import load_profile
from lms.core.text import sentence
from lms.core.web.auth import Viewer


def invite(
    session: Session, actor: Viewer, email: str, name: str, base_url: str, now: datetime
) -> str:
    """Add a person without a password and mail a link; return the person's public id.

    Raises DomainError (field `email`) where the address has an account already.
    """
    require_administrator(actor)
    public_id = new_public_id()
    values = {"public_id": public_id, "email": email, "name": name, "created_at": now}
    if not insert_person(session, values):
        raise DomainError(
            sentence("Somebody has an account with this address already."), field="email"
        )
    person = session.scalars(select(Person).where(Person.public_id == public_id)).one()
    _mail_invitation(session, person, base_url, now)
    audit.record(
        session, actor.person_id, "person.invited", f"person:{public_id}", now, email=email
    )
    return public_id


def invite_again(
    session: Session, actor: Viewer, public_id: str, base_url: str, now: datetime
) -> None:
    """Mail a fresh invitation to somebody who has not accepted the first one."""
    require_administrator(actor)
    person = session.scalar(select(Person).where(Person.public_id == public_id))
    if person is None:
        raise NotFound(sentence("There is no such person."))
    if person.password_hash is not None:
        raise DomainError(sentence("This person has accepted the invitation already."))
    _mail_invitation(session, person, base_url, now)
    audit.record(session, actor.person_id, "person.invited_again", f"person:{public_id}", now)


def accept_invitation(
    session: Session, secret: str, name: str, password_hash: str, now: datetime
) -> None:
    """Set name and password of an invited person; the link also proves the address.

    Raises LinkRefused for a link that opens nothing.
    """
    token = redeem_token(session, secret, ("invite",), now)
    person = session.scalars(
        select(Person).where(Person.id == token.person_id).with_for_update()
    ).one()
    if token.email != person.email or person.password_hash is not None:
        raise LinkRefused
    person.name, person.password_hash = name, password_hash
    person.confirmed_at = person.confirmed_at or now
    end_tokens(session, person.id, now)
    end_sessions(session, person.id, now)
    audit.record(session, person.id, "invitation.accepted", f"person:{person.public_id}", now)


def _mail_invitation(session: Session, person: Person, base_url: str, now: datetime) -> None:
    secret = issue_token(session, person, "invite", person.email, now)
    site = load_profile(session).name
    mails.send_invitation(session, person.email, site, f"{base_url}/invitation/{secret}", now)
