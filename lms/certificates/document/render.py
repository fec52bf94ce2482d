"""Set a certificate with Typst: one page that is both PDF/A-3a and PDF/UA-1."""

import json
from pathlib import Path
from typing import Literal

import structlog

from lms.certificates.document.content import Sheet, fill
from lms.core.errors import DomainError
from lms.core.text import sentence
from lms.core.web.assets import DIST

log = structlog.get_logger()

FOLDER = Path(__file__).parent
TEMPLATE = FOLDER / "certificate.typ"
FONTS = DIST / "fonts" / "pdf"
NO_PACKAGES = FOLDER / "no-packages"  # does not exist: the template can load no package
STANDARDS: tuple[Literal["ua-1", "a-3a"], ...] = ("ua-1", "a-3a")
MEDIA_TYPE = "application/pdf"


class CannotBeDrawn(DomainError):  # noqa: N818 - reads as what happened
    """No font has the characters that are asked for."""

    status = 503


def render_pdf(sheet: Sheet) -> bytes:
    """Return the document; the same sheet gives the same bytes.

    The fonts that the program ships hold Latin, Greek, Cyrillic and Arabic. Where a name needs
    others, the fonts of the machine are tried; a document with gaps is never made.
    """
    import typst  # 7 MB that a server which sets no document can do without

    if not FONTS.is_dir():
        raise FileNotFoundError(f"{FONTS} is missing: build the front end first (make setup).")
    try:
        return _compile(sheet, is_closed=True)
    except typst.TypstError:
        log.warning("certificate_needs_system_fonts", code=sheet.code)
    try:
        return _compile(sheet, is_closed=False)
    except typst.TypstError as error:
        log.warning("certificate_cannot_be_drawn", code=sheet.code, error=str(error))
        raise CannotBeDrawn(
            sentence(
                "The document cannot be drawn, since no font on this server has all the "
                "characters of the certificate. The verification page shows it in full; "
                "please tell the administrators of the site."
            )
        ) from error


def _compile(sheet: Sheet, *, is_closed: bool) -> bytes:
    import typst

    document = typst.compile(
        str(TEMPLATE),
        root=str(FOLDER),
        font_paths=[str(FONTS)],
        ignore_system_fonts=is_closed,
        sys_inputs={"data": json.dumps(fill(sheet), ensure_ascii=False)},
        pdf_standards=list(STANDARDS),
        package_path=str(NO_PACKAGES),
        timestamp=int(sheet.issued_at.timestamp()),
    )
    if not isinstance(document, bytes):
        raise TypeError("a certificate has one document")
    return document
