"""Sentences that are translated when they are shown, not when they are made."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from flask import has_app_context
from flask_babel import format_datetime, format_time, lazy_gettext, lazy_ngettext


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


@dataclass(frozen=True)
class Moment:
    """A point in time inside a sentence, written in the reader's zone when it is shown."""

    at: datetime

    def __str__(self) -> str:
        if not has_app_context():
            return f"{self.at:%Y-%m-%d %H:%M} UTC"
        return f"{format_datetime(self.at, 'd MMMM y')}, {format_time(self.at, 'HH:mm')}"
