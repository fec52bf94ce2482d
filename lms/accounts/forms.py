"""The forms of accounts; whether an address, name or password is good is decided by its rule."""

from collections.abc import Callable
from functools import cache
from zoneinfo import available_timezones

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, Field, HiddenField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from lms.accounts.addresses import canonical_email
from lms.accounts.names import usable_name
from lms.accounts.password_rules import SHORTEST, require_good_password
from lms.core.errors import DomainError

NEW_PASSWORD_HINT = _l(
    "At least %(count)s characters. Three or four unrelated words are long and easy to remember.",
    count=SHORTEST,
)
NO_LONGER = Length(max=1000, message=_l("This is too long."))
REQUIRED_PASSWORD = InputRequired(_l("Please type your password."))


def _checked(rule: Callable[[str], str], text: str | None) -> str:
    try:
        return rule(text or "")
    except DomainError as error:
        raise ValidationError(str(error.message)) from None


def clean_name_field(_form: FlaskForm, field: Field) -> None:
    """Accept and clean a name."""
    field.data = _checked(usable_name, field.data)


def clean_email_field(_form: FlaskForm, field: Field) -> None:
    """Accept an address and put its canonical form in its place."""
    field.data = _checked(canonical_email, field.data)


def good_password_field(form: FlaskForm, field: Field) -> None:
    """Accept a new password that is long and unexpected for this person."""
    typed = [form[name].data or "" for name in ("name", "email") if name in form]
    try:
        require_good_password(field.data or "", *typed, *form.personal)
    except DomainError as error:
        raise ValidationError(str(error.message)) from None


class PersonalForm(FlaskForm):  # type: ignore[misc]
    """A form that may know a person's name and address, so that passwords avoid them."""

    personal: tuple[str, ...] = ()


class RegisterForm(PersonalForm):
    name = StringField(
        _l("Name"),
        [NO_LONGER, clean_name_field],
        description=_l("As it should stand on your certificates, in any script."),
    )
    email = EmailField(_l("E-mail address"), [NO_LONGER, clean_email_field])
    password = PasswordField(
        _l("Password"), [NO_LONGER, good_password_field], description=NEW_PASSWORD_HINT
    )


class SignInForm(FlaskForm):  # type: ignore[misc]
    email = EmailField(
        _l("E-mail address"), [InputRequired(_l("Please type your e-mail address.")), NO_LONGER]
    )
    password = PasswordField(_l("Password"), [REQUIRED_PASSWORD, NO_LONGER])
    next = HiddenField()


class EmailForm(FlaskForm):  # type: ignore[misc]
    """One address, for a new password or a second confirmation mail."""

    email = EmailField(_l("E-mail address"), [NO_LONGER, clean_email_field])


class NewPasswordForm(PersonalForm):
    password = PasswordField(
        _l("New password"), [NO_LONGER, good_password_field], description=NEW_PASSWORD_HINT
    )


class InvitationForm(PersonalForm):
    name = StringField(
        _l("Name"),
        [NO_LONGER, clean_name_field],
        description=_l("As it should stand on your certificates, in any script."),
    )
    password = PasswordField(
        _l("Password"), [NO_LONGER, good_password_field], description=NEW_PASSWORD_HINT
    )


class NameForm(FlaskForm):  # type: ignore[misc]
    name = StringField(
        _l("Name"),
        [NO_LONGER, clean_name_field],
        description=_l("Certificates that were issued keep the name that stands on them."),
    )


class ChangeEmailForm(FlaskForm):  # type: ignore[misc]
    email = EmailField(_l("New e-mail address"), [NO_LONGER, clean_email_field])
    current_password = PasswordField(_l("Your password"), [REQUIRED_PASSWORD, NO_LONGER])


class ChangePasswordForm(PersonalForm):
    current_password = PasswordField(_l("Present password"), [REQUIRED_PASSWORD, NO_LONGER])
    password = PasswordField(
        _l("New password"), [NO_LONGER, good_password_field], description=NEW_PASSWORD_HINT
    )


class LanguageForm(FlaskForm):  # type: ignore[misc]
    """Language and time zone; an empty choice follows the browser and the site."""

    locale = SelectField(_l("Language"), default="")
    time_zone = StringField(
        _l("Time zone"),
        [NO_LONGER],
        description=_l("Begin to type a city, for example Berlin. Empty means the site's own."),
    )

    def offer(self, languages: dict[str, str]) -> None:
        """Set the languages to choose from."""
        offered = {"": gettext("As the browser says")} | languages
        self.locale.choices = [SelectChoice(code, name) for code, name in offered.items()]

    def validate_time_zone(self, field: Field) -> None:
        wanted = "_".join((field.data or "").split()).casefold()
        if wanted and wanted not in time_zones():
            raise ValidationError(
                gettext("There is no such time zone. Choose one of the list, like Europe/Berlin.")
            )
        field.data = time_zones().get(wanted, "")


@cache
def time_zones() -> dict[str, str]:
    """Return every IANA time zone: folded name -> name, in alphabetical order."""
    names = sorted(available_timezones() - {"Factory", "localtime"})
    return {name.casefold(): name for name in names}


def show_on_form(form: FlaskForm, error: DomainError) -> int:
    """Put a refusal beside its field, or above the form; return the status to answer with."""
    if error.field and error.field in form:
        field = form[error.field]
        field.errors = [*field.errors, str(error.message)]
    else:
        form.form_errors.append(str(error.message))
    return error.status


def status_of(form: FlaskForm, refused: int = 200) -> int:
    """Return the status of a page that shows the form: 200, 422 or that of a refusal."""
    return refused if refused != 200 else 422 if form.errors else 200
