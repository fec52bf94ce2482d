"""Secrets that are mailed: stored as a hash, used once, soon expired."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from lms.accounts.models import OneTimeToken, Person
from lms.core.errors import DomainError
from lms.core.ids import hash_secret, new_secret
from lms.core.text import sentence

LIFETIMES = {
    "confirm": timedelta(days=3),
    "reset": timedelta(hours=1),
    "invite": timedelta(days=14),
    "email": timedelta(days=1),
}


class LinkRefused(DomainError):  # noqa: N818 - reads as what happened
    """A mailed link is unknown, used or expired; the answer is the same for all three."""

    status = 404

    def __init__(self) -> None:
        super().__init__(
            sentence("This link has been used already, has expired, or was not copied completely.")
        )


def issue_token(session: Session, person: Person, purpose: str, email: str, now: datetime) -> str:
    """Return a new secret for a mail to `email`; an older one of the same purpose dies."""
    end_tokens(session, person.id, now, purpose)
    secret = new_secret()
    session.add(
        OneTimeToken(
            token_hash=hash_secret(secret),
            purpose=purpose,
            person_id=person.id,
            email=email,
            created_at=now,
            expires_at=now + LIFETIMES[purpose],
        )
    )
    return secret


def redeem_token(
    session: Session, secret: str, purposes: tuple[str, ...], now: datetime
) -> OneTimeToken:
    """Use a secret up and return its row; raise LinkRefused where it does not open anything."""
    token = session.scalar(
        select(OneTimeToken)
        .where(
            OneTimeToken.token_hash == hash_secret(secret),
            OneTimeToken.purpose.in_(purposes),
            OneTimeToken.used_at.is_(None),
            OneTimeToken.expires_at > now,
        )
        .with_for_update()
    )
    if token is None:
        raise LinkRefused
    token.used_at = now
    return token


def end_tokens(session: Session, person_id: int, now: datetime, purpose: str | None = None) -> None:
    """Make a person's open secrets worthless, of one purpose or of all."""
    open_ones = update(OneTimeToken).where(
        OneTimeToken.person_id == person_id, OneTimeToken.used_at.is_(None)
    )
    if purpose is not None:
        open_ones = open_ones.where(OneTimeToken.purpose == purpose)
    session.execute(open_ones.values(used_at=now))
