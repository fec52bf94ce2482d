"""Browser windows, and what goes wrong in them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Request
from playwright.sync_api import Page as Tab

from tests.browser.live import Site
from tests.browser.pages import Page

PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 900}
VIOLATIONS = """
addEventListener('securitypolicyviolation', (event) => console.error(
  `CSP ${event.effectiveDirective}: ${event.blockedURI} ${event.sample} ${event.sourceFile}:${event.lineNumber}`));
"""


@dataclass
class Room:
    """One window, and everything in it that went wrong."""

    site: Site
    context: BrowserContext
    tab: Tab
    complaints: list[str] = field(default_factory=list)

    def seat(self, role: str, language: str) -> None:
        """Let somebody else sit down: another session and another language."""
        self.context.clear_cookies()
        self.context.add_cookies(self.site.cookies(role, language))  # type: ignore[arg-type]

    def watch(self) -> "Room":
        """Note every console error, policy report, exception and request to another origin."""
        self.context.on("console", self._hear)
        self.context.on(
            "weberror", lambda error: self.complaints.append(f"exception: {error.error}")
        )
        self.context.on("request", self._see)
        return self

    def _hear(self, message: ConsoleMessage) -> None:
        address = message.location.get("url")
        if "status of" in message.text and address == self.tab.url:
            return  # the browser's note about the page itself, whose status is looked at elsewhere
        if message.type == "error":
            self.complaints.append(f"console: {message.text} ({address})")

    def _see(self, request: Request) -> None:
        if not request.url.startswith((self.site.origin + "/", "data:", "blob:", "about:")):
            self.complaints.append(f"request to another origin: {request.url}")

    def visit(self, address: str, status: int = 200) -> str:
        """Open a page and return the HTML as the server sent it."""
        self.complaints.clear()
        answer = self.tab.goto(address)
        assert answer is not None
        assert answer.status == status, f"{address}: {answer.status} instead of {status}"
        assert self.tab.url == address, f"{address} leads to {self.tab.url}"
        return answer.text()

    def show(self, page: Page) -> str:
        """Open a page of the table, do there what it says, and return its HTML."""
        html = self.visit(page.address(self.site), page.status)
        if page.act:
            page.act(self.tab)
            html = self.tab.content()
        return html

    def be_content(self) -> None:
        """Fail if anything went wrong in this window since the last visit."""
        assert not self.complaints, "\n".join(self.complaints)


@dataclass
class Rooms:
    """Opens windows, and finds those that are open already."""

    site: Site
    browser: Browser
    kept: dict[str, Room] = field(default_factory=dict)

    def open(self, role: str = "visitor", language: str = "en", **options: Any) -> Room:
        """Open a fresh window."""
        context = self.browser.new_context(reduced_motion="reduce", **options)
        context.set_default_timeout(10_000)
        context.add_init_script(VIOLATIONS)
        room = Room(self.site, context, context.new_page()).watch()
        room.seat(role, language)
        return room

    def enter(self, role: str, language: str, **options: Any) -> Room:
        """Return a window that is kept open, with `role` before it."""
        key = str(sorted(options.items()))
        if key not in self.kept:
            self.kept[key] = self.open(**options)
        self.kept[key].seat(role, language)
        return self.kept[key]


Opener = Callable[..., Room]
