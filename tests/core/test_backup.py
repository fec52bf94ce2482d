"""A backup is whole or not there, for its owner alone, and says what is wrong."""

import stat
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.cli import tables
from lms.core import audit, backup
from lms.core.db import Database
from lms.core.mail import SentMail
from lms.core.web.context import Program
from lms.migrations import schema
from tests.conftest import FrozenClock


def silent(_name: str, _rows: int) -> None:
    return


@pytest.fixture
def saved(program: Program, clock: FrozenClock, tmp_path: Path) -> Path:
    with program.database.unit_of_work() as session:
        for number in range(3):
            audit.record(session, None, "test.done", f"thing:{number}", clock())
    path = tmp_path / "backup.zip"
    backup.write_backup(program.database, tables(), path, silent)
    return path


def test_only_its_owner_may_read_a_backup(saved: Path) -> None:
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600


def test_folder_that_is_missing_is_named_and_nothing_is_left(
    program: Program, tmp_path: Path
) -> None:
    with pytest.raises(backup.BackupError, match="cannot be written"):
        backup.write_backup(program.database, tables(), tmp_path / "no" / "b.zip", silent)
    (tmp_path / "b.zip").mkdir()
    with pytest.raises(backup.BackupError, match="exists already"):
        backup.write_backup(program.database, tables(), tmp_path / "b.zip", silent)
    assert not list(tmp_path.glob("*.partial"))


def test_numbers_go_on_behind_what_was_restored(
    program: Program, saved: Path, database_url: str, clock: FrozenClock
) -> None:
    with program.database.unit_of_work() as session:
        for table in reversed(tables().ordered()):
            session.execute(table.delete())
        if not program.database.is_sqlite:
            restart(session)
    backup.read_backup(program.database, tables(), saved, silent)
    with program.database.unit_of_work() as session:
        audit.record(session, None, "test.after", "thing:3", clock())
        session.add(SentMail(recipient="a@example.org", subject="s", text="t", sent_at=clock()))
        session.flush()
        found = session.scalars(select(audit.AuditEntry.subject).order_by(audit.AuditEntry.id))
        assert found.all() == [f"thing:{number}" for number in range(4)]


def restart(session: Session) -> None:
    session.connection().exec_driver_sql("ALTER SEQUENCE audit_entry_id_seq RESTART")


def test_backup_of_one_database_fills_the_other_kind(saved: Path, tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'other.sqlite3'}")
    schema.upgrade(database)
    backup.read_backup(database, tables(), saved, silent)
    with database.read() as session:
        assert len(session.scalars(select(audit.AuditEntry)).all()) == 3
    database.dispose()
