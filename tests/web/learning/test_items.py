"""Every type of item is asked without its key and explained with every reason."""

from pathlib import Path

import pytest
from flask import Flask, get_template_attribute

from lms.authoring.folder import read_folder
from lms.authoring.services import publish_tree
from lms.catalog.parts import ItemParts
from lms.catalog.published import PublishedCourse, by_slug
from lms.core.web.context import Program
from lms.engine import items
from lms.engine.items import TYPES, Item
from tests.conftest import START

ROOT = Path(__file__).resolve().parents[3]
SEED = bytes(8)


@pytest.fixture
def welcome(program: Program) -> PublishedCourse:
    """The course that shows everything that the platform can do."""
    files = read_folder([ROOT / "courses" / "welcome", ROOT / "quizzes" / "welcome"])
    with program.database.unit_of_work() as session:
        publish_tree(session, files, "folder", None, START)
        return by_slug(session, "welcome")


def reasons(published: PublishedCourse, item: Item) -> list[str]:
    parts = ItemParts(published.html, item.ref)
    return [parts[name] for name in item.markdown_parts() if name.startswith("rationale:")]


def test_the_welcome_course_has_every_type(welcome: PublishedCourse) -> None:
    assert {item.type for item in welcome.course.items.values()} == set(TYPES)


def test_asking_shows_no_reason(app: Flask, welcome: PublishedCourse) -> None:
    with app.test_request_context():
        ask = get_template_attribute("items/any.html", "ask")
        for item in welcome.course.items.values():
            parts = ItemParts(welcome.html, item.ref)
            html = ask(items.present(item, items.deal(item, SEED), parts))
            assert "<input" in html or "<select" in html
            assert not [reason for reason in reasons(welcome, item) if reason in html]


def test_every_answer_is_explained_with_every_reason(app: Flask, welcome: PublishedCourse) -> None:
    with app.test_request_context():
        explain = get_template_attribute("items/any.html", "explain")
        for item in welcome.course.items.values():
            parts, dealt = ItemParts(welcome.html, item.ref), items.deal(item, SEED)
            for example in items.examples(item, dealt):
                response = items.read(item, dealt, example.fields)
                html = explain(items.explain(item, dealt, response, parts))
                assert [one for one in reasons(welcome, item) if one not in html] == []


def test_what_was_saved_is_selected_again(app: Flask, welcome: PublishedCourse) -> None:
    with app.test_request_context():
        ask = get_template_attribute("items/any.html", "ask")
        for item in welcome.course.items.values():
            parts, dealt = ItemParts(welcome.html, item.ref), items.deal(item, SEED)
            for example in items.examples(item, dealt):
                response = items.read(item, dealt, example.fields)
                html = ask(items.present(item, dealt, parts, response))
                is_kept = " checked" in html or " selected" in html or 'value=""' not in html
                assert is_kept or response is None
