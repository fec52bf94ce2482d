"""Proving that an address belongs to a person, the first one or a new one."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lms.accounts import limits, mails
from lms.accounts.models import OneTimeToken, Person
from lms.accounts.services.sign_in import Visit
from lms.accounts.services.tokens import LinkRefused, end_tokens, issue_token, redeem_token
from lms.core import audit
from lms.core.errors import DomainError
from lms.core.text import sentence
from lms.core.web.auth import Viewer


def request_email_change(
    session: Session, actor: Viewer, visit: Visit, base_url: str, now: datetime
) -> None:
    """Mail a link to the new address (`visit.email`) and a notice to the old one.

    Whether the new address already has an account is told only to its owner.
    """
    limits.knock(session, limits.CONFIRM_MAIL, f"person:{actor.person_id}", visit.address, now)
    if visit.email == actor.email:
        raise DomainError(sentence("This is your address already."), field="email")
    person = session.get_one(Person, actor.person_id)
    secret = issue_token(session, person, "email", visit.email, now)
    if session.scalar(select(exists().where(Person.email == visit.email))):
        mails.send_email_taken(session, visit.email, now)
    else:
        mails.send_email_change(session, visit.email, f"{base_url}/confirm/{secret}", now)
    mails.send_email_notice(session, person.email, visit.email, now)
    audit.record(
        session, actor.person_id, "email.change_requested", f"person:{actor.public_id}", now
    )


def confirm_address(session: Session, secret: str, now: datetime) -> str:
    """Use a link up: the address is the person's own from now on. Return the address.

    Raises LinkRefused for a link that opens nothing, or whose address was taken meanwhile.
    """
    token = redeem_token(session, secret, ("confirm", "email"), now)
    person = session.scalars(
        select(Person).where(Person.id == token.person_id).with_for_update()
    ).one()
    if token.purpose == "email":
        _move(session, person, token, now)
    elif token.email != person.email:
        raise LinkRefused
    else:
        audit.record(session, person.id, "email.confirmed", f"person:{person.public_id}", now)
    person.confirmed_at = person.confirmed_at or now
    return person.email


def _move(session: Session, person: Person, token: OneTimeToken, now: datetime) -> None:
    old, person.email = person.email, token.email
    try:
        session.flush()
    except IntegrityError:
        raise LinkRefused from None
    end_tokens(session, person.id, now)
    audit.record(
        session,
        person.id,
        "email.changed",
        f"person:{person.public_id}",
        now,
        old=old,
        new=person.email,
    )
