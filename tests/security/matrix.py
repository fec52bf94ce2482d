"""Who may do what: one line for each method of each route.

The six signs stand for visitor · learner (who owns the objects) · another learner · trainer of the
course · trainer of another course · administrator:

    +  let in (an answer, a redirect, or a form that asks for more)
    s  sent to sign in
    -  refused (403)
    0  there is no such thing (404)

`form` is what a valid post carries; `at` replaces arguments of the address. Each row that
is about an object is also tried with one that does not exist, which lets nobody in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

PUBLIC = "++++++"
MEMBERS = "s+++++"
ADMIN = "s----+"
ENROLLED = "s+----"
OWNER = "s+0000"
STAFF = "s00+0+"


@dataclass(frozen=True)
class Row:
    """What the six roles meet at one method of one endpoint."""

    method: str
    endpoint: str
    signs: str
    form: Mapping[str, str] = field(default_factory=dict)
    at: Mapping[str, str] = field(default_factory=dict)


def get(endpoint: str, signs: str, **at: str) -> Row:
    return Row("GET", endpoint, signs, {}, at)


def post(
    endpoint: str,
    signs: str,
    form: Mapping[str, str] | None = None,
    **at: str,
) -> Row:
    return Row("POST", endpoint, signs, form or {}, at)


GOOD = "seven calm otters count"
NEW = "nine green kettles sing"
AWARD = {
    "title": "Certificate: renamed",
    "criteria_text": "",
    "minimum_percent": "",
    "issuing": "rule",
    "validity_months": "24",
    "signatory_name": "",
    "signatory_title": "",
    "base_version": "1",
}
ISSUE = {"email": "other@example.org", "course": "own", "reason": "Studied in class."}
REVOKE = {"reason": "other", "public_note": "", "private_note": ""}
APPROVE = {"act": "approve", "chosen": "{eligibility}", "note": ""}
DECIDE = {"verdict": "accept", "applications": "{application}", "note": ""}
ANSWER = {"operation_id": "an-operation", "revision": "0"}

ROWS = (
    # the site
    get("static", PUBLIC, filename="css/app.css"),
    get("site.healthz", PUBLIC),
    get("site.privacy", PUBLIC),
    get("site.terms", PUBLIC),
    get("site.styleguide", PUBLIC),
    get("site.sent_mails", PUBLIC),
    post("site.set_theme", PUBLIC, {"theme": "dark"}),
    post("site.set_language", PUBLIC, {"language": "en"}),
    # accounts
    get("accounts.register", PUBLIC),
    post("accounts.register", PUBLIC, {"name": "N", "email": "n@example.org", "password": NEW}),
    get("accounts.sign_in", PUBLIC),
    post("accounts.sign_in", PUBLIC, {"email": "learner@example.org", "password": GOOD}),
    post("accounts.sign_out", MEMBERS),
    get("accounts.check_mail", PUBLIC),
    post("accounts.resend", PUBLIC, {"email": "n@example.org"}),
    get("accounts.forgot", PUBLIC),
    post("accounts.forgot", PUBLIC, {"email": "n@example.org"}),
    get("accounts.confirm", "000000", token="guessed"),
    post("accounts.confirm", "000000", token="guessed"),
    get("accounts.reset", "000000", token="guessed"),
    post("accounts.reset", "000000", {"password": NEW}, token="guessed"),
    get("accounts.invitation", "000000", token="guessed"),
    post("accounts.invitation", "000000", {"name": "N", "password": NEW}, token="guessed"),
    get("accounts.profile", MEMBERS),
    get("accounts.change_name", MEMBERS),
    post("accounts.change_name", MEMBERS, {"name": "New Name"}),
    get("accounts.change_email", MEMBERS),
    post("accounts.change_email", MEMBERS, {"email": "n@example.org", "current_password": GOOD}),
    get("accounts.change_password", MEMBERS),
    post("accounts.change_password", MEMBERS, {"current_password": GOOD, "password": NEW}),
    get("accounts.change_language", MEMBERS),
    post("accounts.change_language", MEMBERS, {"locale": "en", "time_zone": "UTC"}),
    get("accounts.end_sessions", MEMBERS),
    post("accounts.end_sessions", MEMBERS),
    # the administrator's desk
    get("admin.desk", ADMIN),
    get("admin.audit", ADMIN),
    get("admin.people", ADMIN),
    get("admin.person", ADMIN),
    get("admin.invite", ADMIN),
    post("admin.invite", ADMIN, {"name": "N", "email": "n@example.org"}),
    post("admin.invite_again", ADMIN),
    get("admin.grant", ADMIN),
    post("admin.grant", ADMIN, {"role": "trainer", "course": "own"}),
    get("admin.revoke", "s----0"),
    post("admin.revoke", "s----0"),
    get("admin.suspend", ADMIN),
    post("admin.suspend", ADMIN, {"reason": "Because."}),
    get("admin.reinstate", ADMIN),
    post("admin.reinstate", ADMIN, {"reason": "Because."}),
    get("admin.site", ADMIN),
    post("admin.site", ADMIN, {"name": "Renamed", "address": "", "contact": ""}),
    get("admin.logo", ADMIN),
    get("admin.awards", ADMIN),
    get("admin.award", ADMIN),
    post("admin.award", ADMIN, AWARD),
    get("admin.eligibilities", ADMIN),
    post("admin.decide_eligibilities", ADMIN, APPROVE),
    get("admin.eligibility", ADMIN, public_id="{eligibility}"),
    get("admin.certificates", ADMIN),
    get("admin.certificate", ADMIN),
    get("admin.issue_certificate", ADMIN),
    post("admin.issue_certificate", ADMIN, ISSUE),
    get("admin.reissue_certificate", ADMIN),
    post("admin.reissue_certificate", ADMIN, {"name": "Lina Right", "note": ""}),
    get("admin.revoke_certificate", ADMIN),
    post("admin.revoke_certificate", ADMIN, REVOKE),
    # the catalogue and courses
    get("catalog.index", PUBLIC),
    get("catalog.cover", PUBLIC),
    get("catalog.media", "000000", sha="0" * 64, name="x.svg"),
    get("learning.course", PUBLIC),
    get("learning.glossary", PUBLIC),
    get("learning.sample", PUBLIC),
    post("learning.grade", PUBLIC),
    get("learning.lesson", PUBLIC),
    get("learning.fresh_check", PUBLIC),
    post("learning.check", PUBLIC),
    get("learning.home", MEMBERS),
    get("learning.apply", MEMBERS, slug="asked"),
    post("learning.hand_in", MEMBERS, {"statement": "Please."}, slug="asked"),
    post("learning.enrol", MEMBERS),
    post("learning.start", ENROLLED),
    get("learning.ask_leave", MEMBERS),
    post("learning.leave", MEMBERS),
    post("learning.mark_done", ENROLLED),
    get("learning.quiz", ENROLLED),
    post("learning.start_quiz", ENROLLED),
    # attempts
    get("assessment.attempt", OWNER),
    get("assessment.summary", OWNER),
    get("assessment.result", OWNER),
    post("assessment.save_slot", OWNER, ANSWER),
    post("assessment.save_page", OWNER, ANSWER | {"go": "stay"}),
    post("assessment.submit", OWNER),
    # certificates
    get("certificates.mine", MEMBERS),
    get("certificates.transcript", MEMBERS),
    get("certificates.pdf", "s+000+"),
    get("certificates.verify_form", PUBLIC),
    get("certificates.verify", PUBLIC),
    get("certificates.verify_json", PUBLIC),
    get("certificates.verify_qr", PUBLIC),
    # the studio
    get("studio.index", "s--+++"),
    get("studio.course", STAFF),
    get("studio.applications", STAFF),
    post("studio.decide_applications", STAFF, DECIDE, slug="asked"),
    get("studio.preview", STAFF),
    get("studio.preview_lesson", STAFF),
    get("studio.preview_quiz", STAFF),
    get("studio.preview_glossary", STAFF),
    get("studio.preview_fresh_check", STAFF),
    post("studio.preview_check", STAFF),
)
