"""People in every state that a page can show, and the real courses for them to be in."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from lms.accounts.models import OneTimeToken
from lms.core.ids import hash_secret, new_secret
from lms.core.web.context import Program
from tests.makers import make_person

NAMES = {
    "learner": "Lina Learner",
    "trainer": "Tariq Trainer",
    "administrator": "Ada Administrator",
}


@dataclass(frozen=True)
class World:
    """Who is there, and the identifiers with which pages are addressed."""

    people: dict[str, int] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)


def people_the_world(program: Program, root: Path, folder: Path) -> World:
    """Publish the courses below `root` and bring people into every state."""
    world = World()
    with program.database.unit_of_work() as session:
        for role, name in NAMES.items():
            person = make_person(
                session,
                f"{role}@demo.example",
                name,
                administrator=role == "administrator",
                trains=["welcome"] if role == "trainer" else (),
                now=program.clock(),
            )
            world.people[role] = person.id
        _mail_links(session, world, program.clock())
    return world


def _mail_links(session: Session, world: World, now: datetime) -> None:
    """Keep one open link of every purpose, as if it had been mailed."""
    for purpose in ("confirm", "reset", "invite"):
        email = f"{purpose}@demo.example"
        person = make_person(session, email, "Lea Linkless", confirmed=False, now=now)
        secret = world.ids[purpose] = new_secret()
        session.add(
            OneTimeToken(
                token_hash=hash_secret(secret),
                purpose=purpose,
                person_id=person.id,
                email=email,
                created_at=now,
                expires_at=now + timedelta(days=1),
            )
        )
