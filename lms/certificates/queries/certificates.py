"""Certificates as pages and records show them; the state is derived from the stored events."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, aliased

from lms.accounts.models import Person
from lms.catalog import published
from lms.catalog.models import Revision
from lms.certificates.models import AwardVersion, Certificate, CertificateEvent
from lms.certificates.queries.evidence import Evidence, evidence_of
from lms.core.errors import NotFound
from lms.core.text import sentence
from lms.engine.certification import Event, ShownStatus, shown_status
from lms.engine.code import parse_code


@dataclass(frozen=True)
class EventView:
    """Something that happened, as anyone may see it."""

    kind: str
    at: datetime
    reason_code: str | None
    public_note: str


@dataclass(frozen=True)
class PublicCertificate:
    """What anyone who has the code may see."""

    id: int
    holder_id: int
    code: str
    state: ShownStatus
    holder_name: str
    title: str
    course_title: str
    criteria_text: str
    learning_hours: str
    issuer_name: str
    issuer_address: str
    signatory_name: str
    signatory_title: str
    issued_at: datetime
    expires_at: datetime | None
    revision_hash: str
    events: tuple[EventView, ...]
    replaced_by: str | None
    replaces: str | None

    @property
    def is_current(self) -> bool:
        """Whether the certificate counts today."""
        return self.state in ("valid", "expiring")

    @property
    def revocation(self) -> EventView | None:
        """The event that revoked it."""
        return next((event for event in self.events if event.kind == "revoked"), None)

    @property
    def superseded_at(self) -> datetime | None:
        """When a newer one replaced it."""
        return next((event.at for event in self.events if event.kind == "superseded"), None)

    @property
    def corrected_at(self) -> datetime | None:
        """When it was issued in place of an earlier one."""
        if self.replaces is None:
            return None
        return next((event.at for event in self.events if event.kind == "issued"), None)


@dataclass(frozen=True)
class StaffEvent:
    """Something that happened, with what only administrators may see."""

    event: EventView
    actor: str
    private_note: str


@dataclass(frozen=True)
class StaffCertificate:
    """Everything that is on record about a certificate."""

    public: PublicCertificate
    person_name: str
    person_email: str
    award_version: int
    cycle: int
    issue_no: int
    revision_hash: str
    trace: dict[str, Any]
    evidence: tuple[Evidence, ...]
    events: tuple[StaffEvent, ...]
    course_slug: str


NOT_FOUND = sentence("There is no certificate with this code.")

_newer, _older = aliased(Certificate), aliased(Certificate)
PUBLIC = (
    select(Certificate, Revision.hash, _newer.code, _older.code)
    .join(Revision, Revision.id == Certificate.revision_id)
    .outerjoin(_newer, _newer.supersedes_id == Certificate.id)
    .outerjoin(_older, _older.id == Certificate.supersedes_id)
    .where(Certificate.code == bindparam("code"))
)
EVENTS = (
    select(CertificateEvent, Person.name)
    .outerjoin(Person, Person.id == CertificateEvent.actor_id)
    .where(CertificateEvent.certificate_id == bindparam("certificate_id"))
    .order_by(CertificateEvent.id)
)


def find_public(session: Session, text: str, now: datetime) -> PublicCertificate | None:
    """Return the certificate of a code as somebody typed it; None whatever is wrong with it."""
    code = parse_code(text)
    if code is None:
        return None
    row = session.execute(PUBLIC, {"code": code}).one_or_none()
    if row is None:
        return None
    certificate, revision_hash, replaced_by, replaces = row
    events = tuple(entry.event for entry in _events(session, certificate.id))
    return PublicCertificate(
        id=certificate.id,
        holder_id=certificate.holder_id,
        code=certificate.code,
        state=_state(events, certificate.expires_at, now),
        holder_name=certificate.holder_name,
        title=certificate.title,
        course_title=certificate.course_title,
        criteria_text=certificate.criteria_text,
        learning_hours=certificate.learning_hours,
        issuer_name=certificate.issuer_name,
        issuer_address=certificate.issuer_address,
        signatory_name=certificate.signatory_name,
        signatory_title=certificate.signatory_title,
        issued_at=certificate.issued_at,
        expires_at=certificate.expires_at,
        revision_hash=revision_hash,
        events=events,
        replaced_by=replaced_by,
        replaces=replaces,
    )


def load_for_staff(session: Session, text: str, now: datetime) -> StaffCertificate:
    """Return everything about a certificate; raise NotFound for any wrong code."""
    public = find_public(session, text, now)
    if public is None:
        raise NotFound(NOT_FOUND)
    row = session.get_one(Certificate, public.id)
    person = session.get_one(Person, row.holder_id)
    pinned = published.by_revision(session, row.revision_id)
    return StaffCertificate(
        public=public,
        person_name=person.name,
        person_email=person.email,
        award_version=session.get_one(AwardVersion, row.award_version_id).version,
        cycle=row.cycle,
        issue_no=row.issue_no,
        revision_hash=public.revision_hash,
        trace=json.loads(row.trace),
        evidence=evidence_of(session, row.id, pinned.course),
        events=_events(session, row.id),
        course_slug=pinned.course.slug,
    )


def _events(session: Session, certificate_id: int) -> tuple[StaffEvent, ...]:
    rows = session.execute(EVENTS, {"certificate_id": certificate_id})
    return tuple(
        StaffEvent(
            EventView(row.kind, row.effective_at, row.reason_code, row.public_note),
            actor or "",
            row.private_note,
        )
        for row, actor in rows
    )


def _state(
    events: tuple[EventView, ...], expires_at: datetime | None, now: datetime
) -> ShownStatus:
    engine_events = [Event(event.kind, event.at) for event in events]  # type: ignore[arg-type]  # CHECKed
    return shown_status(engine_events, expires_at, now)
