"""Translation inside templates, by one short way.

A page asks for fifty texts and more; the way through Flask-Babel and Jinja's own wrappers looks up
context, locale and catalogue anew for each of them, which was a fifth of a page's whole time.
"""

from gettext import NullTranslations

from flask import Flask, g
from flask_babel import get_translations
from markupsafe import Markup

from lms.core.markup.safe import safe


def catalogue() -> NullTranslations:
    """Return the catalogue of the reader's language, remembered for the request.

    What is written for somebody else meanwhile (a mail) is no template and does not ask here.
    """
    found: NullTranslations | None = g.get("catalogue")
    if found is None:
        found = g.catalogue = get_translations()
    return found


def phrase(message: str, /, **values: object) -> Markup:
    """Return a text of ours in the reader's language; values are escaped, `%%` is one sign."""
    text = safe(catalogue().gettext(message))
    return text % values if "%" in text else text


def counted_phrase(singular: str, plural: str, number: int, /, **values: object) -> Markup:
    """Return a text with a count (as `%(num)s`) in the reader's plural form."""
    text = safe(catalogue().ngettext(singular, plural, number))
    return text % {"num": number, **values}


def install(app: Flask) -> None:
    """Let templates translate by these; all of them escape, as every template of ours does."""
    app.jinja_env.globals.update(_=phrase, gettext=phrase, ngettext=counted_phrase)
