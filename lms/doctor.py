"""Examines an installation: whatever can be recomputed is recomputed and compared."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from lms.assessment.models import Attempt
from lms.assessment.services import grade_saved
from lms.catalog.models import Blob, Revision, RevisionFile
from lms.certificates.models import Certificate
from lms.core import audit
from lms.core.outbox import OutboxTask
from lms.core.web.assets import read_manifest
from lms.core.web.context import Program
from lms.engine.code import parse_code
from lms.engine.content.revision import blob_hash, manifest_hash
from lms.learning.queries.recompute import unrecorded
from lms.migrations import schema


@dataclass(frozen=True)
class Finding:
    """What one examination found; `text` says what to do where it is not well."""

    subject: str
    is_well: bool
    text: str


Examination = Callable[[Session], Finding]


def examine(app: Flask) -> list[Finding]:
    """Return what every examination found; nothing is changed, not even an old schema."""
    program: Program = app.extensions["waymark"]
    found = list(_surroundings(program))
    if schema.current(program.database) != schema.newest():
        return found
    with app.app_context(), program.database.read() as session:
        return found + [_examined(session, examination) for examination in EXAMINATIONS]


def _examined(session: Session, examination: Examination) -> Finding:
    """Return a finding even where what is examined is too damaged to be read."""
    try:
        return examination(session)
    except Exception as error:
        session.rollback()
        subject = examination.__name__.replace("_", " ")
        return Finding(subject, False, f"Cannot be examined: {type(error).__name__}: {error}"[:300])


def _surroundings(program: Program) -> Iterator[Finding]:
    present = schema.current(program.database)
    yield _finding("schema", present == schema.newest(), f"{present}", "Run `lms migrate`.")
    built = bool(read_manifest())
    yield _finding("static files", built, "built", "Run `npm ci` and `npm run build`.")
    settings = program.settings
    can_mail = bool(settings.smtp_host) or settings.demo
    yield _finding("mail", can_mail, "configured", "No SMTP_HOST is set; mails wait.")


def _finding(subject: str, is_well: bool, well: str, remedy: str) -> Finding:
    return Finding(subject, is_well, well if is_well else remedy)


def references(session: Session) -> Finding:
    """Look for rows that point nowhere (PostgreSQL does not let them arise)."""
    broken = []
    if session.get_bind().dialect.name == "sqlite":
        broken = list(session.execute(text("PRAGMA foreign_key_check")))
    remedy = f"{len(broken)} rows point nowhere. Restore a backup."
    return _finding("references", not broken, "all lead somewhere", remedy)


def audit_chain(session: Session) -> Finding:
    """Recompute the seals of the audit log."""
    broken = audit.broken_seal(session)
    remedy = f"Entry {broken} was changed after it was sealed."
    return _finding("audit log", broken is None, "the chain holds", remedy)


def content(session: Session) -> Finding:
    """Recompute the hash of every stored file and of every revision."""
    blobs = session.execute(select(Blob.sha256, Blob.content).execution_options(yield_per=50))
    bad = [sha256 for sha256, stored in blobs if blob_hash(stored) != sha256]
    for revision in session.scalars(select(Revision)):
        rows = session.execute(
            select(RevisionFile.path, RevisionFile.sha256).filter_by(revision_id=revision.id)
        )
        if manifest_hash({path: sha256 for path, sha256 in rows}) != revision.hash:  # noqa: C416 - Rows are no pairs to dict()
            bad.append(revision.hash)
    return _finding("content", not bad, "hashes agree", f"Damaged: {', '.join(bad)[:200]}")


def scores(session: Session) -> Finding:
    """Grade every finished attempt again and compare the points."""
    bad = [
        attempt.public_id
        for attempt in session.scalars(select(Attempt).where(Attempt.state == "graded"))
        if grade_saved(session, attempt).result.points != attempt.points
    ]
    return _finding("scores", not bad, "recomputed, equal", f"Differ: {', '.join(bad)[:200]}")


def progress(session: Session) -> Finding:
    """Evaluate every enrolment again and compare what is complete."""
    bad = unrecorded(session)
    remedy = f"Complete but not recorded: {', '.join(bad)[:200]}"
    return _finding("progress", not bad, "recomputed, equal", remedy)


def certificates(session: Session) -> Finding:
    """Check the check character of every certificate code."""
    bad = [code for code in session.scalars(select(Certificate.code)) if parse_code(code) is None]
    return _finding("certificates", not bad, "codes are sound", f"Faulty: {', '.join(bad)[:200]}")


def jobs(session: Session) -> Finding:
    """Count the promised work that was given up."""
    failed = session.scalar(
        select(func.count()).select_from(OutboxTask).where(OutboxTask.state == "failed")
    )
    return _finding("jobs", not failed, "none failed", f"{failed} failed; see outbox_task.")


EXAMINATIONS: tuple[Examination, ...] = (
    references,
    audit_chain,
    content,
    scores,
    progress,
    certificates,
    jobs,
)
