"""Nothing that an author writes becomes a script, a style or a call to another host."""

from dataclasses import replace
from html.parser import HTMLParser
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.markup import render_course, render_markdown
from lms.engine.content.tree import parse_course
from tests.content.makers import FakeUrls
from tests.engine.content.makers import tiny_course

TAGS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script href=data:,alert(1) /></svg>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--><img src onerror=alert(1)>">',
    "<math href=javascript:alert(1)>x</math>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<details open ontoggle=alert(1)>",
    "<div style='background:url(//evil.example/x)'>",
    "<form action=//evil.example><input name=x><button>go</button></form>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<object data=//evil.example></object>",
    "<embed src=//evil.example>",
    "<video><source onerror=alert(1)></video>",
    "<body onload=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<style>@import '//evil.example/x.css';</style>",
    "</title><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "<ScRiPt>alert(1)</sCrIpT>",
    "<scr<script>ipt>alert(1)</script>",
    "<img src=x:x onerror\n=alert(1)>",
    "<a id=x name=body>clobber</a>",
)
MARKDOWN = (
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#x6A;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](vbscript:msgbox(1))",
    "[x](//evil.example)",
    "[x](\\\\evil.example)",
    "[x](<javascript:alert(1)>)",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x](https://evil.example/pixel.png)",
    "![x](data:image/svg+xml,<svg onload=alert(1)>)",
    '![x" onerror="alert(1)](../media/picture.svg)',
    '![x](../media/picture.svg "y\\" onerror=\\"alert(1)")',
    '[x](https://example.org "y\\" onmouseover=\\"alert(1)")',
    "[[number|<script>alert(1)</script>]]",
    '[[number" onclick="alert(1)]]',
    "# x {onclick=alert(1)}",
    '## x {#" onclick="alert(1)}',
    "## x {#<script>}",
    "text {: onclick=alert(1) style=color:red }",
    "![x](../media/picture.svg){onerror=alert(1)}",
    '{{check a"><script>alert(1)</script>/b}}',
    '!!! note" onclick="alert(1)\n    x',
    "!!! note onclick=alert(1)\n    x",
    '!!! note "<script>alert(1)</script>"\n    x',
    '??? note "<img src=x onerror=alert(1)>"\n    x',
    '=== "<img src=x onerror=alert(1)>"\n\n    x',
    "```<script>\nx\n```",
    '``` {.x onclick="alert(1)"}\nx\n```',
    '```python title="<script>alert(1)</script>"\nx\n```',
    "```html\n<script>alert(1)</script>\n```",
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "| <script>alert(1)</script> |\n|---|\n| <img src=x onerror=alert(1)> |",
    "[^<script>]\n\n[^<script>]: <script>alert(1)</script>",
    '[^"onclick=alert(1)]\n\n[^"onclick=alert(1)]: x',
    r"$\text{<script>alert(1)</script>}$",
    r"$\text{</mtext></math><img src=x onerror=alert(1)>}$",
    r"$\href{javascript:alert(1)}{x}$",
    r'$\color{" onclick="alert(1)}x$',
    "$$\n<script>alert(1)</script>\n$$",
    "term\n:   <script>alert(1)</script>",
    "- [x] <script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\x02wzxhzdk:0\x03 \x02amp\x03",
    "\u2028<script>\u2029alert(1)</script>",
)
FRAMES = ("{}", "text {} text", "- {}\n", "> {}\n", "**{}**", "[{}](https://example.org)", "## {}")
PAYLOADS = tuple(
    frame.format(payload)
    for frame, payload in product(FRAMES, (*TAGS, *MARKDOWN))
    if "\n" not in payload or frame == "{}"
)

ALLOWED_TAGS = """
    a abbr blockquote br code dd del details div dl dt em h2 h3 h4 h5 h6 hr img li ol p pre s span
    strong sub summary sup table tbody td th thead tr ul math menclose mfrac mi mmultiscripts mn mo
    mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable
    mtd mtext mtr munder munderover none
"""


class Inspector(HTMLParser):
    """Collects everything in a piece of HTML that could act or call out."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.offences: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED_TAGS.split():
            self.offences.append(f"<{tag}>")
        for name, value in attrs:
            self._inspect(tag, name, value or "")

    def _inspect(self, tag: str, name: str, value: str) -> None:
        if name.startswith("on") or name in ("style", "srcdoc", "action", "formaction"):
            self.offences.append(f"{tag} {name}")
        if name == "id" and not value.startswith(("c-", "item-")):
            self.offences.append(f"{tag} id={value}")
        if name == "name" and tag != "details":
            self.offences.append(f"{tag} name")
        if name == "src" and not value.startswith("/media/"):
            self.offences.append(f"{tag} src={value}")
        safe = ("#", "/lesson/", "/glossary", "/media/", "https://", "http://", "mailto:")
        if name == "href" and not value.startswith(safe):
            self.offences.append(f"{tag} href={value}")

    def handle_comment(self, data: str) -> None:
        self.offences.append(f"comment {data}")


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_no_payload_survives_rendering(payload: str) -> None:
    assert Inspector(render_markdown(payload)).offences == []


def course_with_payload(payload: str):  # type: ignore[no-untyped-def]
    """Return a course whose every text is the payload, whatever `lms check` says of it."""
    course = parse_course(tiny_course()).course
    assert course
    lesson, module = next(course.lessons()), course.modules[0]
    quizzes = [replace(quiz, body=payload) for quiz in course.quizzes()]
    term = replace(course.glossary[0], title=payload, also=(payload,), body=payload)
    return replace(
        course,
        body=payload,
        modules=(
            replace(
                module, body=payload, quiz=quizzes[0], lessons=(replace(lesson, body=payload),)
            ),
        ),
        final=quizzes[1],
        sample=quizzes[2],
        glossary=(term,),
        items={ref: poisoned(item, payload) for ref, item in list(course.items.items())[:1]},
    )


def poisoned(item, payload: str):  # type: ignore[no-untyped-def]
    options = tuple(
        replace(option, text=payload, rationale=payload) for option in item.content.options
    )
    return replace(
        item,
        question=payload,
        context=payload,
        feedback=payload,
        content=replace(item.content, options=options),
    )


@pytest.mark.parametrize("payload", [*TAGS, *MARKDOWN], ids=range(len(TAGS) + len(MARKDOWN)))
def test_no_payload_survives_in_any_text_of_a_course(payload: str) -> None:
    parts = render_course(course_with_payload(payload), FakeUrls())
    assert len(parts) == 14
    assert {name: Inspector(html).offences for name, html in parts.items()} == {
        name: [] for name in parts
    }


@given(st.lists(st.sampled_from([*TAGS, *MARKDOWN, "`", "*", "[", "](", "\n\n", "    "])))
def test_no_mixture_of_payloads_survives(pieces: list[str]) -> None:
    assert Inspector(render_markdown("".join(pieces))).offences == []


@given(st.text("<>/=\"'`[](){}!#$&;:*_~|\\ \nscriptonjavex1-", max_size=200))
def test_no_random_text_survives(text: str) -> None:
    assert Inspector(render_markdown(text)).offences == []
