"""Published courses in process memory.

A revision never changes, so its parsed course and its HTML are read once and then shared by all
requests; what a request asks the database for is only which revision is the newest.
A unit that writes hands its finds to the others only once it is committed: the number of a revision
that was rolled back may be given to another one.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.catalog.addresses import CourseUrls
from lms.catalog.models import Blob, Course, Rendering, Revision, RevisionFile
from lms.catalog.recent import Recent
from lms.core.db import after_commit
from lms.core.errors import NotFound
from lms.core.markup import RENDERER_VERSION, render_course
from lms.core.text import sentence
from lms.engine.content import model
from lms.engine.content.tree import load_course

MOST_REVISIONS = 24


@dataclass(frozen=True)
class PublishedCourse:
    """One revision of a course: its text as values and as HTML parts (see core/markup)."""

    course_id: int
    revision_id: int
    revision_hash: str
    course: model.Course
    html: Mapping[str, str]


class RevisionCache(Recent[PublishedCourse]):
    """The revisions that were used last; one cache for each database."""

    def __init__(self, most: int = MOST_REVISIONS) -> None:
        super().__init__(most)


def by_slug(session: Session, slug: str) -> PublishedCourse:
    """Return the newest revision of a course; raise NotFound where there is none."""
    revision_id = session.scalar(select(Course.revision_id).where(Course.slug == slug))
    if revision_id is None:
        raise NotFound(sentence("There is no such course. It may have been renamed."))
    return by_revision(session, revision_id)


def by_course_id(session: Session, course_id: int) -> PublishedCourse:
    """Return the newest revision of a course that is known to exist."""
    revision_id = session.scalars(select(Course.revision_id).where(Course.id == course_id)).one()
    return by_revision(session, revision_id)


def everything(session: Session) -> tuple[PublishedCourse, ...]:
    """Return the newest revision of every course, by title."""
    ids = session.scalars(select(Course.revision_id)).all()
    found = [by_revision(session, revision_id) for revision_id in ids]
    return tuple(sorted(found, key=lambda one: one.course.title.casefold()))


def by_revision(session: Session, revision_id: int) -> PublishedCourse:
    """Return a revision, without any statement when it is in memory."""
    cache: RevisionCache = session.info["revisions"]
    own: dict[int, PublishedCourse] = session.info.setdefault("revisions of this unit", {})
    found = cache.get(revision_id) or own.get(revision_id)
    if found is None:
        found = _load(session, revision_id)
        if session.get_bind().get_execution_options().get("lms_write"):
            own[revision_id] = found
            after_commit(session, partial(cache.put, found))
        else:
            cache.put(found)
    return found


def _load(session: Session, revision_id: int) -> PublishedCourse:
    revision, course_id = session.execute(
        select(Revision, Course.id)
        .join(Course, Course.key == Revision.course_key)
        .where(Revision.id == revision_id)
    ).one()
    rows = session.execute(
        select(RevisionFile.path, Blob.sha256, Blob.content)
        .join(Blob, Blob.sha256 == RevisionFile.sha256)
        .where(RevisionFile.revision_id == revision_id)
    ).all()
    course = load_course({path: content for path, _, content in rows})
    hashes = {path: sha256 for path, sha256, _ in rows}
    html = _html(session, revision_id, course, hashes)
    return PublishedCourse(course_id, revision_id, revision.hash, course, html)


def _html(
    session: Session, revision_id: int, course: model.Course, hashes: Mapping[str, str]
) -> Mapping[str, str]:
    stored = session.scalar(
        select(Rendering.parts).where(
            Rendering.revision_id == revision_id, Rendering.renderer_version == RENDERER_VERSION
        )
    )
    if stored is None:  # the renderer is newer than the publication
        return render_course(course, CourseUrls(course.slug, hashes))
    parts: dict[str, str] = json.loads(stored)
    return parts
