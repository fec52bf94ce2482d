"""What courses lead to, for the pages below this feature: the award in force, not the proposal."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.catalog.published import PublishedCourse
from lms.certificates.models import Award, AwardVersion
from lms.learning.promises import Promise


def promise_of_award(session: Session, published: PublishedCourse) -> Promise | None:
    """Return the newest version of a course's award in one statement, or None without one."""
    row = session.execute(
        select(AwardVersion.title, AwardVersion.issuing, AwardVersion.validity_months)
        .join(Award, Award.id == AwardVersion.award_id)
        .where(Award.course_id == published.course_id)
        .order_by(AwardVersion.version.desc())
        .limit(1)
    ).one_or_none()
    return Promise(*row) if row else None
