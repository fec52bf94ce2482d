"""States, corrections and revocations: everything stays visible, nothing is deleted."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

import lms.certificates
from lms.accounts.models import Person
from lms.catalog.published import PublishedCourse
from lms.certificates.models import Certificate
from lms.certificates.queries.certificates import find_public, load_for_staff
from lms.certificates.queries.lists import Wanted, held_by, search
from lms.certificates.services.lifecycle import reissue, revoke
from lms.core.errors import DomainError
from lms.engine.certification import add_months
from tests.conftest import START
from tests.features.certificates.scene import (
    LINKS,
    announce,
    certificates,
    complete,
    course_files,
    make_certificate,
    publish,
    viewer_of,
)
from tests.makers import make_person

LATER = START + timedelta(days=3)


@pytest.fixture
def admin(session: Session) -> Person:
    return make_person(session, "admin@example.org", "Ada Admin", administrator=True)


@pytest.fixture
def holder(session: Session) -> Person:
    return make_person(session)


@pytest.fixture
def course(session: Session) -> PublishedCourse:
    return publish(session, course_files())


@pytest.fixture
def code(session: Session, holder: Person, course: PublishedCourse) -> str:
    complete(session, holder, course)
    return certificates(session)[0].code


def state_of(session: Session, code: str, now: object = LATER) -> str:
    found = find_public(session, code, now)  # type: ignore[arg-type]
    assert found is not None
    return found.state


def take_back(session: Session, admin: Person, code: str) -> None:
    actor = viewer_of(admin)
    revoke(session, actor, code, "issued-in-error", "A mix-up.", "Ticket 7.", LATER)


def correct(session: Session, admin: Person, code: str, name: str = "Lina Right") -> str:
    return reissue(session, viewer_of(admin), code, name, "Typing mistake.", LINKS, LATER)


def test_state_follows_the_clock(session: Session, code: str) -> None:
    expires = add_months(START, 36)
    assert state_of(session, code, START) == "valid"
    assert state_of(session, code, expires - timedelta(days=30)) == "expiring"
    assert state_of(session, code, expires) == "expired"


def test_revoked_shows_date_reason_and_public_note_only(
    session: Session, admin: Person, code: str
) -> None:
    take_back(session, admin, code)
    found = find_public(session, code, LATER)
    assert found is not None
    assert found.revocation is not None
    assert (found.state, found.revocation.at) == ("revoked", LATER)
    assert (found.revocation.reason_code, found.revocation.public_note) == (
        "issued-in-error",
        "A mix-up.",
    )
    assert "Ticket" not in repr(found)
    assert load_for_staff(session, code, LATER).events[-1].private_note == "Ticket 7."


def test_revoking_needs_one_of_the_reasons(session: Session, admin: Person, code: str) -> None:
    with pytest.raises(DomainError, match="one of the reasons"):
        revoke(session, viewer_of(admin), code, "bad-mood", "", "", LATER)
    assert state_of(session, code) == "valid"


def test_after_a_revocation_the_rule_issues_nothing(
    session: Session, admin: Person, holder: Person, course: PublishedCourse, code: str
) -> None:
    from lms.learning.models import Enrolment

    take_back(session, admin, code)
    enrolment = session.scalars(select(Enrolment)).one()
    announce(session, enrolment, LATER)
    assert [row.code for row in certificates(session)] == [code]


def test_after_a_revocation_an_administrator_can_issue_anew(
    session: Session, admin: Person, holder: Person, course: PublishedCourse, code: str
) -> None:
    take_back(session, admin, code)
    newer = make_certificate(session, admin, holder, course, LATER)
    old, new = certificates(session)
    assert (new.code, new.cycle, new.issue_no) == (newer, 1, 2)
    assert (state_of(session, old.code), state_of(session, new.code)) == ("revoked", "valid")


def test_a_correction_supersedes_and_keeps_everything_but_the_name(
    session: Session, admin: Person, code: str
) -> None:
    newer = correct(session, admin, code)
    old, new = find_public(session, code, LATER), find_public(session, newer, LATER)
    assert old is not None
    assert new is not None
    assert (old.state, old.holder_name, old.replaced_by) == ("superseded", "Lina Learner", newer)
    assert (new.state, new.holder_name, new.replaces) == ("valid", "Lina Right", code)
    assert (new.issued_at, new.expires_at) == (old.issued_at, old.expires_at)
    assert (new.corrected_at, old.corrected_at) == (LATER, None)
    assert len(load_for_staff(session, newer, LATER).evidence) == 2


def test_a_chain_of_corrections_has_one_current_end(
    session: Session, admin: Person, holder: Person, code: str
) -> None:
    second = correct(session, admin, code)
    third = correct(session, admin, second, "Lina Best")
    states = [state_of(session, each) for each in (code, second, third)]
    assert states == ["superseded", "superseded", "valid"]
    assert [row.issue_no for row in certificates(session)] == [1, 2, 3]
    assert next(row.code for row in held_by(session, holder.id, LATER)) == third


@pytest.mark.parametrize("name", ["", "x" * 121, "Li\u202ena", "Lina\x07"])
def test_a_correction_to_an_unusable_name_changes_nothing(
    session: Session, admin: Person, code: str, name: str
) -> None:
    with pytest.raises(DomainError):
        correct(session, admin, code, name)
    assert [row.code for row in certificates(session)] == [code]


def test_what_is_superseded_or_revoked_stays_so(session: Session, admin: Person, code: str) -> None:
    newer = correct(session, admin, code)
    for act in (correct, take_back):
        with pytest.raises(DomainError, match="newer certificate"):
            act(session, admin, code)
    take_back(session, admin, newer)
    for act in (correct, take_back):
        with pytest.raises(DomainError, match="revoked"):
            act(session, admin, newer)


def test_the_database_refuses_a_second_current_certificate(session: Session, code: str) -> None:
    row = certificates(session)[0]
    values = {
        column.name: getattr(row, column.name)
        for column in Certificate.__table__.columns
        if column.name not in ("id", "code", "issue_no")
    }
    session.add(Certificate(**values, code="another", issue_no=2))
    with pytest.raises(IntegrityError):
        session.flush()


def test_search_finds_by_code_name_mail_course_and_state(
    session: Session, admin: Person, code: str
) -> None:
    newer = correct(session, admin, code, "Zoë 100%")
    for text in (newer, newer.replace("-", "").lower(), "zoë", "100%"):
        page = search(session, Wanted(text=text), 1, LATER)
        assert [row.code for row in page.rows] == [newer], text
    assert search(session, Wanted(text="learner@example.org"), 1, LATER).total == 2
    assert search(session, Wanted(state="superseded", course="sailing"), 1, LATER).total == 1
    for wanted in (Wanted(text="_"), Wanted(state="revoked"), Wanted(course="other")):
        assert search(session, wanted, 1, LATER).total == 0


def test_no_code_of_this_feature_deletes(code: str) -> None:
    """Nothing is ever deleted: no call of a delete in the whole feature."""
    for path in Path(lms.certificates.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                assert name not in ("delete", "drop", "truncate"), f"{path}:{node.lineno}"
