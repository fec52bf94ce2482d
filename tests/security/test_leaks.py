"""No answer to a GET says what its reader may not know: canaries, searched in everything."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from lms.app import create_app
from lms.settings import Settings
from tests.conftest import FrozenClock
from tests.security.canaries import Canary, canaries
from tests.security.matrix import ROWS
from tests.security.planting import plant
from tests.security.school import ROLES, School, build_school
from tests.security.surfaces import Visit, crawl, disguises, fetch, says
from tests.security.visits import address


@pytest.fixture(scope="module")
def schools(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[School, School]]:
    """The hostile school with canaries, as two sets of its objects: the old ones and the new."""
    first = build_school(sqlite_template, tmp_path_factory.mktemp("canaries"))
    yield first, plant(first)
    first.program.queue.storage.close()
    first.program.database.dispose()


@pytest.fixture(scope="module")
def visits(schools: tuple[School, School]) -> dict[str, list[Visit]]:
    """Every route with all objects, whether or not the role is let in, and what follows."""
    first, planted = schools
    rows = [row for row in ROWS if row.method == "GET"]
    starts = [address(school, row) for school in (first, planted) for row in rows]
    return {role: list(crawl(planted.app, planted.browser(role), starts)) for role in ROLES}


def places(visits: list[Visit], canary: Canary) -> set[str]:
    """Return where a canary was seen."""
    found = {visit.endpoint for visit in visits if says(visit.text, canary.text)}
    return found | {"cookie" for visit in visits if says(visit.cookies, canary.text)}


def fits(found: set[str], allowed: str) -> bool:
    return bool(found - {"cookie"}) if allowed == "*" else found == set(allowed.split())


@pytest.mark.parametrize("role", ROLES)
def test_each_role_sees_exactly_the_canaries_that_it_may_see(
    schools: tuple[School, School], visits: dict[str, list[Visit]], role: str
) -> None:
    wrong = [
        f"{canary.name}: seen at {sorted(found)}, allowed at {allowed or 'no place'}"
        for canary in canaries(schools[1])
        for found, allowed in [(places(visits[role], canary), canary.seen.get(role, ""))]
        if not fits(found, allowed)
    ]
    assert wrong == []


def test_the_search_opened_every_page_that_somebody_may_open(
    visits: dict[str, list[Visit]],
) -> None:
    wanted = {row.endpoint for row in ROWS if row.method == "GET" and "+" in row.signs}
    opened = {visit.endpoint for role in ROLES for visit in visits[role] if visit.status == 200}
    assert wanted - opened == {"learning.fresh_check", "studio.preview_fresh_check"}, (
        "these two lead to the lesson unless a script asks"
    )


@pytest.mark.parametrize("role", ROLES)
def test_what_does_not_exist_is_answered_without_a_canary(
    schools: tuple[School, School], role: str
) -> None:
    planted = schools[1]
    rows = [row for row in ROWS if row.method == "GET"]
    paths = [address(planted, row, is_absent=True) for row in rows]
    browser = planted.browser(role)
    answers = [fetch(planted.app, browser, path) for path in paths]
    hidden = [canary for canary in canaries(planted) if role not in canary.seen]
    assert [canary.name for canary in hidden if places(answers, canary)] == []


def test_secrets_in_disguise_are_found() -> None:
    for text in ("x c2VjcmV0LWNhbmFyeQ== y", "7365637265742d63616e617279", "a Secret-Canary b"):
        assert any(one in text.lower() for one in disguises("secret-canary"))


def test_mails_are_kept_and_shown_by_the_demo_alone(sqlite_template: Path, tmp_path: Path) -> None:
    shutil.copy(sqlite_template, tmp_path / "real.sqlite3")
    url = f"sqlite:///{tmp_path}/real.sqlite3"
    app = create_app(Settings(data=tmp_path, database_url=url, secret_key="k"), FrozenClock())
    assert app.test_client().get("/outbox").status_code == 404
    app.extensions["waymark"].queue.storage.close()
    app.extensions["waymark"].database.dispose()
