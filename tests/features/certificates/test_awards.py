"""A course proposes an award; administrators decide."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.certificates.models import AwardVersion
from lms.certificates.queries.awards import award_versions
from lms.core.audit import AuditEntry
from lms.core.errors import DomainError, NotFound
from tests.features.certificates.scene import course_files, publish, set_terms
from tests.makers import make_person


def test_first_publication_creates_the_award_that_the_course_proposes(session: Session) -> None:
    course = publish(session, course_files(issuing="approval"))
    (award,) = award_versions(session, course.course_id)
    assert award.title == "Certificate of completion: Sailing in Wind"
    assert (award.version, award.issuing, award.validity_months) == (1, "approval", 36)
    assert "at least 70 %" in award.criteria_text


def test_later_publication_never_changes_an_award(session: Session) -> None:
    publish(session, course_files(issuing="rule"))
    course = publish(session, course_files(title="Sailing Anew", issuing="approval"))
    (award,) = award_versions(session, course.course_id)
    assert award.issuing == "rule"
    assert award.title == "Certificate of completion: Sailing in Wind"
    assert award.course_title == "Sailing Anew"


def test_course_without_a_proposal_has_no_award_until_it_proposes_one(session: Session) -> None:
    course = publish(session, course_files(issuing=None))
    with pytest.raises(NotFound):
        award_versions(session, course.course_id)
    publish(session, course_files(issuing="rule"))
    assert len(award_versions(session, course.course_id)) == 1


def test_an_edit_adds_a_version_and_an_audit_entry(session: Session) -> None:
    admin, course = make_person(session), publish(session, course_files())
    assert set_terms(session, admin, course, minimum_percent=80) == 2
    newest, oldest = award_versions(session, course.course_id)
    assert (newest.minimum_percent, oldest.minimum_percent) == (80, None)
    assert newest.author == admin.name
    actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions == ["award.proposed", "award.changed"]


def test_saving_the_same_terms_adds_nothing(session: Session) -> None:
    admin, course = make_person(session), publish(session, course_files())
    assert set_terms(session, admin, course) == 2
    assert set_terms(session, admin, course, base=2) == 2
    assert len(session.scalars(select(AwardVersion)).all()) == 2


def test_an_edit_of_an_outdated_version_is_refused(session: Session) -> None:
    admin, course = make_person(session), publish(session, course_files())
    set_terms(session, admin, course, minimum_percent=80)
    with pytest.raises(DomainError, match="in the meantime"):
        set_terms(session, admin, course, base=1, minimum_percent=90)
