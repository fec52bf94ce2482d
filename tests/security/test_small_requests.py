"""Small requests that would cost the server dear, or that its databases could not take."""

import io
import unicodedata

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.core.web.addresses import is_worth_remembering
from lms.core.web.context import Program
from tests.makers import PASSWORD, add_person, sign_in_as
from tests.security.contents import digests
from tests.security.school import School

MARKS = "a" + "\u0301\u0327" * 4000  # to normalise a run of marks takes quadratic time
FOLDED_AT_ONCE = 1000
ENDLESS = "9" * 5000  # more digits than Python turns into a number
PERSON = {"name": "Nadia", "email": "nadia@example.org", "password": PASSWORD}


@pytest.fixture
def app(app: Flask) -> Flask:
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture
def longest(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Note how long the texts are that are normalised."""
    lengths: list[int] = []
    normalise = unicodedata.normalize

    def noting(form: str, text: str) -> str:
        lengths.append(len(text))
        return normalise(form, text)  # type: ignore[arg-type]

    monkeypatch.setattr(unicodedata, "normalize", noting)
    return lengths


@pytest.mark.parametrize(
    ("role", "path", "data"),
    [
        ("visitor", "/register", PERSON | {"email": f"{MARKS}@example.org"}),
        ("visitor", "/register", PERSON | {"password": MARKS}),
        ("visitor", "/register", PERSON | {"name": MARKS}),
        ("visitor", "/sign-in", PERSON | {"email": f"{MARKS}@example.org"}),
        ("visitor", "/sign-in", PERSON | {"password": MARKS}),
        ("visitor", "/forgot", {"email": f"{MARKS}@example.org"}),
        ("visitor", "/check-mail", {"email": f"{MARKS}@example.org"}),
        ("learner", "/profile/name", {"name": MARKS}),
        ("learner", "/profile/password", {"current_password": "x", "password": MARKS}),
        ("administrator", "/admin/site", {"name": "Site", "address": MARKS}),
        ("administrator", "/admin/awards/own", {"title": MARKS, "issuing": "rule"}),
    ],
)
def test_a_long_run_of_marks_is_refused_before_it_is_normalised(
    school: School, longest: list[int], role: str, path: str, data: dict[str, str]
) -> None:
    answer = school.browser(role).post(path, data=data)
    assert answer.status_code == 422
    assert max(longest, default=0) <= FOLDED_AT_ONCE


@pytest.mark.parametrize("path", ["/", "/admin/people", "/admin/audit", "/studio/courses/own"])
def test_an_endless_page_number_means_the_first_page(school: School, path: str) -> None:
    answer = school.browser("administrator").get(f"{path}?page={ENDLESS}")
    assert answer.status_code == 200


def test_an_endless_revision_is_refused(school: School) -> None:
    path = f"/attempts/{school.arguments['attempt_id']}/items/0"
    answer = school.browser("learner").post(path, data={"revision": ENDLESS})
    assert answer.status_code == 400


def test_an_endless_version_of_an_award_is_no_version(school: School) -> None:
    data = {"title": "Award", "issuing": "rule", "base_version": ENDLESS}
    answer = school.browser("administrator").post("/admin/awards/own", data=data)
    assert answer.status_code == 409


@pytest.mark.parametrize("path", ["/sign-in", "/theme", "/courses/own/sample"])
def test_a_form_of_countless_fields_is_not_read(school: School, path: str) -> None:
    body = "&".join(f"{number}=" for number in range(50_000))
    kind = "application/x-www-form-urlencoded"
    answer = school.browser("visitor").post(path, data=body, content_type=kind)
    assert answer.status_code == 413


def test_a_picture_may_be_larger_than_a_text_but_not_without_end(school: School) -> None:
    admin = school.browser("administrator")
    picture = {"name": "Site", "logo": (io.BytesIO(b"0" * 400_000), "logo.png")}
    assert admin.post("/admin/site", data=picture).status_code == 409, "read, but no picture"
    kind = "multipart/form-data; boundary=X"
    endless = admin.post("/admin/site", data=b"0" * 5_000_000, content_type=kind)
    assert endless.status_code == 413


def test_addresses_that_a_visitor_made_up_do_not_fill_the_memory() -> None:
    assert is_worth_remembering("program-vs-project-management")
    assert not is_worth_remembering("/" + "a" * 100_000)


NUL_IN_ADDRESS = (
    "/courses/a%00",
    "/confirm/a%00",
    "/?q=%00",
    "/?%00=q",
    "/admin/people?q=a%00",
    "/admin/site/logo/%00.png",
)
NUL_IN_FORM: tuple[tuple[str, dict[str, str]], ...] = (
    ("/sign-in", {"email": "a\x00@example.org", "password": "x"}),
    ("/register", PERSON | {"name": "Na\x00dia"}),
    ("/courses/asked/apply", {"statement": "Because I would like to learn it.\x00"}),
    ("/admin/eligibilities", {"act": "approve", "chosen": "\x00"}),
    ("/theme", {"theme": "dark", "next": "/\x00"}),
    ("/profile/name", {"name": "Nadia", "\x00": ""}),
)


@pytest.mark.parametrize("path", NUL_IN_ADDRESS)
def test_a_nul_in_an_address_is_refused(client: FlaskClient, program: Program, path: str) -> None:
    sign_in_as(client, program, add_person(program, administrator=True))
    assert client.get(path).status_code == 400


@pytest.mark.parametrize(("path", "data"), NUL_IN_FORM)
def test_a_nul_in_a_form_is_refused_and_never_stored(
    school: School, path: str, data: dict[str, str]
) -> None:
    before = digests(school)
    assert school.browser("administrator").post(path, data=data).status_code == 400
    assert digests(school) == before
