"""Every page of the site, once for each kind of reader who sees it differently.

A GET route that is in neither list fails `test_every_page_of_the_site_is_looked_at`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.browser.live import Site
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
    values: Callable[[World], Mapping[str, object]] = lambda _: {}
    status: int = 200
    is_for_people: bool = True  # the style guide is not: it is heavy, and its samples are English

    def address(self, site: Site) -> str:
        return site.url(self.endpoint, **self.values(site.world))


def _link(purpose: str) -> Callable[[World], Mapping[str, object]]:
    return lambda world: {"token": world.ids[purpose]}


PAGES = (
    Page("catalogue", "catalog.index"),
    Page("catalogue-nothing-found", "catalog.index", values=lambda _: {"q": "zzz"}),
    Page("privacy", "site.privacy"),
    Page("terms", "site.terms"),
    Page("outbox", "site.sent_mails"),
    Page("styleguide", "site.styleguide", is_for_people=False),
    Page("register", "accounts.register"),
    Page("sign-in", "accounts.sign_in"),
    Page("check-mail", "accounts.check_mail"),
    Page("confirm", "accounts.confirm", values=_link("confirm")),
    Page("dead-link", "accounts.confirm", values=lambda _: {"token": "no-such-token"}, status=404),
    Page("forgot", "accounts.forgot"),
    Page("reset", "accounts.reset", values=_link("reset")),
    Page("invitation", "accounts.invitation", values=_link("invite")),
    Page("profile", "accounts.profile", "learner"),
    Page("profile-name", "accounts.change_name", "learner"),
    Page("profile-email", "accounts.change_email", "learner"),
    Page("profile-password", "accounts.change_password", "learner"),
    Page("profile-language", "accounts.change_language", "learner"),
    Page("profile-sign-out-everywhere", "accounts.end_sessions", "learner"),
)
