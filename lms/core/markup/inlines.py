"""Notation inside a line: formulas and glossary terms."""

# Python-Markdown comes without types.
# mypy: disable-error-code="import-untyped", allow-subclassing-any

import re
from xml.etree.ElementTree import Element  # nosec B405 - builds trees, parses nothing

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString
from typing_extensions import override

from lms.core.markup.context import Surroundings
from lms.core.markup.formulas import formula
from lms.engine.content import maths
from lms.engine.content.scan import TERM

Found = tuple[Element | str | None, int | None, int | None]


class InlineFormulas(InlineProcessor):
    """`$x^2$`."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(maths.INLINE.pattern, md)
        self.compiled_re = maths.INLINE

    @override
    def handleMatch(self, m: re.Match[str], data: str) -> Found:
        element = Element("span", {"class": "maths"})
        element.text = formula(self.md, m[1], display=False)
        return element, m.start(), m.end()


class Terms(InlineProcessor):
    """`[[program]]` or `[[program|programs]]`: a link to the glossary with the meaning as title."""

    def __init__(self, md: Markdown, surroundings: Surroundings) -> None:
        super().__init__(TERM.pattern, md)
        self.compiled_re = TERM
        self.surroundings = surroundings

    @override
    def handleMatch(self, m: re.Match[str], data: str) -> Found:
        name = m[1].strip()
        shown = (m[2] or name.replace("-", " ")).strip()
        term = self.surroundings.terms.get(name.casefold())
        if term is None:
            return AtomicString(shown), m.start(), m.end()
        element = Element("a", {"class": "term", "href": term.url, "title": term.meaning})
        element.text = AtomicString(shown)
        return element, m.start(), m.end()
