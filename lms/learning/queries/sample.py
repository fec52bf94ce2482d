"""The sample quiz: drawn by a seed that travels with the page, so that nothing is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from lms.catalog.parts import ItemParts
from lms.catalog.published import PublishedCourse
from lms.core.errors import NotFound
from lms.core.markup import safe
from lms.core.text import sentence
from lms.engine import items
from lms.engine.assembly import Slot, assemble
from lms.engine.content.model import Course, Quiz
from lms.engine.items import MalformedResponse, Response
from lms.engine.items.views import ItemView, ReviewView
from lms.learning.routes import Routes


@dataclass(frozen=True)
class SampleQuestion:
    """One question; `review` is there once it has been answered."""

    number: int
    question: Markup
    view: ItemView
    review: ReviewView | None = None


@dataclass(frozen=True)
class SamplePage:
    """The sample quiz of a course, to answer or answered."""

    course: Course
    quiz: Quiz
    routes: Routes
    body: Markup
    seed: str
    questions: tuple[SampleQuestion, ...]
    right: int | None = None


def load_sample(published: PublishedCourse, seed: bytes, routes: Routes) -> SamplePage:
    """Return the questions that a seed draws."""
    quiz = _sample_of(published)
    form = assemble(quiz, published.course.items, seed, published.revision_hash)
    questions = tuple(
        _question(published, slot, number) for number, slot in enumerate(form.slots, 1)
    )
    body = safe(published.html[f"quiz:{quiz.id}"])
    return SamplePage(published.course, quiz, routes, body, seed.hex(), questions)


def grade_sample(
    published: PublishedCourse, seed: bytes, fields: Mapping[str, Sequence[str]], routes: Routes
) -> SamplePage:
    """Return the same questions with the reason of every option."""
    page = load_sample(published, seed, routes)
    form = assemble(page.quiz, published.course.items, seed, published.revision_hash)
    questions = tuple(
        _answered(published, slot, asked, fields)
        for slot, asked in zip(form.slots, page.questions, strict=True)
    )
    right = sum(one.review is not None and one.review.grade.correct for one in questions)
    return SamplePage(page.course, page.quiz, routes, page.body, page.seed, questions, right=right)


def _sample_of(published: PublishedCourse) -> Quiz:
    if published.course.sample is None:
        raise NotFound(sentence("This course has no sample quiz."))
    return published.course.sample


def _prefix(number: int) -> str:
    return f"q{number}-"


def _question(published: PublishedCourse, slot: Slot, number: int) -> SampleQuestion:
    parts = ItemParts(published.html, slot.ref)
    item = published.course.items[slot.ref]
    view = items.present(item, slot.arrangement, parts, None, _prefix(number))
    return SampleQuestion(number, safe(parts["question"]), view)


def _answered(
    published: PublishedCourse,
    slot: Slot,
    asked: SampleQuestion,
    fields: Mapping[str, Sequence[str]],
) -> SampleQuestion:
    item = published.course.items[slot.ref]
    response: Response | None = None
    try:
        response = items.read(item, slot.arrangement, fields, _prefix(asked.number))
    except MalformedResponse:
        response = None  # what cannot be read counts as not answered
    parts = ItemParts(published.html, slot.ref)
    review = items.explain(item, slot.arrangement, response, parts)
    return SampleQuestion(asked.number, asked.question, asked.view, review)
