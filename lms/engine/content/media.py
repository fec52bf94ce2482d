"""Pictures and other files of a course: is each what its name says, and harmless?"""

import posixpath
import re
from collections.abc import Iterator

from lms.engine.problems import Problem

MAX_BYTES = 20_000_000
MAX_SVG = 1_000_000

_SIGNATURES: dict[str, re.Pattern[bytes]] = {
    ".png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    ".jpg": re.compile(rb"\xff\xd8\xff"),
    ".jpeg": re.compile(rb"\xff\xd8\xff"),
    ".gif": re.compile(rb"GIF8[79]a"),
    ".webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
    ".avif": re.compile(rb"....ftypavi[fs]", re.DOTALL),
    ".pdf": re.compile(rb"%PDF-"),
    ".mp4": re.compile(rb"....ftyp", re.DOTALL),
    ".m4a": re.compile(rb"....ftyp", re.DOTALL),
    ".webm": re.compile(rb"\x1aE\xdf\xa3"),
    ".mp3": re.compile(rb"ID3|\xff[\xfb\xf3\xf2]"),
    ".ogg": re.compile(rb"OggS"),
    ".wav": re.compile(rb"RIFF....WAVE", re.DOTALL),
    ".vtt": re.compile(rb"WEBVTT"),
}
TYPES = (".svg", *_SIGNATURES)
_ACTIVE = re.compile(
    r"<\s*(?:\w+:)?(script|foreignObject|iframe|object|embed|handler|listener|animate|set)\b"
    r"|\s(on[a-z]+)\s*=|(javascript:)|<!(DOCTYPE|ENTITY)|<\?(xml-stylesheet)"
    r"|(?:href|src)\s*=\s*[\"']?\s*(?!#|data:image/(?:png|jpeg);)([^\s\"'>]+)|(@import)"
    r"|url\(\s*[\"']?(?!#)([^)]{1,20})",
    re.IGNORECASE,
)


def check_media(path: str, data: bytes) -> Iterator[Problem]:
    """Yield a problem where a file is not what its name says, too big, or active."""
    kind = posixpath.splitext(path)[1].lower()
    if kind not in TYPES:
        yield Problem(
            path, 1, 1, f"A file of the type `{kind}` has no place here.", f"Use {_listed()}."
        )
    elif len(data) > MAX_BYTES:
        limit = MAX_BYTES // 1_000_000
        yield Problem(path, 1, 1, f"The file is larger than {limit} MB.", "Make it smaller.")
    elif kind == ".svg":
        yield from _check_svg(path, data)
    elif not _SIGNATURES[kind].match(data):
        yield Problem(
            path, 1, 1, f"The file is not a {kind} file.", "Export it again in that format."
        )


def _listed() -> str:
    return ", ".join(TYPES)


def _check_svg(path: str, data: bytes) -> Iterator[Problem]:
    if len(data) > MAX_SVG:
        yield Problem(path, 1, 1, "The drawing is larger than 1 MB.", "Simplify it.")
        return
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        yield Problem(path, 1, 1, "The drawing is not UTF-8.", "Save it as plain UTF-8 SVG.")
        return
    if "<svg" not in text[:2000]:
        yield Problem(path, 1, 1, "The file is not an SVG drawing.", "Export it again as SVG.")
    for found in _ACTIVE.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - (text.rfind("\n", 0, found.start()) + 1) + 1
        what = next(group for group in found.groups() if group)[:40]
        yield Problem(
            path,
            line,
            column,
            f"The drawing holds `{what}`: scripts, events, animations and outside addresses "
            "are not allowed.",
            "Export it as plain SVG.",
        )
        return
