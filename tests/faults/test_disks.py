"""A full disk or a folder that cannot be written: a clear message, and nothing is damaged."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from lms.core.web.context import Program
from tests.faults.hall import Hall, Sitter
from tests.served import ROOT


@contextmanager
def disk_full(program: Program) -> Iterator[None]:
    """Let the database's file grow no further, as on a full disk, until the block ends."""
    engine = program.database.engine

    def limit(connection: object, _record: object, _proxy: object = None) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()  # type: ignore[attr-defined]
        connection.execute(f"PRAGMA max_page_count={pages}")  # type: ignore[attr-defined]

    def lift(connection: object, _record: object, _proxy: object = None) -> None:
        connection.execute("PRAGMA max_page_count=1073741823")  # type: ignore[attr-defined]

    event.listen(engine, "checkout", limit)
    try:
        yield
    finally:
        event.remove(engine, "checkout", limit)
        event.listen(engine, "checkout", lift)


@pytest.fixture
def sitter(app: Flask, program: Program, client: FlaskClient) -> Sitter:
    if not program.database.is_sqlite:
        pytest.skip("PostgreSQL's disk belongs to PostgreSQL")
    app.config["WTF_CSRF_ENABLED"] = False
    found = Hall(app, 0, {"attempts": "unlimited"}).seat(1)
    client.set_cookie("session", found.cookie.removeprefix("session="))
    return found


def start(client: FlaskClient, sitter: Sitter) -> TestResponse:
    return client.post(f"/courses/small/quizzes/{sitter.hall.quiz.id}/start")


def fill(client: FlaskClient, sitter: Sitter, most: int = 400) -> TestResponse:
    """Start and submit attempts until the server refuses to; return the refusal."""
    for _ in range(most):
        answer = start(client, sitter)
        if answer.status_code == 303:
            answer = client.post(f"{answer.location}/submit")
        if answer.status_code != 303:
            return answer
    raise AssertionError("the disk was never full")


def test_a_full_disk_refuses_writes_in_words_and_goes_on_reading(
    client: FlaskClient, program: Program, sitter: Sitter
) -> None:
    with disk_full(program):
        refused = fill(client, sitter)
        assert refused.status_code == 503
        assert "Answers that were shown as saved are safe" in refused.text
        assert client.get("/courses/small").status_code == 200
        assert client.get("/healthz").status_code == 200


def test_nothing_is_damaged_and_all_goes_on_when_there_is_room_again(
    client: FlaskClient, program: Program, sitter: Sitter
) -> None:
    with disk_full(program):
        fill(client, sitter)
    with program.database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    assert start(client, sitter).status_code == 303


def lms(*words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "lms", *words],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def a_file(folder: Path) -> Path:
    path = folder / "taken"
    path.write_text("not a folder")
    return path / "data"


def a_closed_folder(folder: Path) -> Path:
    if os.geteuid() == 0:
        pytest.skip("nothing is closed to root")
    path = folder / "closed"
    path.mkdir(mode=0o500)
    return path


@pytest.mark.parametrize("place", [a_file, a_closed_folder])
def test_a_data_folder_that_cannot_be_written_is_named_with_a_remedy(
    place: Callable[[Path], Path], tmp_path: Path
) -> None:
    folder = place(tmp_path)
    done = lms("serve", LMS_DATA=str(folder), DATABASE_URL="")
    assert done.returncode == 1
    assert f"The data folder {folder} cannot be written" in done.stderr
    assert "LMS_DATA" in done.stderr
    assert "Traceback" not in done.stderr
