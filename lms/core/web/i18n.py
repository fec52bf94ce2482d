"""Languages, directions, times and counts as the reader wants them."""

import re
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from gettext import NullTranslations

from babel.numbers import format_decimal
from flask import Flask, has_request_context, request
from flask_babel import (
    Babel,
    Domain,
    format_datetime,
    format_time,
    get_locale,
    gettext,
    ngettext,
)

from lms.core.web import phrases
from lms.core.web.auth import viewer_or_visitor
from lms.settings import Settings

LANGUAGES = {"en": "English"}
PSEUDO = "ar"
PSEUDO_NAME = "Pseudo-Arabic"
KEPT = re.compile(r"(%\(\w+\)[sd]|<[^>]*>|&\w+;|\s+)")
LETTERS = dict(
    zip(
        map(ord, "abcdefghijklmnopqrstuvwxyz"),
        "ابجدهفغحيكقلمنوپرسطتعڤظخىز",
        strict=True,
    )
)


class PseudoTranslations(NullTranslations):
    """Turns every text into Arabic letters, so that hard-coded text and clipping show."""

    def gettext(self, message: str) -> str:
        parts = KEPT.split(message)
        return "".join(
            part if KEPT.fullmatch(part) else part.lower().translate(LETTERS) for part in parts
        )

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    ugettext, ungettext = gettext, ngettext


class PseudoDomain(Domain):  # type: ignore[misc]
    """Gettext from the catalogues, and the pseudo-locale for proving right-to-left."""

    pseudo = PseudoTranslations()

    def get_translations(self) -> NullTranslations:
        if get_locale() is not None and get_locale().language == PSEUDO:
            return self.pseudo
        translations: NullTranslations = super().get_translations()
        return translations


def languages(settings: Settings) -> dict[str, str]:
    """Return the languages on offer: code -> its own name."""
    return LANGUAGES | ({PSEUDO: PSEUDO_NAME} if settings.development else {})


def install(app: Flask, settings: Settings) -> None:
    """Choose the language and the time zone of each request; offer them to the templates."""
    offered = languages(settings)

    def choose_locale() -> str:
        if not has_request_context():
            return "en"  # a job; its mails name their reader's language
        for wanted in (viewer_or_visitor().locale, request.cookies.get("language")):
            if wanted in offered:
                return str(wanted)
        return request.accept_languages.best_match(list(offered)) or "en"

    def choose_time_zone() -> str:
        return viewer_or_visitor().time_zone or settings.time_zone

    babel = Babel(app, locale_selector=choose_locale, timezone_selector=choose_time_zone)
    babel.domain_instance = PseudoDomain()
    phrases.install(app)
    app.jinja_env.filters["moment"] = moment
    app.jinja_env.filters["day"] = day
    app.jinja_env.filters["duration"] = duration
    app.jinja_env.filters["clock"] = clock
    app.jinja_env.filters["points"] = points

    @app.context_processor
    def page_language() -> dict[str, object]:
        locale = get_locale()
        return {
            "page_locale": str(locale).replace("_", "-") if locale else "en",
            "page_dir": locale.text_direction if locale else "ltr",
            "languages": offered,
        }


def moment(value: datetime) -> str:
    """Return a date and time in the reader's zone, language and habit."""
    return f"{day(value)}, {clock(value)}"


def day(value: datetime) -> str:
    """Return a date in the reader's zone and language."""
    return str(format_datetime(value, "d MMMM y"))


def clock(value: datetime) -> str:
    """Return a time of day in the reader's zone, such as 14:02, as the saving script writes it."""
    return str(format_time(value, "HH:mm"))


def points(value: Fraction) -> str:
    """Return points with at most two decimals, in the reader's digits."""
    return _digits(value, str(get_locale()))


@lru_cache(1024)
def _digits(value: Fraction, locale: str) -> str:
    """Write a number; a result page does so sixty times, mostly the same few."""
    return format_decimal(round(Decimal(value.numerator) / value.denominator, 2), locale=locale)


def duration(minutes: int) -> str:
    """Return a whole number of minutes as words such as "1 h 20 min"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return str(ngettext("%(num)s minute", "%(num)s minutes", rest))
    if not rest:
        return str(ngettext("%(num)s hour", "%(num)s hours", hours))
    return str(gettext("%(hours)s h %(minutes)s min", hours=hours, minutes=rest))
