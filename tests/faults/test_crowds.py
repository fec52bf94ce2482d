"""Many at the same moment, over HTTP, on the servers that operators run."""

import http.client
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest
from sqlalchemy import func, select

from lms.accounts.models import Person
from lms.assessment.models import Attempt, GradeEvent, ResponseEvent
from lms.certificates.models import Award, Certificate
from lms.learning.models import Enrolment, QuizPass
from tests.faults.hall import KEY, Hall, Sitter
from tests.faults.places import Place
from tests.makers import PASSWORD, make_person
from tests.served import ask

pytestmark = pytest.mark.drill

THREADS = 16
CROWD = 200
T = TypeVar("T")


@pytest.fixture
def hall(place: Place) -> Iterator[Hall]:
    """A hall whose installation is being served."""
    hall = Hall(place.app, place.port, {"attempts": 3})
    with place.served():
        yield hall


def together(act: Callable[[int], T], count: int = THREADS) -> Sequence[T]:
    """Run `act` in so many threads that begin at the same moment."""
    barrier = Barrier(count)

    def run(number: int) -> T:
        barrier.wait()
        return act(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def count(hall: Hall, model: type) -> int:
    with hall.program.database.read() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_sixteen_registrations_make_one_person(hall: Hall) -> None:
    stranger = Sitter(hall, 0, hall.browser(None))
    answers = together(
        lambda number: stranger.post(
            "/register", name=f"Nadia {number}", email="nadia@example.org", password=PASSWORD
        )[0]
    )
    assert set(answers) <= {303, 429}
    assert 303 in answers
    assert count(hall, Person) == 1


def test_sixteen_starts_make_one_attempt(hall: Hall) -> None:
    sitter, start = hall.seat(1), f"/courses/{KEY}/quizzes/{hall.quiz.id}/start"
    answers = together(lambda _: sitter.post(start))
    assert {status for status, _, _ in answers} == {303}
    assert len({headers["Location"] for _, headers, _ in answers}) == 1
    assert count(hall, Attempt) == 1


def test_sixteen_saves_of_one_operation_are_one_answer(hall: Hall) -> None:
    sitter = hall.seat(1)
    sitter.start()
    assert sitter.form is not None
    response = hall.response(sitter.form.slots[0], is_right=True)
    fields = hall.fields(sitter.form.slots[0], 0, response)
    path = f"/attempts/{sitter.attempt}/items/0"
    answers = together(lambda _: sitter.post(path, operation_id="once", revision=0, **fields))
    assert {(status, text) for status, _, text in answers} == {(200, answers[0][2])}
    assert count(hall, ResponseEvent) == 1


def test_sixteen_submissions_grade_once_and_issue_one_certificate(hall: Hall) -> None:
    sitter = hall.seat(1)
    sitter.start()
    assert sitter.form is not None
    assert all(sitter.answer_next() for _ in sitter.form.slots)
    assert together(lambda _: sitter.submit()) == [303] * THREADS
    hall.assert_submitted_once(sitter)
    assert count(hall, QuizPass) == 1
    assert count(hall, Certificate) == 1


def test_sixteen_issues_by_hand_make_one_certificate(hall: Hall) -> None:
    with hall.program.database.unit_of_work() as session:
        chief = make_person(session, "chief@example.org", administrator=True)
        make_person(session, "holder@example.org", "Hana Holder")
        award = session.scalars(select(Award)).one()
        chief_id, course = chief.id, str(award.id)
    administrator = Sitter(hall, chief_id, hall.browser(chief_id))
    page = administrator.get("/admin/certificates/issue")[2].decode()
    value = next(
        part.split('"')[0] for part in page.split('<option value="')[1:] if part.split('"')[0]
    )
    assert value, course
    answers = Counter(
        together(
            lambda _: administrator.post(
                "/admin/certificates/issue",
                email="holder@example.org",
                course=value,
                reason="Studied in class.",
            )[0]
        )
    )
    assert answers[303] == 1
    assert answers.keys() <= {303, 409, 422}
    assert count(hall, Certificate) == 1


def test_two_hundred_learners_sit_an_exam_at_once_without_an_error(hall: Hall) -> None:
    sitters = [hall.seat(number) for number in range(CROWD)]
    wrong = [text for texts in together(lambda n: sit(sitters[n]), CROWD) for text in texts]
    assert wrong == []
    for sitter in sitters:
        hall.assert_kept(sitter)
        hall.assert_submitted_once(sitter)
    with hall.program.database.read() as session:
        states = session.scalars(select(Enrolment.state)).all()
    assert states == ["completed"] * CROWD
    assert count(hall, Certificate) == CROWD
    assert count(hall, GradeEvent) == CROWD * len(sitters[0].form.slots if sitters[0].form else ())


def sit(sitter: Sitter) -> list[str]:
    """Live a whole exam; return every answer of the server that was not as it should be."""
    steps: list[tuple[str, int, int]] = []
    pages = [f"/courses/{KEY}", f"/courses/{KEY}/quizzes/{sitter.hall.quiz.id}"]
    steps += [(path, sitter.get(path)[0], 200) for path in pages]
    steps.append(("start", sitter.start(), 303))
    if sitter.form is None:
        return [f"{step} {status}" for step, status, wanted in steps if status != wanted]
    for _ in sitter.form.slots:
        steps.append(("page", sitter.get(f"/attempts/{sitter.attempt}")[0], 200))
        steps.append(("save", sitter.answer_next(), True))
    steps.append(("submit", sitter.submit(), 303))
    steps.append(("result", sitter.get(f"/attempts/{sitter.attempt}/result")[0], 200))
    return [f"{step} {status}" for step, status, wanted in steps if status != wanted]


def test_browsers_that_keep_their_connections_keep_nobody_out(hall: Hall) -> None:
    browsers = [http.client.HTTPConnection("127.0.0.1", hall.port) for _ in range(CROWD)]
    try:
        for browser in browsers:
            browser.request("GET", "/healthz")
            assert browser.getresponse().read()
        assert ask(hall.port, "/healthz")[0] == 200
    finally:
        for browser in browsers:
            browser.close()
