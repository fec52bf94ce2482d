"""The status record at `/verify/<code>.json`: the same facts as the page, for programs."""

from datetime import datetime
from typing import Any

from lms.certificates.links import Links
from lms.certificates.queries.certificates import PublicCertificate

KIND = "certificate-of-completion"


def status_record(found: PublicCertificate, links: Links, now: datetime) -> dict[str, Any]:
    """Return the record; times are ISO 8601 in UTC, and what does not apply is null.

    `state` is valid, expired, suspended, revoked or superseded; `is_valid` says whether the
    certificate counts at `checked_at`. `corrected_at` is when it was issued again with a
    corrected name in place of the one in `replaces`. `course.revision` is the SHA-256 of the
    course as it was completed. `events` are in order of time.
    """
    return {
        "code": found.code,
        "kind": KIND,
        "state": "valid" if found.is_current else found.state,
        "is_valid": found.is_current,
        "checked_at": _iso(now),
        "page": links.verification(found.code),
        "holder": {"name": found.holder_name},
        "title": found.title,
        "course": {"title": found.course_title, "revision": found.revision_hash},
        "criteria": found.criteria_text,
        "learning_hours": float(found.learning_hours),
        "issuer": {"name": found.issuer_name, "address": found.issuer_address},
        "signatory": _signatory(found),
        "issued_at": _iso(found.issued_at),
        "corrected_at": _iso(found.corrected_at),
        "expires_at": _iso(found.expires_at),
        "revocation": _revocation(found),
        "replaces": links.verification(found.replaces) if found.replaces else None,
        "replaced_by": links.verification(found.replaced_by) if found.replaced_by else None,
        "events": [{"kind": event.kind, "at": _iso(event.at)} for event in found.events],
    }


def _signatory(found: PublicCertificate) -> dict[str, str] | None:
    if not found.signatory_name:
        return None
    return {"name": found.signatory_name, "title": found.signatory_title}


def _revocation(found: PublicCertificate) -> dict[str, str | None] | None:
    event = found.revocation
    if event is None:
        return None
    return {"at": _iso(event.at), "reason": event.reason_code, "note": event.public_note}


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds").replace("+00:00", "Z")
