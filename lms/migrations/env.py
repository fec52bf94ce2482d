"""Runs migrations on the connection that `lms.migrations.upgrade` hands over."""

from typing import Literal

from alembic import context
from sqlalchemy import TypeDecorator

from lms.migrations.tables import metadata


def render_plain_type(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write the plain column type into a migration, so that it outlives our own types."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=render_plain_type,
)
with context.begin_transaction():
    context.run_migrations()
