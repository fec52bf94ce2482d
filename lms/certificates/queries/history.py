"""The stored events of certificates."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.certificates.models import CertificateEvent
from lms.engine.certification import Event


def stored_events(session: Session, certificate_id: int) -> tuple[Event, ...]:
    """Return what happened to a certificate, as the engine reads it, in order."""
    rows = session.execute(
        select(CertificateEvent.kind, CertificateEvent.effective_at)
        .where(CertificateEvent.certificate_id == certificate_id)
        .order_by(CertificateEvent.id)
    )
    return tuple(Event(kind, at) for kind, at in rows)  # type: ignore[arg-type]  # CHECKed
