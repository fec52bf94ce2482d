"""The outlines of all courses in process memory: enough for lists, searches and progress.

A whole course with its items and HTML is heavy, so only the courses in use are kept (published.py).
An outline has no texts and no items, so a site's hundreds of courses fit beside each other, and a
list costs the same number of statements for three as for three hundred.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.catalog import published
from lms.catalog.models import Course as CourseRow
from lms.catalog.published import PublishedCourse
from lms.catalog.recent import Recent
from lms.engine.content.model import Course, Module, Quiz

MOST_OUTLINES = 5000
TITLE, SUMMARY, TOPIC, OUTCOME, LESSON = 16, 8, 6, 4, 1


@dataclass(frozen=True)
class Outline:
    """A revision of a course without texts and items; `searched` are folded texts by weight."""

    course_id: int
    revision_id: int
    course: Course
    searched: tuple[tuple[int, str], ...]


class OutlineCache(Recent[Outline]):
    """The outlines that were used last; one cache for each database."""

    def __init__(self, most: int = MOST_OUTLINES) -> None:
        super().__init__(most)


def outline_of(session: Session, revision_id: int) -> Outline:
    """Return the outline of a revision, without any statement when it is in memory."""
    cache: OutlineCache = session.info["outlines"]
    found = cache.get(revision_id)
    if found is None:
        found = _make(published.by_revision(session, revision_id))
        cache.put(found)
    return found


def all_outlines(session: Session, keys: Iterable[str] | None = None) -> tuple[Outline, ...]:
    """Return the newest outline of every course, or of those with these ids, by title."""
    statement = select(CourseRow.revision_id)
    if keys is not None:
        statement = statement.where(CourseRow.key.in_(tuple(keys)))
    found = [outline_of(session, number) for number in session.scalars(statement).all()]
    return tuple(sorted(found, key=lambda one: one.course.title.casefold()))


def fold(text: str) -> str:
    """Return a text without case and accents, for comparing."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _make(one: PublishedCourse) -> Outline:
    course = one.course
    searched = (
        (TITLE, fold(course.title)),
        (SUMMARY, fold(course.summary)),
        (TOPIC, fold(" · ".join(course.topics))),
        (OUTCOME, fold(" · ".join(course.outcomes))),
        (LESSON, fold(" · ".join(lesson.title for lesson in course.lessons()))),
    )
    light = replace(
        course,
        body="",
        items={},
        glossary=(),
        modules=tuple(_light_module(module) for module in course.modules),
        final=_light_quiz(course.final),
        sample=_light_quiz(course.sample),
    )
    return Outline(one.course_id, one.revision_id, light, searched)


def _light_module(module: Module) -> Module:
    lessons = tuple(replace(lesson, body="") for lesson in module.lessons)
    return replace(module, body="", lessons=lessons, quiz=_light_quiz(module.quiz))


def _light_quiz(quiz: Quiz | None) -> Quiz | None:
    return replace(quiz, body="") if quiz else None
