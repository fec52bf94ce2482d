"""What a course leads to.

Awards live above this feature, so whoever owns them registers the answer (`promise_from`); without
one it is what the course proposes.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from lms.catalog.published import PublishedCourse
from lms.core.db import Database

PLACE = "award_promise"


@dataclass(frozen=True)
class Promise:
    """The certificate that completing a course leads to."""

    title: str
    issuing: str
    validity_months: int | None


Source = Callable[[Session, PublishedCourse], Promise | None]


def promise_from(database: Database, source: Source) -> None:
    """Let `source` say what courses lead to."""
    database.info[PLACE] = source


def promise_of(session: Session, published: PublishedCourse) -> Promise | None:
    """Return what the course leads to, or None where it leads to no certificate."""
    source: Source | None = session.info.get(PLACE)
    promise = source(session, published) if source else None
    if promise is not None:
        return promise
    proposal = published.course.certificate
    if proposal is None:
        return None
    return Promise(proposal.title, proposal.issuing, proposal.validity_months)
