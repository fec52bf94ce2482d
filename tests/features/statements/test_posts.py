"""What a start, an answer and a submission cost."""

from collections.abc import Mapping, Sequence

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.core.web.context import Program
from tests.faults.hall import Hall, Sitter
from tests.features.statements.counting import Statements, counted

MOST_OF_A_START = 6
MOST_OF_AN_ANSWER = 3


@pytest.fixture(params=[2, 12], ids=["short quiz", "long quiz"])
def sitter(request: pytest.FixtureRequest, app: Flask, client: FlaskClient) -> Sitter:
    """Somebody before a quiz of a few items, and of many: neither may cost more."""
    app.config["WTF_CSRF_ENABLED"] = False
    found = Hall(app, 0, {"quiz_items": request.param}).seat(1)
    client.set_cookie("session", found.cookie.removeprefix("session="))
    return found


def post(
    client: FlaskClient, program: Program, path: str, fields: Mapping[str, list[str]] | None = None
) -> tuple[Statements, str, int]:
    with counted(program.database) as found:
        answer = client.post(path, data=fields or {})
    return found, answer.location or "", answer.status_code


def start(client: FlaskClient, program: Program, sitter: Sitter) -> Statements:
    path = f"/courses/small/quizzes/{sitter.hall.quiz.id}/start"
    found, location, status = post(client, program, path)
    assert status == 303
    sitter.attempt = location.rpartition("/")[2]
    sitter.form = sitter.hall.form_of(sitter.attempt)
    return found


def fields_of(sitter: Sitter, slots: Sequence[int]) -> dict[str, list[str]]:
    assert sitter.form is not None
    found: dict[str, list[str]] = {}
    for slot in slots:
        dealt = sitter.form.slots[slot]
        response = sitter.hall.response(dealt, is_right=True)
        sent = sitter.hall.fields(dealt, slot, response)
        found |= {name: list(values) for name, values in sent.items()}
    return found


def test_a_start_is_one_row_for_the_form_and_at_most_six_statements(
    client: FlaskClient, program: Program, sitter: Sitter
) -> None:
    found = start(client, program, sitter)
    assert len(found.inserts("attempt")) == 1
    assert len([text for text in found.own if text.startswith("INSERT")]) == 1
    assert len(found.own) <= MOST_OF_A_START, "\n".join(found.own)


def test_an_answer_is_at_most_three_statements(
    client: FlaskClient, program: Program, sitter: Sitter
) -> None:
    start(client, program, sitter)
    path = f"/attempts/{sitter.attempt}/items/0"
    found, _, status = post(client, program, path, fields_of(sitter, [0]))
    assert status == 200
    assert len(found.own) <= MOST_OF_AN_ANSWER, "\n".join(found.own)


def test_a_page_of_answers_costs_no_more_than_one_and_its_comparison(
    client: FlaskClient, program: Program, sitter: Sitter
) -> None:
    start(client, program, sitter)
    assert sitter.form is not None
    slots = range(min(5, len(sitter.form.slots)))
    path = f"/attempts/{sitter.attempt}/save"
    found, _, status = post(client, program, path, fields_of(sitter, slots))
    assert status == 303
    assert len(found.own) <= MOST_OF_AN_ANSWER + 1, "\n".join(found.own)


def test_a_submission_costs_the_same_for_few_items_and_for_many(
    client: FlaskClient, program: Program, sitter: Sitter
) -> None:
    start(client, program, sitter)
    found, _, status = post(client, program, f"/attempts/{sitter.attempt}/submit")
    assert status == 303
    assert len(found.inserts("grade_event")) == 1
    assert len(found.own) <= 8, "\n".join(found.own)
