"""The audit log is narrowed by action, actor, subject and time."""

import re

import pytest
from flask.testing import FlaskClient

from lms.accounts.models import Person
from lms.core import audit
from lms.core.web.context import Program
from tests.conftest import FrozenClock


def rows(page: str) -> int:
    return len(re.findall(r'<th scope="row"', page))


@pytest.fixture
def deeds(program: Program, chief: Person, clock: FrozenClock) -> None:
    with program.database.unit_of_work() as session:
        for number in range(3):
            audit.record(session, chief.id, "thing.made", f"thing:{number}", clock(), colour="blue")
    clock.advance(days=2)
    with program.database.unit_of_work() as session:
        audit.record(session, None, "thing.lost", "thing:0", clock())
        audit.record(session, None, "person.seen", f"person:{chief.public_id}", clock())


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 5),
        ("?action=thing.made", 3),
        ("?actor=chief@example.org", 3),
        ("?actor=Ada", 3),
        ("?actor=nobody", 0),
        ("?subject=thing:0", 2),
        ("?subject=Ada", 1),
        ("?since=2026-03-03", 2),
        ("?until=2026-03-03", 3),
        ("?since=2026-03-02&until=2026-03-04", 5),
        ("?since=odd&until=9999-12-31", 5),
        ("?action=thing.made&subject=thing:1", 1),
    ],
)
def test_log_is_narrowed(desk: FlaskClient, deeds: None, query: str, count: int) -> None:
    assert rows(desk.get(f"/admin/audit{query}").text) == count


def test_log_shows_who_what_and_details(desk: FlaskClient, deeds: None) -> None:
    page = desk.get("/admin/audit?action=thing.made").text
    assert "Ada Admin" in page
    assert "colour" in page
    assert "blue" in page


def test_newest_deed_stands_first(desk: FlaskClient, deeds: None) -> None:
    page = desk.get("/admin/audit").text
    table = page[page.index("<tbody") :]
    assert table.index("person.seen") < table.index("thing.made")
