"""Lists of certificates: of a holder, and of the administrators' search."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from lms.accounts.models import Person
from lms.catalog.models import Course
from lms.certificates.models import Certificate
from lms.core.web.pagination import PAGE_SIZE, Page
from lms.engine.certification import EXPIRING_WITHIN, ShownStatus
from lms.engine.code import parse_code

STATES = ("valid", "expiring", "expired", "revoked", "superseded")


@dataclass(frozen=True)
class CertificateRow:
    """A certificate in a list."""

    code: str
    state: ShownStatus
    holder_name: str
    email: str
    title: str
    course_title: str
    issued_at: datetime
    expires_at: datetime | None
    course_id: int


@dataclass(frozen=True)
class Wanted:
    """What an administrator looks for; empty means anything."""

    text: str = ""
    course: str = ""
    state: str = ""


def held_by(session: Session, person_id: int, now: datetime) -> tuple[CertificateRow, ...]:
    """Return all certificates of a person: the current ones first, then the newest."""
    statement = _rows().where(Certificate.holder_id == person_id)
    rows = [_view(*row, now) for row in session.execute(statement.order_by(*_NEWEST))]
    return tuple(sorted(rows, key=lambda row: row.state not in ("valid", "expiring")))


def search(session: Session, wanted: Wanted, page: int, now: datetime) -> Page[CertificateRow]:
    """Return one page of what fits code, name, e-mail, course and state; the newest first."""
    conditions = _conditions(wanted, now)
    total = session.scalar(
        select(func.count())
        .select_from(Certificate)
        .join(Person, Person.id == Certificate.holder_id)
        .join(Course, Course.id == Certificate.course_id)
        .where(*conditions)
    )
    rows = session.execute(
        _rows()
        .where(*conditions)
        .order_by(*_NEWEST)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return Page(tuple(_view(*row, now) for row in rows), page, total or 0)


_NEWEST = (Certificate.issued_at.desc(), Certificate.id.desc())


def _rows() -> Select[Certificate, str]:
    return (
        select(Certificate, Person.email)
        .join(Person, Person.id == Certificate.holder_id)
        .join(Course, Course.id == Certificate.course_id)
    )


def _conditions(wanted: Wanted, now: datetime) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    text = wanted.text.strip()
    code = parse_code(text)
    if code is not None:
        conditions.append(Certificate.code == code)
    elif text:
        conditions.append(
            or_(
                Certificate.holder_name.icontains(text, autoescape=True),
                Person.name.icontains(text, autoescape=True),
                Person.email.icontains(text, autoescape=True),
                Certificate.code.icontains(text, autoescape=True),
            )
        )
    if wanted.course:
        conditions.append(Course.slug == wanted.course)
    if wanted.state:
        conditions += _in_state(wanted.state, now)
    return conditions


def _in_state(state: str, now: datetime) -> list[ColumnElement[bool]]:
    revoked, superseded = Certificate.revoked_at, Certificate.superseded_at
    expires = Certificate.expires_at
    current: list[ColumnElement[bool]] = [revoked.is_(None), superseded.is_(None)]
    by_state: Mapping[str, list[ColumnElement[bool]]] = {
        "revoked": [revoked.is_not(None)],
        "superseded": [revoked.is_(None), superseded.is_not(None)],
        "expired": [*current, expires <= now],
        "expiring": [*current, expires > now, expires <= now + EXPIRING_WITHIN],
        "valid": [*current, or_(expires.is_(None), expires > now)],
    }
    return by_state.get(state, [])


def _view(row: Certificate, email: str, now: datetime) -> CertificateRow:
    return CertificateRow(
        code=row.code,
        state=_state(row, now),
        holder_name=row.holder_name,
        email=email,
        title=row.title,
        course_title=row.course_title,
        issued_at=row.issued_at,
        expires_at=row.expires_at,
        course_id=row.course_id,
    )


def _state(row: Certificate, now: datetime) -> ShownStatus:
    """Read the state off the row, whose columns repeat what the events say."""
    if row.revoked_at is not None:
        return "revoked"
    if row.superseded_at is not None:
        return "superseded"
    if row.expires_at is None:
        return "valid"
    if row.expires_at <= now:
        return "expired"
    return "expiring" if row.expires_at <= now + EXPIRING_WITHIN else "valid"
