"""Markdown of a lesson as HTML that needs no script and no inline style."""

from html.parser import HTMLParser

import pytest

from lms.core.markup import CheckRef, render_markdown, split_checks
from lms.engine.content.tree import parse_course
from tests.content.makers import Elements, render_files, render_lesson
from tests.engine.content.makers import LESSON, text_of, tiny_course
from tests.engine.content.test_faults import GOOD_BODIES


def test_every_text_of_a_course_has_its_part() -> None:
    parts = render_files(tiny_course())
    assert {"course", "module:first", "lesson:counting", "quiz:quiz-first", "term:number"} <= set(
        parts
    )
    item = {name.rpartition("item:tiny/quiz-1:")[2] for name in parts if "/quiz-1:" in name}
    assert item == {
        "question",
        "context",
        "feedback",
        "choice:0",
        "choice:1",
        "rationale:0",
        "rationale:1",
    }


def test_what_stands_in_a_label_holds_no_block() -> None:
    parts = render_files(tiny_course())
    assert parts["item:tiny/quiz-1:question"] == "How many?"
    assert parts["item:tiny/quiz-1:choice:1"] == "Two"
    assert parts["item:tiny/quiz-1:context"] == "<p>Look at <em>one</em> pair.</p>"


def test_table_is_aligned_by_classes() -> None:
    html = render_lesson("| a | b |\n|:--|--:|\n| 1 | 2 |")
    assert '<div class="table-scroll"><table>' in html
    assert '<th class="align-left" scope="col">a</th>' in html
    assert '<td class="align-right">2</td>' in html


def test_tabs_fold_without_a_script() -> None:
    html = render_lesson('=== "One"\n\n    1\n\n=== "Two *x*"\n\n    2')
    panels = [attributes for tag, attributes in Elements(html) if tag == "details"]
    assert [("open" in panel) for panel in panels] == [True, False]
    assert len({panel["name"] for panel in panels}) == 1
    assert "<summary>Two <em>x</em></summary>" in html
    assert "<input" not in html
    assert "<label" not in html


def test_two_groups_of_tabs_are_independent() -> None:
    html = render_lesson('=== "1"\n\n    x\n\nText\n\n=== "2"\n\n    y')
    names = [attributes["name"] for tag, attributes in Elements(html) if tag == "details"]
    assert len(set(names)) == 2


def test_task_list_shows_signs() -> None:
    html = render_lesson("- [ ] open\n- [x] *done*")
    assert '<li class="task"><span class="task-box">☐</span> open</li>' in html
    assert '<li class="task"><span class="task-box">☑</span> <em>done</em></li>' in html


def test_boxes_and_reveals() -> None:
    html = render_lesson('!!! tip "Title"\n    Text\n\n??? question "Why?"\n    Because.')
    assert '<div class="admonition tip">' in html
    assert '<p class="admonition-title">Title</p>' in html
    assert '<details class="question">\n<summary>Why?</summary>' in html


def test_code_is_colored_by_classes() -> None:
    html = render_lesson("```python\nx = 1\n```")
    assert '<span class="n">x</span>' in html
    assert "style" not in html


def test_formula_is_mathml() -> None:
    html = render_lesson("Inline $x < y$ and\n\n$$\n\\frac{1}{2}\n$$")
    assert '<span class="maths"><math display="inline">' in html
    assert "<mo>&lt;</mo>" in html
    assert '<div class="maths"><math display="block">' in html
    assert "<mfrac>" in html


def test_prices_are_not_formulas() -> None:
    assert "<math" not in render_lesson("It costs $5 and $10, or $5-$10.")


def test_definitions_and_footnotes() -> None:
    html = render_lesson("Term\n:   meaning\n\nNote.[^1]\n\n[^1]: Here.")
    assert "<dt>Term</dt>\n<dd>meaning</dd>" in html
    assert '<a class="footnote-ref" href="#c-fn:1">1</a>' in html
    assert '<li id="c-fn:1">' in html


def test_glossary_term_links_to_its_entry_and_says_its_meaning() -> None:
    html = render_lesson("A [[number]], some [[numbers]], [[number|the word]].")
    link = '<a class="term" href="/glossary#number" title="What one counts with.">'
    assert html == f"<p>A {link}number</a>, some {link}numbers</a>, {link}the word</a>.</p>"


def test_links_lead_to_pages() -> None:
    html = render_lesson(
        "[a](01-lesson.md) [b](01-lesson.md#begin-here) [c](#end-here) [d](../glossary.md#number) "
        "[e](../glossary.md) [f](https://example.org) [g](../media/picture.svg)"
    )
    addresses = [attributes["href"] for tag, attributes in Elements(html) if tag == "a"]
    assert addresses == [
        "/lesson/counting",
        "/lesson/counting#c-begin-here",
        "#c-end-here",
        "/glossary#number",
        "/glossary",
        "https://example.org",
        "/media/courses/tiny/media/picture.svg",
    ]


def test_only_links_that_leave_carry_noopener() -> None:
    html = render_lesson("[out](https://example.org) [in](01-lesson.md)")
    rels = [attributes.get("rel") for tag, attributes in Elements(html) if tag == "a"]
    assert rels == ["noopener", None]


def test_image_is_lazy_and_has_its_text() -> None:
    html = render_lesson("![Dots](../media/picture.svg) ![](../media/picture.svg){decorative}")
    images = [attributes for tag, attributes in Elements(html) if tag == "img"]
    assert [image["alt"] for image in images] == ["Dots", ""]
    assert all(image["loading"] == "lazy" for image in images)
    assert "decorative" not in html


def test_headings_have_the_anchors_that_check_knows() -> None:
    body = "## Same\n\n## Same\n\n## What's *new* in `x`?\n\n## Named {#mine}\n\n## عنوان آخر ##\n"
    files = {**tiny_course(), LESSON: (text_of(LESSON) + "\n" + body).encode()}
    html = render_files(files)["lesson:counting"]
    ids = [attributes["id"] for tag, attributes in Elements(html) if tag == "h2"]
    anchors = ["same", "same-1", "whats-new-in-x", "mine", "عنوان-آخر"]
    assert ids == [f"c-{anchor}" for anchor in ["begin-here", *anchors]]
    links = " ".join(f"[x](#{anchor})" for anchor in anchors)
    linked = {**files, LESSON: files[LESSON] + f"\n{links}\n".encode()}
    assert parse_course(linked).problems == ()


def test_ids_of_two_items_on_one_page_never_meet() -> None:
    files = tiny_course()
    path = "quizzes/tiny/01-items.md"
    files[path] = (
        files[path]
        .replace(b"*one*", b"[^1] one")
        .replace(b"> Count again.", b"> Count[^1] again.\n>\n> [^1]: Note.")
    )
    files[path] = files[path].replace(b"pair.\n\n- (", b"pair.\n\n[^1]: Note.\n\n- (")
    seen: set[str] = set()
    for name, html in render_files(files).items():
        ids = {str(a["id"]) for _, a in Elements(html) if "id" in a}
        if name.startswith("item:"):
            assert not ids & seen
            seen |= ids
    assert seen


def test_lesson_is_split_where_its_checks_stand() -> None:
    html = render_lesson("One.\n\n{{check tiny/practice-1}}\n\n{{check tiny/practice-2}}\n\nTwo.")
    one, *checks, two = split_checks(html)
    assert checks == [CheckRef("tiny/practice-1"), CheckRef("tiny/practice-2")]
    assert (str(one).strip(), str(two).strip()) == ("<p>One.</p>", "<p>Two.</p>")


def test_check_in_code_stays_code() -> None:
    html = render_lesson("```\n{{check tiny/practice-1}}\n```\n\n`{{check tiny/practice-1}}`")
    assert all(isinstance(piece, str) for piece in split_checks(html))


def test_text_from_right_to_left_stays_as_it_is() -> None:
    assert render_lesson("نص **عربي** مع English.") == "<p>نص <strong>عربي</strong> مع English.</p>"


@pytest.mark.parametrize("body", GOOD_BODIES, ids=lambda value: repr(value)[:40])
def test_pieces_of_a_page_are_whole_in_themselves(body: str) -> None:
    for piece in split_checks(render_lesson(f"{body}\n\n{{{{check tiny/practice-1}}}}\n\nEnd.")):
        if isinstance(piece, str):
            assert Balance(piece).open == []


class Balance(HTMLParser):
    """The tags of a piece of HTML that are opened and not closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("br", "hr", "img"):
            self.open.append(tag)
            self.attributes = attrs

    def handle_endtag(self, tag: str) -> None:
        self.open.remove(tag)


def test_text_that_is_too_much_for_a_parser_is_shown_as_it_is() -> None:
    assert render_markdown("*" * 200_000) == f"<pre>{'*' * 200_000}</pre>"
