"""LaTeX -> MathML, refusing what cannot be read."""

import re

from latex2mathml.converter import convert

MAX_FORMULA = 600
MAX_BRACES = 12

# A dollar opens a formula only before, and closes it only after, something that is no space;
# a letter or digit outside keeps prices such as $5-$10 prices.
INLINE = re.compile(r"(?<![\\$\w])\$(?![\s$])([^$\n]*?[^\s$\\])\$(?![\w$])")
FENCE = "$$"
_UNKNOWN = re.compile(r"<mi[^>]*>(\\[A-Za-z]+)<| (href)=")


class MathsError(ValueError):
    """The formula is no LaTeX that can be shown."""


def to_mathml(latex: str, *, display: bool) -> str:
    """Return a `<math>` element, or raise MathsError."""
    if len(latex) > MAX_FORMULA:
        raise MathsError(f"it has more than {MAX_FORMULA} characters")
    if _depth(latex) > MAX_BRACES:
        raise MathsError("its braces are nested too deeply")
    safe = latex.replace("<", r"\lt ").replace(">", r"\gt ")  # the library escapes neither
    try:
        mathml = str(convert(safe, display="block" if display else "inline"))
    except Exception as error:  # the library raises many unrelated types
        raise MathsError("a brace, an argument or an \\end is missing") from error
    if unknown := _UNKNOWN.search(mathml):
        raise MathsError(f"`{unknown[1] or unknown[2]}` is unknown")
    return mathml


def _depth(latex: str) -> int:
    deepest = level = 0
    for character in latex:
        level += (character == "{") - (character == "}")
        deepest = max(deepest, level)
    if level:
        raise MathsError("its braces do not match")
    return deepest
