"""The catalogue page: search, filters, pages, empty states."""

import pytest
from flask.testing import FlaskClient

from lms.catalog import views
from lms.core.web.context import Program
from tests.courses import make_course


@pytest.fixture
def courses(program: Program) -> None:
    with program.database.unit_of_work() as session:
        for key, title in (
            ("small", "Sailing for all"),
            ("other", "Çay & tea"),
            ("third", "Third"),
        ):
            make_course(session, key, title=title, modules=1, lessons=1)


def test_an_empty_site_says_what_will_stand_here(client: FlaskClient) -> None:
    assert "No course is published yet" in client.get("/").text


@pytest.mark.usefixtures("courses")
def test_every_course_is_shown_with_its_cover(client: FlaskClient) -> None:
    page = client.get("/").text
    assert "3 courses" in page
    assert "/courses/small/cover.svg" in page
    assert "Çay &amp; tea" in page


@pytest.mark.usefixtures("courses")
def test_a_search_folds_case_and_accents(client: FlaskClient) -> None:
    page = client.get("/?q=cay").text
    assert "1 course found" in page
    assert "Sailing" not in page


@pytest.mark.usefixtures("courses")
@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("level=foundation", 3),
        ("level=expert", 0),
        ("topic=testing", 3),
        ("topic=nothing", 0),
        ("hours=short", 3),
        ("hours=long", 0),
        ("language=en", 3),
        ("language=ur", 0),
        ("level=%27%22%3E&hours=odd", 0),
    ],
)
def test_filters_narrow_the_list(client: FlaskClient, query: str, number: int) -> None:
    page = client.get(f"/?{query}").text
    if number:
        assert "3 courses found" in page
    else:
        assert "Nothing fits that search" in page


@pytest.mark.usefixtures("courses")
def test_long_lists_come_in_pages(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "CARDS", 2)
    first, second = client.get("/").text, client.get("/?page=2").text
    assert first.count("/cover.svg") == 2
    assert second.count("/cover.svg") == 1
    assert client.get("/?page=99").text.count("/cover.svg") == 1


@pytest.mark.usefixtures("courses")
def test_what_was_searched_for_is_escaped(client: FlaskClient) -> None:
    page = client.get("/?q=%3Cscript%3Ealert(1)%3C/script%3E").text
    assert "<script>alert" not in page
