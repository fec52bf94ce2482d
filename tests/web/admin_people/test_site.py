"""The site and issuer profile with its logo, and the desk."""

import io

import pytest
from flask.testing import FlaskClient
from PIL import Image

from lms.admin.logos import encode_logo
from lms.core.errors import DomainError
from lms.core.site import load_profile
from lms.core.web.context import Program

PROFILE = {
    "name": "Harbour Academy",
    "address": "1 Quay\nHarbour City",
    "contact": "hi@example.org",
}


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 20), mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else 1).save(out, kind)
    return out.getvalue()


def upload(content: bytes, name: str = "logo.png") -> dict[str, object]:
    return PROFILE | {"logo": (io.BytesIO(content), name)}


def test_desk_opens_on_an_empty_site(desk: FlaskClient) -> None:
    page = desk.get("/admin")
    assert page.status_code == 200
    assert b"Nothing waits for you" in page.data


def test_profile_is_saved_and_audited(desk: FlaskClient, program: Program) -> None:
    assert desk.get("/admin/site").status_code == 200
    assert desk.post("/admin/site", data=PROFILE).status_code == 303
    with program.database.read() as session:
        profile = load_profile(session)
    assert (profile.name, profile.address) == ("Harbour Academy", "1 Quay\nHarbour City")
    assert "Harbour Academy" in desk.get("/admin/audit?action=site.changed").text
    assert "Harbour Academy" in desk.get("/privacy").text


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_logo_is_kept_as_a_png_of_our_own(desk: FlaskClient, program: Program, kind: str) -> None:
    assert desk.post("/admin/site", data=upload(picture(kind))).status_code == 303
    with program.database.read() as session:
        digest = load_profile(session).logo_sha256
    shown = desk.get(f"/admin/site/logo/{digest}.png")
    assert shown.mimetype == "image/png"
    with Image.open(io.BytesIO(shown.data)) as kept:
        assert (kept.format, kept.size, kept.mode) == ("PNG", (40, 20), "RGBA")


def test_logo_survives_a_change_of_the_name_and_can_be_removed(
    desk: FlaskClient, program: Program
) -> None:
    desk.post("/admin/site", data=upload(picture()))
    desk.post("/admin/site", data=PROFILE | {"name": "Renamed"})
    with program.database.read() as session:
        assert load_profile(session).logo_sha256 is not None
    desk.post("/admin/site", data=PROFILE | {"remove_logo": "y"})
    with program.database.read() as session:
        assert load_profile(session).logo_sha256 is None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", b"SVG"),
        (b"<?xml version='1.0'?><svg/>", b"SVG"),
        (b"GIF89a but not really", b"cannot be read"),
        (b"hello", b"cannot be read"),
        (picture()[:60], b"cannot be read"),
        (picture("BMP"), b"cannot be read"),
        (picture(size=(9000, 3000), mode="1"), b"too many pixels"),
    ],
    ids=["svg", "xml", "polyglot", "text", "cut", "bmp", "bomb"],
)
def test_other_files_are_refused_with_a_reason(
    desk: FlaskClient, program: Program, content: bytes, words: bytes
) -> None:
    answer = desk.post("/admin/site", data=upload(content, "logo.svg"))
    assert answer.status_code == 409
    assert words.replace(b"cannot be read", b"that can be read") in answer.data
    with program.database.read() as session:
        assert load_profile(session).name == "Waymark", "nothing was changed"


def test_metadata_of_the_uploaded_picture_is_dropped() -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=exif, comment=b"secret place")
    png = encode_logo(out.getvalue())
    assert b"home" not in png
    assert b"secret" not in png


def test_large_pictures_are_made_smaller() -> None:
    with Image.open(io.BytesIO(encode_logo(picture(size=(3000, 1500))))) as kept:
        assert kept.size == (1200, 600)


def test_larger_files_are_refused_before_they_are_opened() -> None:
    with pytest.raises(DomainError, match="larger than 2 MB") as refused:
        encode_logo(picture() + b"0" * 2 * 1024 * 1024)
    assert refused.value.field == "logo"


@pytest.mark.parametrize("field", ["name", "address", "contact"])
def test_control_characters_are_refused(desk: FlaskClient, field: str) -> None:
    answer = desk.post("/admin/site", data=PROFILE | {field: "Harbour\u202eymedacA"})
    assert answer.status_code == 422
