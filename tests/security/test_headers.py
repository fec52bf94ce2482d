"""Headers, cookies, redirects and hosts."""

import re

import pytest
from werkzeug.test import TestResponse

from lms.app import create_app
from lms.core.web.auth import safe_next
from lms.settings import Settings
from tests.conftest import FrozenClock
from tests.makers import PASSWORD, add_person
from tests.security.matrix import ROWS
from tests.security.school import School
from tests.security.visits import address
from tests.web.accounts.mailbox import mails

AWAY = (
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "/%2f/evil.example",
    "/\tevil.example",
    "/\n/evil.example",
    " //evil.example",
    "//evil.example@localhost/",
    "http://localhost@evil.example/",
    "//localhost.evil.example",
    "/../..//evil.example",
    "evil.example",
    "?next=//evil.example",
    "/no-such-page",
    "/sign-out",
    "/\u2028/evil.example",
    "\u200b//evil.example",
    "/home\r\nSet-Cookie: a=b",
    "//%65vil.example",
    "/;//evil.example",
)


@pytest.mark.parametrize("target", AWAY)
def test_nobody_is_sent_to_another_place_after_signing_in(school: School, target: str) -> None:
    with school.app.test_request_context("/"):
        assert safe_next(target, "/home") == "/home"
    data = {"email": "learner@example.org", "password": PASSWORD, "next": target}
    answer = school.browser("visitor").post("/sign-in", data=data)
    assert (answer.status_code, answer.location) == (303, "/home")
    for path in ("/theme", "/language"):
        moved = school.browser("visitor").post(path, data={"next": target})
        assert moved.location == "/"


@pytest.mark.parametrize("target", ["/profile", "/courses/own?x=1", "/verify/ABCD"])
def test_pages_of_the_site_are_returned_to(school: School, target: str) -> None:
    with school.app.test_request_context("/"):
        assert safe_next(target, "/home") == target


def test_every_answer_carries_the_headers(school: School) -> None:
    for row in ROWS:
        if row.method != "GET":
            continue
        answer = school.browser("administrator").get(address(school, row))
        answer.close()
        assert_headers(answer, address(school, row))
    assert_headers(school.browser("visitor").get("/no-such-page"), "404")
    assert_headers(school.browser("visitor").get("/sign-out"), "405")


def assert_headers(answer: TestResponse, path: str) -> None:
    headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy, path
    assert "unsafe-" not in policy or "sandbox" in policy, path
    assert headers["X-Content-Type-Options"] == "nosniff", path
    assert headers["Referrer-Policy"] == "same-origin", path
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin", path
    assert "Server" not in headers or "Werkzeug" not in headers["Server"], path


def test_the_policy_allows_no_script_without_this_answers_nonce(school: School) -> None:
    first = school.browser("visitor").get("/sign-in")
    second = school.browser("visitor").get("/sign-in")
    nonces = [
        re.search(r"script-src 'nonce-([^']{16,})'", answer.headers["Content-Security-Policy"])
        for answer in (first, second)
    ]
    assert nonces[0]
    assert nonces[1]
    assert nonces[0][1] != nonces[1][1]
    for script in re.findall(r"<script[^>]*>", first.text):
        assert f'nonce="{nonces[0][1]}"' in script
    assert not re.search(r'\s(?:style|on[a-z]+)="', first.text)


def test_pages_of_signed_in_people_are_not_kept_by_caches(school: School) -> None:
    answer = school.browser("learner").get("/profile")
    assert answer.headers["Cache-Control"] == "no-store"


def test_session_cookie_is_hidden_from_scripts_and_bound_to_the_host(
    settings: Settings, clock: FrozenClock
) -> None:
    secure = Settings(
        data=settings.data,
        database_url=settings.database_url,
        secret_key="a key",
        base_url="https://learn.example.org",
    )
    app = create_app(secure, clock)
    app.config["WTF_CSRF_ENABLED"] = False
    add_person(app.extensions["waymark"])
    answer = app.test_client().post(
        "/sign-in",
        base_url="https://learn.example.org",
        data={"email": "learner@example.org", "password": PASSWORD},
    )
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if "session=" in c)
    assert cookie.startswith("__Host-session=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
    app.extensions["waymark"].queue.storage.close()
    app.extensions["waymark"].database.dispose()


@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host", "Forwarded"])
def test_links_in_mails_ignore_what_the_browser_says_about_the_host(
    school: School, header: str
) -> None:
    evil = {header: "host=evil.example" if header == "Forwarded" else "evil.example"}
    browser = school.browser("visitor")
    browser.post("/forgot", data={"email": "learner@example.org"}, headers=evil)
    browser.post(
        "/register",
        data={"name": "N", "email": "n@example.org", "password": PASSWORD},
        headers=evil,
    )
    texts = [mail.text for mail in mails(school.program)]
    assert any("/reset/" in text for text in texts)
    assert any("/confirm/" in text for text in texts)
    assert not any("evil.example" in text for text in texts)
