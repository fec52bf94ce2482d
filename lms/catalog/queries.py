"""Finding courses, and the files that belong to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.catalog.models import Blob, Course, Revision, RevisionFile
from lms.catalog.outlines import Outline, all_outlines, fold
from lms.core.errors import NotFound
from lms.core.text import sentence

HOURS = {"short": (0, 2), "medium": (2, 8), "long": (8, 10_000)}


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; empty means anything."""

    text: str = ""
    level: str = ""
    topic: str = ""
    hours: str = ""
    language: str = ""

    @property
    def is_anything(self) -> bool:
        return self == Wanted()


@dataclass(frozen=True)
class Entry:
    """A course as the catalogue shows it."""

    slug: str
    title: str
    summary: str
    level: str
    language: str
    hours: Decimal
    lessons: int
    has_certificate: bool


@dataclass(frozen=True)
class Choices:
    """What can be filtered by, as far as there are courses of it."""

    levels: tuple[str, ...]
    topics: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Catalogue:
    """The courses that were found, the best first, and what one can filter by."""

    found: tuple[Entry, ...]
    choices: Choices
    total: int


@dataclass(frozen=True)
class File:
    """The bytes of a published file."""

    content: bytes
    sha256: str


def load_catalogue(session: Session, wanted: Wanted) -> Catalogue:
    """Return the courses that fit, in one statement; outlines live in memory."""
    courses = all_outlines(session)
    ranked = [(relevance(one.searched, wanted.text), one) for one in courses if _fits(one, wanted)]
    found = sorted((pair for pair in ranked if pair[0]), key=lambda pair: -pair[0])
    return Catalogue(tuple(_entry(one) for _, one in found), _choices(courses), len(courses))


def relevance(searched: Iterable[tuple[int, str]], text: str) -> int:
    """Return how well weighted, folded texts answer a search; 0 where a word is found nowhere."""
    words = fold(text).split()
    if not words:
        return 1
    fields = tuple(searched)
    scores = [sum(weight for weight, field in fields if word in field) for word in words]
    return sum(scores) if all(scores) else 0


def _fits(one: Outline, wanted: Wanted) -> bool:
    course = one.course
    low, high = HOURS.get(wanted.hours, (0, 10_000))
    return (
        wanted.level in ("", course.level)
        and wanted.language in ("", course.language)
        and (not wanted.topic or wanted.topic in course.topics)
        and low <= course.hours < high
    )


def _entry(one: Outline) -> Entry:
    course = one.course
    return Entry(
        slug=course.slug,
        title=course.title,
        summary=course.summary,
        level=course.level,
        language=course.language,
        hours=course.hours,
        lessons=sum(1 for _ in course.lessons()),
        has_certificate=course.certificate is not None,
    )


def _choices(courses: Iterable[Outline]) -> Choices:
    everything = [one.course for one in courses]
    return Choices(
        levels=tuple(sorted({course.level for course in everything})),
        topics=tuple(sorted({topic for course in everything for topic in course.topics})),
        languages=tuple(sorted({course.language for course in everything})),
    )


def load_media(session: Session, slug: str, sha256: str, name: str) -> File:
    """Return a media file that some revision of the course has; others' files are not found."""
    content = session.scalar(
        select(Blob.content)
        .join(RevisionFile, RevisionFile.sha256 == Blob.sha256)
        .join(Revision, Revision.id == RevisionFile.revision_id)
        .join(Course, Course.key == Revision.course_key)
        .where(
            Course.slug == slug,
            Blob.sha256 == sha256,
            RevisionFile.path.endswith(f"/media/{name}", autoescape=True),
        )
        .limit(1)
    )
    if content is None:
        raise NotFound(sentence("There is no such file."))
    return File(content, sha256)
