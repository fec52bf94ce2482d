"""When the database is away everybody gets a page that says so, signed in or not."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from sqlalchemy.orm import Session

from lms.core.db import Database


@pytest.mark.parametrize(
    "fault",
    [OperationalError("SELECT 1", {}, Exception("gone")), NoConnectionLeft("no connection")],
)
@pytest.mark.parametrize("is_signed_in", [False, True])
def test_page_says_that_the_database_is_away(
    client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    fault: SQLAlchemyError,
    is_signed_in: bool,
) -> None:
    @contextmanager
    def away(_database: Database) -> Iterator[Session]:
        raise fault
        yield

    if is_signed_in:
        with client.session_transaction() as browser:
            browser["_user_id"] = "token"
    monkeypatch.setattr(Database, "read", away)
    for address, status in (("/", 503), ("/healthz", 503), ("/nowhere", 404)):
        answer = client.get(address)
        assert answer.status_code == status
        assert "Content-Security-Policy" in answer.headers
