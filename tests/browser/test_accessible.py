"""Both engines find nothing wrong on any page, in light and dark, left-to-right and right-to-left."""

import pytest

from tests.browser.engines import bring_engines, examine, keep_notes
from tests.browser.pages import PAGES, Page
from tests.browser.rooms import DESKTOP, Rooms

pytestmark = pytest.mark.browser
LANGUAGES = [
    pytest.param("en", id="ltr", marks=pytest.mark.xdist_group("pages-ltr")),
    pytest.param("ar", id="rtl", marks=pytest.mark.xdist_group("pages-rtl")),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_page_is_accessible(rooms: Rooms, page: Page, language: str) -> None:
    room = rooms.enter(page.role, language, bypass_csp=True, viewport=DESKTOP)
    room.show(page)
    bring_engines(room.tab)
    notes: tuple[str, ...] = ()
    violations: list[str] = []
    for theme in ("light", "dark"):
        room.tab.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        found = examine(room.tab)
        violations += [f"{theme}: {violation}" for violation in found.violations]
        notes += found.notes
    keep_notes(f"{page.name}-{language}", notes)
    if violations:
        pytest.fail("\n".join(violations), pytrace=False)
