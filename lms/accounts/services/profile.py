"""What people set about themselves."""

from datetime import datetime

from sqlalchemy.orm import Session

from lms.accounts.models import Person
from lms.core import audit
from lms.core.web.auth import Viewer


def rename(session: Session, actor: Viewer, name: str, now: datetime) -> None:
    """Change the actor's name (already clean); issued certificates keep theirs."""
    person = session.get_one(Person, actor.person_id)
    old, person.name = person.name, name
    audit.record(
        session,
        actor.person_id,
        "person.renamed",
        f"person:{actor.public_id}",
        now,
        old=old,
        new=name,
    )


def set_language(
    session: Session, actor: Viewer, locale: str | None, time_zone: str | None, now: datetime
) -> None:
    """Set the actor's language and time zone; None follows the browser and the site."""
    person = session.get_one(Person, actor.person_id)
    person.locale, person.time_zone = locale, time_zone
    audit.record(
        session,
        actor.person_id,
        "person.language_set",
        f"person:{actor.public_id}",
        now,
        locale=locale,
        time_zone=time_zone,
    )
