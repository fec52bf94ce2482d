"""The administrator's desk: awards, eligibilities, certificates."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from lms.certificates.models import Certificate, Eligibility
from lms.core.audit import AuditDetail, AuditEntry
from lms.core.web.context import Program
from tests.features.certificates.scene import complete, course_files, publish
from tests.makers import make_person, sign_in_as
from tests.web.certificates.conftest import Scene
from tests.web.certificates.test_mine import count

TERMS = {
    "title": "Certificate of completion: Sailing in Wind",
    "criteria_text": "Reefed in time.",
    "minimum_percent": "80",
    "issuing": "approval",
    "validity_months": "",
    "signatory_name": "Demo Signatory",
    "signatory_title": "Head of Sailing",
    "base_version": "1",
}


def paths(scene: Scene) -> Iterator[str]:
    one = f"/admin/certificates/{scene.code}"
    yield from ("/admin/awards", "/admin/awards/sailing", "/admin/eligibilities")
    yield from ("/admin/certificates", "/admin/certificates/issue", one)
    yield from (f"{one}/reissue", f"{one}/revoke")


def test_the_desk_is_for_administrators_only(
    client: FlaskClient, program: Program, scene: Scene
) -> None:
    assert {client.get(path).status_code for path in paths(scene)} == {303}
    sign_in_as(client, program, scene.holder)
    assert {client.get(path).status_code for path in paths(scene)} == {403}
    assert client.post(f"/admin/certificates/{scene.code}/revoke").status_code == 403
    assert client.post("/admin/eligibilities", data={"act": "approve"}).status_code == 403


def test_every_page_of_the_desk_answers(as_admin: FlaskClient, scene: Scene) -> None:
    for path in paths(scene):
        assert as_admin.get(path).status_code == 200, path


def test_an_award_is_edited_and_its_versions_are_told(as_admin: FlaskClient, scene: Scene) -> None:
    answer = as_admin.post("/admin/awards/sailing", data=TERMS)
    assert answer.status_code == 303
    page = as_admin.get("/admin/awards/sailing").text
    for said in ("Version 2 by Ada Admin", "Version 1, proposed by the course", "Reefed in time."):
        assert said in page, said
    assert 'name="base_version" type="hidden" value="2"' in page
    assert "By approval" in as_admin.get("/admin/awards").text


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", "", "Please give the award a title."),
        ("minimum_percent", "101", "from 0 to 100"),
        ("minimum_percent", "many", "Not a valid integer value"),
        ("validity_months", "0", "from 1 to 1200"),
        ("issuing", "magic", "Not a valid choice"),
        ("criteria_text", "x" * 601, "At most 600 characters"),
        ("signatory_name", "Eve\u202e", "invisible or control character"),
    ],
)
def test_a_faulty_award_is_refused_beside_its_field(
    as_admin: FlaskClient, field: str, value: str, said: str
) -> None:
    answer = as_admin.post("/admin/awards/sailing", data=TERMS | {field: value})
    assert answer.status_code == 422
    assert said in answer.text
    assert "Version 2" not in as_admin.get("/admin/awards/sailing").text


def test_an_award_that_somebody_else_changed_is_not_overwritten(as_admin: FlaskClient) -> None:
    as_admin.post("/admin/awards/sailing", data=TERMS)
    answer = as_admin.post("/admin/awards/sailing", data=TERMS | {"title": "Mine"})
    assert answer.status_code == 409
    assert "Somebody else has changed this award" in answer.text


def wait(program: Program, number: int) -> list[str]:
    """Let a number of people wait for approval; return their public ids."""
    with program.database.unit_of_work() as session:
        course = publish(session, course_files("knots", "Knots", "approval"))
        for index in range(number):
            person = make_person(session, f"p{index}@example.org", f"Person {index}")
            complete(session, person, course)
        return list(session.scalars(select(Eligibility.public_id).order_by(Eligibility.id)))


def test_several_are_approved_at_once(as_admin: FlaskClient, program: Program) -> None:
    ids = wait(program, 3)
    assert "3 people wait" in as_admin.get("/admin/eligibilities").text
    data = {"act": "approve", "chosen": [ids[0], ids[2]]}
    page = as_admin.post("/admin/eligibilities", data=data, follow_redirects=True).text
    assert "2 certificates are issued." in page
    assert "1 person waits" in page
    assert "Person 1" in page
    approved = as_admin.get("/admin/eligibilities?state=approved").text
    assert "Person 0" in approved
    assert "Ada Admin" in approved


def test_one_that_was_decided_already_does_not_hinder_the_others(
    as_admin: FlaskClient, program: Program
) -> None:
    ids = wait(program, 2)
    as_admin.post("/admin/eligibilities", data={"act": "approve", "chosen": ids[:1]})
    data = {"act": "approve", "chosen": ids}
    page = as_admin.post("/admin/eligibilities", data=data, follow_redirects=True).text
    assert "1 certificate is issued." in page
    assert "Somebody has decided about this in the meantime." in page


def test_declining_needs_a_note_and_keeps_what_was_ticked(
    as_admin: FlaskClient, program: Program
) -> None:
    ids = wait(program, 2)
    data = {"act": "decline", "chosen": ids[:1], "note": " "}
    answer = as_admin.post("/admin/eligibilities", data=data)
    assert answer.status_code == 422
    assert "Please write why" in answer.text
    assert answer.text.count("checked") == 1
    page = as_admin.post(
        "/admin/eligibilities", data=data | {"note": "Come and see me."}, follow_redirects=True
    ).text
    assert "1 person is told." in page


def test_an_eligibility_says_why_in_words(as_admin: FlaskClient, program: Program) -> None:
    (public_id,) = wait(program, 1)
    page = as_admin.get(f"/admin/eligibilities/{public_id}").text
    assert "The course was completed." in page
    assert as_admin.get("/admin/eligibilities/nothing").status_code == 404
    assert as_admin.post("/admin/eligibilities", data={"act": "x"}).status_code == 409


def test_nothing_ticked_is_refused(as_admin: FlaskClient) -> None:
    answer = as_admin.post("/admin/eligibilities", data={"act": "approve"})
    assert answer.status_code == 422
    assert "Tick at least one person." in answer.text


def test_certificates_are_found_by_address_of_the_page(as_admin: FlaskClient, scene: Scene) -> None:
    for query in ("q=lina", f"q={scene.code}", "course=sailing&state=valid", "q=learner@"):
        assert scene.code in as_admin.get(f"/admin/certificates?{query}").text, query
    assert "No certificate fits" in as_admin.get("/admin/certificates?q=nobody").text


def test_a_certificate_shows_all_that_is_on_record(as_admin: FlaskClient, scene: Scene) -> None:
    page = as_admin.get(f"/admin/certificates/{scene.code}").text
    for said in (
        "learner@example.org",
        "The course was completed.",
        "Nothing had been revoked before.",
        "Version 1 of the award issued it by rule.",
        "Final assessment",
        "90 %",
        scene.course.revision_hash,
        "Cycle 1, issue 1",
    ):
        assert said in page, said


def test_issuing_by_hand_gives_a_certificate_and_an_audit_entry(
    as_admin: FlaskClient, program: Program, scene: Scene
) -> None:
    data = {"email": " Stranger@Example.org ", "course": "sailing", "reason": "Learned at sea."}
    page = as_admin.post("/admin/certificates/issue", data=data, follow_redirects=True).text
    assert "Stan Stranger" in page
    assert "Learned at sea." in page
    with program.database.read() as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert entry is not None
        assert (entry.action, entry.actor_id) == ("certificate.issued", scene.admin.id)
        assert "Learned at sea." in session.get_one(AuditDetail, entry.id).text


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({"email": "ghost@example.org"}, 409, "Nobody has an account"),
        ({"email": "learner@example.org"}, 409, "has a valid certificate of this award"),
        ({"reason": ""}, 422, "Please give the reason"),
        ({"course": "other"}, 422, "Not a valid choice"),
        ({"email": "no address"}, 422, "This is not an e-mail address"),
    ],
)
def test_issuing_by_hand_names_what_is_wrong(
    as_admin: FlaskClient, program: Program, change: dict[str, str], status: int, said: str
) -> None:
    data = {"email": "stranger@example.org", "course": "sailing", "reason": "Sea."} | change
    answer = as_admin.post("/admin/certificates/issue", data=data)
    assert answer.status_code == status
    assert said in answer.text
    with program.database.read() as session:
        assert len(session.scalars(select(Certificate)).all()) == 1


def test_reissue_leads_to_the_newer_certificate(as_admin: FlaskClient, scene: Scene) -> None:
    one = f"/admin/certificates/{scene.code}"
    assert "Lina Learner" in as_admin.get(f"{one}/reissue").text
    same = as_admin.post(f"{one}/reissue", data={"name": "Lina  Learner"})
    assert same.status_code == 409
    page = as_admin.post(
        f"{one}/reissue", data={"name": "لينا الصحيحة"}, follow_redirects=True
    ).text
    assert "لينا الصحيحة" in page
    assert f"Replaces {scene.code}" in page
    assert "Superseded" in as_admin.get(one).text


def test_revoking_asks_for_a_reason_first(as_admin: FlaskClient, scene: Scene) -> None:
    one = f"/admin/certificates/{scene.code}"
    assert "This is final" in as_admin.get(f"{one}/revoke").text
    refused = as_admin.post(f"{one}/revoke", data={"public_note": "x"})
    assert (refused.status_code, "Please choose a reason" in refused.text) == (422, True)
    data = {"reason": "misconduct", "public_note": "Rules broken.", "private_note": "Case 9."}
    page = as_admin.post(f"{one}/revoke", data=data, follow_redirects=True).text
    for said in ("Revoked", "For everyone: Rules broken.", "For administrators: Case 9."):
        assert said in page, said
    assert f"{one}/revoke" not in page
    assert as_admin.post(f"{one}/revoke", data=data).status_code == 409


def test_lists_take_as_many_statements_for_many_rows_as_for_one(
    as_admin: FlaskClient, program: Program
) -> None:
    pages = ("/admin/awards", "/admin/eligibilities", "/admin/certificates")
    wait(program, 1)
    for path in pages:
        as_admin.get(path)
    few = [count(program, as_admin, path) for path in pages]
    with program.database.unit_of_work() as session:
        for number in range(10):
            issuing = "approval" if number % 2 else "rule"
            course = publish(session, course_files(f"c{number}", f"Course {number}", issuing))
            complete(session, make_person(session, f"q{number}@example.org"), course)
    for path in pages:
        as_admin.get(path)
    assert [count(program, as_admin, path) for path in pages] == few
