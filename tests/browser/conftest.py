"""One served program and one browser for each test process."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import find_chromium, launch
from tests.browser.live import Site, live_site
from tests.browser.rooms import Opener, Room, Rooms
from tests.conftest import NO_CHROMIUM


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a browser where there is none; tests/conftest.py says so loudly."""
    missing = pytest.mark.skip(reason=NO_CHROMIUM)
    for item in items:
        if item.get_closest_marker("browser") and find_chromium() is None:
            item.add_marker(missing)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with live_site(tmp_path_factory.mktemp("site") / "data") as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = launch(playwright)
        yield found
        found.close()


@pytest.fixture(scope="session")
def rooms(site: Site, browser: Browser) -> Rooms:
    return Rooms(site, browser)


@pytest.fixture
def opener(rooms: Rooms) -> Iterator[Opener]:
    """Open fresh windows that close with the test, which fails if one of them has a complaint."""
    opened: list[Room] = []

    def open_room(*args: str, **options: object) -> Room:
        opened.append(rooms.open(*args, **options))
        return opened[-1]

    yield open_room
    for room in opened:
        room.context.close()
        room.be_content()
