"""Forms: no post without its token, no write by a GET, no column set from outside."""

import re

import pytest

from lms.app import create_app
from lms.settings import Settings
from tests.conftest import FrozenClock
from tests.makers import PASSWORD, add_person
from tests.security.contents import RANDOM, columns, digests, tables
from tests.security.matrix import ROWS, Row
from tests.security.school import ROLES, School
from tests.security.visits import address, form_of, path_of, rules

POSTS = [row for row in ROWS if row.method == "POST"]


def test_every_unsafe_route_refuses_a_post_without_a_token(school: School) -> None:
    school.app.config["WTF_CSRF_ENABLED"] = True
    before = digests(school)
    for role in ("visitor", "learner", "administrator"):
        browser = school.browser(role)
        for method, rule in rules(school.app):
            if method in ("GET", "HEAD", "OPTIONS"):
                continue
            values = {name: school.arguments.get(name, "x") for name in rule.arguments}
            path = path_of(school.app, rule.endpoint, values)
            for data in ({}, {"csrf_token": "foreign"}):
                answer = browser.open(path, method=method, data=data)
                assert answer.status_code == 400, f"{method} {path} as {role}"
    assert digests(school) == before


def token_in(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return found[1]


def test_form_is_accepted_over_https_with_its_token_and_its_referrer(
    settings: Settings, clock: FrozenClock
) -> None:
    secure = Settings(
        data=settings.data,
        database_url=settings.database_url,
        secret_key="a key",
        base_url="https://learn.example.org",
        demo=True,
    )
    app = create_app(secure, clock)
    app.testing = True
    client = app.test_client()
    add_person(app.extensions["waymark"])
    base = "https://learn.example.org"
    token = token_in(client.get("/sign-in", base_url=base).text)
    data = {"email": "learner@example.org", "password": PASSWORD, "csrf_token": token}

    def post(**headers: str) -> int:
        return client.post("/sign-in", base_url=base, data=data, headers=headers).status_code

    assert post() == 400, "over HTTPS a post without a referrer is refused"
    assert post(Referer="https://evil.example/sign-in") == 400
    assert post(Referer=f"{base}/sign-in") == 303
    app.extensions["waymark"].queue.storage.close()
    app.extensions["waymark"].database.dispose()


@pytest.mark.parametrize("role", ROLES)
def test_no_get_changes_a_table_but_audit_throttle_and_presence(school: School, role: str) -> None:
    before, browser = digests(school), school.browser(role)
    for row in ROWS:
        if row.method == "GET":
            browser.get(address(school, row)).close()
            browser.get(address(school, row, is_absent=True)).close()
    changed = [name for name, digest in digests(school).items() if digest != before[name]]
    assert changed == []


@pytest.mark.parametrize("row", POSTS, ids=[row.endpoint for row in POSTS])
@pytest.mark.parametrize("role", ["learner", "administrator"])
def test_no_post_takes_columns_that_its_form_does_not_have(
    school: School, role: str, row: Row
) -> None:
    """A post with every column's name added leaves the same rows as the post without them."""
    hostile = {name: "1" for name in columns() if name not in row.form}

    def outcome(data: dict[str, str]) -> tuple[int, object]:
        school.restore()
        answer = school.browser(role).post(address(school, row), data=data)
        answer.close()
        return answer.status_code, tables(school, without=RANDOM)

    assert outcome(form_of(school, row) | hostile) == outcome(form_of(school, row))
