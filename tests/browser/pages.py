"""Every page of the site, once for each kind of reader who sees it differently.

A GET route that is in neither list fails `test_every_page_of_the_site_is_looked_at`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.browser.world import World

NOT_PAGES = {
    "static": "files",
    "site.healthz": "JSON",
    "catalog.cover": "a picture",
    "catalog.media": "files",
    "certificates.pdf": "a document",
    "certificates.verify_json": "JSON",
}


@dataclass(frozen=True)
class Page:
    """One page as one kind of reader sees it."""

    name: str
    endpoint: str
    role: str = "visitor"
    values: Callable[[World], Mapping[str, object]] = lambda world: {}
    status: int = 200
    is_translated: bool = True

    def address(self, site: "Site") -> str:  # noqa: F821
        return site.url(self.endpoint, **self.values(site.world))


PAGES = (
    Page("catalogue", "catalog.index"),
    Page("catalogue-nothing-found", "catalog.index", values=lambda world: {"q": "zzz"}),
    Page("privacy", "site.privacy"),
    Page("terms", "site.terms"),
    Page("outbox", "site.sent_mails"),
    Page("styleguide", "site.styleguide", is_translated=False),
)
