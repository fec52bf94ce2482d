"""What stands on pages without being translated: content, names, marks."""

import html
import re
from collections.abc import Iterator

from lms.catalog.published import PublishedCourse
from lms.engine.content.model import Course
from lms.engine.items.model import Numeric

TAGS = re.compile(r"<[^>]*>")
NAMES = (
    "Waymark",
    "English",
    "Pseudo-Arabic",
    "PMI, PMBOK, PMP",
    "PgMP",
    "Project Management Institute, Inc.",
    "PRINCE2",
    "MSP",
    "PeopleCert",
    "PDF",
    "JSON",
    "UTC",
)


def texts_of(one: PublishedCourse) -> set[str]:
    """Return every title, question, option and sentence of a course, without markup."""
    parts = (TAGS.sub("", part) for name, part in one.html.items() if name.startswith("item:"))
    found = {*_titles(one.course), *(html.unescape(part) for part in parts)}
    return {" ".join(text.split()) for text in found if len(text) > 1}


def _titles(course: Course) -> Iterator[str]:
    yield from (course.title, course.summary, *course.outcomes, *course.authors, *course.topics)
    for module in course.modules:
        yield module.title
        yield from (lesson.title for lesson in module.lessons)
    yield from (quiz.title for quiz in course.quizzes())
    yield from (objective.text for objective in course.objectives())
    yield from (f"{source.title} {source.edition} {source.body}" for source in course.standards)
    for term in course.glossary:
        yield from (term.title, *term.also)
    for item in course.items.values():
        if isinstance(item.content, Numeric):
            yield item.content.unit
    if course.certificate:
        yield course.certificate.title
