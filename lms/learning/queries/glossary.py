"""The words of a course and what they mean."""

from dataclasses import dataclass

from markupsafe import Markup

from lms.catalog.published import PublishedCourse
from lms.core.markup import safe
from lms.engine.content.model import Source


@dataclass(frozen=True)
class GlossaryTerm:
    """One entry; `also` are other names of it."""

    id: str
    title: str
    also: tuple[str, ...]
    meaning: Markup
    source: Source | None


def load_glossary(published: PublishedCourse) -> tuple[GlossaryTerm, ...]:
    """Return the glossary in alphabetical order."""
    terms = sorted(published.course.glossary, key=lambda term: term.title.casefold())
    return tuple(
        GlossaryTerm(
            term.id,
            term.title,
            term.also,
            safe(published.html[f"term:{term.id}"]),
            term.source,
        )
        for term in terms
    )
