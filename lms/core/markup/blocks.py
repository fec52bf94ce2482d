"""Blocks of our notation: headings with anchors, display formulas, inline checks."""

# Python-Markdown comes without types.
# mypy: disable-error-code="import-untyped", allow-subclassing-any

import re
from xml.etree.ElementTree import Element, SubElement  # nosec B405 - builds trees, parses nothing

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor, HashHeaderProcessor
from typing_extensions import override

from lms.core.markup.context import Surroundings
from lms.core.markup.formulas import formula
from lms.engine.content.maths import FENCE
from lms.engine.content.scan import CHECK_LINE

_REF = re.compile(r"[a-z0-9-]{1,64}/[a-z0-9-]{1,64}")


class Headings(HashHeaderProcessor):
    """Give each heading the anchor that `lms check` knows it by."""

    def __init__(self, parser: BlockParser, surroundings: Surroundings) -> None:
        super().__init__(parser)
        self.surroundings = surroundings

    @override
    def run(self, parent: Element, blocks: list[str]) -> None:
        super().run(parent, blocks)
        heading = parent[-1]
        heading.text, anchor = self.surroundings.anchors.claim(heading.text or "")
        heading.set("id", anchor)


class Formulas(BlockProcessor):
    """A paragraph between $$ and $$."""

    def __init__(self, parser: BlockParser, md: Markdown) -> None:
        super().__init__(parser)
        self.md = md

    @override
    def test(self, parent: Element, block: str) -> bool:
        text = block.strip()
        return len(text) > 4 and text.startswith(FENCE) and text.endswith(FENCE)

    @override
    def run(self, parent: Element, blocks: list[str]) -> None:
        latex = blocks.pop(0).strip()[2:-2].strip()
        element = SubElement(parent, "div", {"class": "maths"})
        element.text = formula(self.md, latex, display=True)


class Checks(BlockProcessor):
    """`{{check bank/item}}` alone in a paragraph at the top of the page."""

    @override
    def test(self, parent: Element, block: str) -> bool:
        found = CHECK_LINE.fullmatch(block)
        return parent is self.parser.root and bool(found and _REF.fullmatch(found[1]))

    @override
    def run(self, parent: Element, blocks: list[str]) -> None:
        found = CHECK_LINE.fullmatch(blocks.pop(0))
        if found:
            SubElement(parent, "div", {"data-check": found[1]})
