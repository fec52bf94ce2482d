"""What can happen to a certificate later: a correction, or a revocation. Never a deletion."""

import json
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.accounts.models import Person
from lms.accounts.names import usable_name
from lms.certificates.letters import tell_reissued, tell_revoked
from lms.certificates.links import Links
from lms.certificates.models import REVOCATION_REASONS, Certificate, CertificateEvidence
from lms.certificates.queries.history import stored_events
from lms.certificates.services.documents import promise_document
from lms.certificates.services.writing import (
    add_event,
    fresh_code,
    next_issue,
    pin_evidence,
    record,
)
from lms.core.errors import DomainError, NotFound
from lms.core.text import Text, sentence
from lms.core.web.auth import Viewer
from lms.engine.certification import EventKind, Status, may_record, status

COPIED = (
    "holder_id",
    "award_id",
    "award_version_id",
    "course_id",
    "revision_id",
    "cycle",
    "title",
    "course_title",
    "criteria_text",
    "learning_hours",
    "issuer_name",
    "issuer_address",
    "issuer_logo_sha256",
    "signatory_name",
    "signatory_title",
    "issued_at",
    "expires_at",
)


def reissue(
    session: Session, actor: Viewer, code: str, name: str, note: str, links: Links, now: datetime
) -> str:
    """Issue a certificate again with a corrected name and return the new code.

    The earlier one becomes superseded and stays visible. Date of issue, expiry, criteria,
    revision and evidence stay as they were; the note is for administrators.
    """
    corrected = usable_name(name)
    old = _locked(session, code, "superseded", now)
    if corrected == old.holder_name:
        raise DomainError(sentence("The certificate carries this very name."), field="name")
    old.superseded_at = now
    session.flush()  # before the new row: only one may be current
    new = _corrected_copy(session, old, corrected)
    add_event(session, old, "superseded", actor.person_id, now, private_note=note)
    add_event(session, new, "issued", actor.person_id, now, private_note=note)
    record(session, actor.person_id, "certificate.superseded", old, now, by=new.code, note=note)
    record(session, actor.person_id, "certificate.reissued", new, now, replaces=old.code)
    promise_document(session, new.id, now)
    tell_reissued(session, session.get_one(Person, new.holder_id), new, links, now)
    return new.code


def revoke(
    session: Session,
    actor: Viewer,
    code: str,
    reason_code: str,
    public_note: str,
    private_note: str,
    now: datetime,
) -> None:
    """Revoke a certificate: from now on everyone sees the date, the reason and the public note."""
    if reason_code not in REVOCATION_REASONS:
        raise DomainError(sentence("Choose one of the reasons."), field="reason")
    row = _locked(session, code, "revoked", now)
    row.revoked_at = now
    add_event(
        session,
        row,
        "revoked",
        actor.person_id,
        now,
        reason_code=reason_code,
        public_note=public_note,
        private_note=private_note,
    )
    notes = {"public_note": public_note, "private_note": private_note}
    record(session, actor.person_id, "certificate.revoked", row, now, reason=reason_code, **notes)
    person = session.get_one(Person, row.holder_id)
    tell_revoked(session, person, row, reason_code, public_note, now)


def _locked(session: Session, code: str, kind: EventKind, now: datetime) -> Certificate:
    """Return the locked row of a certificate to which this may happen now."""
    row = session.scalar(select(Certificate).where(Certificate.code == code).with_for_update())
    if row is None:
        raise NotFound(sentence("There is no certificate with this code."))
    present = status(stored_events(session, row.id), row.expires_at, now)
    if not may_record(present, kind):
        raise DomainError(_why_not(present))
    return row


def _why_not(present: Status) -> Text:
    if present == "superseded":
        return sentence("A newer certificate replaces this one; look at the newer one.")
    if present == "revoked":
        return sentence("This certificate is revoked, and that is final. Issue a new one by hand.")
    return sentence("This is not possible while the certificate is suspended.")


def _corrected_copy(session: Session, old: Certificate, name: str) -> Certificate:
    number = next_issue(session, old.holder_id, old.award_id, old.cycle)
    trace = json.loads(old.trace) | {"replaces": old.code}
    new = Certificate(
        **{column: getattr(old, column) for column in COPIED},
        code=fresh_code(),
        issue_no=number,
        supersedes_id=old.id,
        holder_name=name,
        trace=json.dumps(trace, ensure_ascii=False),
    )
    session.add(new)
    session.flush()
    attempts = session.scalars(
        select(CertificateEvidence.attempt_id).where(CertificateEvidence.certificate_id == old.id)
    ).all()
    pin_evidence(session, new, attempts)
    return new
