"""What stands in the tables, so that two states of the school can be compared."""

import hashlib
from collections.abc import Iterable

from sqlalchemy import text

from lms.core.db import Base
from tests.security.school import School

MAY_BE_WRITTEN_BY_GET = {"audit_entry", "audit_detail", "throttle", "presence"}
RANDOM = {
    "public_id",
    "token_hash",
    "salt",
    "detail_digest",
    "password_hash",
    "payload",
    "key",
    "operation_id",
    "form",
    "seed",
    "code",
    "text",
    "sha256",
    "content",
    "subject",
}


def tables(school: School, without: Iterable[str] = ()) -> dict[str, list[tuple[object, ...]]]:
    """Return every table's rows in order."""
    found = {}
    with school.program.database.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            wanted = [f'"{c.name}"' for c in table.columns if c.name not in without]
            names = ", ".join(wanted) or "1"
            rows = connection.execute(text(f'SELECT {names} FROM "{table.name}"'))
            found[table.name] = sorted((tuple(row) for row in rows), key=repr)
    return found


def digests(school: School) -> dict[str, str]:
    """Return a digest of each table that a GET must leave alone."""
    return {
        name: hashlib.sha256(repr(rows).encode()).hexdigest()
        for name, rows in tables(school).items()
        if name not in MAY_BE_WRITTEN_BY_GET
    }


def columns() -> list[str]:
    """Return the name of every column of every table."""
    return sorted({c.name for table in Base.metadata.sorted_tables for c in table.columns})
