"""What a browser may show in place is decided by the ending of a file's name."""

import pytest

from lms.catalog.media import media_kind


@pytest.mark.parametrize(
    ("name", "media_type", "is_inline"),
    [
        ("a.png", "image/png", True),
        ("A.JPG", "image/jpeg", True),
        ("a.mp4", "video/mp4", True),
        ("a.pdf", "application/pdf", True),
        ("a.html", "application/octet-stream", False),
        ("a.svg.html", "application/octet-stream", False),
        ("a.js", "application/octet-stream", False),
        ("picture", "application/octet-stream", False),
    ],
)
def test_only_pictures_sound_film_and_pdf_are_shown(
    name: str, media_type: str, is_inline: bool
) -> None:
    kind = media_kind(name)
    assert (kind.media_type, kind.is_inline) == (media_type, is_inline)
