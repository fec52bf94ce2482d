"""What people set about themselves."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.core.web.context import Program
from tests.makers import PASSWORD, add_person, sign_in_as
from tests.web.accounts.mailbox import mails

NEW = "nine green kettles sing"


@pytest.fixture
def signed_in(client: FlaskClient, program: Program) -> FlaskClient:
    sign_in_as(client, program, add_person(program))
    return client


def test_every_page_of_the_profile_opens(signed_in: FlaskClient) -> None:
    for part in ("", "/name", "/email", "/password", "/language", "/sign-out-everywhere"):
        assert signed_in.get(f"/profile{part}").status_code == 200


def test_name_is_cleaned_and_kept(signed_in: FlaskClient) -> None:
    assert signed_in.post("/profile/name", data={"name": "  Лина   Ученик "}).status_code == 303
    assert "Лина Ученик" in signed_in.get("/profile").text
    answer = signed_in.post("/profile/name", data={"name": "Li\u2066na"})
    assert answer.status_code == 422


def test_password_change_keeps_this_browser_and_ends_the_others(
    app: Flask, signed_in: FlaskClient, program: Program
) -> None:
    elsewhere = app.test_client()
    elsewhere.post("/sign-in", data={"email": "learner@example.org", "password": PASSWORD})
    assert elsewhere.get("/profile").status_code == 200
    answer = signed_in.post(
        "/profile/password", data={"current_password": PASSWORD, "password": NEW}
    )
    assert answer.status_code == 303
    assert signed_in.get("/profile").status_code == 200
    assert elsewhere.get("/profile").status_code == 303


def test_password_change_needs_the_present_password(signed_in: FlaskClient) -> None:
    answer = signed_in.post("/profile/password", data={"current_password": "x", "password": NEW})
    assert answer.status_code == 409
    assert b"not your present password" in answer.data


def test_address_changes_only_after_the_new_one_is_confirmed(
    signed_in: FlaskClient, program: Program
) -> None:
    data = {"email": "Lina@New.example.org", "current_password": PASSWORD}
    assert signed_in.post("/profile/email", data=data).status_code == 303
    (to_new,) = mails(program, "lina@new.example.org")
    (to_old,) = mails(program, "learner@example.org")
    assert "lina@new.example.org" in to_old.text
    assert "learner@example.org" in signed_in.get("/profile").text
    assert signed_in.get(to_new.link).status_code == 200
    assert signed_in.post(to_new.link).status_code == 303
    assert "lina@new.example.org" in signed_in.get("/profile").text


def test_taken_address_is_told_to_its_owner_only(signed_in: FlaskClient, program: Program) -> None:
    add_person(program, "owner@example.org")
    data = {"email": "owner@example.org", "current_password": PASSWORD}
    taken = signed_in.post("/profile/email", data=data)
    free = signed_in.post("/profile/email", data=data | {"email": "free@example.org"})
    assert (taken.status_code, taken.location) == (free.status_code, free.location)
    (mail,) = mails(program, "owner@example.org")
    assert mail.subject == "This address already has an account"


def test_address_taken_meanwhile_makes_the_link_open_nothing(
    signed_in: FlaskClient, program: Program
) -> None:
    data = {"email": "late@example.org", "current_password": PASSWORD}
    signed_in.post("/profile/email", data=data)
    link = mails(program, "late@example.org")[0].link
    add_person(program, "late@example.org")
    assert signed_in.post(link).status_code == 404
    assert "learner@example.org" in signed_in.get("/profile").text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("europe/berlin", "Europe/Berlin"), ("America/New York", "America/New_York")],
)
def test_time_zone_is_found_however_it_is_typed(
    signed_in: FlaskClient, typed: str, kept: str
) -> None:
    answer = signed_in.post("/profile/language", data={"locale": "en", "time_zone": typed})
    assert answer.status_code == 303
    assert kept in signed_in.get("/profile").text


def test_unknown_time_zone_is_refused_with_an_example(signed_in: FlaskClient) -> None:
    answer = signed_in.post("/profile/language", data={"locale": "", "time_zone": "Mars/Base"})
    assert answer.status_code == 422
    assert b"Europe/Berlin" in answer.data


def test_language_follows_the_profile(signed_in: FlaskClient) -> None:
    signed_in.post("/profile/language", data={"locale": "ar", "time_zone": ""})
    page = signed_in.get("/profile").text
    assert 'dir="rtl"' in page
    assert "Password" not in page, "every text goes through gettext"
