"""People in every state that a page can show, and the real courses for them to be in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy.orm import Session

from lms.accounts.models import OneTimeToken
from lms.assessment import services as sittings
from lms.assessment.models import Attempt
from lms.authoring.folder import read_folder
from lms.authoring.services import publish_tree
from lms.catalog import published
from lms.catalog.published import PublishedCourse
from lms.certificates.links import Links
from lms.certificates.models import Certificate, Eligibility
from lms.certificates.services.by_hand import issue_by_hand
from lms.certificates.services.lifecycle import reissue, revoke
from lms.core.ids import hash_secret, new_public_id, new_secret
from lms.core.web.auth import Viewer
from lms.core.web.context import Program
from lms.engine import items
from lms.engine.assembly import Form
from lms.learning.models import Enrolment
from lms.learning.services import applications, enrolments, marks
from tests.browser.answers import example_fields, form_of
from tests.makers import make_person

COURSE = "program-vs-project-management"
WELCOME, GUIDED = "welcome", "guided"
PEOPLE = {
    "newcomer": "Nora Newcomer",
    "learner": "Lina Learner",
    "sitter": "Samir Sitter",
    "late": "Lars Late",
    "graduate": "Grace Graduate",
    "applicant": "Anan Applicant",
    "accepted": "Alba Accepted",
    "declined": "Dov Declined",
    "candidate": "Kofi Candidate",
    "holder": "Hana Holder",
    "unconfirmed": "Uma Unconfirmed",
    "suspended": "Sven Suspended",
    "offline": "Olu Offline",
    "reloader": "Rana Reload",
    "retrier": "Rui Retry",
    "twice": "Tova Twice",
    "trainer": "Tariq Trainer",
    "administrator": "Ada Administrator",
}
LINES = (("Welcome to Waymark", "Guided tour"), ("enrolment: open", "enrolment: application"))


@dataclass(frozen=True)
class World:
    """Who is there, and the identifiers with which pages are addressed."""

    people: dict[str, int] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)


def publish_the_courses(app: Flask, root: Path) -> None:
    """Publish the courses below `root`, and one more that takes applications."""
    program: Program = app.extensions["waymark"]
    files = read_folder([root / "courses", root / "quizzes"])
    with app.app_context(), program.database.unit_of_work() as session:
        publish_tree(session, files | guided_course(files), "folder", None, program.clock())


def people_the_world(app: Flask) -> World:
    """Bring people into every state."""
    program: Program = app.extensions["waymark"]
    links, world = Links(program.settings.base_url), World()
    with app.app_context(), program.database.unit_of_work() as session:
        Maker(session, world, links, program.clock()).make_everybody()
    program.worker.drain(program.clock)
    return world


def guided_course(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the welcome course once more, with applications and certificates by approval."""
    found = {}
    for path, content in files.items():
        if WELCOME in path.split("/"):
            text = content.replace(b"issuing: rule", b"issuing: approval")
            for old, new in LINES:
                text = text.replace(old.encode(), new.encode())
            for mark in (b"check %s/", b"id: %s\n", b"course: %s\n", b"glossary-%s", b"sample-%s"):
                text = text.replace(mark % WELCOME.encode(), mark % GUIDED.encode())
            found[path.replace(f"/{WELCOME}/", f"/{GUIDED}/")] = text
    return found


@dataclass
class Maker:
    """Brings people into states by the services that the pages use."""

    session: Session
    world: World
    links: Links
    now: datetime
    viewers: dict[str, Viewer] = field(default_factory=dict)

    def make_everybody(self) -> None:
        for role, name in PEOPLE.items():
            self._person(role, name)
        self._mail_links()
        self._learners()
        self._applicants()
        self._sittings()
        self._certificates()

    def _person(self, role: str, name: str) -> None:
        trains = (WELCOME, GUIDED, COURSE) if role == "trainer" else ()
        is_admin, is_confirmed = role == "administrator", role != "unconfirmed"
        email = f"{role}@example.org"
        person = make_person(
            self.session, email, name, is_confirmed, is_admin, trains, self.now - timedelta(days=90)
        )
        self.world.people[role] = person.id
        if role == "suspended":
            person.suspended_at = self.now
        self.viewers[role] = Viewer(
            person.id,
            person.public_id,
            name,
            email,
            None,
            None,
            is_confirmed,
            session_id=0,
            is_administrator=is_admin,
            trains=frozenset(trains),
        )
        self.world.ids[f"person-{role}"] = person.public_id

    def _mail_links(self) -> None:
        """Keep one open link of every purpose, as if it had been mailed."""
        for purpose in ("confirm", "reset", "invite"):
            secret = self.world.ids[purpose] = new_secret()
            self.session.add(
                OneTimeToken(
                    token_hash=hash_secret(secret),
                    purpose=purpose,
                    person_id=self.world.people["unconfirmed"],
                    email="unconfirmed@example.org",
                    created_at=self.now,
                    expires_at=self.now + timedelta(days=1),
                )
            )

    def course(self, slug: str) -> PublishedCourse:
        return published.by_slug(self.session, slug)

    def enrol(self, role: str, slug: str, lessons: int | None = None) -> None:
        """Enrol somebody and mark the first `lessons` of the first module (None = all)."""
        course, viewer = self.course(slug), self.viewers[role]
        if course.course.enrolment == "open":
            enrolments.enrol(self.session, viewer, course, self.now)
        for lesson in course.course.modules[0].lessons[:lessons]:
            marks.mark_done(self.session, viewer, course, lesson.id, self.now)

    def sit(self, role: str, slug: str, answers: Sequence[bool], is_final: bool = True) -> str:
        """Start the first module's quiz, answer right or wrong, and perhaps submit it."""
        person, course = self.world.people[role], self.course(slug)
        quiz = course.course.modules[0].quiz
        assert quiz is not None
        seed = role.encode().ljust(16, b".")
        attempt = sittings.start_attempt(self.session, person, course, quiz, self.now, seed)
        form = form_of(self.session, attempt)
        given = [
            self._answer(course, form, slot, is_right) for slot, is_right in enumerate(answers)
        ]
        sittings.save_responses(self.session, person, attempt, given, self.now)
        if is_final:
            sittings.submit_attempt(self.session, person, attempt, self.now)
        return attempt

    def _answer(
        self, course: PublishedCourse, form: Form, slot: int, is_right: bool
    ) -> sittings.Answer:
        dealt = form.slots[slot]
        item = course.course.items[dealt.ref]
        response = items.read(item, dealt.arrangement, example_fields(item, dealt, is_right))
        return sittings.Answer(slot, response, 0, new_public_id())

    def _learners(self) -> None:
        self.enrol("learner", COURSE, lessons=3)
        self.enrol("learner", WELCOME, lessons=0)
        self.enrol("sitter", COURSE)
        for role in ("graduate", "offline", "reloader", "retrier", "twice"):
            self.enrol(role, WELCOME)

    def _applicants(self) -> None:
        course = self.course(GUIDED)
        for role in ("applicant", "accepted", "declined", "candidate"):
            statement = "I lead two small projects and would like to do it well."
            link = self.links.base_url + f"/courses/{GUIDED}"
            enrolments.apply(self.session, self.viewers[role], course, statement, link, self.now)
        self._decide(course, ("accepted", "candidate"), "accept")
        self._decide(course, ("declined",), "decline")
        self.enrol("candidate", GUIDED)
        self.sit("candidate", GUIDED, [True] * 5)
        person = self.world.people["candidate"]
        waiting = self.session.query(Eligibility).filter_by(person_id=person).one()
        self.world.ids["eligibility"] = waiting.public_id

    def _decide(self, course: PublishedCourse, roles: Collection[str], verdict: str) -> None:
        people = [self.world.people[role] for role in roles]
        rows = self.session.query(Enrolment).filter(
            Enrolment.person_id.in_(people), Enrolment.course_id == course.course_id
        )
        trainer, note = self.viewers["trainer"], "The next round starts in spring."
        applications.decide(
            self.session,
            trainer,
            course,
            [row.public_id for row in rows],
            verdict,  # type: ignore[arg-type]
            note,
            self.links.base_url,
            self.now,
        )

    def _sittings(self) -> None:
        self.world.ids["open"] = self.sit("sitter", COURSE, [True, False, True], is_final=False)
        self.world.ids["failed"] = self.sit("graduate", WELCOME, [True, False, False])
        self.world.ids["passed"] = self.sit("graduate", WELCOME, [True] * 5)
        self.world.ids["time-up"] = self.sit("late", COURSE, [True], is_final=False)
        row = self.session.query(Attempt).filter_by(public_id=self.world.ids["time-up"]).one()
        row.started_at = self.now - timedelta(hours=2)
        row.deadline_at = self.now - timedelta(hours=1)

    def _certificates(self) -> None:
        won = self.session.query(Certificate).filter_by(holder_id=self.world.people["graduate"])
        self.world.ids["valid"] = won.one().code
        self.world.ids["expired"] = self._issue("holder", COURSE, self.now - timedelta(days=1500))
        self.world.ids["revoked"] = self._issue("holder", GUIDED, self.now)
        self.world.ids["superseded"] = self._issue("holder", WELCOME, self.now)
        admin, note = self.viewers["administrator"], "As printed in the passport."
        revoke(
            self.session,
            admin,
            self.world.ids["revoked"],
            "issued-in-error",
            "Issued to the wrong person.",
            "Two people of one name.",
            self.now,
        )
        self.world.ids["renamed"] = reissue(
            self.session,
            admin,
            self.world.ids["superseded"],
            "Hana Halabi Holder",
            note,
            self.links,
            self.now,
        )

    def _issue(self, role: str, slug: str, at: datetime) -> str:
        admin, email = self.viewers["administrator"], self.viewers[role].email
        course = self.course(slug)
        return issue_by_hand(self.session, admin, email, course, "Earned on site.", self.links, at)
