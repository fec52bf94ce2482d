"""Files of courses: shown as what they are, or downloaded; never somebody else's."""

import hashlib

import pytest
from flask.testing import FlaskClient

from lms.authoring.services import publish_tree
from lms.core.web.context import Program
from tests.conftest import START
from tests.courses import course_files

PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'
DIGEST = hashlib.sha256(PICTURE).hexdigest()
ADDRESS = f"/courses/small/media/{DIGEST}/picture.svg"


@pytest.fixture(autouse=True)
def published(program: Program) -> None:
    files = course_files(words="![A picture](../media/picture.svg)")
    files["courses/small/media/picture.svg"] = PICTURE
    with program.database.unit_of_work() as session:
        publish_tree(session, files, "folder", None, START)
        publish_tree(session, course_files("other"), "folder", None, START)


def test_a_picture_is_served_in_a_sandbox_and_kept_by_the_browser(client: FlaskClient) -> None:
    answer = client.get(ADDRESS)
    assert answer.data == PICTURE
    assert answer.mimetype == "image/svg+xml"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    )


def test_a_known_picture_is_not_sent_again(client: FlaskClient) -> None:
    tag = client.get(ADDRESS).headers["ETag"]
    assert client.get(ADDRESS, headers={"If-None-Match": tag}).status_code == 304


def test_a_part_of_a_film_can_be_asked_for(client: FlaskClient) -> None:
    answer = client.get(ADDRESS, headers={"Range": "bytes=0-3"})
    assert (answer.status_code, answer.data) == (206, b"<svg")


@pytest.mark.parametrize(
    "path",
    [
        f"/courses/other/media/{DIGEST}/picture.svg",
        f"/courses/small/media/{DIGEST}/other.svg",
        f"/courses/small/media/{DIGEST}/%25.svg",
        f"/courses/small/media/{'0' * 64}/picture.svg",
        f"/courses/small/media/{hashlib.sha256(course_files()['courses/small/course.md']).hexdigest()}/course.md",
        "/courses/nowhere/media/x/y.svg",
    ],
)
def test_other_files_are_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_cover_is_a_picture_of_its_course(client: FlaskClient) -> None:
    answer = client.get("/courses/small/cover.svg")
    assert answer.mimetype == "image/svg+xml"
    assert answer.data.startswith(b"<svg")
    assert answer.data != client.get("/courses/other/cover.svg").data
    assert client.get("/courses/nowhere/cover.svg").status_code == 404
