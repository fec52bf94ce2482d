"""The mails about certificates, in the holder's language."""

from datetime import datetime

from flask_babel import force_locale, gettext
from sqlalchemy.orm import Session

from lms.accounts.models import Person
from lms.certificates.links import Links
from lms.certificates.models import Certificate
from lms.certificates.words import revocation_reason
from lms.core.mail import send_later


def tell_issued(
    session: Session, person: Person, certificate: Certificate, links: Links, now: datetime
) -> None:
    """Tell a holder that a certificate is there."""
    with force_locale(person.locale or "en"):
        subject = gettext("Your certificate: %(title)s", title=certificate.title)
        text = gettext(
            "Hello %(name)s,\n\n"
            "congratulations: your certificate is ready.\n\n%(title)s\n\n"
            "Download it, or share it, here:\n%(mine)s\n\n"
            "Anyone can verify it here:\n%(verification)s\n",
            name=person.name,
            title=certificate.title,
            mine=links.mine,
            verification=links.verification(certificate.code),
        )
    send_later(session, person.email, subject, text, now)


def tell_waiting(session: Session, person: Person, title: str, links: Links, now: datetime) -> None:
    """Tell somebody who met the criteria that an administrator looks at it."""
    with force_locale(person.locale or "en"):
        subject = gettext("You met the criteria for: %(title)s", title=title)
        text = gettext(
            "Hello %(name)s,\n\n"
            "congratulations: you have done all that this certificate asks for.\n\n%(title)s\n\n"
            "An administrator approves it before it is issued, and you will get a mail then. "
            "You can see how it stands here:\n%(mine)s\n",
            name=person.name,
            title=title,
            mine=links.mine,
        )
    send_later(session, person.email, subject, text, now)


def tell_declined(session: Session, person: Person, title: str, note: str, now: datetime) -> None:
    """Tell somebody that a certificate was not approved, and why."""
    with force_locale(person.locale or "en"):
        subject = gettext("About your certificate: %(title)s", title=title)
        text = gettext(
            "Hello %(name)s,\n\n"
            "your certificate was not approved.\n\n%(title)s\n\n"
            "The administrator writes:\n%(note)s\n\n"
            "What you have learned and passed stays in your transcript.\n",
            name=person.name,
            title=title,
            note=note,
        )
    send_later(session, person.email, subject, text, now)


def tell_reissued(
    session: Session, person: Person, certificate: Certificate, links: Links, now: datetime
) -> None:
    """Tell a holder that a corrected certificate replaces the earlier one."""
    with force_locale(person.locale or "en"):
        subject = gettext("Your corrected certificate: %(title)s", title=certificate.title)
        text = gettext(
            "Hello %(name)s,\n\n"
            "your certificate was issued again with a corrected name: %(holder)s.\n\n"
            "It has a new code, and the earlier one now says that it was replaced. "
            "Download the new one here:\n%(mine)s\n\n"
            "Anyone can verify it here:\n%(verification)s\n",
            name=person.name,
            holder=certificate.holder_name,
            mine=links.mine,
            verification=links.verification(certificate.code),
        )
    send_later(session, person.email, subject, text, now)


def tell_revoked(
    session: Session,
    person: Person,
    certificate: Certificate,
    reason_code: str,
    public_note: str,
    now: datetime,
) -> None:
    """Tell a holder that a certificate was revoked, and why."""
    with force_locale(person.locale or "en"):
        reason = str(revocation_reason(reason_code))
        subject = gettext("Your certificate was revoked: %(title)s", title=certificate.title)
        text = gettext(
            "Hello %(name)s,\n\n"
            "your certificate was revoked.\n\n%(title)s\n\n"
            "The reason: %(reason)s\n%(note)s\n\n"
            "The verification page says so from now on. If you think that this is a mistake, "
            "please write to the site's administrators.\n",
            name=person.name,
            title=certificate.title,
            reason=reason,
            note=public_note,
        )
    send_later(session, person.email, subject, text, now)
