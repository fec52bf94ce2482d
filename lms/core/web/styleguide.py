"""What the style guide shows in its forms and timers."""

from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    TextAreaField,
)

LEVELS = (
    SelectChoice("foundation", _("Foundation")),
    SelectChoice("practitioner", _("Practitioner")),
)
MODES = (SelectChoice("open", _("Open")), SelectChoice("asked", _("On application")))


class SampleForm(FlaskForm):  # type: ignore[misc]
    """One field of every kind."""

    email = EmailField(_("E-mail"), description=_("We write only about your courses."))
    password = PasswordField(_("Password"), description=_("At least 12 characters."))
    level = SelectField(_("Level"), choices=LEVELS)
    reason = TextAreaField(_("Why would you like to join?"))
    mode = RadioField(_("Enrolment"), choices=MODES)
    agree = BooleanField(_("I have read the privacy notice"))


def sample_context(now: datetime) -> dict[str, object]:
    """Return a form with errors in some fields, and an attempt that ends in half an hour."""
    form = SampleForm(formdata=None, mode="open")
    form.password.errors = (_("Use at least 12 characters."),)
    form.agree.errors = (_("Please read the privacy notice and tick this."),)
    return {"form": form, "now": now, "deadline": now + timedelta(minutes=30)}
