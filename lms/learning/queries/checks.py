"""Inline checks: a question in the middle of a lesson, asked, or answered and explained."""

from dataclasses import dataclass, replace

from markupsafe import Markup

from lms.catalog.parts import ItemParts
from lms.catalog.published import PublishedCourse
from lms.core.errors import NotFound
from lms.core.markup import safe
from lms.core.text import Text, sentence
from lms.engine import items
from lms.engine.items import Item, Response
from lms.engine.items.views import ItemView, ReviewView, TextView
from lms.learning.routes import Routes


@dataclass(frozen=True)
class Check:
    """One check. `deal` is the seed of its arrangement, which travels with the form."""

    ref: str
    anchor: str
    question: Markup
    action: str
    deal: str
    view: ItemView
    review: ReviewView | None = None
    error: Text | str = ""


def present_check(published: PublishedCourse, ref: str, seed: bytes, routes: Routes) -> Check:
    """Return a check to be answered."""
    item, parts = check_item(published, ref), ItemParts(published.html, ref)
    return Check(
        ref=ref,
        anchor=_anchor(ref),
        question=safe(parts["question"]),
        action=routes.check(ref),
        deal=seed.hex(),
        view=items.present(item, items.deal(item, seed), parts, None, field_prefix(ref)),
    )


def _anchor(ref: str) -> str:
    return f"check-{ref.replace('/', '-')}"


def field_prefix(ref: str) -> str:
    """Return what the field names of a check begin with: a lesson holds several checks."""
    return f"{_anchor(ref)}-"


def explain_check(
    published: PublishedCourse, check: Check, seed: bytes, response: Response
) -> Check:
    """Return the check with its answer and the reason of every option."""
    item = check_item(published, check.ref)
    parts = ItemParts(published.html, check.ref)
    return replace(check, review=items.explain(item, items.deal(item, seed), response, parts))


def refuse_check(check: Check, error: Text, typed: str) -> Check:
    """Return the check with what was typed and why it could not be read."""
    view = check.view
    if isinstance(view, TextView):
        view = replace(view, value=typed)
    return replace(check, view=view, error=error)


def check_item(published: PublishedCourse, ref: str) -> Item:
    """Return a practice item of the course; items of quizzes and exams are never checks."""
    item = published.course.items.get(ref)
    if item is None or item.use != "practice":
        raise NotFound(sentence("There is no such question."))
    return item
