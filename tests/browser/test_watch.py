"""The watchers can see: each fault that they look for is noticed when it is there."""

import pytest

from tests.browser.engines import bring_engines, examine
from tests.browser.measures import inline_code, too_wide, untranslated, weight
from tests.browser.rooms import NARROW, Opener, Rooms

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("pages-ltr")]
ADD = "(html) => document.querySelector('main').insertAdjacentHTML('beforeend', html)"


@pytest.mark.parametrize(
    ("fault", "notice"),
    [
        ('<img alt="" src="https://example.com/x.png">', "another origin"),
        ('<p style="color: red">.</p>', "CSP style-src"),
        ('<img alt="" src="/static/no-such-picture.png">', "404"),
    ],
)
def test_faults_of_a_page_become_complaints(opener: Opener, fault: str, notice: str) -> None:
    room = opener()
    room.visit(room.site.url("site.terms"))
    room.tab.evaluate(ADD, fault)
    room.tab.wait_for_load_state("networkidle")
    assert notice in "\n".join(room.complaints)
    room.complaints.clear()


def test_exceptions_of_scripts_become_complaints(opener: Opener) -> None:
    room = opener()
    room.visit(room.site.url("site.terms"))
    with room.context.expect_event("weberror"):
        room.tab.evaluate("() => { setTimeout(() => { throw new Error('on purpose'); }); }")
    assert "on purpose" in "\n".join(room.complaints)
    room.complaints.clear()


def test_engines_find_what_they_are_for(rooms: Rooms) -> None:
    room = rooms.enter("visitor", "en", bypass_csp=True)
    room.visit(room.site.url("site.terms"))
    bring_engines(room.tab)
    assert examine(room.tab).violations == ()
    room.tab.evaluate(ADD, '<img src="/x.svg"><div onclick="alert()" tabindex="0">Buy</div>')
    found = "\n".join(examine(room.tab).violations)
    assert "axe image-alt" in found
    assert "IBM VIOLATION/FAIL" in found


def test_measures_find_what_they_are_for(rooms: Rooms) -> None:
    room = rooms.enter("visitor", "ar", viewport=NARROW)
    room.visit(room.site.url("site.terms"))
    assert too_wide(room.tab) == []
    assert untranslated(room.tab, room.site.content) == []
    room.tab.evaluate(ADD, '<p class="lead">Save changes</p><pre>' + "wide " * 90 + "</pre>")
    assert any("Save changes" in found for found in untranslated(room.tab, room.site.content))
    assert too_wide(room.tab) != []
    assert len(weight(room.tab)) > 2, "the page, a sheet and a script"
    assert inline_code('<a onclick="x()" href="javascript:x()">.</a><script>x</script>') == [
        "<a> onclick",
        "<a> href",
        "<script> no nonce",
    ]
