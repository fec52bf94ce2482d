"""Sentences that are translated when they are shown, not when they are made."""

from typing import Protocol

from flask_babel import lazy_gettext, lazy_ngettext


class Text(Protocol):
    """A plain or a lazily translated string."""

    def __str__(self) -> str: ...


def sentence(message: str, **values: object) -> Text:
    """Return a whole sentence that is translated for whoever reads it."""
    text: Text = lazy_gettext(message, **values)
    return text


def counted(singular: str, plural: str, number: int, **values: object) -> Text:
    """Return a sentence with a count (as `%(num)s`) in the reader's plural form."""
    text: Text = lazy_ngettext(singular, plural, number, **values)
    return text
