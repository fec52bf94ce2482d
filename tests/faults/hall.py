"""An examination hall: a published course, learners with browsers, and what they may expect."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select

from lms.accounts.models import LoginSession, Person
from lms.assessment.models import Attempt, CurrentResponse, GradeEvent, ResponseEvent
from lms.assessment.pages import field_prefix
from lms.catalog.published import PublishedCourse, by_slug
from lms.core.ids import hash_secret, new_secret
from lms.core.web.auth import SESSION_LENGTH, Viewer
from lms.core.web.context import Program
from lms.engine import items
from lms.engine.assembly import Form, Slot
from lms.engine.content.model import Quiz
from lms.engine.items import Response
from lms.learning.models import LessonMark
from lms.learning.services import enrolments
from tests.courses import make_course
from tests.makers import make_person
from tests.served import ask

CSRF = "a token of the drill"
KEY = "small"


@dataclass
class Sitter:
    """A learner with a browser in front of a quiz, who remembers what was acknowledged."""

    hall: "Hall"
    person_id: int
    cookie: str
    attempt: str = ""
    form: Form | None = None
    revisions: dict[int, int] = field(default_factory=dict)
    acknowledged: dict[str, tuple[int, Response]] = field(default_factory=dict)
    waiting: tuple[str, int, Response] | None = None
    count: int = 0

    def post(self, path: str, **fields: object) -> tuple[int, dict[str, str], bytes]:
        """Send a form as a page of ours would; status 0 where nobody answered."""
        body = urlencode({"csrf_token": self.hall.token, **fields}, doseq=True)
        return ask(self.hall.port, path, self.cookie, "POST", body)

    def get(self, path: str) -> tuple[int, dict[str, str], bytes]:
        return ask(self.hall.port, path, self.cookie)

    def start(self) -> int:
        """Start the quiz, or find the attempt that is open; return the status."""
        quiz = self.hall.quiz
        status, headers, _ = self.post(f"/courses/{KEY}/quizzes/{quiz.id}/start")
        if status == 303:
            self.attempt = headers["Location"].rpartition("/")[2]
            self.form = self.hall.form_of(self.attempt)
        return status

    def answer_next(self) -> bool:
        """Save one answer, or send again the one that nobody acknowledged; tell if it was."""
        operation, slot, response = self.waiting or self._next()
        self.waiting = operation, slot, response
        status, _, text = self.post(
            f"/attempts/{self.attempt}/items/{slot}",
            operation_id=operation,
            revision=self.revisions.get(slot, 0),
            **self._fields(slot, response),
        )
        if status != 200:
            return False
        receipt = json.loads(text)
        assert receipt["outcome"] == "saved"
        self.revisions[slot] = receipt["revision"]
        self.acknowledged[receipt["operation_id"]] = slot, response
        self.waiting = None
        return True

    def _next(self) -> tuple[str, int, Response]:
        assert self.form is not None
        slot = self.count % len(self.form.slots)
        is_right = self.count // len(self.form.slots) % 2 == 0
        self.count += 1
        return f"op-{self.count}", slot, self.hall.response(self.form.slots[slot], is_right)

    def _fields(self, slot: int, response: Response) -> Mapping[str, Sequence[str]]:
        assert self.form is not None
        return self.hall.fields(self.form.slots[slot], slot, response)

    def submit(self) -> int:
        return self.post(f"/attempts/{self.attempt}/submit")[0]


@dataclass
class Hall:
    """The course, its quiz and its learners, all in one installation."""

    app: Flask
    port: int
    details: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.program: Program = self.app.extensions["waymark"]
        details = {"modules": 1, "lessons": 1, "has_final": False} | dict(self.details)
        with self.app.app_context(), self.program.database.unit_of_work() as session:
            make_course(session, KEY, self.program.clock(), **details)
        with self.program.database.unit_of_work() as session:
            self.course: PublishedCourse = by_slug(session, KEY)
        self.quiz: Quiz = next(self.course.course.quizzes())
        signer = URLSafeTimedSerializer(str(self.app.secret_key), salt="wtf-csrf-token")
        self.token = str(signer.dumps(CSRF))

    def browser(self, person_id: int | None) -> str:
        """Return the cookie of a signed-in browser, or of a stranger's."""
        carried: dict[str, object] = {"csrf_token": CSRF}
        if person_id is not None:
            secret, now = new_secret(), self.program.clock()
            carried |= {"_user_id": secret, "_fresh": True, "_permanent": True}
            with self.program.database.unit_of_work() as session:
                session.add(
                    LoginSession(
                        token_hash=hash_secret(secret),
                        person_id=person_id,
                        created_at=now,
                        expires_at=now + SESSION_LENGTH,
                    )
                )
        signer = self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined]
        return f"session={signer.dumps(carried)}"

    def seat(self, number: int) -> Sitter:
        """Enrol somebody who has marked every lesson, and give them a browser."""
        now = self.program.clock()
        with self.app.app_context(), self.program.database.unit_of_work() as session:
            person = make_person(session, f"sitter{number}@example.org", f"Sitter {number}")
            enrolments.enrol(session, _viewer(person), self.course, now)
            row = enrolments.learning_row(session, person.id, self.course.course_id, now)
            for lesson in self.course.course.lessons():
                session.add(
                    LessonMark(
                        enrolment_id=row.id,
                        lesson_key=lesson.id,
                        revision_id=self.course.revision_id,
                        marked_at=now,
                    )
                )
            person_id = person.id
        return Sitter(self, person_id, self.browser(person_id))

    def form_of(self, attempt: str) -> Form:
        with self.program.database.read() as session:
            text = session.scalars(select(Attempt.form).where(Attempt.public_id == attempt)).one()
        return Form.from_json(json.loads(text))

    def response(self, slot: Slot, is_right: bool) -> Response:
        """Return a whole response to a slot, right or wrong."""
        item = self.course.course.items[slot.ref]
        for example in items.examples(item, slot.arrangement):
            response = items.read(item, slot.arrangement, example.fields)
            if response is not None and (example.fraction == 1) == is_right:
                return response
        raise AssertionError(f"{slot.ref} has no such example")

    def fields(self, slot: Slot, number: int, wanted: Response) -> Mapping[str, Sequence[str]]:
        """Return what a browser sends for a response."""
        item = self.course.course.items[slot.ref]
        for example in items.examples(item, slot.arrangement):
            if items.read(item, slot.arrangement, example.fields) == wanted:
                prefix = field_prefix(number)
                return {prefix + name: values for name, values in example.fields.items()}
        raise AssertionError(f"{slot.ref} has no such example")

    # What the database must say afterwards

    def assert_kept(self, sitter: Sitter) -> None:
        """Every acknowledged answer is stored as it was sent, and the newest of a slot counts."""
        with self.program.database.read() as session:
            found = session.execute(
                select(ResponseEvent.operation_id, ResponseEvent.slot, ResponseEvent.payload)
                .join(Attempt, Attempt.id == ResponseEvent.attempt_id)
                .where(Attempt.public_id == sitter.attempt, ResponseEvent.kind == "saved")
                .order_by(ResponseEvent.id)
            )
            stored = {operation: (slot, json.loads(text)) for operation, slot, text in found}
            current = {
                row[0]: json.loads(row[1])
                for row in session.execute(
                    select(CurrentResponse.slot, CurrentResponse.payload)
                    .join(Attempt, Attempt.id == CurrentResponse.attempt_id)
                    .where(Attempt.public_id == sitter.attempt)
                )
            }
        unsure = {f"{sitter.waiting[0]}:{sitter.waiting[1]}"} if sitter.waiting else set()
        assert sitter.acknowledged.items() <= stored.items()
        assert stored.keys() <= sitter.acknowledged.keys() | unsure
        newest = dict(stored.values())
        assert current == newest

    def assert_submitted_once(self, sitter: Sitter) -> None:
        """The attempt is graded, and every slot has one grade."""
        with self.program.database.read() as session:
            attempt = session.scalars(
                select(Attempt).where(Attempt.public_id == sitter.attempt)
            ).one()
            slots = session.scalars(
                select(GradeEvent.slot).where(GradeEvent.attempt_id == attempt.id)
            ).all()
        assert attempt.state == "graded"
        assert sitter.form is not None
        assert sorted(slots) == list(range(len(sitter.form.slots)))


def _viewer(person: Person) -> Viewer:
    return Viewer(person.id, person.public_id, person.name, person.email, None, None, True, 0)
