"""What must always hold of attempts, on both databases."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Barrier

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from lms.assessment import queries, services
from lms.assessment.models import Attempt, CurrentResponse, GradeEvent, ResponseEvent
from lms.assessment.services import Answer
from lms.catalog import published
from lms.catalog.published import PublishedCourse
from lms.core.errors import DomainError, NotFound
from lms.core.web.context import Program
from lms.engine.assembly import Form
from lms.engine.content.model import Quiz
from tests.conftest import START, FrozenClock
from tests.courses import course_files, make_course, response_worth
from tests.makers import add_person

SEED = b"a seed for tests"
THREADS = 16


@dataclass
class Exam:
    """A learner in front of a quiz, with one unit of work for each act."""

    program: Program
    clock: FrozenClock
    course: PublishedCourse
    person_id: int

    @property
    def quiz(self) -> Quiz:
        return next(self.course.course.quizzes())

    def start(self, seed: bytes = SEED) -> str:
        with self.program.database.unit_of_work() as session:
            return services.start_attempt(
                session, self.person_id, self.course, self.quiz, self.clock(), seed
            )

    def form(self, attempt: str) -> Form:
        with self.program.database.read() as session:
            return queries.load_attempt(session, self.person_id, attempt).form

    def save(self, attempt: str, *answers: Answer) -> tuple[services.Receipt, ...]:
        with self.program.database.unit_of_work() as session:
            return services.save_responses(session, self.person_id, attempt, answers, self.clock())

    def answer_all(self, attempt: str, right: int) -> None:
        form = self.form(attempt)
        for slot in range(len(form.slots)):
            response = response_worth(self.course, form, slot, right=slot < right)
            self.save(attempt, Answer(slot, response, 0, f"op-{attempt}-{slot}"))

    def submit(self, attempt: str) -> services.Submission:
        with self.program.database.unit_of_work() as session:
            return services.submit_attempt(session, self.person_id, attempt, self.clock())

    def count(self, model: type) -> int:
        with self.program.database.read() as session:
            return session.scalar(select(func.count()).select_from(model)) or 0

    def row(self, attempt: str) -> queries.AttemptRecord:
        with self.program.database.read() as session:
            return queries.load_attempt(session, self.person_id, attempt)


Make = Callable[..., Exam]


@pytest.fixture
def make_exam(program: Program, clock: FrozenClock) -> Make:
    def make(**details: object) -> Exam:
        with program.database.unit_of_work() as session:
            course = make_course(session, **details)  # type: ignore[arg-type]
        person = add_person(program)
        return Exam(program, clock, course, person.id)

    return make


def test_replaying_an_operation_changes_nothing_and_gives_the_same_receipt(make_exam: Make) -> None:
    exam = make_exam()
    attempt = exam.start()
    answer = Answer(0, response_worth(exam.course, exam.form(attempt), 0, right=True), 0, "op-1")
    first = exam.save(attempt, answer)
    exam.clock.advance(minutes=3)
    again = exam.save(attempt, answer)
    assert again == first
    assert first[0].saved_at == START
    assert exam.count(ResponseEvent) == 1


def test_a_stale_tab_is_told_and_its_text_is_kept_as_a_conflict(make_exam: Make) -> None:
    exam = make_exam()
    attempt = exam.start()
    form = exam.form(attempt)
    right, wrong = (response_worth(exam.course, form, 0, right=side) for side in (True, False))
    (newer,) = exam.save(attempt, Answer(0, right, 0, "tab-one"))
    (stale,) = exam.save(attempt, Answer(0, wrong, 0, "tab-two"))
    assert (newer.outcome, newer.revision) == ("saved", 1)
    assert stale.outcome == "conflict"
    with exam.program.database.read() as session:
        record = queries.load_attempt(session, exam.person_id, attempt)
        assert queries.saved_responses(session, record.id)[0].response == right
        kept = session.scalars(select(ResponseEvent).filter_by(kind="conflict")).one()
    assert json.loads(kept.payload) == wrong


def test_a_late_answer_is_kept_as_evidence_but_not_scored(make_exam: Make) -> None:
    exam = make_exam(time_limit=10)
    attempt = exam.start()
    exam.clock.advance(minutes=10, seconds=31)
    response = response_worth(exam.course, exam.form(attempt), 0, right=True)
    (receipt,) = exam.save(attempt, Answer(0, response, 0, "late-one"))
    assert receipt.outcome == "late"
    assert exam.count(CurrentResponse) == 0
    assert exam.submit(attempt).was_expired
    assert exam.row(attempt).points == 0
    assert exam.count(ResponseEvent) == 1


def test_an_answer_within_the_grace_counts(make_exam: Make) -> None:
    exam = make_exam(time_limit=10)
    attempt = exam.start()
    exam.clock.advance(minutes=10, seconds=30)
    response = response_worth(exam.course, exam.form(attempt), 0, right=True)
    assert exam.save(attempt, Answer(0, response, 0, "just-in-time"))[0].outcome == "saved"


def test_expiry_counts_what_was_saved(make_exam: Make) -> None:
    exam = make_exam(time_limit=10)
    attempt = exam.start()
    exam.answer_all(attempt, right=3)
    exam.clock.advance(minutes=11)
    with exam.program.database.unit_of_work() as session:
        assert services.expire_due(session, exam.clock()) == 1
    row = exam.row(attempt)
    assert row.was_expired
    assert row.is_passed
    assert row.points == row.most_points == 3


def test_an_attempt_that_cannot_be_graded_keeps_no_other_one_waiting(make_exam: Make) -> None:
    exam = make_exam(time_limit=10)
    broken = exam.start()
    other = replace(exam, person_id=add_person(exam.program, "other@example.org").id)
    exam.clock.advance(minutes=1)
    whole = other.start()
    with exam.program.database.unit_of_work() as session:
        session.execute(update(Attempt).where(Attempt.public_id == broken).values(form="{}"))
    exam.clock.advance(minutes=11)
    with exam.program.database.unit_of_work() as session:
        assert services.expire_due(session, exam.clock()) == 1
    with exam.program.database.read() as session:
        states = {row.public_id: row.state for row in session.scalars(select(Attempt))}
    assert states == {broken: "in_progress", whole: "graded"}


def test_the_form_never_changes_after_the_start(make_exam: Make) -> None:
    exam = make_exam()
    attempt = exam.start()
    before = exam.form(attempt)
    files = course_files(words="A new paragraph.")
    with exam.program.database.unit_of_work() as session:
        from lms.authoring.services import publish_tree

        publish_tree(session, files, "folder", None, exam.clock())
    assert exam.start(b"another seed") == attempt
    assert exam.form(attempt) == before
    row = exam.row(attempt)
    with exam.program.database.read() as session:
        assert published.by_slug(session, "small").revision_id != row.revision_id


def test_grading_gives_each_item_its_points_and_the_sum_is_the_total(make_exam: Make) -> None:
    exam = make_exam()
    attempt = exam.start()
    exam.answer_all(attempt, right=2)
    exam.submit(attempt)
    row = exam.row(attempt)
    with exam.program.database.read() as session:
        points = queries.slot_points(session, row.id)
    assert sum(points.values()) == row.points == 2
    assert row.is_passed  # 2 of 3 reach 60 %


def test_an_unanswered_slot_is_graded_as_unanswered_not_as_wrong(make_exam: Make) -> None:
    exam = make_exam()
    attempt = exam.start()
    exam.submit(attempt)
    with exam.program.database.read() as session:
        events = session.scalars(select(GradeEvent)).all()
    assert [event.is_answered for event in events] == [False, False, False]
    assert exam.row(attempt).points == 0


def test_submitting_twice_gives_the_same_receipt_and_grades_once(make_exam: Make) -> None:
    exam = make_exam()
    attempt = exam.start()
    first = exam.submit(attempt)
    assert exam.submit(attempt) == first
    assert exam.count(GradeEvent) == 3


def test_a_finished_attempt_takes_no_answer(make_exam: Make) -> None:
    exam = make_exam()
    attempt = exam.start()
    exam.submit(attempt)
    with pytest.raises(DomainError, match="finished"):
        exam.save(attempt, Answer(0, 0, 0, "too-late"))
    assert exam.count(ResponseEvent) == 0


def test_nobody_saves_or_submits_the_attempt_of_another(make_exam: Make) -> None:
    exam = make_exam()
    attempt = exam.start()
    other = add_person(exam.program, "other@example.org")
    with exam.program.database.unit_of_work() as session:
        with pytest.raises(NotFound):
            services.save_responses(session, other.id, attempt, [Answer(0, 0, 0, "x")], START)
        with pytest.raises(NotFound):
            services.submit_attempt(session, other.id, attempt, START)


def test_the_attempt_limit_holds(make_exam: Make) -> None:
    exam = make_exam(attempts=2)
    for _ in range(2):
        exam.submit(exam.start())
    with pytest.raises(DomainError, match="all your attempts"):
        exam.start()


def test_the_cool_down_says_when_the_next_attempt_is_possible(make_exam: Make) -> None:
    exam = make_exam(cool_down=30)
    exam.submit(exam.start())
    exam.clock.advance(minutes=29)
    with pytest.raises(DomainError, match="possible from"):
        exam.start()
    exam.clock.advance(minutes=1)
    assert exam.start()


def test_a_retry_draws_items_that_were_not_seen_first(make_exam: Make) -> None:
    exam = make_exam(quiz_items=6, attempts=2)
    first = exam.start(b"one")
    seen = set(exam.form(first).refs)
    exam.submit(first)
    second = set(exam.form(exam.start(b"two")).refs)
    unseen = {f"small/small-z1-{n}" for n in range(1, 7)} - seen
    assert unseen <= second


def test_a_start_inserts_one_row_whatever_the_number_of_items(make_exam: Make) -> None:
    exam = make_exam(quiz_items=12)
    exam.start()
    assert exam.count(Attempt) == 1
    assert exam.count(CurrentResponse) == exam.count(GradeEvent) == 0


def together(act: Callable[[int], object]) -> list[object]:
    """Run an act in sixteen threads that begin at one barrier."""
    barrier = Barrier(THREADS)

    def run(number: int) -> object:
        barrier.wait()
        try:
            return act(number)
        except DomainError as refusal:
            return refusal

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(THREADS)))


def test_sixteen_starts_make_one_attempt(make_exam: Make) -> None:
    exam = make_exam()
    found = together(lambda number: exam.start(f"seed {number}".encode()))
    assert len(set(found)) == 1
    assert exam.count(Attempt) == 1


def test_sixteen_submissions_are_one(make_exam: Make) -> None:
    exam = make_exam()
    attempt = exam.start()
    exam.answer_all(attempt, right=3)
    found = together(lambda _: exam.submit(attempt))
    assert len(set(found)) == 1
    assert exam.count(GradeEvent) == 3


def test_of_sixteen_saves_on_one_revision_one_wins_and_none_is_lost(make_exam: Make) -> None:
    exam = make_exam()
    attempt = exam.start()
    response = response_worth(exam.course, exam.form(attempt), 0, right=True)

    def save(number: int) -> str:
        return exam.save(attempt, Answer(0, response, 0, f"op-{number}"))[0].outcome

    outcomes = together(save)
    assert outcomes.count("saved") == 1
    assert outcomes.count("conflict") == THREADS - 1
    assert exam.count(ResponseEvent) == THREADS


def test_every_score_can_be_explained_from_the_events(make_exam: Make) -> None:
    exam = make_exam()
    attempt = exam.start()
    exam.answer_all(attempt, right=1)
    exam.submit(attempt)
    with exam.program.database.read() as session:
        row = session.scalars(select(Attempt)).one()
        graded = _graded_from_events(session, row)
        assert graded == row.points


def _graded_from_events(session: Session, row: Attempt) -> object:
    """Rebuild the current responses from the log alone and grade them again."""
    log = session.scalars(
        select(ResponseEvent).filter_by(attempt_id=row.id, kind="saved").order_by(ResponseEvent.id)
    )
    rebuilt = {event.slot: event.payload for event in log}
    current = session.scalars(select(CurrentResponse).filter_by(attempt_id=row.id))
    assert rebuilt == {answer.slot: answer.payload for answer in current}
    return services.grade_saved(session, row).result.points
