"""The hostile school: three courses, six kinds of people, and one object of every kind.

It is built once on a SQLite file; `restore` puts that file back, so that each attack meets the
same school.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from lms.accounts.models import LoginSession, Person
from lms.app import create_app
from lms.catalog.published import PublishedCourse
from lms.certificates.links import Links
from lms.certificates.models import Award, Eligibility
from lms.certificates.services.by_hand import issue_by_hand
from lms.core.ids import hash_secret
from lms.core.site import Logo, SiteProfile
from lms.core.web.auth import SESSION_LENGTH
from lms.core.web.context import Program
from lms.learning.models import Enrolment
from lms.learning.services.enrolments import apply
from lms.learning.services.quizzes import start_quiz
from lms.settings import Settings
from tests.classroom import SEED, Classroom, viewer_of
from tests.conftest import FrozenClock
from tests.courses import make_course
from tests.makers import make_person

ROLES = ("visitor", "learner", "other", "trainer", "stranger", "administrator")


@dataclass(frozen=True)
class School:
    """The program, who is in it and what they own."""

    app: Flask
    program: Program
    clock: FrozenClock
    arguments: dict[str, str]
    tokens: dict[str, str]
    people: dict[str, Person]
    file: Path
    copy: Path

    def browser(self, role: str) -> FlaskClient:
        """Return a browser in which somebody of this role is signed in."""
        client = self.app.test_client()
        if role in self.tokens:
            with client.session_transaction() as cookie:
                cookie["_user_id"], cookie["_fresh"] = self.tokens[role], True
        return client

    def restore(self) -> None:
        """Put the school back as it was built."""
        self.program.database.dispose()
        for ending in ("-wal", "-shm"):
            Path(f"{self.file}{ending}").unlink(missing_ok=True)
        shutil.copy(self.copy, self.file)


def build_school(template: Path, folder: Path) -> School:
    """Fill a copy of an empty, migrated database."""
    file, clock = folder / "school.sqlite3", FrozenClock()
    shutil.copy(template, file)
    settings = Settings(
        data=folder / "data",
        database_url=f"sqlite:///{file}",
        secret_key="a key for the school",
        base_url="http://localhost",
        demo=True,
        development=True,
    )
    app = create_app(settings, clock)
    app.testing = True
    program: Program = app.extensions["waymark"]
    people, tokens = _people(program, clock)
    arguments = _objects(program, clock, people)
    program.worker.drain(clock)
    with program.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    program.database.dispose()
    shutil.copy(file, folder / "copy.sqlite3")
    return School(app, program, clock, arguments, tokens, people, file, folder / "copy.sqlite3")


def _people(program: Program, clock: FrozenClock) -> tuple[dict[str, Person], dict[str, str]]:
    with program.database.unit_of_work() as session:
        people = {
            "learner": make_person(session, "learner@example.org", "Lina Learner"),
            "other": make_person(session, "other@example.org", "Otto Other"),
            "trainer": make_person(
                session, "trainer@example.org", "Tom Trainer", trains=["own", "asked"]
            ),
            "stranger": make_person(
                session, "stranger@example.org", "Sue Stranger", trains=["foreign"]
            ),
            "administrator": make_person(
                session, "admin@example.org", "Ada Admin", administrator=True
            ),
        }
        make_person(session, "second@example.org", "Sam Second", administrator=True)
        tokens = {role: f"SESSION-CANARY-{role}" for role in people}
        for role, person in people.items():
            session.add(
                LoginSession(
                    token_hash=hash_secret(tokens[role]),
                    person_id=person.id,
                    created_at=clock(),
                    expires_at=clock() + SESSION_LENGTH,
                )
            )
    return people, tokens


def _objects(program: Program, clock: FrozenClock, people: dict[str, Person]) -> dict[str, str]:
    learner = viewer_of(people["learner"])
    with program.database.unit_of_work() as session:
        own = make_course(session, "own", now=clock(), title="Own course")
        make_course(session, "foreign", now=clock(), title="Foreign course")
        asked = make_course(
            session, "asked", now=clock(), enrolment="application", issuing="approval"
        )
        session.add(SiteProfile(id=1, name="Hostile School"))
        session.add(Logo(sha256="ab" * 32, content=b"\x89PNG"))
    room = Classroom(program, clock, own, learner)
    room.enrol()
    with program.database.unit_of_work() as session:
        attempt = start_quiz(session, learner, own, "own-q1", clock(), SEED)
        apply(session, viewer_of(people["other"]), asked, "PRIVATE-CANARY statement", "/", clock())
        code = issue_by_hand(
            session,
            viewer_of(people["administrator"]),
            "learner@example.org",
            own,
            "PRIVATE-CANARY reason",
            Links("http://localhost"),
            clock(),
        )
    return {
        "slug": "own",
        "lesson": own.course.modules[0].lessons[0].id,
        "quiz": "own-q1",
        "attempt_id": attempt,
        "slot": "0",
        "code": code,
        "public_id": people["learner"].public_id,
        "role": "administrator",
        "scope": "site",
        "digest": "ab" * 32,
        "bank": "own",
        "item": "own-p1-1",
        "eligibility": _add_eligibility(program, clock, people["learner"], asked),
        "application": _application(program),
    }


def _add_eligibility(
    program: Program, clock: FrozenClock, learner: Person, course: PublishedCourse
) -> str:
    with program.database.unit_of_work() as session:
        award = session.scalars(select(Award).where(Award.course_id == course.course_id)).one()
        waiting = Eligibility(
            public_id="eligibility-of-learner",
            award_id=award.id,
            person_id=learner.id,
            cycle=1,
            state="waiting",
            trace="{}",
            created_at=clock(),
        )
        session.add(waiting)
        return waiting.public_id


def _application(program: Program) -> str:
    with program.database.read() as session:
        return session.scalars(
            select(Enrolment.public_id).where(Enrolment.state == "applied")
        ).one()
