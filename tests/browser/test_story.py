"""Somebody comes, learns, proves it and shows the certificate."""

from pathlib import Path

import pytest

from tests.browser.keys import Keyboard
from tests.browser.mouse import Mouse
from tests.browser.rooms import DESKTOP, PHONE, Opener
from tests.browser.story import live_it

pytestmark = pytest.mark.browser


@pytest.mark.xdist_group("pages-ltr")
def test_whole_story_by_keyboard_alone(opener: Opener, tmp_path: Path) -> None:
    room = opener(viewport=DESKTOP)
    live_it(Keyboard(room), "Kim Keys", "kim@example.org", tmp_path)


@pytest.mark.xdist_group("pages-rtl")
def test_whole_story_on_a_phone_without_javascript(opener: Opener, tmp_path: Path) -> None:
    room = opener(viewport=PHONE, java_script_enabled=False)
    live_it(Mouse(room), "Nuria Noscript", "nuria@example.org", tmp_path)
