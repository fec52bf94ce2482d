"""People in every state that a page can show, and the real courses for them to be in."""

from dataclasses import dataclass, field
from pathlib import Path

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
    return world
