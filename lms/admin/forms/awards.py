"""The form of an award: every choice says what follows from it."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from lms.admin.forms.site import printable
from lms.certificates.queries.awards import AwardView
from lms.certificates.services.awards import AwardTerms
from lms.engine.certification import MAX_VALIDITY_MONTHS

MOST_CRITERIA = 600


def at_most(number: int) -> Length:
    """Refuse a longer text in words."""
    return Length(max=number, message=_l("At most %(max)d characters, please."))


class AwardForm(FlaskForm):  # type: ignore[misc]
    title = StringField(
        _l("Title"),
        [InputRequired(_l("Please give the award a title.")), at_most(200), printable],
        description=_l(
            "It stands on the certificate. What comes before a colon names the kind of document, "
            "such as “Certificate of completion: …”."
        ),
    )
    criteria_text = TextAreaField(
        _l("Criteria in words"),
        [at_most(MOST_CRITERIA), printable],
        description=_l(
            "One or two sentences that say what the holder has done. Verifiers read them."
        ),
    )
    minimum_percent = IntegerField(
        _l("Least result in the final assessment, in percent"),
        [
            Optional(),
            NumberRange(0, 100, _l("Please write a whole number from 0 to 100, or nothing.")),
        ],
        description=_l(
            "Leave it empty to ask for no more than the pass mark. Who passes below it gets no "
            "certificate by itself, and cannot take the assessment again; you can issue by hand."
        ),
    )
    issuing = RadioField(
        _l("How it is issued"),
        choices=[
            SelectChoice(
                "rule", _l("At once, by the rule: the holder has it the moment the course is done")
            ),
            SelectChoice(
                "approval", _l("After approval: it waits until an administrator approves it")
            ),
        ],
        validators=[InputRequired(_l("Please choose how it is issued."))],
    )
    validity_months = IntegerField(
        _l("Valid for, in months"),
        [
            Optional(),
            NumberRange(
                1,
                MAX_VALIDITY_MONTHS,
                _l("Please write a whole number from 1 to 1200, or nothing."),
            ),
        ],
        description=_l(
            "Leave it empty for a certificate that never expires. Verifiers see the last day."
        ),
    )
    signatory_name = StringField(
        _l("Signatory"),
        [at_most(120), printable],
        description=_l("Who answers for it. Without a name the document has no signature line."),
    )
    signatory_title = StringField(_l("The signatory's title"), [at_most(120), printable])
    base_version = HiddenField()

    @classmethod
    def of(cls, award: AwardView) -> "AwardForm":
        """Return the form filled with the newest version."""
        form: AwardForm = cls(obj=award)
        if not form.base_version.data:
            form.base_version.data = str(award.version)
        return form

    def terms(self) -> AwardTerms:
        """Return what was chosen."""
        return AwardTerms(
            title=self.title.data or "",
            criteria_text=self.criteria_text.data or "",
            minimum_percent=self.minimum_percent.data,
            issuing=self.issuing.data,
            validity_months=self.validity_months.data,
            signatory_name=self.signatory_name.data or "",
            signatory_title=self.signatory_title.data or "",
        )

    @property
    def base(self) -> int:
        """The version that the administrator saw."""
        text = self.base_version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
