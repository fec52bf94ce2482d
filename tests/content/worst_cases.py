"""Put a megabyte of the worst through every parser; run as a program of its own by a test.

What is longer than a parser takes is refused at once; what is just short enough is parsed.
"""

import sys
from collections.abc import Callable

from lms.core.markup import render_course, render_markdown
from lms.engine.content.frontmatter import split_front_matter
from lms.engine.content.pages import MAX_BODY
from lms.engine.content.scan import scan
from lms.engine.content.traps import find_traps
from lms.engine.content.tree import parse_course
from tests.content.makers import FakeUrls
from tests.engine.content.makers import GLOSSARY, ITEMS, LESSON, PICTURE, text_of, tiny_course

MEGABYTE = 1_000_000
PATTERNS = (
    "[", "![", "> ", "*a ", "**a", "_a ", "` ", "``` ", "$a ", "$a$", "<", "<a", "&", "{{", "{#a",
    "[[a|", "[a](b", "[a](b)", "[a](((((", "[^1]", "[^1]: a\n", "\n", "## a\n", "- a\n", "|a|b\n",
    "|", "a|b\n-|-\n", "!!! note\n    ", '=== "a"\n\n    x\n\n', "??? note\n    x\n", "a\n:   b\n",
    "```\n", "~~~ a\n", "=", "-", "\\", "\\[", "*_`[(!<$", " ", " x", "\t", "[a]: b\n", "    x\n",
    "😀", '"', "1. a\n", "$$\nx\n$$\n\n", "$\\frac{1}{2}$ ", "<http://a>", "*a**b",
    "{{check a/b}}\n\n", "{{check ", "- ( ) a\n  > b\n", "## a {#b use=quiz}\n", "- = 1 ± ", "{", "}",
)  # fmt: skip
AT_THE_LIMIT = ("[" * 150 + "a" * 7_800, "![" * 75 + "a" * 7_800, "[[a" * 50 + "|a" * 3_800)


def cut(text: str, size: int = 7_900) -> str:
    """Return a text in paragraphs, each just short enough to be taken."""
    return "\n\n".join(text[at : at + size] for at in range(0, len(text), size))


def as_lesson(text: str) -> None:
    scanned = scan("p.md", text[:MAX_BODY])
    list(find_traps("p.md", scanned.lines))
    render_markdown(text)


def as_file(path: str) -> Callable[[str], object]:
    return lambda text: parse_course(tiny_course({path: text_of(path) + "\n" + text}))


def as_picture(text: str) -> None:
    parse_course(tiny_course({PICTURE: "<svg>" + text}))


def as_front_matter(text: str) -> None:
    split_front_matter("p.md", f"---\n{text}\n---\n")
    split_front_matter("p.md", f"---\nkey: {text}\n---\n")


def main() -> None:
    """Try every pattern on the parser that the first argument names."""
    parsers: dict[str, Callable[[str], object]] = {
        "lesson": as_lesson,
        "glossary": as_file(GLOSSARY),
        "items": as_file(ITEMS),
        "whole-lesson": as_file(LESSON),
        "picture": as_picture,
        "front-matter": as_front_matter,
    }
    parse = parsers[sys.argv[1]]
    for pattern in PATTERNS:
        text = pattern * (MEGABYTE // len(pattern))
        parse(text)
        parse(text[:31_000])
        parse(cut(text[:24_000]))
    for block in AT_THE_LIMIT:
        parse("\n\n".join([block] * 3))
    course = parse_course(tiny_course()).course
    assert course
    render_course(course, FakeUrls())


if __name__ == "__main__":
    main()
