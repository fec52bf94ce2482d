"""The pages of an attempt, by plain posts and as the script uses them."""

import re
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from lms.assessment import queries
from lms.assessment.models import CurrentResponse, ResponseEvent
from lms.assessment.services import Answer, save_responses, start_attempt, submit_attempt
from lms.catalog.published import PublishedCourse
from lms.core.web.context import Program
from tests.conftest import FrozenClock
from tests.courses import make_course, response_worth
from tests.makers import add_person, sign_in_as

CANARY = b"KEY-CANARY"


@dataclass
class Sitting:
    """A signed-in learner with an open attempt."""

    program: Program
    client: FlaskClient
    course: PublishedCourse
    person_id: int
    attempt: str

    def get(self, tail: str = "") -> TestResponse:
        return self.client.get(f"/attempts/{self.attempt}{tail}")

    def post(self, tail: str, **fields: object) -> TestResponse:
        return self.client.post(f"/attempts/{self.attempt}{tail}", data=fields)

    def count(self, model: type) -> int:
        with self.program.database.read() as session:
            return session.scalar(select(func.count()).select_from(model)) or 0

    def slot_of(self, kind: str) -> int:
        with self.program.database.read() as session:
            record = queries.load_attempt(session, self.person_id, self.attempt)
        kinds = [self.course.course.items[slot.ref].type for slot in record.form.slots]
        return kinds.index(kind)  # type: ignore[arg-type]


def sit(program: Program, client: FlaskClient, **details: object) -> Sitting:
    with program.database.unit_of_work() as session:
        course = make_course(session, **details)  # type: ignore[arg-type]
    client.application.config["WTF_CSRF_ENABLED"] = False
    person = add_person(program)
    sign_in_as(client, program, person)
    quiz = next(course.course.quizzes())
    with program.database.unit_of_work() as session:
        attempt = start_attempt(session, person.id, course, quiz, program.clock(), b"seed")
    return Sitting(program, client, course, person.id, attempt)


@pytest.fixture
def sitting(program: Program, client: FlaskClient) -> Sitting:
    return sit(program, client, quiz_items=8)


def field_of(slot: int, page: bytes) -> str:
    found = re.search(rf'name="(s{slot}-[^"]*)"', page.decode())
    assert found
    return found[1]


def test_no_key_or_rationale_reaches_the_browser_before_the_result(sitting: Sitting) -> None:
    for tail in ("", "?page=2", "/summary"):
        answer = sitting.get(tail)
        assert answer.status_code == 200
        assert CANARY not in answer.data
    assert sitting.get("/result").status_code == 303


def test_the_result_gives_a_rationale_for_every_option(sitting: Sitting) -> None:
    sitting.post("/submit")
    answer = sitting.get("/result")
    with sitting.program.database.read() as session:
        record = queries.load_attempt(session, sitting.person_id, sitting.attempt)
    refs = [slot.ref for slot in record.form.slots]
    wanted = sum(
        name.startswith("rationale")
        for ref in refs
        for name in sitting.course.course.items[ref].markdown_parts()
    )
    assert answer.data.count(CANARY) == wanted


def test_every_page_of_a_short_attempt_opens(program: Program, client: FlaskClient) -> None:
    short = sit(program, client, quiz_items=3)
    for tail in ("", "?page=2", "?page=nonsense", "/summary"):
        assert short.get(tail).status_code == 200
    assert short.get("/summary").data.count(b"grid-number") == 2


def test_moving_to_the_next_page_saves_what_was_answered(sitting: Sitting) -> None:
    name = field_of(0, sitting.get().data)
    answer = sitting.post("/save?page=1", go="next", **{name: "0" if "choice" in name else "42"})
    assert answer.status_code == 303
    assert answer.location.endswith("page=2")
    assert sitting.count(CurrentResponse) == 1


def test_posting_a_page_unchanged_writes_nothing(sitting: Sitting) -> None:
    sitting.post("/save?page=1", go="stay")
    assert sitting.count(ResponseEvent) == 0


def test_a_number_that_cannot_be_read_is_told_and_kept_in_its_field(
    program: Program, client: FlaskClient
) -> None:
    sitting = sit(program, client, quiz_items=5)
    slot = sitting.slot_of("numeric")
    name = field_of(slot, sitting.get().data)
    answer = sitting.post("/save?page=1", go="next", **{name: "forty-two"})
    assert answer.status_code == 422
    assert b"Please write a number" in answer.data
    assert b"forty-two" in answer.data
    assert sitting.count(CurrentResponse) == 0


def test_the_script_is_told_the_revision_and_the_moment(sitting: Sitting) -> None:
    name = field_of(0, sitting.get().data)
    value = "0" if "choice" in name else "42"
    answer = sitting.post("/items/0", operation_id="op-1", revision="0", **{name: value})
    assert answer.status_code == 200
    assert answer.json is not None
    assert (answer.json["outcome"], answer.json["revision"]) == ("saved", 1)
    stale = sitting.post("/items/0", operation_id="op-2", revision="0", **{name: value})
    assert stale.status_code == 409
    assert stale.json is not None
    assert "another window" in stale.json["message"]


@pytest.mark.parametrize(
    "fields",
    [
        {"revision": "-1"},
        {"revision": "9" * 40},
        {"revision": "٣"},
        {"operation_id": "x" * 100},
    ],
)
def test_what_no_page_sends_is_refused_and_changes_nothing(
    sitting: Sitting, fields: dict[str, str]
) -> None:
    assert sitting.post("/items/0", **fields).status_code == 400
    assert sitting.post("/items/99", revision="0").status_code == 400
    assert sitting.count(ResponseEvent) == 0


def test_reply_sizes_do_not_tell_what_is_right(sitting: Sitting) -> None:
    with sitting.program.database.read() as session:
        record = queries.load_attempt(session, sitting.person_id, sitting.attempt)
    slot = next(
        number
        for number, dealt in enumerate(record.form.slots)
        if sitting.course.course.items[dealt.ref].type == "single" and number < 5
    )
    name = field_of(slot, sitting.get().data)
    sizes = {
        len(sitting.post(f"/items/{slot}", operation_id=f"o{n}", revision=n, **{name: n}).data)
        for n in range(3)
    }
    assert len(sizes) == 1


def test_time_up_offers_the_result_and_keeps_what_was_saved(
    program: Program, client: FlaskClient, clock: FrozenClock
) -> None:
    sitting = sit(program, client, time_limit=10)
    clock.advance(minutes=11)
    assert b"Time is up" in sitting.get().data
    answer = sitting.post("/submit")
    assert answer.location.endswith("/result")
    assert b"Your time was up" in sitting.get("/result").data


def test_marks_only_keeps_keys_back_for_ever(program: Program, client: FlaskClient) -> None:
    sitting = sit(program, client, release="marks-only")
    sitting.post("/submit")
    answer = sitting.get("/result")
    assert CANARY not in answer.data
    assert b"marks only" in answer.data
    assert b"By objective" not in answer.data, "an objective with one item would tell its key"


def test_a_failed_result_says_when_and_how_often_one_may_try_again(
    program: Program, client: FlaskClient
) -> None:
    sitting = sit(program, client, attempts=3, cool_down=30)
    sitting.post("/submit")
    assert b"possible from" in sitting.get("/result").data
    program.clock.advance(minutes=31)  # type: ignore[attr-defined]
    assert b"2 attempts left" in sitting.get("/result").data


def test_the_attempt_of_another_is_not_found(sitting: Sitting) -> None:
    other = add_person(sitting.program, "other@example.org")
    sign_in_as(sitting.client, sitting.program, other)
    for tail in ("", "/summary", "/result"):
        assert sitting.get(tail).status_code == 404
    assert sitting.post("/submit").status_code == 404
    assert sitting.post("/items/0", revision="0").status_code == 404


def test_an_old_failed_result_leads_on_once_the_quiz_is_passed(
    program: Program, client: FlaskClient
) -> None:
    sitting = sit(program, client)
    sitting.post("/submit")
    quiz = next(sitting.course.course.quizzes())
    with program.database.unit_of_work() as session:
        person, now = sitting.person_id, program.clock()
        again = start_attempt(session, person, sitting.course, quiz, now, b"other")
        form = queries.load_attempt(session, person, again).form
        answers = [
            Answer(slot, response_worth(sitting.course, form, slot, right=True), 0, f"op-{slot}")
            for slot in range(len(form.slots))
        ]
        save_responses(session, person, again, answers, now)
        submit_attempt(session, person, again, now)
    page = sitting.get("/result").data
    assert b"Not passed in this attempt" in page
    assert b"Continue the course" in page
    assert b"How to try again" not in page
