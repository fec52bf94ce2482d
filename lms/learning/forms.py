"""Forms of this feature."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

SHORTEST, LONGEST = 20, 3000


class ApplicationForm(FlaskForm):  # type: ignore[misc]
    """Why somebody would like to take a course."""

    statement = TextAreaField(
        _("Why would you like to take this course?"),
        description=_("Two or three sentences are enough. The trainers of the course read them."),
        validators=[
            InputRequired(_("Write why you would like to take this course.")),
            Length(SHORTEST, LONGEST, _("Write between %(min)d and %(max)d characters.")),
        ],
    )
