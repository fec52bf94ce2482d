"""Markdown -> safe HTML."""

# Python-Markdown comes without types.
# mypy: disable-error-code="import-untyped"

import re
from html import escape

from markdown import Markdown

from lms.core.markup.blocks import Checks, Formulas, Headings
from lms.core.markup.context import Surroundings
from lms.core.markup.inlines import InlineFormulas, Terms
from lms.core.markup.sanitising import sanitise
from lms.core.markup.trees import Addresses, Tables, Tabs, TaskLists
from lms.engine.content.anchors import Anchors
from lms.engine.content.decoding import block_fault, split_blocks
from lms.engine.content.pages import MAX_BODY

_EXTENSIONS = [
    "admonition",
    "def_list",
    "footnotes",
    "sane_lists",
    "tables",
    "pymdownx.details",
    "pymdownx.highlight",
    "pymdownx.superfences",
    "pymdownx.tabbed",
]
_OPTIONS = {
    "footnotes": {"BACKLINK_TITLE": "↑ {}", "PLACE_MARKER": "\x00"},
    "tables": {"use_align_attribute": True},
    "pymdownx.highlight": {"guess_lang": False, "use_pygments": True},
}
_ONE_PARAGRAPH = re.compile(r"<p>((?:(?!</?p>).)*)</p>", re.DOTALL)


class Renderer:
    """Renders texts one after the other; not to be shared between threads."""

    def __init__(self, surroundings: Surroundings | None = None) -> None:
        self.surroundings = surroundings or Surroundings()
        self._markdown = self._build()

    def _build(self) -> Markdown:
        md = Markdown(extensions=_EXTENSIONS, extension_configs=_OPTIONS, output_format="html")
        here = self.surroundings
        md.preprocessors.deregister("html_block")
        for name in ("html", "automail"):
            md.inlinePatterns.deregister(name)
        md.parser.blockprocessors.deregister("setextheader")
        md.parser.blockprocessors.register(Headings(md.parser, here), "hashheader", 70)
        md.parser.blockprocessors.register(Formulas(md.parser, md), "formulas", 95)
        md.parser.blockprocessors.register(Checks(md.parser), "checks", 94)
        md.inlinePatterns.register(InlineFormulas(md), "formula", 185)
        md.inlinePatterns.register(Terms(md, here), "term", 175)
        md.treeprocessors.register(TaskLists(md), "tasks", 30)
        md.treeprocessors.register(Tables(md), "table-classes", 8)
        md.treeprocessors.register(Tabs(md, here), "tabs", 7)
        md.treeprocessors.register(Addresses(md, here), "addresses", 6)
        return md

    def render(self, text: str, *, path: str = "", prefix: str = "c-") -> str:
        """Return the HTML of a whole text; what is too long to be checked stays plain text."""
        if not text.strip():
            return ""
        here = self.surroundings
        here.path, here.prefix, here.anchors = path, prefix, Anchors()
        if _is_too_long(text):
            return f"<pre>{escape(text)}</pre>"
        self._markdown.reset()
        return sanitise(self._markdown.convert(text))

    def render_inline(self, text: str, *, path: str = "", prefix: str = "c-") -> str:
        """Return the HTML of a text that stands inside a line: no paragraph around it."""
        html = self.render(text, path=path, prefix=prefix)
        one = _ONE_PARAGRAPH.fullmatch(html)
        return one[1] if one else html


def _is_too_long(text: str) -> bool:
    return len(text) > MAX_BODY or any(block_fault(block) for _, block in split_blocks(text))


def render_markdown(text: str) -> str:
    """Return the safe HTML of a text that belongs to no course (a notice, a preview)."""
    return Renderer().render(text)
