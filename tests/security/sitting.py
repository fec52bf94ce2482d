"""A learner in the middle of a quiz on the course whose every key is a canary."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from lms.accounts.models import Person
from lms.app import create_app
from lms.assessment import queries
from lms.assessment.pages import field_prefix
from lms.authoring.services import publish_tree
from lms.catalog.published import PublishedCourse, by_slug
from lms.core.web.context import Program
from lms.engine.assembly import Form
from lms.engine.items import examples
from lms.learning.services.enrolments import enrol
from lms.learning.services.quizzes import start_quiz
from lms.settings import Settings
from tests.classroom import SEED, viewer_of
from tests.conftest import FrozenClock
from tests.makers import add_person, sign_in_as
from tests.security.secret_items import NUMBERS, SECRET, Rules, secret_files

QUIZ = "secret-q1"
HIDDEN = [
    f"{word}-canary-{use}"
    for use in ("quiz", "exam")
    for word in ("reason", "feedback", "key", "foreseen", "misconception", "draft")
] + [str(NUMBERS["quiz"]), str(NUMBERS["exam"])]

Fields = Mapping[str, list[str]]


@dataclass(frozen=True)
class Sitting:
    """The program, the learner's browser and the attempt."""

    app: Flask
    program: Program
    clock: FrozenClock
    course: PublishedCourse
    person: Person
    browser: FlaskClient
    attempt: str

    @property
    def form(self) -> Form:
        with self.program.database.read() as session:
            return queries.load_attempt(session, self.person.id, self.attempt).form

    def path(self, tail: str = "") -> str:
        return f"/attempts/{self.attempt}{tail}"

    def fields(self, slot: int, *, right: bool) -> Fields:
        """Return what a page would send for an answer that earns everything, or nothing."""
        dealt = self.form.slots[slot]
        return next(
            {f"{field_prefix(slot)}{name}": list(values) for name, values in one.fields.items()}
            for one in examples(self.course.course.items[dealt.ref], dealt.arrangement)
            if any(map(any, one.fields.values())) and one.fraction == right
        )

    def answer_all(self, *, right: bool) -> None:
        for slot in range(len(self.form.slots)):
            reply = self.browser.post(
                self.path(f"/items/{slot}"),
                data={"revision": "0", **self.fields(slot, right=right)},
            )
            assert reply.status_code == 200

    def enter(self, email: str, **details: object) -> tuple[FlaskClient, Person]:
        """Let somebody else in; `details` as for make_person."""
        person, browser = add_person(self.program, email, **details), self.app.test_client()
        sign_in_as(browser, self.program, person)
        return browser, person


@contextmanager
def sitting_in(
    template: Path, folder: Path, *, twin: bool = False, rules: Rules | None = None
) -> Iterator[Sitting]:
    """Begin on a fresh copy of an empty database; the quiz asks every kind of item."""
    folder.mkdir(exist_ok=True)
    shutil.copy(template, folder / "hall.sqlite3")
    url, clock = f"sqlite:///{folder}/hall.sqlite3", FrozenClock()
    settings = Settings(data=folder, database_url=url, secret_key="k", base_url="http://localhost")
    app = create_app(settings, clock)
    app.testing, app.config["WTF_CSRF_ENABLED"] = True, False
    program: Program = app.extensions["waymark"]
    person, browser = add_person(program), app.test_client()
    sign_in_as(browser, program, person)
    with program.database.unit_of_work() as session:
        files = secret_files(twin=twin, rules=rules)
        publish_tree(session, files, "folder", None, clock())
        course = by_slug(session, SECRET)
        enrol(session, viewer_of(person), course, clock())
        attempt = start_quiz(session, viewer_of(person), course, QUIZ, clock(), SEED)
    yield Sitting(app, program, clock, course, person, browser, attempt)
    program.queue.storage.close()
    program.database.dispose()
