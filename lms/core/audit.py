"""Who did what to what, and when: append-only, chained by one sealer.

Rows are inserted unsealed in the writing transaction; the sealer chains them in order. The chain
covers a salted digest of the detail, which stands in a side table and may be erased without
breaking the chain.
"""

import hashlib
import json
import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from lms.core.db import Base

START = "0" * 64


class AuditEntry(Base):
    """One deed."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[int | None] = mapped_column(index=True)
    action: Mapped[str] = mapped_column(String(60), index=True)
    subject: Mapped[str] = mapped_column(String(120))
    detail_digest: Mapped[str] = mapped_column(String(64))
    seal_no: Mapped[int | None] = mapped_column(unique=True)
    seal: Mapped[str | None] = mapped_column(String(64))


class AuditDetail(Base):
    """What a deed was about, in an erasable place of its own."""

    __tablename__ = "audit_detail"

    entry_id: Mapped[int] = mapped_column(ForeignKey("audit_entry.id"), primary_key=True)
    salt: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)


def record(
    session: Session,
    actor_id: int | None,
    action: str,
    subject: str,
    now: datetime,
    **detail: Any,
) -> None:
    """Write one entry in the caller's transaction; `subject` is like `certificate:ABCD-...`."""
    text = json.dumps(detail, ensure_ascii=False, sort_keys=True, default=str)
    salt = secrets.token_hex(16)
    entry = AuditEntry(
        at=now,
        actor_id=actor_id,
        action=action,
        subject=subject,
        detail_digest=_digest(salt + text),
    )
    session.add(entry)
    session.flush()
    session.add(AuditDetail(entry_id=entry.id, salt=salt, text=text))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _seal(previous: str, entry: AuditEntry) -> str:
    fields = [
        previous,
        str(entry.id),
        entry.at.isoformat(),
        str(entry.actor_id),
        entry.action,
        entry.subject,
        entry.detail_digest,
    ]
    return _digest(json.dumps(fields))


def seal(session: Session, most: int = 1000) -> int:
    """Chain unsealed entries in order of their id; run by one job at a time. Return how many."""
    sealed = select(AuditEntry).where(AuditEntry.seal_no.is_not(None))
    newest = sealed.order_by(AuditEntry.seal_no.desc()).limit(1)
    session.scalar(newest.with_for_update())  # whoever waited here reads afterwards how far it got
    last = session.scalar(newest)
    number, previous = (last.seal_no or 0, last.seal or START) if last else (0, START)
    entries = session.scalars(
        select(AuditEntry).where(AuditEntry.seal_no.is_(None)).order_by(AuditEntry.id).limit(most)
    ).all()
    for entry in entries:
        number += 1
        previous = _seal(previous, entry)
        entry.seal_no, entry.seal = number, previous
    return len(entries)


def broken_seal(session: Session) -> int | None:
    """Recompute the whole chain; return the first number that does not fit, or None."""
    previous, expected = START, 1
    rows = session.execute(
        select(AuditEntry, AuditDetail)
        .outerjoin(AuditDetail, AuditDetail.entry_id == AuditEntry.id)
        .where(AuditEntry.seal_no.is_not(None))
        .order_by(AuditEntry.seal_no)
        .execution_options(yield_per=500)
    )
    for entry, detail in rows:
        previous = _seal(previous, entry)
        is_detail_true = detail is None or _digest(detail.salt + detail.text) == entry.detail_digest
        if entry.seal_no != expected or entry.seal != previous or not is_detail_true:
            return expected
        expected += 1
    return None
