"""Brings a database to the schema that this program knows."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from lms.core.db import Database

HERE = Path(__file__).resolve().parent
VERSIONS = HERE / "versions"


class SchemaError(Exception):
    """The database does not fit this program; the text says what to do."""


def known() -> tuple[str, ...]:
    """Return the schema revisions of this program, oldest first.

    They begin the names of the steps' files, so that a server need not load Alembic (11 MB).
    """
    return tuple(sorted(path.name.partition("_")[0] for path in VERSIONS.glob("[0-9]*.py")))


def newest() -> str:
    """Return the schema revision that this program knows."""
    return known()[-1]


def current(database: Database) -> str | None:
    """Return the schema revision of the database, None when it is empty."""
    with database.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return found


def require_newest(database: Database) -> None:
    """Refuse a database with another schema than this program's, without changing it."""
    found = current(database)
    if found == newest():
        return
    _refuse_newer(found)
    raise SchemaError(
        f"The database has schema {found or 'none'}, this program needs {newest()}. See that "
        "LMS_DATA and DATABASE_URL are right, then run `lms migrate`; nothing was changed."
    )


def _refuse_newer(found: str | None) -> None:
    if found is not None and found not in known():
        raise SchemaError(
            f"The database has schema {found}, which this program does not know: it was made by a "
            "newer one. Install that version, or restore a backup; nothing was changed."
        )


def upgrade(database: Database) -> None:
    """Migrate to the newest schema; a database newer than the program is refused untouched.

    On SQLite foreign keys are off meanwhile (batch mode with them on deleted every child row and
    reported success) and are checked before the commit.
    """
    found = current(database)
    if found == newest():
        return
    _refuse_newer(found)
    with database.engine.connect() as connection:
        if database.is_sqlite:
            _upgrade_sqlite(connection)
        else:
            with connection.begin():
                connection.execute(text("SELECT pg_advisory_xact_lock(7243316)"))
                _run(connection)


def _upgrade_sqlite(connection: Connection) -> None:
    raw = connection.connection.dbapi_connection
    if raw is None:
        raise SchemaError("The connection to the database was lost; start again.")
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.execution_options(lms_write=True).begin():
            _run(connection)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise SchemaError(f"The migration would break {len(broken)} references.")
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def _run(connection: Connection) -> None:
    from alembic import command  # only who migrates pays for it
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
