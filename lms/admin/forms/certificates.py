"""The forms about certificates: issue, reissue, revoke."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from lms.accounts.forms import NO_LONGER, clean_email_field, clean_name_field
from lms.admin.forms.awards import at_most
from lms.admin.forms.site import printable
from lms.certificates.words import REASONS

LONGEST_NOTE = 1000


class IssueForm(FlaskForm):  # type: ignore[misc]
    email = EmailField(
        _l("E-mail address of the holder"),
        [NO_LONGER, clean_email_field],
        description=_l("The person needs an account, whose name will stand on the certificate."),
    )
    course = SelectField(_l("Award"), validators=[InputRequired(_l("Please choose the award."))])
    reason = TextAreaField(
        _l("Reason"),
        [
            InputRequired(_l("Please give the reason: it is kept.")),
            at_most(LONGEST_NOTE),
            printable,
        ],
        description=_l("Only administrators read it, with the certificate and in the audit log."),
    )

    def offer(self, awards: tuple[tuple[str, str], ...]) -> None:
        """Set the awards to choose from."""
        self.course.choices = [SelectChoice(*pair) for pair in awards]


class ReissueForm(FlaskForm):  # type: ignore[misc]
    name = StringField(_l("Corrected name"), [NO_LONGER, clean_name_field])
    note = TextAreaField(
        _l("Note"),
        [at_most(LONGEST_NOTE), printable],
        description=_l("Why, or who asked for it. Only administrators read it."),
    )


class RevokeForm(FlaskForm):  # type: ignore[misc]
    reason = RadioField(
        _l("Reason"),
        choices=[SelectChoice(*pair) for pair in REASONS.items()],
        validators=[InputRequired(_l("Please choose a reason: verifiers see it."))],
    )
    public_note = TextAreaField(
        _l("Note for everyone"),
        [at_most(LONGEST_NOTE), printable],
        description=_l("It stands on the verification page and in the mail to the holder."),
    )
    private_note = TextAreaField(
        _l("Note for administrators"),
        [at_most(LONGEST_NOTE), printable],
        description=_l("Nobody else reads it."),
    )
