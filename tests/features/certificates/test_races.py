"""Sixteen threads at once: the database allows one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy.orm import Session

from lms.catalog import published
from lms.certificates.models import Certificate, Eligibility, IssuedFile
from lms.certificates.services.by_rule import issue_by_rule
from lms.certificates.services.documents import ensure_document
from lms.certificates.services.eligibilities import approve_eligibility
from lms.certificates.services.lifecycle import reissue
from lms.core.errors import DomainError
from lms.core.web.context import Program
from tests.conftest import START
from tests.features.certificates.scene import (
    LINKS,
    certificates,
    complete,
    course_files,
    enrol_completed,
    make_certificate,
    publish,
    viewer_of,
)
from tests.makers import make_person

THREADS = 16


def at_once(program: Program, act: Callable[[Session, int], object]) -> list[object]:
    """Run `act` in sixteen units of work that begin together; refusals become None."""
    barrier = Barrier(THREADS)

    def run(number: int) -> object:
        barrier.wait()
        try:
            with program.database.unit_of_work() as session:
                return act(session, number)
        except DomainError:
            return None

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(THREADS)))


def only(results: list[object]) -> object:
    (result,) = [each for each in results if each is not None]
    return result


def test_sixteen_issues_by_rule_make_one_certificate(program: Program) -> None:
    with program.database.unit_of_work() as session:
        course = publish(session, course_files())
        enrolment = enrol_completed(session, make_person(session), course)
    done = (enrolment.id, course.revision_id)
    code = only(at_once(program, lambda session, _: issue_by_rule(session, *done, LINKS, START)))
    with program.database.read() as session:
        assert [row.code for row in certificates(session)] == [code]


def test_sixteen_issues_by_hand_make_one_certificate(program: Program) -> None:
    with program.database.unit_of_work() as session:
        admin = make_person(session, "admin@example.org")
        person, course = make_person(session), publish(session, course_files())

    def issue(session: Session, _: int) -> object:
        found = published.by_revision(session, course.revision_id)
        return make_certificate(session, admin, person, found)

    code = only(at_once(program, issue))
    with program.database.read() as session:
        assert [row.code for row in certificates(session)] == [code]


def test_sixteen_completions_wait_for_approval_once_and_are_approved_once(
    program: Program,
) -> None:
    with program.database.unit_of_work() as session:
        admin = make_person(session, "admin@example.org")
        course = publish(session, course_files(issuing="approval"))
        enrolment = enrol_completed(session, make_person(session), course)
    done = (enrolment.id, course.revision_id)
    at_once(program, lambda session, _: issue_by_rule(session, *done, LINKS, START))
    with program.database.read() as session:
        (waiting,) = session.query(Eligibility).all()
    approved = at_once(
        program,
        lambda session, _: approve_eligibility(
            session, viewer_of(admin), waiting.public_id, LINKS, START
        ),
    )
    with program.database.read() as session:
        assert [row.code for row in certificates(session)] == [only(approved)]


def test_sixteen_corrections_make_one_newer_certificate(program: Program) -> None:
    with program.database.unit_of_work() as session:
        admin = make_person(session, "admin@example.org")
        complete(session, make_person(session), publish(session, course_files()))
        code = certificates(session)[0].code

    def correct(session: Session, number: int) -> object:
        name = f"Lina the {number}th"
        return reissue(session, viewer_of(admin), code, name, "", LINKS, START)

    newer = only(at_once(program, correct))
    with program.database.read() as session:
        rows = session.query(Certificate).filter(Certificate.superseded_at.is_(None)).all()
        assert [row.code for row in rows] == [newer]


def test_sixteen_downloads_keep_one_file(program: Program) -> None:
    with program.database.unit_of_work() as session:
        complete(session, make_person(session), publish(session, course_files()))
        number = certificates(session)[0].id
    contents = at_once(program, lambda session, _: ensure_document(session, number, LINKS, START))
    assert len(set(contents)) == 1
    with program.database.read() as session:
        assert session.query(IssuedFile).count() == 1
