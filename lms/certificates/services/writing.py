"""Write one certificate: everything that it says is frozen here."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from lms.accounts.models import Person
from lms.catalog.published import PublishedCourse
from lms.certificates.models import (
    AwardVersion,
    Certificate,
    CertificateEvent,
    CertificateEvidence,
)
from lms.certificates.services.documents import promise_document
from lms.core import audit
from lms.core.errors import DomainError
from lms.core.records import insert_unless_there
from lms.core.site import load_profile
from lms.core.text import sentence
from lms.engine.certification import expires_at
from lms.engine.code import RANDOM_BYTES, new_code

Trace = Mapping[str, Any]


@dataclass(frozen=True)
class Draft:
    """A certificate before it has a number: whose, of what, by which rule, and why."""

    person: Person
    terms: AwardVersion
    published: PublishedCourse
    attempts: Sequence[int]
    trace: Trace
    actor_id: int | None = None
    private_note: str = ""


def insert_certificate(
    session: Session, draft: Draft, cycle: int, issue_no: int, now: datetime
) -> Certificate | None:
    """Insert a certificate with its event, evidence, audit entry and promised document.

    Return None, changing nothing, where the database has this issue, or a current certificate of
    the cycle, already.
    """
    values = _frozen_values(session, draft, now)
    values |= {"cycle": cycle, "issue_no": issue_no}
    if not insert_unless_there(session, Certificate, values):
        return None
    certificate = by_code(session, values["code"])
    add_event(session, certificate, "issued", draft.actor_id, now, private_note=draft.private_note)
    pin_evidence(session, certificate, draft.attempts)
    note = draft.private_note
    record(session, draft.actor_id, "certificate.issued", certificate, now, reason=note)
    promise_document(session, certificate.id, now)
    return certificate


def insert_next(session: Session, draft: Draft, now: datetime) -> Certificate:
    """Insert the next issue by an administrator's decision.

    After a revocation that is the next issue of the same cycle; after an expiry it is a renewal
    and begins the next cycle. Raises DomainError while there is a valid certificate.
    """
    newest = session.scalar(
        select(Certificate)
        .where(
            Certificate.holder_id == draft.person.id,
            Certificate.award_id == draft.terms.award_id,
        )
        .order_by(Certificate.cycle.desc(), Certificate.issue_no.desc())
        .limit(1)
        .with_for_update()
    )
    cycle, issue_no = _place_after(newest, now)
    certificate = insert_certificate(session, draft, cycle, issue_no, now)
    if certificate is None:
        raise DomainError(sentence("Somebody has issued this certificate in the meantime."))
    if newest is not None and cycle > newest.cycle:
        add_event(session, newest, "renewed", draft.actor_id, now)
        record(session, draft.actor_id, "certificate.renewed", newest, now, by=certificate.code)
    return certificate


def _place_after(newest: Certificate | None, now: datetime) -> tuple[int, int]:
    if newest is None:
        return 1, 1
    if newest.revoked_at is not None:
        return newest.cycle, newest.issue_no + 1
    if newest.expires_at is not None and newest.expires_at <= now:
        return newest.cycle + 1, 1
    raise DomainError(
        sentence(
            "This person has a valid certificate of this award: %(code)s. "
            "To correct it, open it and choose “Reissue”.",
            code=newest.code,
        )
    )


def has_any(session: Session, person_id: int, award_id: int) -> bool:
    """Tell whether somebody was ever issued a certificate of an award."""
    found = exists().where(Certificate.holder_id == person_id, Certificate.award_id == award_id)
    return bool(session.scalar(select(found)))


def by_code(session: Session, code: str) -> Certificate:
    """Return the row of a code that is known to exist."""
    return session.scalars(select(Certificate).where(Certificate.code == code)).one()


def next_issue(session: Session, person_id: int, award_id: int, cycle: int) -> int:
    """Return the number of the next issue in a cycle."""
    highest = session.scalar(
        select(func.max(Certificate.issue_no)).where(
            Certificate.holder_id == person_id,
            Certificate.award_id == award_id,
            Certificate.cycle == cycle,
        )
    )
    return (highest or 0) + 1


def add_event(
    session: Session,
    certificate: Certificate,
    kind: str,
    actor_id: int | None,
    now: datetime,
    *,
    reason_code: str | None = None,
    public_note: str = "",
    private_note: str = "",
) -> None:
    """Add what happened to a certificate to its history."""
    session.add(
        CertificateEvent(
            certificate_id=certificate.id,
            kind=kind,
            at=now,
            effective_at=now,
            actor_id=actor_id,
            reason_code=reason_code,
            public_note=public_note,
            private_note=private_note,
        )
    )
    session.flush()


def pin_evidence(session: Session, certificate: Certificate, attempts: Sequence[int]) -> None:
    """Remember the attempts that earned a certificate."""
    session.add_all(
        CertificateEvidence(certificate_id=certificate.id, attempt_id=attempt)
        for attempt in attempts
    )
    session.flush()


def record(
    session: Session,
    actor_id: int | None,
    action: str,
    certificate: Certificate,
    now: datetime,
    **detail: object,
) -> None:
    """Write the audit entry of a deed."""
    subject = f"certificate:{certificate.code}"
    names = {"holder": certificate.holder_name, "title": certificate.title}
    audit.record(session, actor_id, action, subject, now, **names, **detail)


def fresh_code() -> str:
    """Return a code from the machine's secure source."""
    return new_code(secrets.token_bytes(RANDOM_BYTES))


def _frozen_values(session: Session, draft: Draft, now: datetime) -> dict[str, Any]:
    terms, course, profile = draft.terms, draft.published.course, load_profile(session)
    return {
        "code": fresh_code(),
        "holder_id": draft.person.id,
        "award_id": terms.award_id,
        "award_version_id": terms.id,
        "course_id": draft.published.course_id,
        "revision_id": draft.published.revision_id,
        "holder_name": draft.person.name,
        "title": terms.title,
        "course_title": course.title,
        "criteria_text": terms.criteria_text,
        "learning_hours": format(course.hours.normalize(), "f"),
        "issuer_name": profile.name,
        "issuer_address": profile.address,
        "issuer_logo_sha256": profile.logo_sha256,
        "signatory_name": terms.signatory_name,
        "signatory_title": terms.signatory_title,
        "trace": json.dumps(draft.trace, ensure_ascii=False),
        "issued_at": now,
        "expires_at": expires_at(now, terms.validity_months),
    }
