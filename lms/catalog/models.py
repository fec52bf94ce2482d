"""Tables of what is published: blobs, revisions, publications, rendered HTML and courses."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base


class Blob(Base):
    """The raw bytes of a file, named by their SHA-256."""

    __tablename__ = "blob"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class Course(Base):
    """A course that has been published at least once; `key` is the id in its front matter."""

    __tablename__ = "course"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    created_at: Mapped[datetime]


class Revision(Base):
    """One immutable state of a course's folder and the banks that serve it.

    `hash` is the SHA-256 of the sorted manifest of (path, SHA-256 of the raw bytes).
    """

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("course_key", "hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_key: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), index=True)
    created_at: Mapped[datetime]


class RevisionFile(Base):
    """One path of a revision."""

    __tablename__ = "revision_file"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), primary_key=True)
    path: Mapped[str] = mapped_column(String(300), primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"), index=True)


class Rendering(Base):
    """The HTML parts of a revision (a JSON object: part name -> HTML) by one renderer version."""

    __tablename__ = "rendering"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), primary_key=True)
    renderer_version: Mapped[int] = mapped_column(primary_key=True)
    parts: Mapped[str] = mapped_column(Text)


class Publication(Base):
    """The act of making a revision the one that learners see."""

    __tablename__ = "publication"
    __table_args__ = (CheckConstraint("source IN ('folder', 'studio')", name="source"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), index=True)
    source: Mapped[str] = mapped_column(String(10))
    base_hash: Mapped[str | None] = mapped_column(String(64))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    renderer_version: Mapped[int]
    published_at: Mapped[datetime]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
