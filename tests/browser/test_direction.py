"""Both directions come from the same styles and the same templates."""

import re

import pytest

from tests.browser.live import ROOT
from tests.browser.rooms import PHONE, Rooms

PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right)|left|right)(?:-\w+)*\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)"
)


def test_styles_name_no_side_but_start_and_end() -> None:
    found = [
        f"{path.name}: {match.group()}"
        for path in sorted((ROOT / "lms/static/css").rglob("*.css"))
        for match in PHYSICAL.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.browser
@pytest.mark.xdist_group("pages-rtl")
@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_page_runs_in_the_direction_of_its_language(
    rooms: Rooms, language: str, direction: str
) -> None:
    room = rooms.enter("visitor", language, viewport=PHONE)
    room.visit(room.site.url("catalog.index"))
    root = room.tab.locator("html")
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == (language, direction)
    mark, menu = (
        room.tab.locator(".brand").bounding_box(),
        room.tab.locator(".menu-button").bounding_box(),
    )
    assert mark is not None
    assert menu is not None
    assert (mark["x"] < menu["x"]) == (direction == "ltr")


@pytest.mark.browser
@pytest.mark.xdist_group("pages-rtl")
def test_language_is_chosen_by_a_form_and_kept(rooms: Rooms) -> None:
    room = rooms.open(viewport=PHONE)
    room.visit(room.site.url("site.terms"))
    room.tab.locator('[popovertarget="display-menu"]').click()
    with room.tab.expect_navigation():
        room.tab.get_by_role("button", name="Pseudo-Arabic").click()
    assert room.tab.url.rstrip("?") == room.site.url("site.terms")
    room.visit(room.site.url("catalog.index"))
    assert room.tab.locator("html").get_attribute("dir") == "rtl"
    room.context.close()


@pytest.mark.browser
@pytest.mark.xdist_group("pages-ltr")
def test_theme_is_chosen_at_once_and_kept_without_a_flash(rooms: Rooms) -> None:
    room = rooms.open(viewport=PHONE)
    room.visit(room.site.url("catalog.index"))
    room.tab.locator('[popovertarget="display-menu"]').click()
    with room.tab.expect_response("**/theme"):
        room.tab.get_by_role("button", name="Dark").click()
    assert room.tab.locator("html").get_attribute("data-theme") == "dark"
    html = room.visit(room.site.url("catalog.index"))
    assert 'data-theme="dark"' in html
    room.be_content()
    room.context.close()
