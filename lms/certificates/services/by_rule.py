"""What the rule of an award does when somebody completes a course."""

import json
from datetime import datetime

from sqlalchemy.orm import Session

from lms.certificates.letters import tell_issued, tell_waiting
from lms.certificates.links import Links
from lms.certificates.models import Eligibility
from lms.certificates.services.cases import FIRST_CYCLE, Case, open_case
from lms.certificates.services.writing import Draft, has_any, insert_certificate
from lms.core import audit
from lms.core.ids import new_public_id
from lms.core.records import insert_unless_there


def issue_by_rule(
    session: Session, enrolment_id: int, revision_id: int, links: Links, now: datetime
) -> str | None:
    """Let the rule decide about a completed course; return the code of a new certificate.

    By approval an eligibility waits instead. Safe to repeat: the database allows one current
    certificate, and one eligibility, for (holder, award, cycle). After a revocation the rule
    issues nothing in that cycle.
    """
    case = open_case(session, enrolment_id, revision_id)
    if case is None or not case.decision.granted:
        return None
    if case.decision.issuing == "approval":
        _await_approval(session, case, links, now)
        return None
    draft = Draft(case.person, case.terms, case.published, case.attempts, case.trace("by-rule"))
    certificate = insert_certificate(session, draft, FIRST_CYCLE, 1, now)
    if certificate is None:
        return None
    tell_issued(session, case.person, certificate, links, now)
    return certificate.code


def _await_approval(session: Session, case: Case, links: Links, now: datetime) -> None:
    if has_any(session, case.person.id, case.terms.award_id):
        return
    public_id = new_public_id()
    values = {
        "public_id": public_id,
        "award_id": case.terms.award_id,
        "person_id": case.person.id,
        "cycle": FIRST_CYCLE,
        "state": "waiting",
        "trace": json.dumps(case.trace("by-approval"), ensure_ascii=False),
        "created_at": now,
        "note": "",
    }
    if insert_unless_there(session, Eligibility, values):
        audit.record(session, None, "eligibility.waiting", f"eligibility:{public_id}", now)
        tell_waiting(session, case.person, case.terms.title, links, now)
