"""The document: accessible, archivable, the same for the same facts, right in any script."""

import hashlib
import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.certificates.document.content import Sheet, is_right_to_left, split_title
from lms.certificates.document.render import CannotBeDrawn, render_pdf
from lms.certificates.models import IssuedFile
from lms.certificates.services.documents import ensure_document, load_document
from lms.core.web.context import Program
from tests.conftest import START
from tests.features.certificates.scene import (
    LINKS,
    certificates,
    complete,
    course_files,
    publish,
)
from tests.makers import make_person

CODE = "7K3M-9QXA-2B4C-8DEF"
SHEET = Sheet(
    code=CODE,
    address=f"https://learn.example.org/verify/{CODE}",
    holder="Rana Demo-Learner",
    title="Certificate of completion: Sailing in Wind",
    criteria="Completed every lesson of the course.",
    hours="3.5",
    issuer="Waymark Academy",
    issuer_address="12 Harbour Street",
    logo=None,
    signatory="Demo Signatory",
    signatory_title="Head of Sailing",
    issued_at=datetime(2026, 11, 23, 12, 0, tzinfo=UTC),
    expires_at=datetime(2029, 11, 23, 12, 0, tzinfo=UTC),
)
ARABIC = "رنا المتعلمة"


def read(sheet: Sheet) -> PdfReader:
    return PdfReader(io.BytesIO(render_pdf(sheet)))


def text_of(sheet: Sheet) -> str:
    reader = read(sheet)
    assert len(reader.pages) == 1
    return " ".join(reader.pages[0].extract_text().split())


def test_it_says_who_what_when_and_how_to_verify() -> None:
    text = text_of(SHEET)
    for said in (
        "Rana Demo-Learner",
        "Sailing in Wind",
        "Completed every lesson of the course.",
        "Learning hours: 3.5",
        "Waymark Academy",
        "12 Harbour Street",
        "Demo Signatory",
        "Head of Sailing",
        "23 November 2026",
        "23 November 2029",
        CODE,
        "learn.example.org/",
        "It is not a certification of a professional body.",
    ):
        assert said in text, said


def test_it_is_tagged_archivable_and_has_title_and_language() -> None:
    reader = read(SHEET)
    root = reader.trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"] == "en"
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
    assert "/StructTreeRoot" in root
    assert reader.metadata is not None
    assert reader.metadata.title == "Certificate of completion: Sailing in Wind – Rana Demo-Learner"
    declared = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in declared
    assert "<pdfaid:part>3</pdfaid:part>" in declared
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in declared


def test_it_is_a_landscape_a4() -> None:
    box = read(SHEET).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (842, 595)


def test_the_same_facts_give_the_same_bytes() -> None:
    assert render_pdf(SHEET) == render_pdf(SHEET)
    assert render_pdf(SHEET) != render_pdf(replace(SHEET, holder="Rana Other"))


@pytest.mark.parametrize(
    "name", [ARABIC, f"Rana {ARABIC}", "Ольга Демо", "Ελένη", "Nguyễn Thị Ánh"]
)
def test_names_in_several_scripts_are_drawn(name: str) -> None:
    reader = read(replace(SHEET, holder=name))
    assert reader.metadata is not None
    assert str(reader.metadata.title).endswith(name)
    letters = {char for char in reader.pages[0].extract_text() if not char.isspace()}
    assert {char for char in name if not char.isspace()} <= letters


def test_arabic_is_set_with_its_own_font_and_joined() -> None:
    """Joined forms are other glyphs: as many as positions, not as letters of the alphabet."""
    fonts = read(replace(SHEET, holder=ARABIC)).pages[0]["/Resources"]["/Font"]
    names = {font.get_object()["/BaseFont"] for font in fonts.values()}
    assert any("NotoNaskhArabic" in name for name in names)
    apart = render_pdf(replace(SHEET, holder=" ".join("رنا")))
    assert render_pdf(replace(SHEET, holder="رنا")) != apart


@pytest.mark.parametrize(
    "name", ["#set page(width: 1cm)", "$x$ *bold* _it_", '"}] \\ `raw`', "@ref <label> // no"]
)
def test_names_are_data_and_never_markup(name: str) -> None:
    assert "".join(name.split()) in "".join(text_of(replace(SHEET, holder=name)).split())


def test_the_longest_texts_still_fit_on_one_page() -> None:
    longest = replace(
        SHEET,
        holder=("Bartholomew Maximilian " * 6)[:120],
        title=("A very long title of an award " * 7)[:200],
        criteria=("Criteria that take their time to be told. " * 15)[:600],
        issuer=("An issuer with a long name " * 8)[:200],
        issuer_address=("A long street, " * 30)[:400],
        signatory=("A long signatory " * 8)[:120],
        signatory_title=("A long title " * 10)[:120],
        corrected_at=SHEET.issued_at,
    )
    assert CODE in text_of(longest)


def test_a_name_that_no_font_can_draw_is_refused_and_never_drawn_with_gaps() -> None:
    with pytest.raises(CannotBeDrawn):
        render_pdf(replace(SHEET, holder="\U0010fffd nobody has this"))


def test_a_logo_is_drawn() -> None:
    png = io.BytesIO()
    Image.new("RGB", (300, 100), "navy").save(png, "png")
    reader = read(replace(SHEET, logo=png.getvalue()))
    assert len(reader.pages[0].images) >= 1


def test_issued_bytes_are_kept_with_their_hash(session: Session) -> None:
    complete(session, make_person(session), publish(session, course_files()))
    number = certificates(session)[0].id
    before = load_document(session, number, LINKS)
    assert session.scalars(select(IssuedFile)).all() == []
    content = ensure_document(session, number, LINKS, START)
    (kept,) = session.scalars(select(IssuedFile)).all()
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert before == content == load_document(session, number, LINKS)


def test_the_promised_document_is_set_by_the_worker_once(program: Program) -> None:
    with program.database.unit_of_work() as session:
        complete(session, make_person(session), publish(session, course_files()))
    program.worker.drain(program.clock)
    program.worker.drain(program.clock)
    with program.database.read() as session:
        assert len(session.scalars(select(IssuedFile)).all()) == 1


def test_direction_is_that_of_the_first_letter() -> None:
    assert is_right_to_left("123 رنا Rana")
    assert not is_right_to_left("Rana رنا")
    assert not is_right_to_left("")


def test_a_title_without_a_kind_is_a_certificate_of_completion() -> None:
    assert split_title("Sailing") == ("Certificate of completion", "Sailing")
    assert split_title("Attendance: Sailing") == ("Attendance", "Sailing")
