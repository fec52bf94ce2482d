"""Roles and standing of people, changed on pages of their own."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.accounts.models import Person
from lms.core.web.context import Program
from tests.makers import PASSWORD, add_person, sign_in_as

REASON = {"reason": "Shares the account with others."}


@pytest.fixture
def lina(program: Program) -> Person:
    return add_person(program)


def test_role_is_given_and_taken_away_and_sessions_end_each_time(
    app: Flask, desk: FlaskClient, program: Program, lina: Person
) -> None:
    hers = app.test_client()
    sign_in_as(hers, program, lina)
    place = f"/admin/people/{lina.public_id}"
    assert desk.get(f"{place}/grant").status_code == 200
    assert desk.post(f"{place}/grant", data={"role": "administrator"}).status_code == 303
    assert hers.get("/profile").status_code == 303, "a change of roles signs out"

    sign_in_as(hers, program, lina)
    assert hers.get("/admin").status_code == 200
    revoke = f"{place}/roles/administrator/site/revoke"
    assert desk.get(revoke).status_code == 200
    assert hers.get("/admin").status_code == 200, "looking at the question changes nothing"
    assert desk.post(revoke).status_code == 303
    assert hers.get("/admin").status_code == 303
    assert desk.post(revoke).status_code == 404


def test_role_cannot_be_given_twice(desk: FlaskClient, lina: Person) -> None:
    place = f"/admin/people/{lina.public_id}/grant"
    desk.post(place, data={"role": "administrator"})
    assert desk.post(place, data={"role": "administrator"}).status_code == 409


@pytest.mark.parametrize(
    "data", [{}, {"role": "emperor"}, {"role": "trainer"}, {"role": "trainer", "course": "none"}]
)
def test_incomplete_or_invented_role_is_refused(
    desk: FlaskClient, lina: Person, data: dict[str, str]
) -> None:
    answer = desk.post(f"/admin/people/{lina.public_id}/grant", data=data)
    assert answer.status_code == 422
    assert b"error-summary" in answer.data


def test_suspension_shuts_out_at_once_and_ends_with_reinstatement(
    app: Flask, desk: FlaskClient, program: Program, lina: Person
) -> None:
    hers = app.test_client()
    sign_in_as(hers, program, lina)
    place = f"/admin/people/{lina.public_id}"
    assert desk.post(f"{place}/suspend").status_code == 422, "a reason is needed"
    assert desk.post(f"{place}/suspend", data=REASON).status_code == 303
    assert hers.get("/profile").status_code == 303
    right = {"email": lina.email, "password": PASSWORD}
    assert hers.post("/sign-in", data=right).status_code == 403
    assert desk.post(f"{place}/suspend", data=REASON).status_code == 409

    assert desk.get(f"{place}/reinstate").status_code == 200
    assert desk.post(f"{place}/reinstate", data=REASON).status_code == 303
    assert hers.post("/sign-in", data=right).status_code == 303
    assert REASON["reason"] in desk.get("/admin/audit?action=person.suspended").text


def test_last_administrator_is_neither_demoted_nor_suspended(
    desk: FlaskClient, chief: Person, program: Program
) -> None:
    place = f"/admin/people/{chief.public_id}"
    for answer in (
        desk.post(f"{place}/suspend", data=REASON),
        desk.post(f"{place}/roles/administrator/site/revoke"),
    ):
        assert answer.status_code == 409
        assert b"last administrator" in answer.data
        assert b'href="%s"' % place.encode() in answer.data, "there is a way back to the person"
    assert desk.get("/admin").status_code == 200


def test_suspended_or_invited_administrators_do_not_count_as_another(
    desk: FlaskClient, chief: Person, program: Program
) -> None:
    away = add_person(program, "away@example.org", administrator=True)
    desk.post(f"/admin/people/{away.public_id}/suspend", data=REASON)
    data = {"name": "New Admin", "email": "new@example.org"}
    invited = desk.post("/admin/people/invite", data=data).location
    desk.post(f"{invited}/grant", data={"role": "administrator"})
    answer = desk.post(f"/admin/people/{chief.public_id}/suspend", data=REASON)
    assert answer.status_code == 409


def test_an_administrator_may_step_back_when_there_is_another(
    desk: FlaskClient, chief: Person, program: Program
) -> None:
    add_person(program, "second@example.org", administrator=True)
    answer = desk.post(f"/admin/people/{chief.public_id}/roles/administrator/site/revoke")
    assert answer.status_code == 303
    assert desk.get("/admin").status_code == 303
