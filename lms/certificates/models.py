"""Tables of awards, eligibilities, certificates, their events, evidence and issued files."""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base

REVOCATION_REASONS = (
    "issued-in-error",
    "misconduct",
    "requirement-lapsed",
    "holder-request",
    "other",
)
EVENT_KINDS = ("issued", "suspended", "reinstated", "revoked", "superseded", "renewed")
CURRENT = text("superseded_at IS NULL AND revoked_at IS NULL")


class Award(Base):
    """What a course can lead to; its newest version decides."""

    __tablename__ = "award"

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), unique=True)
    created_at: Mapped[datetime]


class AwardVersion(Base):
    """One wording of an award's policy; never changed, only followed by the next."""

    __tablename__ = "award_version"
    __table_args__ = (
        UniqueConstraint("award_id", "version"),
        CheckConstraint("issuing IN ('rule', 'approval')", name="issuing"),
        CheckConstraint(
            "validity_months IS NULL OR validity_months BETWEEN 1 AND 1200", name="validity"
        ),
        CheckConstraint(
            "minimum_percent IS NULL OR minimum_percent BETWEEN 0 AND 100", name="minimum"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"))
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    criteria_text: Mapped[str] = mapped_column(Text, default="")
    minimum_percent: Mapped[int | None]
    issuing: Mapped[str] = mapped_column(String(10))
    validity_months: Mapped[int | None]
    signatory_name: Mapped[str] = mapped_column(String(120), default="")
    signatory_title: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Eligibility(Base):
    """Somebody met the criteria of an award that is given by approval."""

    __tablename__ = "eligibility"
    __table_args__ = (
        UniqueConstraint("award_id", "person_id", "cycle"),
        CheckConstraint("state IN ('waiting', 'approved', 'declined')", name="state"),
        Index("ix_eligibility_state", "state", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True)
    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    cycle: Mapped[int]
    state: Mapped[str] = mapped_column(String(10))
    trace: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(Text, default="")


class Certificate(Base):
    """One issued certificate: frozen at issue, never deleted.

    `superseded_at` and `revoked_at` repeat what the events say, so that the database can allow
    only one current certificate for (holder, award, cycle). `code` is in its one written form,
    `XXXX-XXXX-XXXX-XXXX`. A correction keeps the `issued_at` of the certificate that it replaces.
    """

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("holder_id", "award_id", "cycle", "issue_no"),
        CheckConstraint("cycle >= 1 AND issue_no >= 1", name="numbers_count_from_one"),
        CheckConstraint("expires_at IS NULL OR expires_at > issued_at", name="expiry_after_issue"),
        Index(
            "uq_certificate_current",
            "holder_id",
            "award_id",
            "cycle",
            unique=True,
            sqlite_where=CURRENT,
            postgresql_where=CURRENT,
        ),
        Index("ix_certificate_issued", "issued_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(19), unique=True)
    holder_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"))
    award_version_id: Mapped[int] = mapped_column(ForeignKey("award_version.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    cycle: Mapped[int]
    issue_no: Mapped[int]
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"), unique=True)
    holder_name: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(200))
    course_title: Mapped[str] = mapped_column(String(200))
    criteria_text: Mapped[str] = mapped_column(Text)
    learning_hours: Mapped[str] = mapped_column(String(12))
    issuer_name: Mapped[str] = mapped_column(String(200))
    issuer_address: Mapped[str] = mapped_column(String(400))
    issuer_logo_sha256: Mapped[str | None] = mapped_column(ForeignKey("logo.sha256"))
    signatory_name: Mapped[str] = mapped_column(String(120))
    signatory_title: Mapped[str] = mapped_column(String(120))
    trace: Mapped[str] = mapped_column(Text)
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    superseded_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class CertificateEvent(Base):
    """What happened to a certificate, in order; never changed."""

    __tablename__ = "certificate_event"
    __table_args__ = (
        CheckConstraint(f"kind IN {EVENT_KINDS}", name="kind"),
        CheckConstraint(
            f"(kind = 'revoked') = (reason_code IS NOT NULL) "
            f"AND (reason_code IS NULL OR reason_code IN {REVOCATION_REASONS})",
            name="revoked_has_a_reason",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime]
    effective_at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason_code: Mapped[str | None] = mapped_column(String(20))
    public_note: Mapped[str] = mapped_column(Text, default="")
    private_note: Mapped[str] = mapped_column(Text, default="")


class CertificateEvidence(Base):
    """An attempt that earned a certificate."""

    __tablename__ = "certificate_evidence"

    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)


class IssuedFile(Base):
    """The bytes of a document as they were issued; a new rendering is a new row."""

    __tablename__ = "issued_file"
    __table_args__ = (UniqueConstraint("certificate_id", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    media_type: Mapped[str] = mapped_column(String(60))
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    created_at: Mapped[datetime]
