"""Answers survive a lost connection, a reload and a second window; the page says where they are."""

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.browser.mouse import Mouse
from tests.browser.rooms import PHONE, Opener, Room
from tests.browser.world import WELCOME

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("pages-rtl")]
SAVE = "**/attempts/*/items/*"


def _state(room: Room) -> Locator:
    return room.tab.locator("[data-saved-text]")


def _start_quiz(room: Room) -> str:
    """Start the quiz of the short course and return the attempt's address."""
    room.visit(room.site.url("learning.quiz", slug=WELCOME, quiz="quiz-first-steps"))
    Mouse(room).push("Start")
    return room.tab.url


def _choices(room: Room) -> Locator:
    """The tiles of the first question on the page that is answered by choosing."""
    return room.tab.locator(".question:has(.tile) >> nth=0").locator(".tile-input")


def _is_lost(line: str) -> bool:
    return "ERR_FAILED" in line or "ERR_INTERNET_DISCONNECTED" in line


def test_answer_is_kept_while_the_connection_is_gone(opener: Opener) -> None:
    room = opener("offline", viewport=PHONE)
    address = _start_quiz(room)
    room.tab.route(SAVE, lambda route: route.abort())
    _choices(room).nth(1).check()
    expect(_state(room)).to_contain_text("Not saved yet")
    assert [line for line in room.complaints if not _is_lost(line)] == []
    room.complaints.clear()

    room.tab.unroute(SAVE)
    expect(_state(room)).to_contain_text("Saved")
    room.visit(address)
    expect(_choices(room).nth(1)).to_be_checked()
    expect(_state(room)).to_contain_text("Saved")


def test_answer_that_waits_survives_a_reload(opener: Opener) -> None:
    room = opener("reloader", viewport=PHONE)
    address = _start_quiz(room)
    room.tab.on("dialog", lambda dialog: dialog.accept())
    room.tab.route(SAVE, lambda route: route.abort())
    _choices(room).nth(0).check()
    expect(_state(room)).to_contain_text("Not saved yet")
    room.tab.unroute(SAVE)
    room.complaints.clear()
    room.visit(address)
    expect(_state(room)).to_contain_text("Saved")
    room.visit(address)
    expect(_choices(room).nth(0)).to_be_checked()


def test_acknowledgement_that_is_lost_is_asked_for_again(opener: Opener) -> None:
    room = opener("retrier", viewport=PHONE)
    address = _start_quiz(room)
    lost: list[int] = []

    def lose_first(route: Route) -> None:
        answer = route.fetch()
        if lost:
            route.fulfill(response=answer)
        else:
            lost.append(answer.status)
            route.abort()

    room.tab.route(SAVE, lose_first)
    _choices(room).nth(1).check()
    expect(_state(room)).to_contain_text("Not saved yet")
    room.complaints.clear()
    expect(_state(room)).to_contain_text("Saved")
    assert lost == [200]
    room.tab.unroute(SAVE)
    room.visit(address)
    expect(_choices(room).nth(1)).to_be_checked()


def test_second_window_is_told_that_the_first_has_answered(opener: Opener) -> None:
    first = opener("twice", viewport=PHONE)
    second = opener("twice", viewport=PHONE)
    address = _start_quiz(first)
    second.visit(address)
    _choices(first).nth(0).check()
    expect(_state(first)).to_contain_text("Saved")
    _choices(second).nth(1).check()
    expect(_state(second)).to_contain_text("answered in another window")
    assert all("409" in line for line in second.complaints)
    second.visit(address)
    expect(_choices(second).nth(0)).to_be_checked()
    second.complaints.clear()
