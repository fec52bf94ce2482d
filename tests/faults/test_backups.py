"""Backup, wipe, restore, compare: on both databases and across them."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, func, select, text

from lms.cli import tables
from lms.core import audit, backup
from lms.core.backup import BackupError
from lms.core.db import Base, Database
from lms.core.web.context import Program
from lms.migrations import schema
from tests.faults.hall import Hall
from tests.served import ROOT

Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def lived_in(app: Flask, program: Program) -> Program:
    """An installation in which courses, people, answers, grades and certificates exist."""
    from lms.assessment import services

    hall = Hall(app, 0)
    for number in range(3):
        sitter, now = hall.seat(number), program.clock()
        with program.database.unit_of_work() as session:
            attempt = services.start_attempt(
                session, sitter.person_id, hall.course, hall.quiz, now, b"seed"
            )
        slots = hall.form_of(attempt).slots
        answers = [
            services.Answer(slot, hall.response(dealt, is_right=number > 0), 0, f"op:{slot}")
            for slot, dealt in enumerate(slots)
        ]
        with app.app_context(), program.database.unit_of_work() as session:
            services.save_responses(session, sitter.person_id, attempt, answers, now)
            services.submit_attempt(session, sitter.person_id, attempt, now)
    program.worker.drain(program.clock)
    with program.database.unit_of_work() as session:
        audit.seal(session)
    return program


@pytest.fixture(params=["to sqlite", pytest.param("to postgresql", marks=pytest.mark.postgresql)])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty, migrated database of either kind."""
    url = f"sqlite:///{tmp_path / 'restored.sqlite3'}"
    if request.param == "to postgresql":
        url = _fresh_postgresql(request.getfixturevalue("postgresql_server"))
    database = Database(url)
    schema.upgrade(database)
    yield database
    database.dispose()


def _fresh_postgresql(server: str) -> str:
    name = f"restored_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return server.replace("/postgres?", f"/{name}?")


def everything(database: Database) -> Rows:
    """Return every row of every table."""
    with database.engine.connect() as connection:
        return {
            table.name: [
                tuple(row)
                for row in connection.execute(select(table).order_by(*table.primary_key.columns))
            ]
            for table in Base.metadata.sorted_tables
        }


def save(program: Program, path: Path) -> Path:
    backup.write_backup(program.database, tables(), path, lambda *_: None)
    return path


def test_a_restored_database_has_every_row_and_an_unbroken_audit_chain(
    lived_in: Program, target: Database, tmp_path: Path
) -> None:
    path = save(lived_in, tmp_path / "backup.zip")
    backup.read_backup(target, tables(), path, lambda *_: None)
    before = everything(lived_in.database)
    assert everything(target) == before
    assert sum(map(len, before.values())) > 100
    with target.read() as session:
        assert audit.broken_seal(session) is None


def test_a_restored_database_takes_new_rows(
    lived_in: Program, target: Database, tmp_path: Path
) -> None:
    backup.read_backup(target, tables(), save(lived_in, tmp_path / "b.zip"), lambda *_: None)
    with target.unit_of_work() as session:
        audit.record(session, None, "test.written", "test:1", lived_in.clock())
        assert audit.seal(session) == 1


def damaged(path: Path, folder: Path) -> Path:
    """Return a copy of a backup in which one row of one table is another's."""
    bad = folder / "damaged.zip"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(bad, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace(b"Sitter 1", b"Sitter 9"))
    return bad


def test_a_damaged_backup_changes_nothing(
    lived_in: Program, target: Database, tmp_path: Path
) -> None:
    bad = damaged(save(lived_in, tmp_path / "backup.zip"), tmp_path)
    with pytest.raises(BackupError, match="damaged"):
        backup.read_backup(target, tables(), bad, lambda *_: None)
    assert not any(everything(target).values())


def test_a_torn_backup_changes_nothing(lived_in: Program, target: Database, tmp_path: Path) -> None:
    path = save(lived_in, tmp_path / "backup.zip")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(BackupError, match="not a whole backup"):
        backup.read_backup(target, tables(), path, lambda *_: None)
    assert not any(everything(target).values())


def test_nothing_is_restored_over_what_is_there(lived_in: Program, tmp_path: Path) -> None:
    path = save(lived_in, tmp_path / "backup.zip")
    before = everything(lived_in.database)
    with pytest.raises(BackupError, match="not empty"):
        backup.read_backup(lived_in.database, tables(), path, lambda *_: None)
    assert everything(lived_in.database) == before


@pytest.mark.drill
def test_the_commands_bring_a_wiped_installation_back(
    lived_in: Program, database_url: str, tmp_path: Path
) -> None:
    before, path = everything(lived_in.database), tmp_path / "backup.zip"
    environment = os.environ | {"LMS_DATA": str(tmp_path / "new"), "LMS_SECRET_KEY": "a key"}

    def lms(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "lms", *words],
            cwd=ROOT,
            env=environment | {"DATABASE_URL": database_url},
            capture_output=True,
            text=True,
            timeout=300,
            check=True,
        )
        return done.stdout

    assert "Saved to" in lms("backup", str(path))
    lived_in.database.dispose()
    wipe(database_url)
    assert "Restored from" in lms("restore", str(path))
    restored = Database(database_url)
    assert everything(restored) == before
    restored.dispose()


def wipe(url: str) -> None:
    """Lose the whole database, as with a machine."""
    if url.startswith("sqlite"):
        for path in Path(url.removeprefix("sqlite:///")).parent.glob("*.sqlite3*"):
            path.unlink()
        return
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
        assert connection.scalar(select(func.count()).select_from(text("pg_tables"))) is not None
    engine.dispose()
