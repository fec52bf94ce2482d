"""Inserts that two requests may try at once: the database decides which one was first."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table, literal_column
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from lms.core.db import Base

Insert = postgresql.Insert | sqlite.Insert


def insert(session: Session, model: type[Base]) -> Insert:
    """Return an INSERT of the session's dialect, which knows ON CONFLICT."""
    return insert_for(dialect_of(session), model)


def dialect_of(session: Session) -> str:
    """Return the name of the session's dialect, for statements that are built once."""
    return session.get_bind().dialect.name


def insert_for(dialect: str, target: type[Base] | Table) -> Insert:
    """Return an INSERT of a dialect; into a bare table it costs less than into its model."""
    return sqlite.insert(target) if dialect == "sqlite" else postgresql.insert(target)


def table_of(model: type[Base]) -> Table:
    """Return the table of a model."""
    table = model.__table__
    if not isinstance(table, Table):
        raise TypeError("only a table's model can be written")
    return table


def insert_unless_there(session: Session, model: type[Base], values: Mapping[str, Any]) -> bool:
    """Insert a row; return False, changing nothing, where a unique constraint has it already."""
    statement = insert(session, model).values(dict(values)).on_conflict_do_nothing()
    # A returned row is proof on both databases; psycopg gives no row count here.
    return session.execute(statement.returning(literal_column("1"))).first() is not None


def insert_or_update(session: Session, model: type[Base], values: Mapping[str, Any]) -> None:
    """Insert a row, or bring the one with the same primary key up to date."""
    keys = [column.name for column in table_of(model).primary_key]
    rest = {name: value for name, value in values.items() if name not in keys}
    statement = insert(session, model).values(dict(values))
    session.execute(statement.on_conflict_do_update(index_elements=keys, set_=rest))
