"""Which files of a course a browser may show, and as what."""

from dataclasses import dataclass
from pathlib import PurePosixPath

PDF = "application/pdf"
SHOWN = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".wav": "audio/wav",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".vtt": "text/vtt",
    ".pdf": PDF,
}


@dataclass(frozen=True)
class MediaKind:
    """A media type, and whether a page may show it in place."""

    media_type: str
    is_inline: bool


def media_kind(name: str) -> MediaKind:
    """Return the kind of a file by its ending; an unknown one is only to be downloaded."""
    media_type = SHOWN.get(PurePosixPath(name).suffix.lower())
    if media_type is None:
        return MediaKind("application/octet-stream", is_inline=False)
    return MediaKind(media_type, is_inline=True)
