"""Forms about people and their roles."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from lms.accounts.forms import NO_LONGER, clean_email_field, clean_name_field


class InviteForm(FlaskForm):  # type: ignore[misc]
    name = StringField(
        _l("Name"),
        [NO_LONGER, clean_name_field],
        description=_l("The invited person can correct it."),
    )
    email = EmailField(_l("E-mail address"), [NO_LONGER, clean_email_field])


class GrantForm(FlaskForm):  # type: ignore[misc]
    role = RadioField(
        _l("Role"),
        choices=[
            SelectChoice("trainer", _l("Trainer of a course")),
            SelectChoice("administrator", _l("Administrator")),
        ],
        validators=[InputRequired(_l("Please choose a role."))],
    )
    course = SelectField(
        _l("Course"), default="", description=_l("Only a trainer's role needs one.")
    )

    def offer(self, courses: list[tuple[str, str]]) -> None:
        """Set the courses to choose from."""
        self.course.choices = [
            SelectChoice(*pair) for pair in (("", gettext("No course")), *courses)
        ]

    def validate_course(self, field: SelectField) -> None:
        if self.role.data == "trainer" and not field.data:
            raise ValidationError(gettext("Please choose the course that the person trains."))

    @property
    def scope(self) -> str:
        return "site" if self.role.data == "administrator" else f"course:{self.course.data}"


class ReasonForm(FlaskForm):  # type: ignore[misc]
    reason = TextAreaField(
        _l("Reason"),
        [
            InputRequired(_l("Please write down why. The audit log keeps it.")),
            Length(max=500, message=_l("At most 500 characters, please.")),
        ],
        description=_l("Only administrators can read it, in the audit log."),
    )
