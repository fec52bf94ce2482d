"""Somebody who uses nothing but a keyboard, and sees where they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from playwright.sync_api import Locator, expect

from tests.browser.rooms import Room

MOST_STEPS = 150
IS_FOCUSED = "(elements) => elements.includes(document.activeElement)"
IS_BEHIND = """(elements) => {
  const here = document.activeElement;
  return here !== document.body
    && !!(here.compareDocumentPosition(elements[0]) & Node.DOCUMENT_POSITION_PRECEDING);
}"""
FOCUS_IS_SEEN = """() => {
  const here = document.activeElement;
  if (here === document.body) return 'nothing has the focus';
  const shown = [here, here.closest('label'), here.closest('.tile, .course-card, summary')].filter(Boolean);
  const marked = shown.some((element) => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 1;
  });
  if (!marked) return `no visible focus on ${here.outerHTML.slice(0, 150)}`;
  const box = shown.map((element) => element.getBoundingClientRect()).find((found) => found.width > 2 && found.height > 2);
  if (!box) return `nothing to see of ${here.outerHTML.slice(0, 150)}`;
  const [x, y] = [box.left + Math.min(box.width / 2, 40), box.top + Math.min(box.height / 2, 40)];
  const top = document.elementFromPoint(x, y);
  if (!top) return `out of sight: ${here.outerHTML.slice(0, 150)}`;
  return shown.some((element) => element.contains(top) || top.contains(element)) ? ''
    : `covered by ${top.outerHTML.slice(0, 80)}: ${here.outerHTML.slice(0, 150)}`;
}"""


@dataclass(frozen=True)
class Keyboard:
    """The keys of one window; everything that it does, a person can do without a mouse."""

    room: Room

    def press(self, key: str) -> None:
        self.room.tab.keyboard.press(key)

    def go_to(self, target: Locator) -> None:
        """Press Tab until `target` has the focus, which must be visible at every stop."""
        target.first.wait_for(state="attached")
        back = target.evaluate_all(IS_BEHIND)
        for _ in range(MOST_STEPS):
            if target.evaluate_all(IS_FOCUSED):
                return
            self.press("Shift+Tab" if back else "Tab")
            fault = self.room.tab.evaluate(FOCUS_IS_SEEN)
            assert not fault, f"{self.room.tab.url}: {fault}"
        raise AssertionError(f"{self.room.tab.url}: Tab never reaches {target}")

    def type_into(self, label: str, text: str) -> None:
        """Go to a text field and replace what stands there."""
        self.go_to(self.room.tab.get_by_label(label, exact=True))
        self.press("ControlOrMeta+A")
        self.room.tab.keyboard.type(text)

    def follow(self, name: str) -> None:
        """Go to a link and press Enter."""
        self._enter(self.room.tab.get_by_role("link", name=name))

    def push(self, name: str) -> None:
        """Go to a button and press Enter."""
        self._enter(self.room.tab.get_by_role("button", name=name))

    def _enter(self, target: Locator) -> None:
        self.go_to(target)
        with self.room.tab.expect_navigation():
            self.press("Enter")

    def activate(self, target: Locator) -> None:
        """Go to a button or link and press Enter, without expecting another page."""
        self.go_to(target)
        self.press("Enter")

    def answer(self, name: str, values: Sequence[str]) -> None:
        """Answer one field of a question, whatever kind of control it is."""
        controls = self.room.tab.locator(f'[name="{name}"]')
        kind = controls.first.get_attribute("type") or "select"
        if kind == "radio":
            self._choose(controls, values[0])
        elif kind == "checkbox":
            for value in values:
                self._tick(controls.and_(self.room.tab.locator(f'[value="{value}"]')))
        elif kind == "select":
            self._select(controls, values[0])
        else:
            self.go_to(controls)
            self.press("ControlOrMeta+A")
            self.room.tab.keyboard.type(values[0])

    def _choose(self, radios: Locator, value: str) -> None:
        self.go_to(radios)
        wanted = radios.and_(self.room.tab.locator(f'[value="{value}"]'))
        for _ in range(radios.count()):
            if wanted.evaluate_all(IS_FOCUSED):
                break
            self.press("ArrowDown")
        self.press("Space")
        expect(wanted).to_be_checked()

    def _tick(self, box: Locator) -> None:
        self.go_to(box)
        self.press("Space")
        expect(box).to_be_checked()

    def _select(self, select: Locator, value: str) -> None:
        self.go_to(select)
        self.press("Home")
        for _ in range(select.locator("option").count()):
            if select.input_value() == value:
                return
            self.press("ArrowDown")
        raise AssertionError(f"{value} cannot be chosen in {select}")
