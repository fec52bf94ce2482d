"""The product's side of the benchmark: people and attempts made by its own services."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.accounts.models import LoginSession
from lms.app import create_app
from lms.assessment import services
from lms.assessment.models import ResponseEvent
from lms.assessment.pages import PAGE_SIZE, field_prefix
from lms.assessment.queries import load_attempt
from lms.assessment.services import Answer
from lms.authoring.services import publish_tree
from lms.catalog.published import by_slug
from lms.certificates.models import Certificate
from lms.core.ids import hash_secret, new_public_id, new_secret
from lms.core.web.auth import SESSION_LENGTH, Viewer
from lms.core.web.context import Program
from lms.engine import items
from lms.engine.assembly import Slot
from lms.learning.models import LessonMark
from lms.learning.services import enrolments
from lms.migrations import schema
from lms.settings import Settings
from tests.bench import course
from tests.bench.shots import Plan, Shot, each_client
from tests.makers import make_person

CSRF = "a token of the benchmark"


@dataclass(frozen=True)
class Learner:
    """Somebody with a signed-in browser."""

    viewer: Viewer
    enrolment_id: int
    cookie: str


class OurSide:
    """Learners in the states that a row needs; nothing is asked of the server meanwhile."""

    def __init__(self, settings: Settings) -> None:
        self.app = create_app(settings)
        self.program: Program = self.app.extensions["waymark"]
        schema.upgrade(self.program.database)
        with self.app.app_context(), self.program.database.unit_of_work() as session:
            publish_tree(session, course.files(), "folder", None, self.program.clock())
        with self.program.database.unit_of_work() as session:
            self.course = by_slug(session, course.KEY)
        self.quiz = next(self.course.course.quizzes())
        self._count = 0

    def close(self) -> None:
        self.program.queue.storage.close()
        self.program.database.dispose()

    def plan(self, row: str, clients: int, length: int) -> Plan:
        """Return what each client sends, so that `length` requests of a row can be measured."""
        with self.app.app_context(), self.program.database.unit_of_work() as session:
            plan: Plan = getattr(self, f"_{row}")(session, clients, length)
        return plan

    # People

    def _learner(self, session: Session, marks: int) -> Learner:
        self._count += 1
        now = self.program.clock()
        person = make_person(session, f"p{self._count}@bench.example", now=now)
        token = new_secret()
        login = LoginSession(
            token_hash=hash_secret(token),
            person_id=person.id,
            created_at=now,
            expires_at=now + SESSION_LENGTH,
        )
        session.add(login)
        session.flush()
        viewer = Viewer(
            person.id, person.public_id, person.name, person.email, None, None, True, login.id
        )
        enrolments.enrol(session, viewer, self.course, now)
        enrolment = enrolments.learning_row(session, person.id, self.course.course_id, now)
        session.add_all(
            LessonMark(
                enrolment_id=enrolment.id,
                lesson_key=f"bench-l{number + 1}",
                revision_id=self.course.revision_id,
                marked_at=now,
            )
            for number in range(marks)
        )
        session.flush()
        return Learner(viewer, enrolment.id, self._cookie(token))

    def _cookie(self, token: str) -> str:
        signer = self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined]
        carried = {"_permanent": True, "_user_id": token, "_fresh": True, "csrf_token": CSRF}
        return f"session={signer.dumps(carried)}"

    def _body(self, **fields: object) -> str:
        signer = URLSafeTimedSerializer(str(self.app.secret_key), salt="wtf-csrf-token")
        return urlencode({"csrf_token": signer.dumps(CSRF), **fields}, doseq=True)

    def _sitting(self, session: Session, right: int) -> tuple[Learner, str]:
        """Return somebody with an open attempt whose answers are saved, `right` of them right."""
        learner = self._learner(session, course.LESSONS)
        now, person_id = self.program.clock(), learner.viewer.person_id
        seed = new_public_id().encode()
        attempt = services.start_attempt(session, person_id, self.course, self.quiz, now, seed)
        session.flush()
        answers = []
        for number, slot in enumerate(self._slots(session, learner, attempt)):
            fields = self._fields(number, slot, is_right=number < right)
            item = self.course.course.items[slot.ref]
            response = items.read(item, slot.arrangement, fields, field_prefix(number))
            answers.append(Answer(number, response, 0, f"first:{number}"))
        services.save_responses(session, person_id, attempt, answers, now)
        return learner, attempt

    def _slots(self, session: Session, learner: Learner, attempt: str) -> Sequence[Slot]:
        return load_attempt(session, learner.viewer.person_id, attempt).form.slots

    def _fields(self, number: int, slot: Slot, *, is_right: bool) -> Mapping[str, Sequence[str]]:
        for example in items.examples(self.course.course.items[slot.ref], slot.arrangement):
            if (example.fraction == 1) == is_right and example.fields:
                prefix = field_prefix(number)
                return {prefix + name: values for name, values in example.fields.items()}
        raise AssertionError(f"{slot.ref} has no such example")

    # Rows

    def _course_page(self, session: Session, clients: int, length: int) -> Plan:
        def shots(client: int) -> list[Shot]:
            learner = self._learner(session, course.LESSONS // 2)
            return [Shot("GET", f"/courses/{course.KEY}", None, learner.cookie, 200)] * length

        return each_client(clients, shots)

    def _lesson_page(self, session: Session, clients: int, length: int) -> Plan:
        def shots(client: int) -> list[Shot]:
            learner = self._learner(session, course.LESSONS // 2)
            number = client % course.LESSONS + 1
            path = f"/courses/{course.KEY}/lessons/bench-l{number}"
            return [Shot("GET", path, None, learner.cookie, 200)] * length

        return each_client(clients, shots)

    def _start_attempt(self, session: Session, clients: int, length: int) -> Plan:
        def shots(client: int) -> list[Shot]:
            learners = [self._learner(session, course.LESSONS) for _ in range(length)]
            path = f"/courses/{course.KEY}/quizzes/{self.quiz.id}/start"
            return [Shot("POST", path, self._body(), one.cookie, 303) for one in learners]

        return each_client(clients, shots)

    def _attempt_page(self, session: Session, clients: int, length: int) -> Plan:
        def shots(client: int) -> list[Shot]:
            learner, attempt = self._sitting(session, course.DRAWN)
            return [Shot("GET", f"/attempts/{attempt}?page=1", None, learner.cookie, 200)] * length

        return each_client(clients, shots)

    def _save_answers(self, session: Session, clients: int, length: int) -> Plan:
        def shots(client: int) -> list[Shot]:
            learner, attempt = self._sitting(session, course.DRAWN)
            slots = self._slots(session, learner, attempt)[:PAGE_SIZE]
            found = []
            for n in range(length):
                fields: dict[str, object] = {"operation_id": new_public_id(), "go": "stay"}
                for number, slot in enumerate(slots):
                    fields |= self._fields(number, slot, is_right=n % 2 == 1)
                    fields[f"revision-{number}"] = n + 1
                path, body = f"/attempts/{attempt}/save?page=1", self._body(**fields)
                found.append(Shot("POST", path, body, learner.cookie, 303))
            return found

        return each_client(clients, shots)

    def _submit_attempt(self, session: Session, clients: int, length: int) -> Plan:
        def shots(client: int) -> list[Shot]:
            found = []
            for n in range(length):
                learner, attempt = self._sitting(session, course.DRAWN if n % 2 else 6)
                path = f"/attempts/{attempt}/submit"
                found.append(Shot("POST", path, self._body(), learner.cookie, 303))
            return found

        return each_client(clients, shots)

    def _review_page(self, session: Session, clients: int, length: int) -> Plan:
        def shots(client: int) -> list[Shot]:
            learner, attempt = self._sitting(session, 15)
            self._submit(session, learner, attempt)
            return [Shot("GET", f"/attempts/{attempt}/result", None, learner.cookie, 200)] * length

        return each_client(clients, shots)

    def _verify_page(self, session: Session, clients: int, length: int) -> Plan:
        def shots(client: int) -> list[Shot]:
            learner, attempt = self._sitting(session, course.DRAWN)
            self._submit(session, learner, attempt)
            code = session.scalars(
                select(Certificate.code).where(Certificate.holder_id == learner.viewer.person_id)
            ).one()
            return [Shot("GET", f"/verify/{code}", None, learner.cookie, 200)] * length

        return each_client(clients, shots)

    def _submit(self, session: Session, learner: Learner, attempt: str) -> None:
        now = self.program.clock() + timedelta(seconds=1)
        services.submit_attempt(session, learner.viewer.person_id, attempt, now)
        session.flush()

    def conflicts(self) -> int:
        """Count the answers that were redirected like any other, but did not count."""
        with self.program.database.read() as session:
            wrong = select(func.count()).where(ResponseEvent.kind != "saved")
            return session.scalar(wrong) or 0

    def document_ms(self) -> float | None:
        """Do the promised background work; return its CPU for each certificate, None without."""
        with self.program.database.read() as session:
            issued = session.scalar(select(func.count()).select_from(Certificate)) or 0
        began = time.process_time()
        with self.app.app_context():
            while self.program.worker.drain(self.program.clock):
                pass
        return (time.process_time() - began) * 1000 / issued if issued else None
