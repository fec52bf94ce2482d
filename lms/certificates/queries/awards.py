"""What is known of awards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, ScalarSelect, Select, func, select
from sqlalchemy.orm import Session

from lms.accounts.models import Person
from lms.catalog.models import Course
from lms.catalog.outlines import outline_of
from lms.certificates.models import Award, AwardVersion, Certificate, Eligibility
from lms.core.errors import NotFound
from lms.core.text import sentence


@dataclass(frozen=True)
class AwardView:
    """One version of an award; `author` is empty where the course proposed it."""

    course_id: int
    course_slug: str
    course_title: str
    version: int
    title: str
    criteria_text: str
    minimum_percent: int | None
    issuing: str
    validity_months: int | None
    signatory_name: str
    signatory_title: str
    created_at: datetime
    author: str


@dataclass(frozen=True)
class AwardRow:
    """An award in the list, with what it has led to."""

    award: AwardView
    issued: int
    waiting: int


def newest_version(session: Session, award_id: int) -> AwardVersion:
    """Return the version that decides at present."""
    return session.scalars(
        select(AwardVersion)
        .where(AwardVersion.award_id == award_id)
        .order_by(AwardVersion.version.desc())
        .limit(1)
    ).one()


def terms_in_force(session: Session, course_id: int) -> AwardVersion | None:
    """Return the version that decides for a course, or None where it has no award."""
    return session.scalar(
        select(AwardVersion)
        .join(Award, Award.id == AwardVersion.award_id)
        .where(Award.course_id == course_id)
        .order_by(AwardVersion.version.desc())
        .limit(1)
    )


def newest_title() -> ScalarSelect[str]:
    """Return the present title of the award of a statement, as a column."""
    return (
        select(AwardVersion.title)
        .where(AwardVersion.award_id == Award.id)
        .order_by(AwardVersion.version.desc())
        .limit(1)
        .scalar_subquery()
    )


def award_versions(session: Session, course_id: int) -> tuple[AwardView, ...]:
    """Return every version of a course's award, the newest first; raise NotFound without one."""
    rows = session.execute(_versions().where(Award.course_id == course_id)).all()
    if not rows:
        raise NotFound(sentence("This course has no award."))
    return tuple(_view(session, row) for row in rows)


def list_awards(session: Session) -> tuple[AwardRow, ...]:
    """Return the newest version of every award, by the title of its course."""
    newest = select(func.max(AwardVersion.id)).group_by(AwardVersion.award_id)
    rows = session.execute(_versions().where(AwardVersion.id.in_(newest))).all()
    issued = _counts(session, select(Certificate.award_id, func.count()))
    waiting = _counts(
        session,
        select(Eligibility.award_id, func.count()).where(Eligibility.state == "waiting"),
    )
    found = [
        AwardRow(_view(session, row), issued.get(row[1].id, 0), waiting.get(row[1].id, 0))
        for row in rows
    ]
    return tuple(sorted(found, key=lambda row: row.award.course_title.casefold()))


def award_choices(session: Session) -> tuple[tuple[str, str], ...]:
    """Return (course slug, title) of every award, for a select field."""
    return tuple((row.award.course_slug, row.award.title) for row in list_awards(session))


def _versions() -> Select[AwardVersion, Award, int, str | None]:
    return (
        select(AwardVersion, Award, Course.revision_id, Person.name)
        .join(Award, Award.id == AwardVersion.award_id)
        .join(Course, Course.id == Award.course_id)
        .outerjoin(Person, Person.id == AwardVersion.created_by)
        .order_by(AwardVersion.version.desc())
    )


def _counts(session: Session, statement: Select[int, int]) -> dict[int, int]:
    rows: Sequence[Row[int, int]] = session.execute(
        statement.group_by(statement.selected_columns[0])
    ).all()
    return {row[0]: row[1] for row in rows}


def _view(session: Session, row: Row[AwardVersion, Award, int, str | None]) -> AwardView:
    version, award, revision_id, author = row
    course = outline_of(session, revision_id).course
    return AwardView(
        course_id=award.course_id,
        course_slug=course.slug,
        course_title=course.title,
        version=version.version,
        title=version.title,
        criteria_text=version.criteria_text,
        minimum_percent=version.minimum_percent,
        issuing=version.issuing,
        validity_months=version.validity_months,
        signatory_name=version.signatory_name,
        signatory_title=version.signatory_title,
        created_at=version.created_at,
        author=author or "",
    )
