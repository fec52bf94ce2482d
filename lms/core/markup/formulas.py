"""Formulas as MathML."""

# Python-Markdown comes without types.
# mypy: disable-error-code="import-untyped"

from markdown import Markdown
from markdown.util import AtomicString

from lms.engine.content.maths import MathsError, to_mathml


def formula(md: Markdown, latex: str, *, display: bool) -> str:
    """Return what stands for a formula in the tree; one that cannot be read stays as it is."""
    try:
        return str(md.htmlStash.store(to_mathml(latex, display=display)))
    except MathsError:
        atomic: str = AtomicString(latex)
        return atomic
