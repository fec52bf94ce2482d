"""The form of the site and issuer profile."""

import unicodedata

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, Field, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError


def printable(_form: FlaskForm, field: Field) -> None:
    """Accept text without control and direction characters; lines may be broken."""
    if field.errors:
        return  # too long: to normalise a long run of marks takes quadratic time
    text = unicodedata.normalize("NFC", (field.data or "").replace("\r\n", "\n")).strip()
    if any(unicodedata.category(char)[0] == "C" and char != "\n" for char in text):
        raise ValidationError(
            gettext("This contains an invisible or control character. Type it again.")
        )
    field.data = text


class SiteForm(FlaskForm):  # type: ignore[misc]
    name = StringField(
        _l("Name of the issuer"),
        [
            InputRequired(_l("Please write the name that stands on certificates.")),
            Length(max=200, message=_l("At most 200 characters, please.")),
            printable,
        ],
    )
    address = TextAreaField(
        _l("Address"), [Length(max=400, message=_l("At most 400 characters, please.")), printable]
    )
    contact = StringField(
        _l("Contact"),
        [Length(max=254, message=_l("At most 254 characters, please.")), printable],
        description=_l("An e-mail address or a page where people reach you."),
    )
    logo = FileField(
        _l("Logo"),
        description=_l("PNG, JPEG, WebP or GIF, at most 2 MB; about 1200 pixels wide is best."),
    )
    remove_logo = BooleanField(_l("Use no logo"))

    def validate_name(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(gettext("Please write the name that stands on certificates."))
        field.data = " ".join(field.data.split())
