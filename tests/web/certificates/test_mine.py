"""What a holder finds again, and what others do not get."""

import io

from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import event, select

from lms.certificates.models import IssuedFile
from lms.core.web.context import Program
from tests.features.certificates.scene import complete, course_files, publish
from tests.makers import sign_in_as
from tests.web.certificates.conftest import Scene
from tests.web.certificates.test_verification import correct, take_back


def test_a_stranger_is_sent_to_sign_in(client: FlaskClient, scene: Scene) -> None:
    for path in ("/certificates", "/transcript", f"/certificates/{scene.code}.pdf"):
        answer = client.get(path)
        assert answer.status_code == 303
        assert answer.location.startswith("/sign-in?next=")


def test_my_certificates_show_link_document_and_page(as_holder: FlaskClient, scene: Scene) -> None:
    page = as_holder.get("/certificates").text
    for said in (
        "Sailing in Wind",
        f"http://localhost/verify/{scene.code}",
        f"/certificates/{scene.code}.pdf",
        "mailto:?subject=",
        "Valid",
    ):
        assert said in page, said


def test_empty_pages_teach_what_will_stand_there(
    client: FlaskClient, program: Program, scene: Scene
) -> None:
    sign_in_as(client, program, scene.stranger)
    assert "Your certificates will stand here" in client.get("/certificates").text
    assert "Your transcript begins" in client.get("/transcript").text


def test_what_waits_for_approval_is_shown(
    client: FlaskClient, program: Program, scene: Scene
) -> None:
    with program.database.unit_of_work() as session:
        course = publish(session, course_files("knots", "Knots", "approval"))
        complete(session, scene.stranger, course)
    sign_in_as(client, program, scene.stranger)
    page = client.get("/certificates").text
    assert "Certificate of completion: Knots" in page
    assert "An administrator approves" in page


def test_the_holder_and_administrators_get_the_document_and_nobody_else(
    client: FlaskClient, program: Program, scene: Scene
) -> None:
    contents = []
    for person in (scene.holder, scene.admin):
        sign_in_as(client, program, person)
        answer = client.get(f"/certificates/{scene.code}.pdf")
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
        assert answer.headers["Cache-Control"] == "no-store"
        contents.append(answer.data)
    assert contents[0] == contents[1]
    assert "Lina Learner" in PdfReader(io.BytesIO(contents[0])).pages[0].extract_text()
    sign_in_as(client, program, scene.stranger)
    refused = client.get(f"/certificates/{scene.code}.pdf")
    unknown = client.get("/certificates/7K3M-9QXA-2B4C-8DEF.pdf")
    assert (refused.status_code, unknown.status_code) == (404, 404)


def test_a_download_writes_nothing_and_equals_the_file_that_is_kept(
    as_holder: FlaskClient, program: Program, scene: Scene
) -> None:
    early = as_holder.get(f"/certificates/{scene.code}.pdf").data
    with program.database.read() as session:
        assert session.scalars(select(IssuedFile)).all() == []
    program.worker.drain(program.clock)
    with program.database.read() as session:
        assert session.scalars(select(IssuedFile.content)).one() == early
    assert as_holder.get(f"/certificates/{scene.code}.pdf").data == early


def test_documents_of_revoked_and_replaced_certificates_are_for_administrators_only(
    client: FlaskClient, program: Program, scene: Scene
) -> None:
    newer = correct(program, scene)
    sign_in_as(client, program, scene.holder)
    assert client.get(f"/certificates/{scene.code}.pdf").status_code == 409
    assert client.get(f"/certificates/{newer}.pdf").status_code == 200
    sign_in_as(client, program, scene.admin)
    assert client.get(f"/certificates/{scene.code}.pdf").status_code == 200


def test_a_revoked_certificate_stays_listed(
    as_holder: FlaskClient, program: Program, scene: Scene
) -> None:
    take_back(program, scene)
    page = as_holder.get("/certificates").text
    assert "Revoked" in page
    assert f"/certificates/{scene.code}.pdf" not in page


def test_the_transcript_lists_courses_scores_and_certificates(
    as_holder: FlaskClient, scene: Scene
) -> None:
    page = as_holder.get("/transcript").text
    for said in (
        "Sailing in Wind",
        "Completed",
        "Reef quiz",
        "Final assessment",
        "90 %",
        scene.code,
    ):
        assert said in page, said


def test_lists_take_as_many_statements_for_many_certificates_as_for_one(
    as_holder: FlaskClient, program: Program, scene: Scene
) -> None:
    paths = ("/certificates", "/transcript")
    for path in paths:
        as_holder.get(path)
    few = [count(program, as_holder, path) for path in paths]
    with program.database.unit_of_work() as session:
        for number in range(12):
            course = publish(session, course_files(f"course-{number}", f"Course {number}"))
            complete(session, scene.holder, course)
    for path in paths:
        assert "Course 11" in as_holder.get(path).text
    assert [count(program, as_holder, path) for path in paths] == few


def count(program: Program, client: FlaskClient, path: str) -> int:
    statements: list[str] = []

    def note(*details: object) -> None:
        statements.append(str(details[2]))

    event.listen(program.database.engine, "before_cursor_execute", note)
    client.get(path)
    event.remove(program.database.engine, "before_cursor_execute", note)
    return len(statements)
