"""How the demo's learners study: through the same services as everybody, at past moments."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from sqlalchemy.orm import Session

from lms.assessment import queries
from lms.assessment.services import Answer, save_responses, submit_attempt
from lms.catalog.published import PublishedCourse
from lms.core.ids import new_public_id
from lms.core.web.auth import Viewer
from lms.engine.assembly import Form
from lms.engine.content.model import Module, Quiz
from lms.engine.items import Response, examples, read
from lms.learning.queries.standing import load_standing
from lms.learning.services.marks import mark_done
from lms.learning.services.presence import write_presence
from lms.learning.services.quizzes import start_quiz

PER_LESSON = timedelta(minutes=14)
PER_QUIZ = timedelta(minutes=9)


@dataclass
class Student:
    """One learner in one course; `now` moves on as they study."""

    session: Session
    viewer: Viewer
    course: PublishedCourse
    now: datetime

    def read_lessons(self, module: Module, most: int | None = None) -> None:
        """Mark the module's lessons (or the first `most`) as done, one after the other."""
        for lesson in module.lessons[:most]:
            self.now += PER_LESSON
            mark_done(self.session, self.viewer, self.course, lesson.id, self.now)
            standing = load_standing(self.session, self.viewer.person_id, self.course.course_id)
            if standing is not None:
                write_presence(self.session, standing.enrolment_id, lesson.id, self.now)

    def take(self, quiz: Quiz, right_share: Fraction) -> None:
        """Take a quiz and answer the first part of it rightly, the rest wrongly."""
        attempt = self.open_attempt(quiz, right_share)
        self.now += PER_QUIZ
        submit_attempt(self.session, self.viewer.person_id, attempt, self.now)

    def open_attempt(self, quiz: Quiz, right_share: Fraction, most: int | None = None) -> str:
        """Start a quiz and save answers to the first `most` slots; return the attempt's id."""
        seed = f"demo {self.viewer.email} {quiz.id} {self.now}".encode()
        attempt = start_quiz(self.session, self.viewer, self.course, quiz.id, self.now, seed)
        form = queries.load_attempt(self.session, self.viewer.person_id, attempt).form
        right = -int(-right_share * len(form.slots) // 1)
        answers = [
            Answer(slot, self._response(form, slot, right=slot < right), 0, new_public_id())
            for slot in range(len(form.slots))[:most]
        ]
        save_responses(self.session, self.viewer.person_id, attempt, answers, self.now)
        return attempt

    def _response(self, form: Form, slot: int, *, right: bool) -> Response | None:
        dealt = form.slots[slot]
        item = self.course.course.items[dealt.ref]
        for example in examples(item, dealt.arrangement):
            if (example.fraction == 1) == right:
                return read(item, dealt.arrangement, example.fields)
        return None

    def complete(self, right_share: Fraction = Fraction(9, 10)) -> None:
        """Study the whole course and pass everything in it."""
        for module in self.course.course.modules:
            self.read_lessons(module)
            if module.quiz:
                self.take(module.quiz, right_share)
        if self.course.course.final:
            self.take(self.course.course.final, right_share)
