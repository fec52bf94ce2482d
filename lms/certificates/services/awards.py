"""Awards: proposed by a course, decided by administrators, one version after another."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lms.catalog.published import PublishedCourse
from lms.certificates.models import Award, AwardVersion
from lms.certificates.queries.awards import newest_version
from lms.core import audit
from lms.core.errors import DomainError, NotFound
from lms.core.records import insert_unless_there
from lms.core.text import sentence
from lms.core.web.auth import Viewer
from lms.engine.content.model import Course
from lms.engine.scoring import whole_percent


@dataclass(frozen=True)
class AwardTerms:
    """What an administrator chooses; `validity_months` None means that it never expires."""

    title: str
    criteria_text: str
    minimum_percent: int | None
    issuing: str
    validity_months: int | None
    signatory_name: str
    signatory_title: str


def ensure_award(session: Session, published: PublishedCourse, now: datetime) -> None:
    """Create the award that a course proposes, unless it has one: later proposals change nothing.

    Call it after each publication. A course without a proposal gets no award.
    """
    proposal = published.course.certificate
    if proposal is None:
        return
    values = {"course_id": published.course_id, "created_at": now}
    if not insert_unless_there(session, Award, values):
        return
    award = session.scalars(select(Award).where(Award.course_id == published.course_id)).one()
    terms = AwardTerms(
        title=proposal.title,
        criteria_text=_proposed_criteria(published.course),
        minimum_percent=None,
        issuing=proposal.issuing,
        validity_months=proposal.validity_months,
        signatory_name="",
        signatory_title="",
    )
    _add_version(session, award.id, 1, terms, None, now)
    _record(session, None, "award.proposed", published.course.id, 1, terms, now)


def save_award(
    session: Session,
    actor: Viewer,
    published: PublishedCourse,
    terms: AwardTerms,
    base_version: int,
    now: datetime,
) -> int:
    """Add a version with new terms and return its number; what was issued keeps its own.

    Raises DomainError where somebody else has saved since `base_version`.
    """
    award = session.scalar(
        select(Award).where(Award.course_id == published.course_id).with_for_update()
    )
    if award is None:
        raise NotFound(sentence("This course has no award."))
    newest = newest_version(session, award.id)
    if _terms_of(newest) == terms:
        return newest.version
    if newest.version != base_version:
        raise _moved_on()
    try:
        with session.begin_nested():
            _add_version(session, award.id, newest.version + 1, terms, actor.person_id, now)
    except IntegrityError:
        raise _moved_on() from None
    number = newest.version + 1
    _record(session, actor, "award.changed", published.course.id, number, terms, now)
    return number


def _proposed_criteria(course: Course) -> str:
    """Return what completing the course takes, in a sentence that administrators may change."""
    if course.final is None:
        return "Completed every lesson of the course and passed every quiz."
    percent = whole_percent(course.final.pass_mark)
    return (
        "Completed every lesson of the course, passed every quiz, "
        f"and passed the final assessment with at least {percent} %."
    )


def _terms_of(row: AwardVersion) -> AwardTerms:
    return AwardTerms(
        title=row.title,
        criteria_text=row.criteria_text,
        minimum_percent=row.minimum_percent,
        issuing=row.issuing,
        validity_months=row.validity_months,
        signatory_name=row.signatory_name,
        signatory_title=row.signatory_title,
    )


def _add_version(
    session: Session,
    award_id: int,
    number: int,
    terms: AwardTerms,
    author_id: int | None,
    now: datetime,
) -> None:
    session.add(
        AwardVersion(
            award_id=award_id,
            version=number,
            created_at=now,
            created_by=author_id,
            **asdict(terms),
        )
    )
    session.flush()


def _moved_on() -> DomainError:
    return DomainError(
        sentence(
            "Somebody else has changed this award in the meantime. "
            "Look at the award as it is now, and make your change again."
        )
    )


def _record(
    session: Session,
    actor: Viewer | None,
    action: str,
    course_key: str,
    number: int,
    terms: AwardTerms,
    now: datetime,
) -> None:
    actor_id = actor.person_id if actor else None
    subject = f"award:{course_key}"
    audit.record(session, actor_id, action, subject, now, version=number, **asdict(terms))
