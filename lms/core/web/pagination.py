"""Long lists in pages of bounded size."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

T = TypeVar("T")
PAGE_SIZE = 25
MOST_DIGITS = 6


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list; pages count from 1."""

    rows: Sequence[T]
    number: int
    total: int
    size: int = PAGE_SIZE

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_next(self) -> bool:
        return self.number < self.pages


def page_number() -> int:
    """Return the page that the address asks for; anything odd is the first."""
    text = request.args.get("page", "1")
    is_number = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return max(1, int(text)) if is_number else 1


def count_rows(session: Session, statement: Select[T]) -> int:
    """Count what a statement would return."""
    inner = statement.order_by(None).subquery()
    return session.scalar(select(func.count()).select_from(inner)) or 0
