"""Course covers: the same course always looks the same, and nothing in a picture can act."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from lms.catalog.cover import cover_svg

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {"svg", "title", "defs", "linearGradient", "stop", "rect", "circle", "path"}
keys = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,5}", fullmatch=True)


@given(keys)
def test_same_course_always_has_the_same_cover(key: str) -> None:
    assert cover_svg(key, "A course") == cover_svg(key, "A course")


@given(keys, st.text(alphabet=st.characters(exclude_categories=("Cc", "Cs", "Cn")), max_size=80))
def test_cover_is_small_well_formed_and_only_draws(key: str, title: str) -> None:
    picture = cover_svg(key, title)
    root = ElementTree.fromstring(picture)
    assert root.findtext(f"{SVG}title") == title
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= DRAWN
    assert not any("style" in element.attrib for element in root.iter())
    assert len(picture) < 12_000


def test_courses_differ() -> None:
    assert len({cover_svg(f"course-{number}", "") for number in range(40)}) == 40
