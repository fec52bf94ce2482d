"""Pictures of every page: `python -m tests.browser.shots [NAME...]` fills build/shots/.

Each page is taken light and dark, on a phone and on a desktop, left-to-right and right-to-left:
`<name>-<theme>-<size>-<direction>.png`. With names, only the pages that begin so are taken.
"""

import multiprocessing
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

from tests.browser.chromium import find_chromium, launch
from tests.browser.live import ROOT, live_site
from tests.browser.pages import PAGES, Page
from tests.browser.rooms import DESKTOP, PHONE, Rooms

SIZES = {"phone": PHONE, "desktop": DESKTOP}
DIRECTIONS = {"ltr": "en", "rtl": "ar"}
THEMES = ("light", "dark")
FOLDER = ROOT / "build/shots"
PROCESSES = 2


def take(rooms: Rooms, page: Page) -> int:
    """Take all pictures of a page and return how many."""
    taken = 0
    for size, viewport in SIZES.items():
        for direction, language in DIRECTIONS.items():
            room = rooms.enter(page.role, language, viewport=viewport)
            room.show(page)
            for theme in THEMES:
                room.tab.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
                path = FOLDER / f"{page.name}-{theme}-{size}-{direction}.png"
                room.tab.screenshot(path=path, full_page=True)
                taken += 1
    return taken


def take_all(pages: Sequence[Page]) -> int:
    """Take the pictures of some pages on a server of their own; return how many pages failed."""
    failed = 0
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch(playwright)
        with live_site(Path(folder) / "data", with_demo=True) as site:
            rooms = Rooms(site, browser)
            for page in pages:
                try:
                    result = f"{take(rooms, page)} pictures"
                except (AssertionError, Error) as fault:
                    result, failed = f"FAILED: {str(fault).splitlines()[0]}", failed + 1
                print(f"{page.name}: {result}", flush=True)
        browser.close()
    return failed


def _share(names: tuple[str, ...], part: int) -> int:
    pages = [page for page in PAGES if page.name.startswith(names or "")]
    return take_all(pages[part::PROCESSES])


def main(names: Sequence[str]) -> int:
    """Take the pictures; return 1 if there is no browser or a page could not be shown."""
    if find_chromium() is None:
        print("There is no Chromium here. Debian: apt-get install chromium.")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, mp_context=spawn) as pool:
        failed = sum(pool.map(partial(_share, tuple(names)), range(PROCESSES)))
    print(f"Look at them in {FOLDER.relative_to(ROOT)}.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
