"""The issued files: set once, kept with their hash, given out byte for byte."""

import hashlib
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.certificates.document.content import Sheet
from lms.certificates.document.render import MEDIA_TYPE, render_pdf
from lms.certificates.links import Links
from lms.certificates.models import Certificate, CertificateEvent, IssuedFile
from lms.core import outbox
from lms.core.records import insert_unless_there
from lms.core.site import Logo

TASK = "render_certificate"


def promise_document(session: Session, certificate_id: int, now: datetime) -> None:
    """Have the document set after the commit; a download before that sets it at once."""
    payload = {"certificate_id": certificate_id}
    outbox.put(session, TASK, payload, now, key=f"{TASK}:{certificate_id}")


def find_document(session: Session, certificate_id: int) -> bytes | None:
    """Return the first issued file of a certificate, or None while it has not been set."""
    return session.scalar(
        select(IssuedFile.content)
        .where(
            IssuedFile.certificate_id == certificate_id,
            IssuedFile.media_type == MEDIA_TYPE,
        )
        .order_by(IssuedFile.id)
        .limit(1)
    )


def load_document(session: Session, certificate_id: int, links: Links) -> bytes:
    """Return the issued file; before the job has kept it, the same bytes are set for this once."""
    kept = find_document(session, certificate_id)
    if kept is not None:
        return kept
    return render_pdf(_sheet(session, session.get_one(Certificate, certificate_id), links))


def ensure_document(session: Session, certificate_id: int, links: Links, now: datetime) -> bytes:
    """Return the issued file, which is set and kept now if it has not been yet."""
    # The lock lets two who come at once set one file, not two.
    certificate = session.get_one(Certificate, certificate_id, with_for_update=True)
    kept = find_document(session, certificate_id)
    if kept is not None:
        return kept
    content = render_pdf(_sheet(session, certificate, links))
    values = {
        "certificate_id": certificate_id,
        "media_type": MEDIA_TYPE,
        "sha256": hashlib.sha256(content).hexdigest(),
        "content": content,
        "created_at": now,
    }
    insert_unless_there(session, IssuedFile, values)
    return content


def _sheet(session: Session, certificate: Certificate, links: Links) -> Sheet:
    return Sheet(
        code=certificate.code,
        address=links.verification(certificate.code),
        holder=certificate.holder_name,
        title=certificate.title,
        criteria=certificate.criteria_text,
        hours=certificate.learning_hours,
        issuer=certificate.issuer_name,
        issuer_address=certificate.issuer_address,
        logo=_logo(session, certificate.issuer_logo_sha256),
        signatory=certificate.signatory_name,
        signatory_title=certificate.signatory_title,
        issued_at=certificate.issued_at,
        expires_at=certificate.expires_at,
        corrected_at=_corrected_at(session, certificate),
    )


def _logo(session: Session, sha256: str | None) -> bytes | None:
    if sha256 is None:
        return None
    return session.scalar(select(Logo.content).where(Logo.sha256 == sha256))


def _corrected_at(session: Session, certificate: Certificate) -> datetime | None:
    if certificate.supersedes_id is None:
        return None
    return session.scalar(
        select(CertificateEvent.at).where(
            CertificateEvent.certificate_id == certificate.id, CertificateEvent.kind == "issued"
        )
    )
