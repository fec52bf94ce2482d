"""Anyone can verify; nobody learns what is wrong with a code."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from lms.certificates.services.lifecycle import reissue, revoke
from lms.certificates.views.verification import MISSES
from lms.core.web.context import Program
from tests.conftest import FrozenClock
from tests.features.certificates.scene import LINKS, viewer_of
from tests.web.certificates.conftest import Scene

WRONG = [
    "0000-0000-0000-0001",
    "7K3M-9QXA-2B4C-8DEF",
    "x",
    "7K3M9QXA2B4C8DEF7K3M9QXA2B4C8DEF",
    "<script>alert(1)</script>",
    "a/b/c",
    "%00",
    "رنا",
    "x" * 900,
]


def test_a_stranger_sees_state_holder_dates_criteria_and_history(
    client: FlaskClient, scene: Scene
) -> None:
    answer = client.get(f"/verify/{scene.code}")
    page = answer.text
    assert answer.status_code == 200
    for said in (
        "This certificate is valid",
        "Lina Learner",
        "Sailing in Wind",
        "2 March 2026",
        "2 March 2029",
        "at least 70 %",
        "3.5",
        scene.course.revision_hash[:12],
        "Certificate issued",
        scene.code,
        f"/verify/{scene.code}/qr.svg",
    ):
        assert said in page, said
    assert "learner@example.org" not in page
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_the_page_needs_no_script_of_its_own(client: FlaskClient, scene: Scene) -> None:
    page = client.get(f"/verify/{scene.code}").text
    assert re.findall(r"<script[^>]*src=\"([^\"]*)\"", page) == re.findall(
        r"<script[^>]*src=\"([^\"]*)\"", client.get("/verify").text
    )


@pytest.mark.parametrize(
    "change",
    [
        str.lower,
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", " ").replace("0", "o"),
    ],
)
def test_a_code_may_be_typed_carelessly(client: FlaskClient, scene: Scene, change: object) -> None:
    typed = change(scene.code)  # type: ignore[operator]
    assert client.get(f"/verify/{typed}").status_code == 200
    answer = client.get("/verify", query_string={"code": typed})
    assert (answer.status_code, answer.location) == (303, f"/verify/{scene.code}")


def plain(page: str) -> str:
    return re.sub(r'nonce="[^"]*"|value="[^"]*"|csrf[^>]*', "", page)


def test_every_unknown_or_malformed_code_gets_the_same_answer(
    client: FlaskClient, scene: Scene
) -> None:
    answers = [client.get(f"/verify/{code}") for code in WRONG]
    assert {answer.status_code for answer in answers} == {404}
    assert len({plain(answer.text) for answer in answers}) == 1
    assert "There is no such certificate" in answers[0].text
    records = [client.get(f"/verify/{code}.json") for code in WRONG]
    assert {answer.status_code for answer in records} == {404}
    assert len({answer.text for answer in records}) == 1
    drawings = [client.get(f"/verify/{code}/qr.svg").status_code for code in WRONG[:4]]
    assert set(drawings) == {404}


def test_the_form_leads_wrong_codes_to_the_same_answer(client: FlaskClient) -> None:
    answer = client.get("/verify", query_string={"code": "?/#x"}, follow_redirects=True)
    assert answer.status_code == 404
    assert "There is no such certificate" in answer.text
    assert "Type the code" in client.get("/verify?code=").text


def test_too_many_misses_are_stopped_but_genuine_codes_still_verify(
    client: FlaskClient, scene: Scene, clock: FrozenClock
) -> None:
    for _ in range(MISSES.most):
        assert client.get("/verify/nothing").status_code == 404
    assert client.get("/verify/nothing").status_code == 429
    assert client.get("/verify/nothing.json").status_code == 429
    assert client.get(f"/verify/{scene.code}").status_code == 200
    clock.advance(minutes=16)
    assert client.get("/verify/nothing").status_code == 404


def test_expiring_and_expired_are_said_in_large_words(
    client: FlaskClient, scene: Scene, clock: FrozenClock
) -> None:
    clock.advance(days=3 * 365 - 20)
    assert "expires soon" in client.get(f"/verify/{scene.code}").text
    clock.advance(days=30)
    page = client.get(f"/verify/{scene.code}").text
    assert "This certificate has expired" in page
    assert "It was valid until 2 March 2029." in page


def test_revoked_says_when_and_why(client: FlaskClient, program: Program, scene: Scene) -> None:
    take_back(program, scene)
    page = client.get(f"/verify/{scene.code}").text
    for said in ("This certificate was revoked", "2 March 2026", "issued in error", "A mix-up."):
        assert said in page
    assert "Ticket 7" not in page


def take_back(program: Program, scene: Scene) -> None:
    with program.database.unit_of_work() as session:
        actor, now = viewer_of(scene.admin), program.clock()
        revoke(session, actor, scene.code, "issued-in-error", "A mix-up.", "Ticket 7", now)


def correct(program: Program, scene: Scene) -> str:
    with program.database.unit_of_work() as session:
        actor, now = viewer_of(scene.admin), program.clock()
        return reissue(session, actor, scene.code, "Lina Right", "", LINKS, now)


def test_superseded_links_to_the_newer_one_and_back(
    client: FlaskClient, program: Program, scene: Scene
) -> None:
    newer = correct(program, scene)
    page = client.get(f"/verify/{scene.code}").text
    assert "A newer certificate replaces this one" in page
    assert f'href="/verify/{newer}"' in page
    assert f'href="/verify/{scene.code}"' in client.get(f"/verify/{newer}").text


def test_the_record_has_the_documented_fields(client: FlaskClient, scene: Scene) -> None:
    answer = client.get(f"/verify/{scene.code}.json")
    assert answer.mimetype == "application/json"
    assert answer.json == {
        "code": scene.code,
        "kind": "certificate-of-completion",
        "state": "valid",
        "is_valid": True,
        "checked_at": "2026-03-02T09:00:00Z",
        "page": f"http://localhost/verify/{scene.code}",
        "holder": {"name": "Lina Learner"},
        "title": "Certificate of completion: Sailing in Wind",
        "course": {"title": "Sailing in Wind", "revision": scene.course.revision_hash},
        "criteria": "Completed every lesson of the course, passed every quiz, "
        "and passed the final assessment with at least 70 %.",
        "learning_hours": 3.5,
        "issuer": {"name": "Waymark", "address": ""},
        "signatory": None,
        "issued_at": "2026-03-02T09:00:00Z",
        "corrected_at": None,
        "expires_at": "2029-03-02T09:00:00Z",
        "revocation": None,
        "replaces": None,
        "replaced_by": None,
        "events": [{"kind": "issued", "at": "2026-03-02T09:00:00Z"}],
    }


def test_the_record_follows_revocation_and_replacement(
    client: FlaskClient, program: Program, scene: Scene, clock: FrozenClock
) -> None:
    clock.advance(days=1)
    newer = correct(program, scene)
    old = client.get(f"/verify/{scene.code}.json").json
    new = client.get(f"/verify/{newer}.json").json
    assert old is not None
    assert new is not None
    assert (old["state"], old["is_valid"]) == ("superseded", False)
    assert old["replaced_by"] == new["page"]
    assert (new["replaces"], new["corrected_at"]) == (old["page"], "2026-03-03T09:00:00Z")
    assert new["issued_at"] == old["issued_at"]


def test_the_record_of_a_revoked_certificate_has_its_reason(
    client: FlaskClient, program: Program, scene: Scene
) -> None:
    take_back(program, scene)
    record = client.get(f"/verify/{scene.code}.json").json
    assert record is not None
    assert record["revocation"] == {
        "at": "2026-03-02T09:00:00Z",
        "reason": "issued-in-error",
        "note": "A mix-up.",
    }


def test_the_qr_code_is_a_drawing(client: FlaskClient, scene: Scene) -> None:
    answer = client.get(f"/verify/{scene.code}/qr.svg")
    assert answer.mimetype == "image/svg+xml"
    assert answer.text.startswith("<svg")


def test_a_hostile_name_is_text_on_every_page(
    client: FlaskClient, program: Program, scene: Scene
) -> None:
    name = '<img src=x onerror=alert(1)>"&'
    with program.database.unit_of_work() as session:
        actor, now = viewer_of(scene.admin), program.clock() + timedelta(0)
        code = reissue(session, actor, scene.code, name, "", LINKS, now)
    page = client.get(f"/verify/{code}").text
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
