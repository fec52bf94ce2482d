"""One file that holds a whole database, readable on SQLite and PostgreSQL alike.

A zip with `manifest.json` (format, schema revision, rows and SHA-256 of each table) and one
`<table>.jsonl` for each table: one JSON array a row, in the order of the manifest's columns.
"""

import base64
import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Column, Connection, LargeBinary, MetaData, Table, func, insert, select

from lms.core.db import Database
from lms.core.types import ExactFraction, UtcDateTime

FORMAT = 1
BATCH = 500
MOST_LINE_BYTES = 128 * 1024 * 1024
Progress = Callable[[str, int], None]


class BackupError(Exception):
    """A backup cannot be written or read; the text says why and what to do."""


@dataclass(frozen=True)
class Tables:
    """What is saved: the tables in an order that foreign keys allow, and their schema."""

    metadata: MetaData
    schema: str

    def ordered(self) -> list[Table]:
        return list(self.metadata.sorted_tables)


def _to_json(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return str(value) if isinstance(value, Fraction) else value


def _from_json(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, UtcDateTime):
        return datetime.fromisoformat(value)
    if isinstance(column.type, LargeBinary):
        return base64.b64decode(value)
    return Fraction(value) if isinstance(column.type, ExactFraction) else value


def write_backup(database: Database, tables: Tables, path: Path, progress: Progress) -> None:
    """Save every row at one moment into `path`, which must not exist yet."""
    if path.exists():
        raise BackupError(f"{path} exists already; name a new file.")
    partial = path.with_name(path.name + ".partial")
    try:
        with (
            open(partial, "wb", opener=_for_us_alone) as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            _write_archive(database, tables, archive, progress)
        partial.rename(path)
    except OSError as error:
        raise BackupError(
            f"{path} cannot be written ({error.strerror}). Name a file in a folder that exists, "
            "belongs to this user and has room."
        ) from error
    finally:
        with suppress(OSError):
            partial.unlink()


def _for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)  # it holds personal data and hashes of passwords


def _write_archive(
    database: Database, tables: Tables, archive: zipfile.ZipFile, progress: Progress
) -> None:
    manifest: dict[str, Any] = {"format": FORMAT, "schema": tables.schema, "tables": {}}
    options = {} if database.is_sqlite else {"isolation_level": "REPEATABLE READ"}
    engine = database.engine.execution_options(**options)
    with engine.begin() as connection:
        for table in tables.ordered():
            with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as file:
                manifest["tables"][table.name] = _write_table(connection, table, file)
            progress(table.name, manifest["tables"][table.name]["rows"])
    archive.writestr("manifest.json", json.dumps(manifest, indent=1))


def _write_table(connection: Connection, table: Table, file: IO[bytes]) -> dict[str, Any]:
    digest, rows = hashlib.sha256(), 0
    ordered = select(table).order_by(*table.primary_key.columns)
    for row in connection.execute(ordered.execution_options(yield_per=BATCH)):
        line = json.dumps([_to_json(value) for value in row], ensure_ascii=False).encode() + b"\n"
        digest.update(line)
        file.write(line)
        rows += 1
    columns = [column.name for column in table.columns]
    return {"rows": rows, "columns": columns, "sha256": digest.hexdigest()}


def read_backup(database: Database, tables: Tables, path: Path, progress: Progress) -> None:
    """Fill an empty, migrated database from `path` in one transaction, or change nothing."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = json.loads(archive.read("manifest.json"))
            _check(manifest, tables)
            engine = database.engine.execution_options(lms_write=True)
            with engine.begin() as connection:
                _require_empty(connection, tables)
                for table in tables.ordered():
                    _read_table(connection, archive, table, manifest["tables"][table.name])
                    progress(table.name, manifest["tables"][table.name]["rows"])
                if not database.is_sqlite:
                    _move_sequences(connection, tables)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise BackupError(f"{path} is not a whole backup of this program ({error}).") from error


def _check(manifest: dict[str, Any], tables: Tables) -> None:
    if manifest["format"] != FORMAT or manifest["schema"] != tables.schema:
        raise BackupError(
            f"The backup has schema {manifest['schema']}, this program {tables.schema}. Restore it "
            "with the version that wrote it, then upgrade."
        )


def _require_empty(connection: Connection, tables: Tables) -> None:
    for table in tables.ordered():
        if connection.scalar(select(func.count()).select_from(table)):
            raise BackupError(
                f"The database is not empty (table {table.name}). Restore into a new database; "
                "nothing was changed."
            )


def _lines(archive: zipfile.ZipFile, table: Table, entry: dict[str, Any]) -> Iterator[list[Any]]:
    digest = hashlib.sha256()
    with archive.open(f"{table.name}.jsonl") as file:
        while line := file.readline(MOST_LINE_BYTES):
            digest.update(line)
            yield json.loads(line)
    if digest.hexdigest() != entry["sha256"]:
        raise BackupError(f"The backup is damaged: table {table.name} has another SHA-256.")


def _read_table(
    connection: Connection, archive: zipfile.ZipFile, table: Table, entry: dict[str, Any]
) -> None:
    columns = [table.columns[name] for name in entry["columns"]]
    batch: list[dict[str, Any]] = []
    for values in _lines(archive, table, entry):
        pairs = zip(columns, values, strict=True)
        batch.append({column.name: _from_json(column, value) for column, value in pairs})
        if len(batch) == BATCH:
            connection.execute(insert(table), batch)
            batch = []
    if batch:
        connection.execute(insert(table), batch)


def _move_sequences(connection: Connection, tables: Tables) -> None:
    for table in tables.ordered():
        key = table.primary_key.columns
        if len(key) == 1 and key[0].autoincrement is not False and key[0].type.python_type is int:
            sequence = func.pg_get_serial_sequence(f'"{table.name}"', key[0].name)
            # Of no sequence, and of an empty table, this is null and moves nothing.
            connection.execute(select(func.setval(sequence, func.max(key[0]))))
