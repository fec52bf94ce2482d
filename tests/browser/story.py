"""The learner's whole story, told once for every way of using a browser."""

import urllib.parse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from playwright.sync_api import Locator, expect

from tests.browser.answers import right_answers
from tests.browser.rooms import Room
from tests.browser.world import WELCOME
from tests.makers import PASSWORD

MOST_RELOADS = 40


class Hand(Protocol):
    """How somebody uses a page: by the keyboard alone, or by clicking."""

    @property
    def room(self) -> Room: ...
    def type_into(self, label: str, text: str) -> None: ...
    def follow(self, name: str) -> None: ...
    def push(self, name: str) -> None: ...
    def activate(self, target: Locator) -> None: ...
    def answer(self, name: str, values: Sequence[str]) -> None: ...


def register(hand: Hand, name: str, email: str) -> None:
    """From the catalogue to a confirmed account, and in."""
    hand.room.visit(hand.room.site.url("catalog.index"))
    hand.follow("Join")
    hand.type_into("Name", name)
    hand.type_into("E-mail address", email)
    hand.type_into("Password", PASSWORD)
    hand.push("Create my account")
    hand.follow("Open the outbox")
    _wait_for_mail(hand.room, email)
    hand.follow("/confirm/")
    hand.push("Yes, this is my address")
    hand.type_into("E-mail address", email)
    hand.type_into("Password", PASSWORD)
    hand.push("Sign in")
    expect(hand.room.tab.locator("h1")).to_contain_text(name)


def _wait_for_mail(room: Room, email: str) -> None:
    """Reload, as people do, until the mail has come."""
    for _ in range(MOST_RELOADS):
        if room.tab.get_by_text(email).count():
            return
        room.tab.reload()
    raise AssertionError(f"No mail has come for {email}.")


def enrol(hand: Hand) -> None:
    """From an empty home to the first lesson of the short course."""
    hand.follow("Find a course")
    hand.follow("Welcome to Waymark")
    hand.push("Enrol now")
    hand.follow("Continue")


def study(hand: Hand) -> None:
    """Answer a check in each lesson and mark the lesson as done, up to the quiz."""
    tab = hand.room.tab
    while "/lessons/" in tab.url:
        card = tab.locator("[data-check]").first
        title = card.get_attribute("id")
        _answer_anything(hand, card)
        hand.activate(card.get_by_role("button", name="Check"))
        expect(tab.locator(f"#{title} .result")).to_be_visible()
        hand.push("Mark as done and go on")
    assert "/quizzes/" in tab.url, tab.url


def _answer_anything(hand: Hand, card: Locator) -> None:
    fields = card.locator("input:not([type=hidden]), select")
    for name in dict.fromkeys(fields.evaluate_all("(all) => all.map((field) => field.name)")):
        control = card.locator(f'[name="{name}"]').first
        if control.evaluate("(field) => field.tagName") == "SELECT":
            hand.answer(name, [control.locator("option").nth(1).get_attribute("value") or ""])
        else:
            hand.answer(name, [control.get_attribute("value") or "1"])


def pass_quiz(hand: Hand) -> None:
    """Start the quiz, answer everything rightly, look it over and submit."""
    hand.push("Start")
    tab = hand.room.tab
    attempt = urllib.parse.urlsplit(tab.url).path.split("/")[-1]
    for question in right_answers(hand.room.site.program, attempt):
        _answer_question(hand, question)
    hand.push("Review before submitting")
    expect(tab.get_by_text("Every question is answered.")).to_be_visible()
    hand.push("Submit for good")
    expect(tab.get_by_role("heading", name="Passed")).to_be_visible()


def _answer_question(hand: Hand, question: Mapping[str, Sequence[str]]) -> None:
    """Fill in the fields of one question; places in their order, for rows that move."""
    first = next(iter(question))
    while not hand.room.tab.locator(f'[name="{first}"]').count():
        hand.push("Save and continue")
    for name, values in sorted(question.items(), key=lambda pair: (*pair[1], "")[0]):
        hand.answer(name, values)


def take_certificate(hand: Hand, name: str, folder: Path) -> None:
    """From the result to the document, and to the page that everybody can verify."""
    tab = hand.room.tab
    hand.follow("Continue the course")
    hand.follow("See your certificates")
    with tab.expect_download() as download:
        hand.activate(tab.get_by_role("link", name="Download PDF"))
    path = folder / "certificate.pdf"
    download.value.save_as(path)
    assert path.read_bytes().startswith(b"%PDF-")
    hand.follow("Verification page")
    expect(tab.get_by_role("heading", name="This certificate is valid")).to_be_visible()
    expect(tab.locator("main")).to_contain_text(name)
    code = tab.url.rpartition("/")[2]
    stranger = hand.room.site.url("certificates.verify", code=code)
    assert tab.url == stranger
    assert WELCOME in tab.locator("main").inner_text().lower()


def live_it(hand: Hand, name: str, email: str, folder: Path) -> None:
    """The whole story, from the catalogue to a certificate that verifies."""
    register(hand, name, email)
    enrol(hand)
    study(hand)
    pass_quiz(hand)
    take_certificate(hand, name, folder)
