"""A published course and people who learn in it, one committed unit of work for each act."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from lms.accounts.models import Person
from lms.assessment import queries as assessment
from lms.assessment.services import Answer, save_responses, submit_attempt
from lms.catalog.published import PublishedCourse
from lms.core.outbox import OutboxTask
from lms.core.web.auth import Viewer
from lms.core.web.context import Program
from lms.learning.models import Enrolment
from lms.learning.services.enrolments import enrol
from lms.learning.services.marks import mark_done
from lms.learning.services.quizzes import start_quiz
from tests.conftest import FrozenClock
from tests.courses import make_course, response_worth
from tests.makers import add_person

SEED = b"sixteen bytes..."


def viewer_of(person: Person, trains: frozenset[str] = frozenset()) -> Viewer:
    """Return the person as the services see an actor."""
    return Viewer(
        person.id,
        person.public_id,
        person.name,
        person.email,
        None,
        None,
        is_confirmed=person.confirmed_at is not None,
        session_id=0,
        trains=trains,
    )


@dataclass
class Classroom:
    """One course; `learner` is a viewer who is not enrolled yet."""

    program: Program
    clock: FrozenClock
    course: PublishedCourse
    learner: Viewer

    @contextmanager
    def unit(self) -> Iterator[Session]:
        with self.program.database.unit_of_work() as session:
            yield session

    def enrol(self, viewer: Viewer | None = None) -> str:
        with self.unit() as session:
            return enrol(session, viewer or self.learner, self.course, self.clock())

    def mark(self, lesson: str, viewer: Viewer | None = None) -> None:
        with self.unit() as session:
            mark_done(session, viewer or self.learner, self.course, lesson, self.clock())

    def sit(self, quiz: str, *, passing: bool = True, viewer: Viewer | None = None) -> str:
        """Start, answer and submit a quiz; return the attempt's public id."""
        who = viewer or self.learner
        with self.unit() as session:
            attempt = start_quiz(session, who, self.course, quiz, self.clock(), SEED)
            form = assessment.load_attempt(session, who.person_id, attempt).form
        answers = [
            Answer(slot, response_worth(self.course, form, slot, right=passing), 0, f"op-{slot}")
            for slot in range(len(form.slots))
        ]
        with self.unit() as session:
            save_responses(session, who.person_id, attempt, answers, self.clock())
        with self.unit() as session:
            submit_attempt(session, who.person_id, attempt, self.clock())
        return attempt

    def finish(self, viewer: Viewer | None = None) -> None:
        """Do everything that the course asks for."""
        for module in self.course.course.modules:
            for lesson in module.lessons:
                self.mark(lesson.id, viewer)
            if module.quiz:
                self.sit(module.quiz.id, viewer=viewer)
        if self.course.course.final:
            self.sit(self.course.course.final.id, viewer=viewer)

    def row(self, viewer: Viewer | None = None) -> Enrolment:
        with self.program.database.read() as session:
            person_id = (viewer or self.learner).person_id
            return session.scalars(
                select(Enrolment).where(
                    Enrolment.person_id == person_id,
                    Enrolment.course_id == self.course.course_id,
                )
            ).one()

    def mails(self) -> list[dict[str, str]]:
        """Return the mails that were promised, in order."""
        with self.program.database.read() as session:
            rows = session.scalars(
                select(OutboxTask).where(OutboxTask.kind == "mail").order_by(OutboxTask.id)
            )
            return [json.loads(row.payload) for row in rows]


def open_classroom(program: Program, clock: FrozenClock, **details: object) -> Classroom:
    """Publish a small course (`details` as for course_files) and bring a learner."""
    with program.database.unit_of_work() as session:
        course = make_course(session, now=clock(), **details)  # type: ignore[arg-type]
    learner = viewer_of(add_person(program))
    return Classroom(program, clock, course, learner)


@contextmanager
def counted_statements(program: Program) -> Iterator[list[str]]:
    """Collect the SQL statements that are run inside, transactions aside."""
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "BEGIN")):
            seen.append(statement)

    event.listen(program.database.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(program.database.engine, "before_cursor_execute", note)
