"""Logos: whatever picture is uploaded, what is kept is a PNG that we encoded ourselves."""

import io

from PIL import Image, UnidentifiedImageError

from lms.core.errors import DomainError
from lms.core.text import Text, sentence

MOST_BYTES = 2 * 1024 * 1024
MOST_PIXELS = 20_000_000
LONGEST_SIDE = 1200
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
BROKEN = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    ValueError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


def encode_logo(content: bytes) -> bytes:
    """Return the picture as PNG of at most 1200 pixels a side; raise DomainError (field `logo`)."""
    if len(content) > MOST_BYTES:
        raise _refused(sentence("The picture is larger than 2 MB. Save it in a smaller size."))
    if _looks_like_svg(content):
        raise _refused(
            sentence(
                "SVG pictures can carry programs and are not accepted. "
                "Export the logo as PNG, about 1200 pixels wide."
            )
        )
    try:
        return _encode(content)
    except BROKEN:
        raise _refused(
            sentence("This file is not a PNG, JPEG, WebP or GIF picture that can be read.")
        ) from None


def _encode(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise _refused(
                sentence("The picture has too many pixels. About 1200 pixels wide are enough.")
            )
        plain = picture.convert("RGBA")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    clean = Image.new("RGBA", plain.size)
    clean.paste(plain)  # a new picture, so that nothing of the old file's metadata is kept
    out = io.BytesIO()
    clean.save(out, "PNG", optimize=True)
    return out.getvalue()


def _looks_like_svg(content: bytes) -> bool:
    start = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<?xml", b"<svg", b"<!doctype", b"<!--")) or b"<svg" in start


def _refused(message: Text) -> DomainError:
    return DomainError(message, field="logo")
