"""A site with a few of everything that is listed, which then grows to hundreds."""

import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import insert, inspect, select
from sqlalchemy.orm import Session

from lms.accounts.models import LoginSession, Person
from lms.assessment.models import Attempt
from lms.catalog.models import Course
from lms.certificates.models import Award, Certificate, CertificateEvent, Eligibility
from lms.core import audit
from lms.core.ids import new_public_id
from lms.core.mail import SentMail
from lms.core.web.context import Program
from lms.engine.code import RANDOM_BYTES, new_code
from lms.learning.models import Enrolment, LessonMark
from tests.faults.hall import KEY, Hall, Sitter
from tests.makers import make_person

LESSON = f"{KEY}-m1-l1"


def copied(row: Any, **changes: Any) -> dict[str, Any]:
    """Return the values of a row without its number, some of them changed."""
    mapper = inspect(type(row))
    values = {attribute.key: getattr(row, attribute.key) for attribute in mapper.column_attrs}
    return {key: value for key, value in values.items() if key != "id"} | changes


@dataclass
class Crowd:
    """One learner with a long history among many others, a trainer-administrator, and the lists."""

    app: Flask
    size: int = 0
    arguments: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.program: Program = self.app.extensions["waymark"]
        self.hall = Hall(self.app, 0, {"attempts": "unlimited"})
        self.learner: Sitter = self.hall.seat(0)
        with self.program.database.unit_of_work() as session:
            chief = make_person(session, "chief@example.org", administrator=True, trains=[KEY])
            self.chief_id, self.chief_public_id = chief.id, chief.public_id
        self.chief_cookie = self.hall.browser(self.chief_id)

    def grow(self, size: int) -> None:
        """Let everything that is listed reach `size` rows."""
        with self.program.database.unit_of_work() as session:
            numbers = range(self.size, size)
            self._people(session, numbers)
            self._history(session, numbers)
            self._courses(session, numbers)
            self._records(session, numbers)
        self.size = size

    def _people(self, session: Session, numbers: range) -> None:
        """Others who learn, applied, sat the quiz and hold a certificate of the course."""
        now = self.program.clock()
        model = session.scalars(select(Enrolment)).first()
        person = session.get_one(Person, self.learner.person_id)
        rows = [
            copied(person, public_id=new_public_id(), email=f"p{n}@example.org") for n in numbers
        ]
        ids = session.scalars(insert(Person).returning(Person.id), rows).all()
        enrolments = [
            copied(
                model,
                public_id=new_public_id(),
                person_id=person_id,
                state="active" if number % 2 else "applied",
            )
            for number, person_id in enumerate(ids)
        ]
        marked = session.scalars(insert(Enrolment).returning(Enrolment.id), enrolments).all()
        session.execute(
            insert(LessonMark),
            [
                {
                    "enrolment_id": enrolment_id,
                    "lesson_key": LESSON,
                    "revision_id": self.hall.course.revision_id,
                    "marked_at": now,
                }
                for enrolment_id in marked
            ],
        )
        award = session.scalars(select(Award)).one()
        session.execute(
            insert(Eligibility),
            [
                {
                    "public_id": new_public_id(),
                    "award_id": award.id,
                    "person_id": person_id,
                    "cycle": 1,
                    "state": "waiting",
                    "trace": "{}",
                    "created_at": now,
                    "note": "",
                }
                for person_id in ids
            ],
        )

    def _history(self, session: Session, numbers: range) -> None:
        """The learner's own: attempts, certificates with their events, browsers."""
        attempt = session.scalars(select(Attempt).where(Attempt.state == "graded")).first()
        if attempt is not None:
            session.execute(
                insert(Attempt),
                [copied(attempt, public_id=new_public_id(), number=10 + n) for n in numbers],
            )
        certificate = session.scalars(select(Certificate)).first()
        if certificate is not None:
            codes = [new_code(secrets.token_bytes(RANDOM_BYTES)) for _ in numbers]
            rows = [
                copied(certificate, code=code, cycle=number + 2)
                for number, code in zip(numbers, codes, strict=True)
            ]
            issued = session.scalars(insert(Certificate).returning(Certificate.id), rows).all()
            event = session.scalars(select(CertificateEvent)).first()
            session.execute(
                insert(CertificateEvent), [copied(event, certificate_id=one) for one in issued]
            )
        browser = session.scalars(
            select(LoginSession).where(LoginSession.person_id == self.learner.person_id)
        ).first()
        session.execute(
            insert(LoginSession), [copied(browser, token_hash=f"{n:064}") for n in numbers]
        )

    def _courses(self, session: Session, numbers: range) -> None:
        """Courses that share one revision, and the learner in all of them."""
        course = session.scalars(select(Course).where(Course.key == KEY)).one()
        rows = [copied(course, key=f"copy-{n}", slug=f"copy-{n}") for n in numbers]
        ids = session.scalars(insert(Course).returning(Course.id), rows).all()
        model = session.scalars(
            select(Enrolment).where(Enrolment.person_id == self.learner.person_id)
        ).first()
        session.execute(
            insert(Enrolment),
            [copied(model, public_id=new_public_id(), course_id=course_id) for course_id in ids],
        )

    def _records(self, session: Session, numbers: range) -> None:
        """Audit entries and the mails of the demo."""
        now = self.program.clock()
        for number in numbers:
            at = now + timedelta(seconds=number)
            audit.record(session, self.chief_id, "test.done", f"test:{number}", at)
            session.add(SentMail(recipient="a@example.org", subject="S", text="T", sent_at=at))
