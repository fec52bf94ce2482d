"""Questions that are asked of a page as it stands: too wide, too heavy, inline code, untranslated."""

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from playwright.sync_api import Page as Tab

TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  const scrolls = (element) => {
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement)
      if (getComputedStyle(up).overflowX !== 'visible') return true;
    return false;
  };
  return [...document.body.querySelectorAll('*')].filter((element) => {
    const box = element.getBoundingClientRect();
    if (!box.width || !box.height || element.closest('.sr-only, .skip-link, [popover]:not(:popover-open)')) return false;
    return (box.right > width + 1 || box.left < -1) && !scrolls(element);
  }).map((element) => `${element.tagName.toLowerCase()}.${element.className.baseVal ?? element.className} `
    + `${Math.round(element.getBoundingClientRect().left)}..${Math.round(element.getBoundingClientRect().right)}`)
    .concat(document.documentElement.scrollWidth > width ? [`the page scrolls to ${document.documentElement.scrollWidth}`] : []);
}"""
WEIGHT = """() => Object.fromEntries([
  ...performance.getEntriesByType('navigation').map((entry) => ['page', entry.decodedBodySize]),
  ...performance.getEntriesByType('resource').filter((entry) => /\\.(css|js)($|\\?)/.test(entry.name))
    .map((entry) => [new URL(entry.name).pathname.split('/').pop(), entry.decodedBodySize]),
])"""
VISIBLE_TEXTS = """() => {
  const skipped = '.prose, bdi, [dir=auto], code, pre, kbd, math, script, style, template, noscript, .avatar, [lang]:not(html)';
  const found = [];
  const note = (where, text) => { if (/[A-Za-z]{2}/.test(text || '')) found.push([where, text]); };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const owner = walker.currentNode.parentElement;
    if (!owner.closest(skipped)) note(`<${owner.tagName.toLowerCase()} class="${owner.getAttribute('class') || ''}">`, walker.currentNode.data);
  }
  for (const element of document.body.querySelectorAll('[aria-label], [title], [placeholder], img[alt]')) {
    if (element.closest(skipped)) continue;
    for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
      note(`<${element.tagName.toLowerCase()} ${name}>`, element.getAttribute(name));
  }
  note('<title>', document.title);
  return found;
}"""
LATIN = re.compile(r"[A-Za-z]{2,}")
# Addresses, certificate codes and the names of events are the same in every language.
SIGNS = re.compile(r"\S+@\S+|\b[0-9A-Z]{4}(-[0-9A-Z]{4}){3}\b|\b[a-z]+\.[a-z-]+\b")


class InlineCode(HTMLParser):
    """Collects inline styles, handlers and scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        bad = [name for name in names if name == "style" or name.startswith("on")]
        if (names.get("href") or "").strip().lower().startswith("javascript:"):
            bad.append("href")
        if tag in {"script", "style"} and "nonce" not in names:
            bad.append("no nonce")
        self.found += [f"<{tag}> {name}" for name in bad]


def inline_code(html: str) -> list[str]:
    """Return the inline styles, handlers and scripts without a nonce in a page's source."""
    parser = InlineCode()
    parser.feed(html)
    return parser.found


def too_wide(tab: Tab) -> list[str]:
    """Return what reaches beyond the window and cannot be scrolled within its own box."""
    found: list[str] = tab.evaluate(TOO_WIDE)
    return found


def weight(tab: Tab) -> dict[str, int]:
    """Return the decoded bytes of the page, its styles and its scripts."""
    found: dict[str, int] = tab.evaluate(WEIGHT)
    return found


def untranslated(tab: Tab, content: Sequence[str]) -> list[str]:
    """Return what still has Latin words when content and names are taken away."""
    found = []
    for where, text in tab.evaluate(VISIBLE_TEXTS):
        rest = SIGNS.sub("", " ".join(text.split()))
        for known in content:
            if known in rest:
                rest = re.sub(rf"(?<!\w){re.escape(known)}(?!\w)", "", rest)
        if LATIN.search(rest):
            found.append(f"not translated: {where} {rest.strip()[:90]}")
    return found
