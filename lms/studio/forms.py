"""Forms of the studio."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length

LONGEST_NOTE = 2000


class DecisionForm(FlaskForm):  # type: ignore[misc]
    """Which applications to decide, and what to tell the applicants."""

    applications = SelectMultipleField(
        _("Applications"),
        validate_choice=False,
        validators=[InputRequired(_("Choose at least one application."))],
    )
    note = TextAreaField(
        _("Note to the applicants"),
        description=_("It stands in the mail that they get. You may leave it empty."),
        validators=[Length(max=LONGEST_NOTE, message=_("Write at most %(max)d characters."))],
    )
