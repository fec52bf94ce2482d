"""Somebody who clicks; also where scripts do not run."""

from collections.abc import Sequence
from dataclasses import dataclass

from playwright.sync_api import Locator

from tests.browser.rooms import Room


@dataclass(frozen=True)
class Mouse:
    """The hand of somebody who clicks, with the same doings as `Keyboard`."""

    room: Room

    def type_into(self, label: str, text: str) -> None:
        self.room.tab.get_by_label(label, exact=True).fill(text)

    def follow(self, name: str) -> None:
        self._click(self.room.tab.get_by_role("link", name=name).first)

    def push(self, name: str) -> None:
        self._click(self.room.tab.get_by_role("button", name=name).first)

    def _click(self, target: Locator) -> None:
        with self.room.tab.expect_navigation():
            target.click()

    def activate(self, target: Locator) -> None:
        """Click without expecting another page."""
        target.click()

    def answer(self, name: str, values: Sequence[str]) -> None:
        controls = self.room.tab.locator(f'[name="{name}"]')
        kind = controls.first.get_attribute("type") or "select"
        if kind == "select":
            controls.select_option(values[0])
        elif kind in {"radio", "checkbox"}:
            for value in values:
                controls.and_(self.room.tab.locator(f'[value="{value}"]')).check()
        else:
            controls.fill(values[0])
