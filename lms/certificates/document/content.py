"""What the template is filled with: plain data, never markup."""

import base64
import io
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import segno
from babel.dates import format_date
from flask_babel import force_locale, gettext

LANGUAGE = "en"  # the language of the template's own words; names and titles keep their own
EMBLEM = Path(__file__).resolve().parents[2] / "static" / "img" / "mark.svg"
QR_COLOUR = "#0d4346"
RIGHT_TO_LEFT = frozenset({"R", "AL"})


@dataclass(frozen=True)
class Sheet:
    """Everything that stands on one certificate; the times are in UTC."""

    code: str
    address: str
    holder: str
    title: str
    criteria: str
    hours: str
    issuer: str
    issuer_address: str
    logo: bytes | None
    signatory: str
    signatory_title: str
    issued_at: datetime
    expires_at: datetime | None
    corrected_at: datetime | None = None


def fill(sheet: Sheet) -> dict[str, object]:
    """Return the template's data as a JSON-able document."""
    with force_locale(LANGUAGE):
        return _fill(sheet)


def _fill(sheet: Sheet) -> dict[str, object]:
    kind, title = split_title(sheet.title)
    return {
        "language": LANGUAGE,
        "document_title": f"{kind}: {title} – {sheet.holder}",
        "description": gettext("Verify this certificate at %(address)s", address=sheet.address),
        "code": sheet.code,
        "address": sheet.address,
        "address_shown": _shown(sheet.address),
        "issued_at": _parts(sheet.issued_at),
        "emblem": EMBLEM.read_text(encoding="utf-8"),
        "issuer": said(sheet.issuer),
        "issuer_address": said(sheet.issuer_address),
        "logo": None if sheet.logo is None else _as_svg(sheet.logo),
        "holder": said(sheet.holder),
        "title": said(title),
        "criteria": said(sheet.criteria),
        "facts": [gettext("Learning hours: %(hours)s", hours=sheet.hours)] if sheet.hours else [],
        "dates": _dates(sheet),
        "signatory": said(sheet.signatory),
        "signatory_title": said(sheet.signatory_title),
        "qr": qr_svg(sheet.address),
        "words": _words(kind, sheet),
    }


def split_title(title: str) -> tuple[str, str]:
    """Split "Certificate of completion: Course" into the kind of document and its subject."""
    kind, colon, subject = title.partition(": ")
    return (kind, subject) if colon else (gettext("Certificate of completion"), title)


def is_right_to_left(text: str) -> bool:
    """Tell the direction of a text by its first letter that has one."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in RIGHT_TO_LEFT:
            return True
        if direction == "L":
            return False
    return False


def said(text: str) -> dict[str, object]:
    """Return a text that somebody wrote, with its direction."""
    return {"text": text, "rtl": is_right_to_left(text)}


def qr_svg(address: str, border: int = 0, light: str | None = None) -> str:
    """Return a QR code as an SVG; `border` is its quiet zone in modules."""
    out = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(
        out,
        kind="svg",
        border=border,
        dark=QR_COLOUR,
        light=light,
        xmldecl=False,
        nl=False,
        omitsize=True,
    )
    return out.getvalue().decode()


def _words(kind: str, sheet: Sheet) -> Mapping[str, str]:
    return {
        "kind": kind,
        "certifies": gettext("This is to certify that"),
        "completed": gettext("has completed the course"),
        "code": gettext("Certificate code"),
        "verify": gettext("Verify at"),
        "qr_alt": gettext("QR code that leads to %(address)s", address=sheet.address),
        "logo_alt": gettext("Logo of %(issuer)s", issuer=sheet.issuer),
        "note": gettext(
            "This certificate of completion is issued by %(issuer)s for a course of its own. "
            "It is not a certification of a professional body.",
            issuer=sheet.issuer,
        ),
    }


def _dates(sheet: Sheet) -> list[tuple[str, str]]:
    dates = [(gettext("Issued on"), _day(sheet.issued_at))]
    if sheet.expires_at:
        dates.append((gettext("Valid until"), _day(sheet.expires_at)))
    if sheet.corrected_at:
        dates.append((gettext("Corrected on"), _day(sheet.corrected_at)))
    return dates


def _day(moment: datetime) -> str:
    return str(format_date(moment.astimezone(UTC), "d MMMM y", locale=LANGUAGE))


def _parts(moment: datetime) -> dict[str, int]:
    names = ("year", "month", "day", "hour", "minute", "second")
    return {name: getattr(moment, name) for name in names}


def _shown(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path}"


def _as_svg(png: bytes) -> str:
    """Wrap a PNG in an SVG, since the template takes texts only."""
    width, height = int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
    data = base64.b64encode(png).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{data}"/></svg>'
    )
