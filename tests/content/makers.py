"""Addresses and HTML for tests of what a course looks like."""

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

from lms.core.markup import render_course
from lms.engine.content.tree import parse_course
from tests.engine.content.makers import with_lesson


class FakeUrls:
    """Addresses that show what was asked for."""

    def lesson(self, lesson_id: str) -> str:
        return f"/lesson/{lesson_id}"

    def media(self, path: str) -> str:
        return f"/media/{path}"

    def glossary(self, term_id: str) -> str:
        return f"/glossary#{term_id}" if term_id else "/glossary"


def render_files(files: Mapping[str, bytes]) -> Mapping[str, str]:
    """Return the parts of a course that must be free of faults."""
    result = parse_course(files)
    assert result.course, [str(problem) for problem in result.problems]
    return render_course(result.course, FakeUrls())


def render_lesson(body: str) -> str:
    """Return the HTML of a text in the second lesson of the tiny course."""
    html = render_files(with_lesson(body))["lesson:comparing"]
    return html.removeprefix('<h2 id="c-end-here">End here</h2>\n')


class Elements(HTMLParser):
    """Every start tag of a piece of HTML with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def __iter__(self) -> Iterator[tuple[str, dict[str, str | None]]]:
        return iter(self.found)
