"""What the rule gives, what a person approves, and what stands on it."""

import json
from datetime import timedelta
from fractions import Fraction

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.accounts.models import Person
from lms.certificates.models import CertificateEvidence, Eligibility
from lms.certificates.queries.certificates import find_public, load_for_staff
from lms.certificates.services.eligibilities import approve_eligibility, decline_eligibility
from lms.core.audit import AuditEntry
from lms.core.errors import DomainError
from lms.core.outbox import OutboxTask
from lms.engine.certification import add_months
from lms.engine.code import parse_code
from tests.conftest import START
from tests.features.certificates.scene import (
    LINKS,
    announce,
    certificates,
    complete,
    course_files,
    make_certificate,
    publish,
    set_terms,
    viewer_of,
)
from tests.makers import make_person


def mails_to(session: Session, person: Person) -> list[str]:
    tasks = session.scalars(select(OutboxTask).where(OutboxTask.kind == "mail"))
    bodies = [json.loads(task.payload) for task in tasks]
    return [body["subject"] for body in bodies if body["recipient"] == person.email]


def test_completing_a_course_issues_by_rule_at_once(session: Session) -> None:
    person, course = make_person(session), publish(session, course_files())
    complete(session, person, course)
    (row,) = certificates(session)
    assert parse_code(row.code) == row.code
    assert (row.holder_name, row.course_title) == (person.name, "Sailing in Wind")
    assert (row.cycle, row.issue_no, row.learning_hours) == (1, 1, "3.5")
    assert row.revision_id == course.revision_id
    assert row.expires_at == add_months(START, 36)
    assert mails_to(session, person) == [f"Your certificate: {row.title}"]


def test_a_certificate_is_pinned_to_the_attempts_that_earned_it(session: Session) -> None:
    person, course = make_person(session), publish(session, course_files())
    complete(session, person, course)
    (row,) = certificates(session)
    assert len(session.scalars(select(CertificateEvidence)).all()) == 2
    found = load_for_staff(session, row.code, START)
    assert [(entry.quiz_title, entry.percent) for entry in found.evidence] == [
        ("Reef quiz", 90),
        ("Final assessment", 90),
    ]
    assert found.trace["granted"] is True
    assert {check["code"] for check in found.trace["trace"]} == {"course-completed", "not-revoked"}


def test_issue_leaves_an_audit_entry_and_a_promised_document(session: Session) -> None:
    person, course = make_person(session), publish(session, course_files())
    complete(session, person, course)
    (row,) = certificates(session)
    entry = session.scalars(
        select(AuditEntry).where(AuditEntry.action == "certificate.issued")
    ).one()
    assert entry.subject == f"certificate:{row.code}"
    kinds = session.scalars(select(OutboxTask.kind)).all()
    assert kinds.count("render_certificate") == 1


def test_hearing_twice_of_a_completion_issues_once(session: Session) -> None:
    person, course = make_person(session), publish(session, course_files())
    enrolment = complete(session, person, course)
    announce(session, enrolment)
    assert len(certificates(session)) == 1
    assert len(mails_to(session, person)) == 1


def test_course_without_an_award_issues_nothing(session: Session) -> None:
    person, course = make_person(session), publish(session, course_files(issuing=None))
    complete(session, person, course)
    assert certificates(session) == []
    assert not session.scalars(select(OutboxTask)).all()


@pytest.mark.parametrize(("share", "number"), [(Fraction(4, 5), 1), (Fraction(799, 1000), 0)])
def test_minimum_is_reached_by_an_equal_share_and_missed_below_it(
    session: Session, share: Fraction, number: int
) -> None:
    person, course = make_person(session), publish(session, course_files())
    set_terms(session, person, course, minimum_percent=80)
    complete(session, person, course, share)
    assert len(certificates(session)) == number


def test_renaming_a_person_or_a_course_or_an_award_changes_no_certificate(
    session: Session,
) -> None:
    person, course = make_person(session), publish(session, course_files())
    complete(session, person, course)
    (row,) = certificates(session)
    before = find_public(session, row.code, START)
    person.name = "Somebody Else"
    session.flush()
    publish(session, course_files(title="Other Title"))
    set_terms(session, person, course, title="Other award", validity_months=1)
    session.expire_all()
    assert find_public(session, row.code, START) == before


def test_approval_makes_an_eligibility_and_no_certificate(session: Session) -> None:
    person, course = make_person(session), publish(session, course_files(issuing="approval"))
    enrolment = complete(session, person, course)
    announce(session, enrolment)
    assert certificates(session) == []
    (waiting,) = session.scalars(select(Eligibility)).all()
    assert (waiting.state, waiting.person_id) == ("waiting", person.id)
    assert mails_to(session, person) == [
        "You met the criteria for: Certificate of completion: Sailing in Wind"
    ]


def make_waiting(session: Session) -> tuple[Person, Person, Eligibility]:
    admin = make_person(session, "admin@example.org", "Ada Admin")
    person, course = make_person(session), publish(session, course_files(issuing="approval"))
    complete(session, person, course)
    return admin, person, session.scalars(select(Eligibility)).one()


def test_approving_issues_what_waited(session: Session) -> None:
    admin, _, waiting = make_waiting(session)
    code = approve_eligibility(session, viewer_of(admin), waiting.public_id, LINKS, START)
    (row,) = certificates(session)
    assert row.code == code
    assert (waiting.state, waiting.decided_by) == ("approved", admin.id)
    assert json.loads(row.trace)["approved_under_version"] == 1
    assert len(load_for_staff(session, code, START).evidence) == 2


def test_declining_tells_the_person_why(session: Session) -> None:
    admin, person, waiting = make_waiting(session)
    decline_eligibility(session, viewer_of(admin), waiting.public_id, "Come and see me.", START)
    assert certificates(session) == []
    assert waiting.state == "declined"
    assert mails_to(session, person)[-1].startswith("About your certificate")


def test_declining_without_a_word_is_refused(session: Session) -> None:
    admin, _, waiting = make_waiting(session)
    with pytest.raises(DomainError, match="write why"):
        decline_eligibility(session, viewer_of(admin), waiting.public_id, "  ", START)
    assert waiting.state == "waiting"


def test_what_was_decided_is_not_decided_again(session: Session) -> None:
    admin, _, waiting = make_waiting(session)
    decline_eligibility(session, viewer_of(admin), waiting.public_id, "No.", START)
    with pytest.raises(DomainError, match="in the meantime"):
        approve_eligibility(session, viewer_of(admin), waiting.public_id, LINKS, START)
    assert certificates(session) == []


def test_by_hand_needs_a_reason_and_keeps_it_from_the_public(session: Session) -> None:
    admin = make_person(session, "admin@example.org", "Ada Admin")
    person, course = make_person(session), publish(session, course_files())
    code = make_certificate(session, admin, person, course)
    staff = load_for_staff(session, code, START)
    assert staff.trace == {
        "issued": "by-hand",
        "policy_version": 1,
        "reason": "Studied in class.",
    }
    assert staff.events[0].private_note == "Studied in class."
    assert staff.events[0].actor == "Ada Admin"
    assert "Studied" not in repr(staff.public)


def test_by_hand_refuses_while_one_is_valid_and_renews_after_it_expired(session: Session) -> None:
    admin = make_person(session, "admin@example.org", "Ada Admin")
    person, course = make_person(session), publish(session, course_files())
    first = make_certificate(session, admin, person, course)
    with pytest.raises(DomainError, match="has a valid certificate"):
        make_certificate(session, admin, person, course, START + timedelta(days=9))
    later = add_months(START, 37)
    make_certificate(session, admin, person, course, later)
    old, new = certificates(session)
    assert (new.cycle, new.issue_no) == (2, 1)
    found = find_public(session, first, later)
    assert found is not None
    assert (found.state, found.events[-1].kind) == ("expired", "renewed")
    assert old.superseded_at is None


def test_by_hand_for_nobody_names_the_field(session: Session) -> None:
    admin, course = make_person(session), publish(session, course_files())
    ghost = Person(email="ghost@example.org")
    with pytest.raises(DomainError) as refused:
        make_certificate(session, admin, ghost, course)
    assert refused.value.field == "email"
