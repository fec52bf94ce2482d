"""What a client that sends whatever it likes can do to an attempt: answer it in time, no more."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from lms.assessment.models import Attempt, CurrentResponse, GradeEvent, ResponseEvent
from lms.core.db import Base
from lms.engine.attempt import GRACE
from tests.security.secret_items import Rules
from tests.security.sitting import QUIZ, Sitting, sitting_in

FORGED = {
    "points": "99",
    "most_points": "1",
    "score": "100",
    "grade": "1",
    "fraction": "1",
    "is_passed": "1",
    "passed": "true",
    "state": "graded",
    "is_answered": "1",
    "grader": "staff",
    "pass_mark": "0",
    "number": "1",
    "attempts": "99",
    "deadline_at": "2099-01-01T00:00:00+00:00",
    "time_limit_minutes": "9999",
    "saved_at": "2000-01-01T00:00:00+00:00",
    "received_at": "2000-01-01T00:00:00+00:00",
    "submitted_at": "2000-01-01T00:00:00+00:00",
    "started_at": "2099-01-01T00:00:00+00:00",
    "now": "2000-01-01T00:00:00+00:00",
    "seed": "00" * 16,
    "form": '{"version": 1, "slots": []}',
    "revision_id": "1",
    "person_id": "2",
    "attempt_id": "2",
}
TYPED = ("numeric", "short")  # any text that fits is an honest answer

Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def sitting(sqlite_template: Path, tmp_path: Path) -> Iterator[Sitting]:
    with sitting_in(sqlite_template, tmp_path) as found:
        yield found


@pytest.fixture
def timed(sqlite_template: Path, tmp_path: Path) -> Iterator[Sitting]:
    with sitting_in(sqlite_template, tmp_path, rules=Rules(attempts=1, time_limit=10)) as found:
        yield found


def rows_of(sitting: Sitting, *models: type[Base]) -> Rows:
    """Return all rows of these tables, in order; of the four that make a score, unless named."""
    found: Rows = {}
    with sitting.program.database.read() as session:
        for model in models or (Attempt, ResponseEvent, CurrentResponse, GradeEvent):
            rows = session.execute(select(*model.__table__.columns))
            found[model.__name__] = [tuple(row) for row in rows]
    return found


def attempt_of(sitting: Sitting) -> Attempt:
    with sitting.program.database.read() as session:
        return session.scalars(select(Attempt).where(Attempt.public_id == sitting.attempt)).one()


def save(sitting: Sitting, slot: int, right: bool, revision: int = 0, **more: str) -> TestResponse:
    fields = sitting.fields(slot, right=right) | {"revision": str(revision), **more}
    return sitting.browser.post(sitting.path(f"/items/{slot}"), data=fields)


# Scores, states and clocks from the browser -------------------------------------------------------


@pytest.mark.parametrize("tail", ["/items/0", "/save", "/save?page=2&state=graded&points=99"])
def test_an_open_attempt_takes_nothing_but_answers(sitting: Sitting, tail: str) -> None:
    before = rows_of(sitting, Attempt, GradeEvent)
    fields = sitting.fields(0, right=True)
    assert sitting.browser.post(sitting.path(tail), data=FORGED | fields).status_code in (200, 303)
    assert rows_of(sitting, Attempt, GradeEvent) == before
    with sitting.program.database.read() as session:
        for row in session.scalars(select(ResponseEvent)):
            assert row.received_at == sitting.clock()
            assert row.attempt_id == attempt_of(sitting).id


@pytest.mark.parametrize("kind", ["form", "json", "query"])
def test_a_submission_is_worth_what_was_saved_and_nothing_that_came_with_it(
    sitting: Sitting, kind: str
) -> None:
    """Answers and scores beside the submission are not looked at; one saved answer counts."""
    assert save(sitting, 0, right=True).status_code == 200
    sent = FORGED | sitting.fields(1, right=True) | {"revision-1": "0", "go": "summary"}
    body = {"form": {"data": sent}, "json": {"json": sent}, "query": {"query_string": sent}}
    sitting.browser.post(sitting.path("/submit"), **body[kind])
    row = attempt_of(sitting)
    assert (row.state, row.points, row.most_points, row.is_passed) == ("graded", 1, 7, False)
    assert (row.submitted_at, row.graded_at, row.deadline_at) == (sitting.clock(),) * 2 + (None,)
    grades = rows_of(sitting, GradeEvent)["GradeEvent"]
    assert len(grades) == 7
    with sitting.program.database.read() as session:
        points = list(session.scalars(select(GradeEvent.points).order_by(GradeEvent.slot)))
    assert points == [Fraction(slot == 0) for slot in range(7)]


def test_skipping_every_page_and_the_summary_gains_nothing(sitting: Sitting) -> None:
    assert sitting.browser.post(sitting.path("/submit")).status_code == 303
    row = attempt_of(sitting)
    assert (row.state, row.points, row.is_passed) == ("graded", 0, False)


@pytest.mark.parametrize("tail", ["/submit", "/save", "/items/0"])
def test_an_address_alone_never_acts(sitting: Sitting, tail: str) -> None:
    before = rows_of(sitting)
    headers = {"X-HTTP-Method-Override": "POST"}
    for method in ("GET", "PUT", "PATCH", "DELETE"):
        path = sitting.path(f"{tail}?_method=POST")
        assert sitting.browser.open(path, method=method, headers=headers).status_code == 405
    assert rows_of(sitting) == before


# After the submission -----------------------------------------------------------------------------


def test_a_second_submission_changes_no_row(sitting: Sitting) -> None:
    save(sitting, 0, right=True)
    first = sitting.browser.post(sitting.path("/submit"))
    before = rows_of(sitting)
    sitting.clock.advance(minutes=5)
    second = sitting.browser.post(sitting.path("/submit"), data=FORGED)
    assert (second.status_code, second.location) == (first.status_code, first.location)
    assert rows_of(sitting) == before


def test_a_submitted_attempt_is_never_opened_again(sitting: Sitting) -> None:
    sitting.browser.post(sitting.path("/submit"))
    before = rows_of(sitting)
    for revision in range(2):
        assert (
            save(sitting, 0, right=True, revision=revision, state="in_progress").status_code == 409
        )
    fields = sitting.fields(0, right=True) | {"state": "in_progress", "submitted_at": ""}
    assert sitting.browser.post(sitting.path("/save"), data=fields).status_code == 409
    for tail in ("", "?state=in_progress", "/summary"):
        assert sitting.browser.get(sitting.path(tail)).location == sitting.path("/result")
    assert rows_of(sitting) == before


def start(sitting: Sitting, quiz: str = QUIZ, **fields: str) -> TestResponse:
    path = f"/courses/secret/quizzes/{quiz}/start"
    return sitting.browser.post(path, data=fields)


def test_an_open_attempt_is_not_dealt_anew(sitting: Sitting) -> None:
    before = rows_of(sitting)
    for _ in range(3):
        start(sitting, **FORGED)
    assert rows_of(sitting) == before


def test_no_attempt_beyond_the_limit(timed: Sitting) -> None:
    timed.browser.post(timed.path("/submit"))
    before = rows_of(timed)
    assert start(timed, **FORGED, extra_minutes="60").status_code == 409
    assert rows_of(timed) == before


@pytest.mark.parametrize("quiz", ["secret-final", "secret-sample", "no-such-quiz"])
def test_a_quiz_that_is_locked_or_no_quiz_does_not_start(sitting: Sitting, quiz: str) -> None:
    before = rows_of(sitting)
    assert start(sitting, quiz, is_locked="", has_passed="1", state="active").status_code in (
        403,
        404,
        409,
    )
    assert rows_of(sitting) == before


def test_a_new_attempt_is_the_senders_whoever_is_named_and_has_its_own_seed(
    sitting: Sitting,
) -> None:
    sitting.browser.post(sitting.path("/submit"))
    _, other = sitting.enter("other@example.org")
    forged = FORGED | {"person_id": str(other.id), "public_id": other.public_id}
    assert start(sitting, **forged).status_code == 303
    with sitting.program.database.read() as session:
        newest = session.scalars(select(Attempt).order_by(Attempt.id.desc())).first()
    assert newest
    assert (newest.person_id, newest.number, newest.state) == (sitting.person.id, 2, "in_progress")
    assert newest.deadline_at is None
    assert newest.points is None
    assert "00" * 16 not in newest.form


# Foreign slots, attempts and people ---------------------------------------------------------------


@pytest.mark.parametrize("slot", ["7", "99", "-1", "999999999999999999999", "0x0", "%00", "secret"])
def test_a_slot_that_the_attempt_does_not_have_takes_nothing(sitting: Sitting, slot: str) -> None:
    before = rows_of(sitting)
    fields = {"revision": "0", f"s{slot}-choice": "0", "s0-choice": "0"}
    reply = sitting.browser.post(sitting.path(f"/items/{slot}"), data=fields)
    assert reply.status_code in (400, 404)
    assert rows_of(sitting) == before


def test_a_save_takes_its_own_slots_and_ignores_the_others(sitting: Sitting) -> None:
    """Page one has the slots 0 to 4; what is sent for the others is not looked at."""
    foreign = sitting.fields(5, right=True) | sitting.fields(6, right=True)
    sitting.browser.post(sitting.path("/save?page=1"), data=foreign)
    reply = sitting.browser.post(sitting.path("/items/0"), data=foreign | {"revision": "0"})
    assert reply.status_code == 200
    with sitting.program.database.read() as session:
        current = session.execute(select(CurrentResponse.slot, CurrentResponse.payload)).all()
    assert [tuple(row) for row in current] == [(0, "null")], "cleared, and slot 0 alone"


def test_values_that_no_page_sends_are_refused(sitting: Sitting) -> None:
    before = rows_of(sitting)
    items, form = sitting.course.course.items, sitting.form
    chosen = [n for n, one in enumerate(form.slots) if items[one.ref].type not in TYPED]
    for slot, value in product(chosen, ("-1", "99", "0x1", "right", "true", "\u0661", "[0]")):
        data = dict.fromkeys(sitting.fields(slot, right=True), value) | {"revision": "0"}
        reply = sitting.browser.post(sitting.path(f"/items/{slot}"), data=data)
        assert reply.status_code == 422, (form.slots[slot].ref, value)
    assert len(chosen) == 5
    assert rows_of(sitting) == before


def test_every_option_at_once_is_no_answer_to_a_single_choice(sitting: Sitting) -> None:
    items, form = sitting.course.course.items, sitting.form
    before = rows_of(sitting)
    for slot, dealt in enumerate(form.slots):
        if items[dealt.ref].type in ("single", "true-false"):
            data = {f"s{slot}-choice": ["0", "1"], "revision": "0"}
            reply = sitting.browser.post(sitting.path(f"/items/{slot}"), data=data)
            assert reply.status_code == 422
    assert rows_of(sitting) == before


@pytest.mark.parametrize(
    "details",
    [{}, {"trains": ["secret"]}, {"administrator": True}],
    ids=["learner", "trainer", "a"],
)
def test_nobody_else_touches_an_attempt_under_any_id(
    sitting: Sitting, details: dict[str, object]
) -> None:
    save(sitting, 0, right=True)
    stranger, _ = sitting.enter("stranger@example.org", **details)
    before = rows_of(sitting)
    owner = {"person_id": str(sitting.person.id), "public_id": sitting.person.public_id}
    data = FORGED | owner | sitting.fields(0, right=False) | {"revision": "1"}
    for browser, status in ((stranger, 404), (sitting.app.test_client(), 303)):
        for name in (sitting.attempt, str(attempt_of(sitting).id), sitting.attempt.lower()):
            for tail in ("/items/0", "/save", "/submit"):
                path = f"/attempts/{name}{tail}"
                assert browser.post(path, data=data, query_string=owner).status_code == status
    assert rows_of(sitting) == before


# Late answers and forged revisions ----------------------------------------------------------------


def late(sitting: Sitting) -> None:
    """Let the time and its grace be over by a second."""
    sitting.clock.advance(minutes=10, seconds=GRACE.total_seconds() + 1)


def test_a_late_answer_is_kept_and_not_scored_whatever_its_clock_says(timed: Sitting) -> None:
    save(timed, 0, right=True)
    before = rows_of(timed, Attempt, CurrentResponse, GradeEvent)
    late(timed)
    headers = {"Date": "Mon, 02 Mar 2026 09:01:00 GMT"}
    for slot in range(7):
        data = FORGED | timed.fields(slot, right=True) | {"revision": str(int(slot == 0))}
        reply = timed.browser.post(timed.path(f"/items/{slot}"), data=data, headers=headers)
        assert reply.status_code == 409
        assert reply.json is not None
        assert reply.json["outcome"] == "late"
    assert rows_of(timed, Attempt, CurrentResponse, GradeEvent) == before
    timed.browser.post(timed.path("/submit"), data=FORGED)
    row = attempt_of(timed)
    assert (row.points, row.is_passed, row.submitted_at) == (1, False, None)


def test_a_whole_page_that_is_late_is_not_scored(timed: Sitting) -> None:
    late(timed)
    fields = {
        name: value for slot in range(5) for name, value in timed.fields(slot, right=True).items()
    }
    timed.browser.post(timed.path("/save?page=1"), data=fields)
    timed.browser.post(timed.path("/submit"))
    assert attempt_of(timed).points == 0
    assert rows_of(timed, CurrentResponse) == {"CurrentResponse": []}


@pytest.mark.parametrize("forged", [0, 2, 3, 999_998])
def test_a_forged_revision_does_not_move_what_counts(sitting: Sitting, forged: int) -> None:
    save(sitting, 0, right=True)
    before = rows_of(sitting, Attempt, CurrentResponse, GradeEvent)
    assert save(sitting, 0, right=False, revision=forged).status_code == 409
    assert rows_of(sitting, Attempt, CurrentResponse, GradeEvent) == before


@pytest.mark.parametrize("forged", ["-1", "1.0", "1e3", "\u0661", " 1", "0x1", "9" * 30, "None"])
def test_what_is_no_revision_is_refused(sitting: Sitting, forged: str) -> None:
    before = rows_of(sitting)
    for tail, name in (("/items/0", "revision"), ("/save", "revision-0")):
        data = sitting.fields(0, right=True) | {name: forged}
        assert sitting.browser.post(sitting.path(tail), data=data).status_code == 400
    assert rows_of(sitting) == before


def test_an_operation_is_not_replayed_with_another_answer(sitting: Sitting) -> None:
    first = save(sitting, 0, right=False, operation_id="one")
    before = rows_of(sitting)
    again = save(sitting, 0, right=False, operation_id="one")
    assert again.json == first.json
    assert save(sitting, 0, right=True, operation_id="one").status_code in (200, 409)
    assert save(sitting, 0, right=True, revision=1, operation_id="one").status_code == 409
    assert rows_of(sitting) == before


def test_answers_in_time_are_all_that_counts(sitting: Sitting) -> None:
    """The honest way through, so that the refusals above refuse something that works."""
    sitting.answer_all(right=True)
    sitting.browser.post(sitting.path("/submit"))
    row = attempt_of(sitting)
    assert (row.points, row.most_points, row.is_passed) == (7, 7, True)
