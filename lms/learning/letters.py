"""The mails about applications, in the reader's language."""

from datetime import datetime

from flask_babel import force_locale, gettext
from sqlalchemy.orm import Session

from lms.accounts.models import Person
from lms.core.mail import send_later
from lms.core.web.auth import Viewer
from lms.learning.models import Enrolment


def tell_application_arrived(
    session: Session, actor: Viewer, course: str, link: str, now: datetime
) -> None:
    """Confirm to an applicant that the application is in."""
    with force_locale(actor.locale or "en"):
        subject = gettext("Your application for %(course)s is in", course=course)
        text = gettext(
            "Hello %(name)s,\n\n"
            "we have your application for the course %(course)s. "
            "A trainer will read it, and you will get a mail when it is decided.\n\n%(link)s\n",
            name=actor.name,
            course=course,
            link=link,
        )
    send_later(session, actor.email, subject, text, now)


def tell_decision(
    session: Session, person: Person, course: str, row: Enrolment, link: str, now: datetime
) -> None:
    """Tell an applicant what was decided, with the note if there is one."""
    with force_locale(person.locale or "en"):
        subject, said = _decision(row.state, course)
        note = gettext("The trainer writes:\n%(note)s\n\n", note=row.decision_note)
        greeting = gettext("Hello %(name)s,", name=person.name)
    body = f"{greeting}\n\n{said}\n\n{note if row.decision_note else ''}{link}\n"
    send_later(session, person.email, subject, body, now)


def _decision(state: str, course: str) -> tuple[str, str]:
    if state == "accepted":
        return (
            gettext("You are accepted for %(course)s", course=course),
            gettext(
                "your application for the course %(course)s is accepted. You can start at once.",
                course=course,
            ),
        )
    if state == "waitlisted":
        return (
            gettext("You are on the waiting list for %(course)s", course=course),
            gettext(
                "your application for the course %(course)s is on the waiting list. "
                "You will get a mail as soon as there is a place.",
                course=course,
            ),
        )
    return (
        gettext("Your application for %(course)s", course=course),
        gettext(
            "your application for the course %(course)s is declined this time. "
            "You may apply again later.",
            course=course,
        ),
    )
