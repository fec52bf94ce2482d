"""What is decided upon: somebody who completed a course, its award and the evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from lms.accounts.models import Person
from lms.catalog import published
from lms.catalog.published import PublishedCourse
from lms.certificates.models import AwardVersion, Certificate
from lms.certificates.queries.awards import terms_in_force
from lms.certificates.queries.evidence import Evidence, final_share, passed_attempts
from lms.engine.certification import AwardFacts, Decision, Policy, decide
from lms.learning.models import Enrolment

FIRST_CYCLE = 1  # the cycle of the rule; only a renewal raises it


@dataclass(frozen=True)
class Case:
    """One person, one award, and what the rule says about them."""

    person: Person
    published: PublishedCourse
    terms: AwardVersion
    evidence: tuple[Evidence, ...]
    decision: Decision

    @property
    def attempts(self) -> tuple[int, ...]:
        """The attempts that a certificate is pinned to."""
        return tuple(entry.attempt_id for entry in self.evidence)

    def trace(self, issued: str) -> Mapping[str, object]:
        """Return what is kept of the decision: its checks and the scores that it looked at."""
        scores = [{"quiz": entry.quiz_key, "share": str(entry.share)} for entry in self.evidence]
        return {"issued": issued, "evidence": scores} | self.decision.to_json()


def open_case(session: Session, enrolment_id: int, revision_id: int) -> Case | None:
    """Put together what the rule needs; None where the course has no award."""
    enrolment = session.get_one(Enrolment, enrolment_id)
    terms = terms_in_force(session, enrolment.course_id)
    if terms is None:
        return None
    found = published.by_revision(session, revision_id)
    evidence = passed_attempts(session, enrolment_id, found.course)
    share = final_share(evidence, found.course)
    facts = AwardFacts(
        course_completed=enrolment.completed_at is not None,
        final_passed=share is not None,
        best_share=share,
        revoked_in_cycle=_is_revoked(session, enrolment.person_id, terms.award_id),
    )
    person = session.get_one(Person, enrolment.person_id)
    return Case(person, found, terms, evidence, decide(_policy(terms), facts))


def _policy(terms: AwardVersion) -> Policy:
    percent = terms.minimum_percent
    return Policy(
        version=terms.version,
        minimum_share=None if percent is None else Fraction(percent, 100),
        issuing="approval" if terms.issuing == "approval" else "rule",
        validity_months=terms.validity_months,
    )


def _is_revoked(session: Session, person_id: int, award_id: int) -> bool:
    """Tell whether anything was revoked in the cycle of the rule."""
    revoked = exists().where(
        Certificate.holder_id == person_id,
        Certificate.award_id == award_id,
        Certificate.cycle == FIRST_CYCLE,
        Certificate.revoked_at.is_not(None),
    )
    return bool(session.scalar(select(revoked)))
