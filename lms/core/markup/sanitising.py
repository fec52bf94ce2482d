"""The last gate: HTML that is not on this list does not leave the renderer."""

import nh3

_TEXT = {
    "a", "abbr", "blockquote", "br", "code", "dd", "del", "details", "div", "dl", "dt", "em",
    "h2", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol", "p", "pre", "s", "span", "strong",
    "sub", "summary", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_MATHS = {
    "math", "menclose", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded",
    "mphantom", "mprescripts", "mroot", "mrow", "ms", "mspace", "msqrt", "mstyle", "msub",
    "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover", "none",
}  # fmt: skip
_MATHS_ATTRIBUTES = {
    "accent", "accentunder", "columnalign", "columnlines", "columnspacing", "display",
    "displaystyle", "fence", "form", "linethickness", "lspace", "mathvariant", "maxsize",
    "minsize", "movablelimits", "notation", "rowlines", "rowspacing", "rspace", "scriptlevel",
    "separator", "stretchy", "symmetric", "width",
}  # fmt: skip
_ATTRIBUTES: dict[str, set[str]] = {
    "a": {"class", "href", "id", "rel", "title"},
    "code": {"class"},
    "details": {"class", "name", "open"},
    "div": {"class", "data-check"},
    "img": {"alt", "height", "loading", "src", "title", "width"},
    "li": {"class", "id"},
    "ol": {"start"},
    "p": {"class"},
    "pre": {"class"},
    "span": {"class"},
    "sup": {"id"},
    "td": {"class"},
    "th": {"class", "scope"},
    "ul": {"class"},
    **{heading: {"id"} for heading in ("h2", "h3", "h4", "h5", "h6")},
    **dict.fromkeys(_MATHS, _MATHS_ATTRIBUTES),
}

_CLEANER = nh3.Cleaner(
    tags=_TEXT | _MATHS,
    attributes=_ATTRIBUTES,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
    strip_comments=True,
)


def sanitise(html: str) -> str:
    """Return the HTML without any tag, attribute or address that is not allowed."""
    return _CLEANER.clean(html)
