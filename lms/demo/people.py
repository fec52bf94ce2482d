"""The demo's people. They are called what they are; nobody is invented."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.accounts.models import Person
from lms.accounts.passwords import hash_password
from lms.accounts.services.registration import insert_person
from lms.accounts.services.roles import ADMINISTRATOR, SITE, TRAINER, grant_role
from lms.catalog.published import PublishedCourse
from lms.core.ids import new_public_id
from lms.core.web.auth import Viewer

DOMAIN = "demo.example"
ADMIN, TEACHER, LEARNER = "admin", "trainer", "learner"
NAMES = {
    ADMIN: "Demo Administrator",
    TEACHER: "Demo Trainer",
    LEARNER: "Demo Learner",
    "graduate": "Demo Graduate",
    "renamed": "Demo Gradaute",
    "revoked": "Demo Former Holder",
    "expired": "Demo Early Facilitator",
    "waiting": "Demo New Facilitator",
    "applicant": "Demo Applicant",
    "beginner": "Demo Beginner",
    "stuck": "Demo Retaker",
    "arabic": "متعلّم تجريبي",
}
JOINED = timedelta(days=500)


@dataclass(frozen=True)
class Cast:
    """The demo's people by their part."""

    viewers: dict[str, Viewer]

    def __getitem__(self, part: str) -> Viewer:
        return self.viewers[part]


def address(part: str) -> str:
    return f"{part}@{DOMAIN}"


def is_there(session: Session) -> bool:
    """Whether the demo was prepared before."""
    return session.scalar(select(Person.id).where(Person.email == address(ADMIN))) is not None


def make_people(
    session: Session, password: str, courses: tuple[PublishedCourse, ...], now: datetime
) -> Cast:
    """Add everybody with one password; the trainer trains every course."""
    password_hash = hash_password(password)
    joined = now - JOINED
    ids: dict[str, tuple[int, str]] = {}
    for part, name in NAMES.items():
        public_id = new_public_id()
        values = {
            "public_id": public_id,
            "email": address(part),
            "name": name,
            "password_hash": password_hash,
            "confirmed_at": joined,
            "created_at": joined,
        }
        insert_person(session, values)
        person_id = session.scalars(select(Person.id).where(Person.email == address(part))).one()
        ids[part] = person_id, public_id
    grant_role(session, None, ids[ADMIN][1], ADMINISTRATOR, SITE, joined)
    for course in courses:
        scope = f"course:{course.course.id}"
        grant_role(session, None, ids[TEACHER][1], TRAINER, scope, joined)
    trains = frozenset(course.course.id for course in courses)
    return Cast({part: _viewer(part, *ids[part], trains) for part in NAMES})


def _viewer(part: str, person_id: int, public_id: str, trains: frozenset[str]) -> Viewer:
    return Viewer(
        person_id=person_id,
        public_id=public_id,
        name=NAMES[part],
        email=address(part),
        locale=None,
        time_zone=None,
        is_confirmed=True,
        session_id=0,
        is_administrator=part == ADMIN,
        trains=trains if part == TEACHER else frozenset(),
    )
