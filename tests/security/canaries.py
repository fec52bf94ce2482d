"""Who may see which canary where.

`seen` names role -> endpoints where a canary is shown: `cookie` stands for the role's own cookies,
`*` for any page. It is exact: a canary that is seen elsewhere fails, and so does one that its
reader does not find.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from lms.accounts.models import LoginSession, OneTimeToken
from tests.security.planting import SEEDS
from tests.security.school import ROLES, School
from tests.security.secret_items import NUMBERS


@dataclass(frozen=True)
class Canary:
    """One secret, and role -> endpoints where it is shown."""

    name: str
    text: str
    seen: Mapping[str, str] = field(default_factory=dict)


VERIFIED = dict.fromkeys(ROLES, "certificates.verify certificates.verify_json")
OWN_PAGES = "accounts.profile accounts.change_email accounts.change_password accounts.check_mail"
PEOPLE = "admin.audit admin.people admin.person"
CERTIFIED = "admin.certificate admin.certificates admin.eligibilities admin.eligibility"
NAMED = "admin.grant admin.suspend"
HOLDER = (
    "admin.reinstate admin.reissue_certificate admin.revoke_certificate certificates.pdf "
    "certificates.verify certificates.verify_json"
)
APPLICANT = "studio.course studio.applications"

NAMES = {
    "learner": VERIFIED
    | {
        "learner": "*",
        "trainer": f"{VERIFIED['trainer']} studio.course",
        "administrator": f"{PEOPLE} {CERTIFIED} {NAMED} {HOLDER} studio.course",
    },
    "other": {
        "other": "*",
        "trainer": APPLICANT,
        "administrator": f"{PEOPLE} admin.eligibilities admin.eligibility {NAMED} {APPLICANT}",
    },
    "trainer": {"trainer": "*", "administrator": f"{PEOPLE} {NAMED} admin.revoke"},
    "stranger": {"stranger": "*", "administrator": f"{PEOPLE} {NAMED} admin.revoke"},
    "administrator": {"administrator": "*"},
}
MAILS = {
    "learner": {
        "learner": OWN_PAGES,
        "trainer": "studio.course",
        "administrator": f"{PEOPLE} {CERTIFIED} studio.course",
    },
    "other": {
        "other": OWN_PAGES,
        "trainer": APPLICANT,
        "administrator": f"{PEOPLE} admin.certificates admin.eligibilities admin.eligibility "
        f"{APPLICANT}",
    },
    "trainer": {"trainer": OWN_PAGES, "administrator": f"{PEOPLE} admin.certificates"},
    "stranger": {"stranger": OWN_PAGES, "administrator": f"{PEOPLE} admin.certificates"},
    "administrator": {"administrator": f"{OWN_PAGES} {PEOPLE} admin.certificates"},
}
STAFF_NOTE = {"administrator": "admin.audit admin.certificate"}
RECORDS = (
    Canary("reason of a certificate issued by hand", "grounds-canary", STAFF_NOTE),
    Canary("private note of a revocation", "private-canary", STAFF_NOTE),
    Canary(
        "public note of a revocation",
        "public-canary",
        VERIFIED | {"administrator": f"{VERIFIED['administrator']} {STAFF_NOTE['administrator']}"},
    ),
    Canary("reason of a declined one", "declined-canary", {"administrator": "admin.eligibility"}),
    Canary("detail of the audit log", "audit-canary", {"administrator": "admin.audit"}),
    Canary(
        "statement of an applicant",
        "statement-canary",
        {"trainer": "studio.applications", "administrator": "studio.applications"},
    ),
    Canary(
        "note to an applicant",
        "note-canary",
        {
            "other": "learning.course learning.home",
            "trainer": "studio.applications",
            "administrator": "studio.applications",
        },
    ),
    Canary("answer of the learner", "answer-canary-learner", {"learner": "assessment.attempt"}),
    Canary("answer of the other", "answer-canary-other", {"other": "assessment.result"}),
    Canary("mail that the demo kept", "mailed-canary", dict.fromkeys(ROLES, "site.sent_mails")),
)
STAFF_KEYS = {"trainer": "studio.preview_quiz", "administrator": "studio.preview_quiz"}
KEYS = {
    "practice": {},  # explained by the reply to a post, never by a page
    "quiz": STAFF_KEYS | {"other": "assessment.result"},  # the other one has submitted
    "exam": STAFF_KEYS,
}
UNSEEN = (
    ("answer that was kept as a note", "stale-canary"),
    ("practised answer of the learner", "practised-canary-learner"),
    ("practised answer of the other", "practised-canary-other"),
    ("promise of the outbox", "promise-canary"),
    ("fault of a promise", "fault-canary"),
    ("name of a browser", "agent-canary"),
    ("address of a mailed link", "token-canary@"),
    ("secret of a mailed link", "reset-canary"),
    ("trace of a waiting eligibility", "untold-canary"),
)


def canaries(school: School) -> tuple[Canary, ...]:
    """Return the table."""
    unseen = [Canary(name, text) for name, text in UNSEEN]
    return (*_of_people(school), *RECORDS, *_of_items(), *unseen, *_of_the_machine(school))


def _of_people(school: School) -> list[Canary]:
    found = []
    for role in school.people:
        found += [
            Canary(f"name of {role}", f"Canary {role}-name", NAMES[role]),
            Canary(f"e-mail of {role}", f"mail-canary-{role}@example.org", MAILS[role]),
            Canary(f"password of {role}", f"password-canary-{role}"),
            Canary(f"session of {role}", f"SESSION-CANARY-{role}", {role: "cookie"}),
        ]
    other = school.people["other"].public_id
    return [*found, Canary("id of the other", other, {"administrator": f"{PEOPLE} {NAMED}"})]


def _of_items() -> list[Canary]:
    shown = [
        Canary(f"{what} of {use}", text, seen)
        for use, seen in KEYS.items()
        for what, text in (
            ("reason", f"reason-canary-{use}"),
            ("feedback", f"feedback-canary-{use}"),
            ("key", f"key-canary-{use}"),
            ("foreseen answer", f"foreseen-canary-{use}"),
            ("number", str(NUMBERS[use])),
        )
    ]
    hidden = [
        Canary(f"{what} of {use}", text)
        for use in KEYS
        for what, text in (
            ("misconception", f"misconception-canary-{use}"),
            ("draft", f"draft-canary-{use}"),
        )
    ]
    ids = [Canary(f"id of {use}", f"secret/{use}-") for use in ("quiz", "exam")]
    return [*shown, *hidden, *ids]


def _of_the_machine(school: School) -> list[Canary]:
    """Return what no page has a reason to say: hashes, seeds, the key, the place of the file."""
    with school.program.database.read() as session:
        hashes = [*session.scalars(select(LoginSession.token_hash))]
        hashes += session.scalars(select(OneTimeToken.token_hash))
    settings = school.program.settings
    secrets = [
        *hashes,
        *(seed.decode() for seed in SEEDS.values()),
        settings.secret_key,
        settings.database_url,
        str(settings.data),
    ]
    return [Canary(f"secret {number}", text) for number, text in enumerate(secrets)]
