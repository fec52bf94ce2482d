"""The audit log, narrowed and in pages."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from lms.accounts.addresses import fold_email
from lms.accounts.models import Person
from lms.core.audit import AuditDetail, AuditEntry
from lms.core.web.pagination import PAGE_SIZE, Page, count_rows


@dataclass(frozen=True)
class Filter:
    """What the log is narrowed to; empty means everything."""

    action: str = ""
    actor: str = ""
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Deed:
    """One entry: who did what to what; `person_id` names the person it was about, if any."""

    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    subject_name: str
    person_id: str
    details: tuple[tuple[str, str], ...]


def list_deeds(session: Session, wanted: Filter, page: int) -> Page[Deed]:
    """Return one page of the log, newest first."""
    statement = _narrowed(select(AuditEntry), wanted)
    total = count_rows(session, statement)
    entries = session.scalars(
        statement.order_by(AuditEntry.id.desc()).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    ).all()
    return Page(tuple(_deeds(session, entries)), page, total)


def actions(session: Session) -> list[str]:
    """Return every action that was ever recorded."""
    return list(session.scalars(select(AuditEntry.action).distinct().order_by(AuditEntry.action)))


def _narrowed(statement: Select[AuditEntry], wanted: Filter) -> Select[AuditEntry]:
    if wanted.action:
        statement = statement.where(AuditEntry.action == wanted.action)
    if wanted.actor:
        statement = statement.where(AuditEntry.actor_id.in_(_people_like(wanted.actor)))
    if wanted.subject:
        about = _people_like(wanted.subject, public=True)
        is_named = AuditEntry.subject.contains(wanted.subject, autoescape=True)
        statement = statement.where(is_named | AuditEntry.subject.in_(about))
    if wanted.since is not None:
        statement = statement.where(AuditEntry.at >= wanted.since)
    if wanted.until is not None:
        statement = statement.where(AuditEntry.at < wanted.until)
    return statement


def _people_like(text: str, public: bool = False) -> Select[int] | Select[str]:
    """Return the people whose name or address contains the text, as ids or as subjects."""
    fits = Person.name.contains(text, autoescape=True) | Person.email.contains(
        fold_email(text), autoescape=True
    )
    if public:
        return select("person:" + Person.public_id).where(fits)
    return select(Person.id).where(fits)


def _deeds(session: Session, entries: Iterable[AuditEntry]) -> Iterable[Deed]:
    entries = list(entries)
    actors = {entry.actor_id for entry in entries if entry.actor_id is not None}
    subjects = {_person_of(entry.subject) for entry in entries} - {""}
    rows = session.execute(
        select(Person.id, Person.public_id, Person.name).where(
            Person.id.in_(actors) | Person.public_id.in_(subjects)
        )
    ).all()
    actor_names = {row[0]: row[2] for row in rows}
    subject_names = {row[1]: row[2] for row in rows}
    numbers = [entry.id for entry in entries]
    details = session.scalars(select(AuditDetail).where(AuditDetail.entry_id.in_(numbers)))
    texts = {detail.entry_id: detail.text for detail in details}
    for entry in entries:
        person_id = _person_of(entry.subject)
        yield Deed(
            entry.id,
            entry.at,
            actor_names.get(entry.actor_id or 0, ""),
            entry.action,
            entry.subject,
            subject_names.get(person_id, ""),
            person_id if person_id in subject_names else "",
            _details(texts.get(entry.id, "{}")),
        )


def _person_of(subject: str) -> str:
    kind, _, name = subject.partition(":")
    return name if kind == "person" else ""


def _details(text: str) -> tuple[tuple[str, str], ...]:
    found: dict[str, object] = json.loads(text)
    return tuple((name, str(value)) for name, value in found.items() if value is not None)
