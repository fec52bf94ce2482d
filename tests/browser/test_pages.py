"""Every page is there, fits a small phone, is light, quiet and clean."""

import pytest

from tests.browser.live import Site
from tests.browser.measures import inline_code, too_wide, untranslated, weight
from tests.browser.pages import NOT_PAGES, PAGES, Page
from tests.browser.rooms import NARROW, Rooms
from tests.browser.test_accessible import LANGUAGES

pytestmark = pytest.mark.browser
MOST_BYTES = 100 * 1024


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_page_is_light_clean_and_translated_and_fits_a_phone(
    rooms: Rooms, page: Page, language: str
) -> None:
    room = rooms.enter(page.role, language, viewport=NARROW)
    html = room.show(page)
    sizes = weight(room.tab)
    faults = [*room.complaints, *inline_code(html), *too_wide(room.tab)]
    if page.is_for_people and sum(sizes.values()) > MOST_BYTES:
        faults.append(f"too heavy: {sizes}")
    if page.is_for_people and language == "ar":
        faults += untranslated(room.tab, rooms.site.content)
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


@pytest.mark.xdist_group("stories")
def test_every_page_of_the_site_is_looked_at(site: Site) -> None:
    readable = {
        rule.endpoint for rule in site.app.url_map.iter_rules() if "GET" in (rule.methods or ())
    }
    listed = {page.endpoint for page in PAGES}
    assert readable - listed - NOT_PAGES.keys() == set(), "add rows to tests/browser/pages.py"
    assert (listed | NOT_PAGES.keys()) - readable == set(), "these pages are gone"
