"""Every page of the site, once for each kind of reader who sees it differently.

A GET route that is in neither list fails `test_every_page_of_the_site_is_looked_at`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from playwright.sync_api import Page as Tab

from tests.browser.live import Site
from tests.browser.world import COURSE, GUIDED, WELCOME, World

NOT_PAGES = {
    "static": "files",
    "site.healthz": "JSON",
    "catalog.cover": "a picture",
    "catalog.media": "files",
    "certificates.pdf": "a document",
    "certificates.verify_json": "JSON",
    "certificates.verify_qr": "a picture",
    "admin.logo": "a picture",
    "learning.fresh_check": "leads to the lesson",
    "studio.preview_fresh_check": "leads to the lesson",
}
Values = Callable[[World], Mapping[str, object]]


@dataclass(frozen=True)
class Page:
    """One page as one kind of reader sees it; `act` is what the reader does there first."""

    name: str
    endpoint: str
    role: str = "visitor"
    values: Values = lambda _: {}
    status: int = 200
    act: Callable[[Tab], None] | None = None
    is_for_people: bool = True  # the style guide is not: it is heavy, and its samples are English

    def address(self, site: Site) -> str:
        return site.url(self.endpoint, **self.values(site.world))


def _given(**values: object) -> Values:
    return lambda _: values


def _kept(name: str, key: str) -> Values:
    return lambda world: {name: world.ids[key]}


def _submit(selector: str) -> Callable[[Tab], None]:
    """Send a form as it stands, past the browser's own checks."""

    def act(tab: Tab) -> None:
        with tab.expect_navigation():
            tab.locator(selector).evaluate("(form) => { form.noValidate = true; form.submit(); }")

    return act


SITE = (
    Page("catalogue", "catalog.index"),
    Page("catalogue-learner", "catalog.index", "learner"),
    Page("catalogue-nothing-found", "catalog.index", values=_given(q="zzz")),
    Page("privacy", "site.privacy"),
    Page("terms", "site.terms"),
    Page("outbox", "site.sent_mails"),
    Page("styleguide", "site.styleguide", is_for_people=False),
    Page("not-found", "learning.course", values=_given(slug="no-such-course"), status=404),
)
ACCOUNTS = (
    Page("register", "accounts.register"),
    Page("register-with-errors", "accounts.register", act=_submit("main form")),
    Page("sign-in", "accounts.sign_in"),
    Page("sign-in-with-errors", "accounts.sign_in", act=_submit("main form")),
    Page("check-mail", "accounts.check_mail"),
    Page("check-mail-unconfirmed", "accounts.check_mail", "unconfirmed"),
    Page("confirm", "accounts.confirm", values=_kept("token", "confirm")),
    Page("dead-link", "accounts.confirm", values=_given(token="no-such-token"), status=404),
    Page("forgot", "accounts.forgot"),
    Page("reset", "accounts.reset", values=_kept("token", "reset")),
    Page("invitation", "accounts.invitation", values=_kept("token", "invite")),
    Page("profile", "accounts.profile", "learner"),
    Page("profile-name", "accounts.change_name", "learner"),
    Page("profile-email", "accounts.change_email", "learner"),
    Page("profile-password", "accounts.change_password", "learner"),
    Page("profile-language", "accounts.change_language", "learner"),
    Page("profile-sign-out-everywhere", "accounts.end_sessions", "learner"),
)
LEARNING = (
    Page("course-visitor", "learning.course", values=_given(slug=COURSE)),
    Page("course-newcomer", "learning.course", "newcomer", _given(slug=COURSE)),
    Page("course-learner", "learning.course", "learner", _given(slug=COURSE)),
    Page("course-completed", "learning.course", "graduate", _given(slug=WELCOME)),
    Page("course-by-application", "learning.course", "newcomer", _given(slug=GUIDED)),
    Page("course-applied", "learning.course", "applicant", _given(slug=GUIDED)),
    Page("course-accepted", "learning.course", "accepted", _given(slug=GUIDED)),
    Page("course-declined", "learning.course", "declined", _given(slug=GUIDED)),
    Page("apply", "learning.apply", "newcomer", _given(slug=GUIDED)),
    Page("leave", "learning.ask_leave", "learner", _given(slug=COURSE)),
    Page("glossary", "learning.glossary", values=_given(slug=COURSE)),
    Page(
        "lesson-visitor", "learning.lesson", values=_given(slug=COURSE, lesson="what-a-project-is")
    ),
    Page(
        "lesson-of-everything",
        "learning.lesson",
        "learner",
        _given(slug=WELCOME, lesson="what-a-lesson-can-show"),
    ),
    Page(
        "lesson-with-errors",
        "learning.lesson",
        "learner",
        _given(slug=WELCOME, lesson="what-a-lesson-can-show"),
        act=_submit("[data-check-form] >> nth=0"),
    ),
    Page(
        "lesson-locked",
        "learning.lesson",
        "learner",
        _given(slug=COURSE, lesson="beyond-the-triangle"),
        status=403,
    ),
    Page("quiz", "learning.quiz", "graduate", _given(slug=WELCOME, quiz="quiz-first-steps")),
    Page("sample", "learning.sample", values=_given(slug=WELCOME, seed="0123456789abcdef")),
    Page(
        "sample-graded",
        "learning.sample",
        values=_given(slug=WELCOME, seed="0123456789abcdef"),
        act=_submit("main form"),
    ),
    Page("home-newcomer", "learning.home", "newcomer"),
    Page("home-learner", "learning.home", "learner"),
    Page("home-graduate", "learning.home", "graduate"),
)
ATTEMPTS = (
    Page("attempt", "assessment.attempt", "sitter", _kept("attempt_id", "open")),
    Page(
        "attempt-last-page",
        "assessment.attempt",
        "sitter",
        lambda world: {"attempt_id": world.ids["open"], "page": 3},
    ),
    Page("attempt-time-up", "assessment.attempt", "late", _kept("attempt_id", "time-up")),
    Page("attempt-summary", "assessment.summary", "sitter", _kept("attempt_id", "open")),
    Page("result-failed", "assessment.result", "graduate", _kept("attempt_id", "failed")),
    Page("result-passed", "assessment.result", "graduate", _kept("attempt_id", "passed")),
)
CERTIFICATES = (
    Page("certificates", "certificates.mine", "holder"),
    Page("certificates-newcomer", "certificates.mine", "newcomer"),
    Page("certificates-candidate", "certificates.mine", "candidate"),
    Page("transcript", "certificates.transcript", "graduate"),
    Page("transcript-newcomer", "certificates.transcript", "newcomer"),
    Page("verify-form", "certificates.verify_form"),
    Page("verify-valid", "certificates.verify", values=_kept("code", "valid")),
    Page("verify-holder", "certificates.verify", "graduate", _kept("code", "valid")),
    Page("verify-expired", "certificates.verify", values=_kept("code", "expired")),
    Page("verify-revoked", "certificates.verify", values=_kept("code", "revoked")),
    Page("verify-superseded", "certificates.verify", values=_kept("code", "superseded")),
    Page("verify-unknown", "certificates.verify", values=_given(code="none"), status=404),
)
STUDIO = (
    Page("studio", "studio.index", "trainer"),
    Page("studio-course", "studio.course", "trainer", _given(slug=COURSE)),
    Page("studio-course-empty", "studio.course", "administrator", _given(slug=WELCOME)),
    Page("studio-applications", "studio.applications", "trainer", _given(slug=GUIDED)),
    Page("studio-applications-none", "studio.applications", "trainer", _given(slug=COURSE)),
    Page("preview", "studio.preview", "trainer", _given(slug=COURSE)),
    Page(
        "preview-lesson",
        "studio.preview_lesson",
        "trainer",
        _given(slug=COURSE, lesson="beyond-the-triangle"),
    ),
    Page("preview-glossary", "studio.preview_glossary", "trainer", _given(slug=COURSE)),
    Page(
        "preview-quiz",
        "studio.preview_quiz",
        "trainer",
        _given(slug=WELCOME, quiz="quiz-first-steps"),
    ),
)
ADMIN = (
    Page("admin", "admin.desk", "administrator"),
    Page("admin-forbidden", "admin.desk", "learner", status=403),
    Page("admin-people", "admin.people", "administrator"),
    Page("admin-people-none", "admin.people", "administrator", _given(q="zzz")),
    Page("admin-person", "admin.person", "administrator", _kept("public_id", "person-trainer")),
    Page("admin-invite", "admin.invite", "administrator"),
    Page("admin-grant", "admin.grant", "administrator", _kept("public_id", "person-learner")),
    Page(
        "admin-revoke-role",
        "admin.revoke",
        "administrator",
        lambda world: {
            "public_id": world.ids["person-trainer"],
            "role": "trainer",
            "scope": f"course:{WELCOME}",
        },
    ),
    Page("admin-suspend", "admin.suspend", "administrator", _kept("public_id", "person-learner")),
    Page(
        "admin-reinstate",
        "admin.reinstate",
        "administrator",
        _kept("public_id", "person-suspended"),
    ),
    Page("admin-awards", "admin.awards", "administrator"),
    Page("admin-award", "admin.award", "administrator", _given(slug=COURSE)),
    Page("admin-eligibilities", "admin.eligibilities", "administrator"),
    Page(
        "admin-eligibility",
        "admin.eligibility",
        "administrator",
        _kept("public_id", "eligibility"),
    ),
    Page("admin-certificates", "admin.certificates", "administrator"),
    Page("admin-certificates-none", "admin.certificates", "administrator", _given(q="zzz")),
    Page("admin-certificate", "admin.certificate", "administrator", _kept("code", "valid")),
    Page(
        "admin-certificate-revoked",
        "admin.certificate",
        "administrator",
        _kept("code", "revoked"),
    ),
    Page("admin-issue", "admin.issue_certificate", "administrator"),
    Page("admin-reissue", "admin.reissue_certificate", "administrator", _kept("code", "valid")),
    Page("admin-revoke", "admin.revoke_certificate", "administrator", _kept("code", "valid")),
    Page("admin-site", "admin.site", "administrator"),
    Page("admin-audit", "admin.audit", "administrator"),
)
PAGES = (*SITE, *ACCOUNTS, *LEARNING, *ATTEMPTS, *CERTIFICATES, *STUDIO, *ADMIN)
