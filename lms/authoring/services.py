"""Publishing: a folder becomes immutable revisions, all of it or nothing."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.authoring.changes import Changes, compare
from lms.authoring.events import CoursePublished
from lms.catalog.addresses import CourseUrls
from lms.catalog.models import Blob, Course, Publication, Rendering, Revision, RevisionFile
from lms.catalog.published import by_revision
from lms.core import audit, events
from lms.core.errors import DomainError
from lms.core.markup import RENDERER_VERSION, render_course
from lms.core.records import insert_unless_there
from lms.core.text import sentence
from lms.engine.content import model
from lms.engine.content.revision import blob_hash, manifest_hash
from lms.engine.content.tree import CourseFiles, TreeResult, parse_tree

Source = Literal["folder", "studio"]


class FaultyTreeError(Exception):
    """A tree with any error publishes nothing; `tree.problems` says what is wrong."""

    def __init__(self, tree: TreeResult) -> None:
        super().__init__(f"{len(tree.problems)} problems")
        self.tree = tree


class StudioMovedError(DomainError):
    """The studio has published since the folder did; nobody's words are overwritten."""


@dataclass(frozen=True)
class Published:
    """What became of one course of a tree."""

    slug: str
    revision_hash: str
    is_new: bool
    changes: Changes


def check_tree(session: Session, files: Mapping[str, bytes]) -> TreeResult:
    """Read a tree; courses that are published already may be named as prerequisites."""
    return parse_tree(files, frozenset(session.scalars(select(Course.key))))


def publish_tree(
    session: Session,
    files: Mapping[str, bytes],
    source: Source,
    actor_id: int | None,
    now: datetime,
) -> tuple[Published, ...]:
    """Publish every course of a tree that differs from the last publication of the folder.

    Publishing the same bytes again changes nothing. Raises FaultyTreeError with every problem,
    or StudioMovedError; then nothing is published.
    """
    tree = check_tree(session, files)
    if tree.problems:
        raise FaultyTreeError(tree)
    return tuple(_publish_one(session, found, source, actor_id, now) for found in tree.courses)


def _publish_one(
    session: Session, found: CourseFiles, source: Source, actor_id: int | None, now: datetime
) -> Published:
    course = found.result.course
    if course is None:
        raise DomainError(sentence("A course with faults cannot be published."))
    hashes = {path: blob_hash(content) for path, content in found.files.items()}
    revision_hash = manifest_hash(hashes)
    row = session.scalar(select(Course).where(Course.key == course.id).with_for_update())
    before = by_revision(session, row.revision_id) if row else None
    if row is not None and source == "folder":
        base = _last_of_folder(session, row.id)
        if base == revision_hash:
            _renew_rendering(session, row.revision_id)
            return Published(course.slug, revision_hash, is_new=False, changes=Changes())
        if before is not None and base is not None and before.revision_hash != base:
            if before.revision_hash != revision_hash:
                raise _studio_moved(course)
            _note_publication(session, row.id, row.revision_id, source, base, actor_id, now)
            return Published(course.slug, revision_hash, is_new=False, changes=Changes())
    revision_id = _store_revision(session, course, found.files, hashes, revision_hash, now)
    row = _point_to(session, row, course, revision_id, now)
    base_hash = before.revision_hash if before else None
    _note_publication(session, row.id, revision_id, source, base_hash, actor_id, now)
    audit.record(
        session, actor_id, "course.published", f"course:{course.id}", now, revision=revision_hash
    )
    events.publish(session, CoursePublished(row.id, revision_id), now)
    changes = compare(before.course if before else None, course)
    return Published(course.slug, revision_hash, is_new=True, changes=changes)


def _note_publication(
    session: Session,
    course_id: int,
    revision_id: int,
    source: Source,
    base_hash: str | None,
    actor_id: int | None,
    now: datetime,
) -> None:
    session.add(
        Publication(
            course_id=course_id,
            source=source,
            base_hash=base_hash,
            revision_id=revision_id,
            renderer_version=RENDERER_VERSION,
            published_at=now,
            published_by=actor_id,
        )
    )


def _last_of_folder(session: Session, course_id: int) -> str | None:
    return session.scalar(
        select(Revision.hash)
        .join(Publication, Publication.revision_id == Revision.id)
        .where(Publication.course_id == course_id, Publication.source == "folder")
        .order_by(Publication.id.desc())
        .limit(1)
    )


def _studio_moved(course: model.Course) -> StudioMovedError:
    return StudioMovedError(
        sentence(
            "The course %(slug)s was also edited in the studio since the folder was last "
            "published. Write the studio's version with `lms export DIR`, publish it from your "
            "folder as it is, and then make your changes on top of it. Nothing was published.",
            slug=course.slug,
        )
    )


def _store_revision(
    session: Session,
    course: model.Course,
    files: Mapping[str, bytes],
    hashes: Mapping[str, str],
    revision_hash: str,
    now: datetime,
) -> int:
    """Store bytes, manifest and HTML unless they are there; return the revision's id."""
    known = {"course_key": course.id, "hash": revision_hash}
    is_new = insert_unless_there(session, Revision, known | {"created_at": now})
    revision_id = session.scalars(select(Revision.id).filter_by(**known)).one()
    if is_new:
        _store_blobs(session, files, hashes)
        rows = [
            RevisionFile(revision_id=revision_id, path=path, sha256=sha256)
            for path, sha256 in hashes.items()
        ]
        session.add_all(rows)
    _store_rendering(session, revision_id, course, hashes)
    session.flush()
    return revision_id


def _store_blobs(session: Session, files: Mapping[str, bytes], hashes: Mapping[str, str]) -> None:
    for path, content in files.items():
        values = {"sha256": hashes[path], "size": len(content), "content": content}
        insert_unless_there(session, Blob, values)


def _store_rendering(
    session: Session, revision_id: int, course: model.Course, hashes: Mapping[str, str]
) -> None:
    key = {"revision_id": revision_id, "renderer_version": RENDERER_VERSION}
    if session.get(Rendering, key) is not None:
        return
    parts = render_course(course, CourseUrls(course.slug, hashes))
    values = key | {"parts": json.dumps(dict(parts), ensure_ascii=False)}
    insert_unless_there(session, Rendering, values)


def _renew_rendering(session: Session, revision_id: int) -> None:
    """Render once more what an older renderer rendered, so that its fixes reach old pages."""
    key = {"revision_id": revision_id, "renderer_version": RENDERER_VERSION}
    if session.get(Rendering, key) is None:
        found = by_revision(session, revision_id)
        values = key | {"parts": json.dumps(dict(found.html), ensure_ascii=False)}
        insert_unless_there(session, Rendering, values)


def _point_to(
    session: Session, row: Course | None, course: model.Course, revision_id: int, now: datetime
) -> Course:
    """Let learners see the revision; a renamed folder gives the course its new address."""
    holder = session.scalar(select(Course.key).where(Course.slug == course.slug))
    if holder not in (None, course.id):
        raise DomainError(
            sentence(
                "The folder courses/%(slug)s belongs to the published course %(key)s. Give the "
                "course back its id, or rename the folder. Nothing was published.",
                slug=course.slug,
                key=holder,
            )
        )
    if row is None:
        row = Course(key=course.id, slug=course.slug, revision_id=revision_id, created_at=now)
        session.add(row)
    row.slug, row.revision_id = course.slug, revision_id
    session.flush()
    return row


def export_tree(session: Session) -> dict[str, bytes]:
    """Return path -> bytes of the newest published revision of every course."""
    rows = session.execute(
        select(RevisionFile.path, Blob.content)
        .join(Blob, Blob.sha256 == RevisionFile.sha256)
        .join(Course, Course.revision_id == RevisionFile.revision_id)
        .order_by(RevisionFile.path)
    )
    return {path: content for path, content in rows}  # noqa: C416 - a Row is not a pair to dict()
