"""Follow what the texts of a course point to: links, images, terms and checks."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from lms.engine.content.model import Term
from lms.engine.content.nearest import suggestion
from lms.engine.content.pages import Page
from lms.engine.content.scan import DECORATIVE, Reference, Scan
from lms.engine.items.model import Item
from lms.engine.problems import Problem

IMAGE_TYPES = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_EXTERNAL = re.compile(r"https?://[^\s/]+|mailto:[^\s@]+@[^\s@]+", re.IGNORECASE)


def is_external(target: str) -> bool:
    """Tell whether a link leaves the site for an address that people may follow."""
    return _EXTERNAL.match(target) is not None


def resolve(path: str, target: str) -> tuple[str, str]:
    """Return the path of the file and the anchor that a relative link in `path` leads to."""
    file, _, anchor = target.partition("#")
    if not file:
        return path, unquote(anchor)
    joined = posixpath.join(posixpath.dirname(path), unquote(file))
    return posixpath.normpath(joined), unquote(anchor)


@dataclass(frozen=True)
class Targets:
    """Everything that a text of one course may point to."""

    lessons: Mapping[str, Page]
    glossary: str
    terms: Mapping[str, Term]
    items: Mapping[str, Item]
    written_items: frozenset[str]
    media: frozenset[str]


def check_references(path: str, scan: Scan, targets: Targets) -> Iterator[Problem]:
    """Yield a problem for everything in a text that leads nowhere."""
    for found in scan.references:
        for message, remedy in _follow(path, found, targets):
            yield Problem(path, found.line, found.column, message, remedy)
    seen: set[str] = set()
    for found in scan.of("check"):
        if found.target in seen:
            message = f"The check `{found.target}` stands twice on this page."
            yield Problem(path, found.line, found.column, message, "Keep one of them.")
        seen.add(found.target)


Finding = Iterator[tuple[str, str]]


def _follow(path: str, found: Reference, targets: Targets) -> Finding:
    match found.kind:
        case "link":
            return _link(path, found, targets)
        case "image":
            return _image(path, found, targets)
        case "term":
            return _term(found, targets)
        case "check":
            return _check(found, targets)


def _link(path: str, found: Reference, targets: Targets) -> Finding:
    target = found.target
    if _SCHEME.match(target) or target.startswith(("//", "/")):
        if not is_external(target):
            yield (
                f"The link `{target[:80]}` leads nowhere.",
                "Write https://..., mailto:... or the path of a lesson from this file.",
            )
        return
    file, anchor = resolve(path, target)
    if file in targets.media:
        return
    if file == targets.glossary:
        known = [term.id for term in targets.terms.values()]
        if anchor and anchor not in known:
            yield f"The glossary has no term `{anchor}`.", suggestion(anchor, set(known))
    elif file == path and file not in targets.lessons:
        yield f"The link `{target[:80]}` leads nowhere.", "Link to a lesson."
    elif file not in targets.lessons:
        near = {posixpath.relpath(lesson, posixpath.dirname(path)) for lesson in targets.lessons}
        yield f"There is no lesson `{target[:80]}`.", suggestion(target.partition("#")[0], near)
    elif not targets.lessons[file].text:
        return  # an unreadable file is a fault of its own
    elif anchor and anchor not in targets.lessons[file].scan.anchors:
        known = list(targets.lessons[file].scan.anchors)
        yield f"The page has no heading `#{anchor}`.", suggestion(anchor, known)


def _image(path: str, found: Reference, targets: Targets) -> Finding:
    alt, brace, attributes = found.text.partition("{")
    decorative = f"{brace}{attributes}" == DECORATIVE
    if brace and not decorative:
        yield f"`{brace}{attributes}` is unknown here.", f"Only {DECORATIVE} follows an image."
    if not alt.strip() and not decorative:
        yield (
            "The image has no alternative text.",
            f"Say in the square brackets what it shows, or write {DECORATIVE} behind it.",
        )
    if alt.strip() and decorative:
        yield "A decorative image has no alternative text.", f"Remove the text or {DECORATIVE}."
    if not found.target:
        yield "The image names no file.", "Write ![what it shows](../media/name.svg)."
    elif _SCHEME.match(found.target) or found.target.startswith("/"):
        yield (
            f"The image `{found.target[:80]}` does not belong to the course.",
            "Put the file into the folder media/ and write its path from this file.",
        )
    else:
        yield from _image_file(path, found.target, targets)


def _image_file(path: str, target: str, targets: Targets) -> Finding:
    file, _ = resolve(path, target)
    if file not in targets.media:
        here = posixpath.dirname(path)
        near = {posixpath.relpath(media, here) for media in targets.media}
        remedy = suggestion(target, near) if near else "Put the file into the folder media/."
        yield f"There is no image `{target[:80]}`.", remedy
    elif not file.lower().endswith(IMAGE_TYPES):
        yield f"`{target[:80]}` is no image.", f"Use one of {', '.join(IMAGE_TYPES)}."


def _term(found: Reference, targets: Targets) -> Finding:
    if found.target.casefold() not in targets.terms:
        known = [term.id for term in targets.terms.values()]
        yield f"The glossary has no term `{found.target}`.", suggestion(found.target, set(known))


def _check(found: Reference, targets: Targets) -> Finding:
    item = targets.items.get(found.target)
    if item is None:
        if found.target not in targets.written_items:
            known = [ref for ref, known in targets.items.items() if known.use == "practice"]
            yield f"There is no item `{found.target}`.", suggestion(found.target, known)
    elif item.use != "practice":
        yield (
            f"The item `{found.target}` is for `{item.use}`, and a check would give it away.",
            "Choose an item with use=practice.",
        )
    elif item.status not in ("live", "pilot"):
        yield f"The item `{found.target}` is {item.status}.", "Choose an item with status=live."
