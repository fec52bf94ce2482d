"""The page before a quiz: what it covers, how often it may be tried, and what came of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from markupsafe import Markup
from sqlalchemy.orm import Session

from lms.assessment.policy import refusal_in_words
from lms.assessment.queries import PastAttempt, history
from lms.catalog.parts import ItemParts
from lms.catalog.published import PublishedCourse
from lms.core.markup import safe
from lms.core.text import Text
from lms.core.web.auth import Viewer
from lms.engine import attempt as rules
from lms.engine import items
from lms.engine.content.model import Course, Quiz
from lms.engine.items.views import ReviewView
from lms.engine.progress import Facts, Progress, evaluate, quiz_minutes
from lms.learning.places import find_quiz
from lms.learning.queries.lesson_page import Gate
from lms.learning.queries.outline import Access, OutlineModule, build_outline
from lms.learning.queries.standing import load_standing
from lms.learning.routes import Routes
from lms.learning.words import why_locked


@dataclass(frozen=True)
class QuizPage:
    """A quiz before its start; `refused` is empty when an attempt may start now."""

    course: Course
    quiz: Quiz
    routes: Routes
    access: Access
    body: Markup
    covers: tuple[str, ...]
    minutes: int
    percent_to_pass: int
    history: tuple[PastAttempt, ...]
    left: int | None
    refused: Text | str
    opens_at: datetime | None
    open_attempt: str | None
    has_passed: bool
    is_locked: bool
    outline: tuple[OutlineModule, ...]
    items: tuple[ReviewView, ...] = ()

    @property
    def kind(self) -> str:
        return "final" if self.quiz.kind == "final" else "quiz"


def load_quiz_page(
    session: Session,
    viewer: Viewer,
    published: PublishedCourse,
    key: str,
    routes: Routes,
    now: datetime,
) -> QuizPage | Gate:
    """Return a learner's quiz page; whoever is not enrolled meets the gate."""
    course = published.course
    quiz = find_quiz(course, key)
    standing = load_standing(session, viewer.person_id, published.course_id)
    if standing is None or not standing.is_learning:
        return Gate("enrol", course, quiz.title, "", routes)
    progress = evaluate(course, standing.facts)
    past = history(session, viewer.person_id, published.course_id, key)
    return _page(published, quiz, progress, past, routes, now)


def preview_quiz_page(published: PublishedCourse, key: str, routes: Routes) -> QuizPage:
    """Return a quiz with every item that it may draw, with keys, for the trainer's eyes."""
    course = published.course
    quiz = find_quiz(course, key)
    progress = evaluate(course, Facts())
    return QuizPage(
        course=course,
        quiz=quiz,
        routes=routes,
        access="preview",
        body=safe(published.html[f"quiz:{quiz.id}"]),
        covers=covers(course, quiz),
        minutes=quiz_minutes(quiz),
        percent_to_pass=round(quiz.pass_mark * 100),
        history=(),
        left=quiz.attempts,
        refused="",
        opens_at=None,
        open_attempt=None,
        has_passed=False,
        is_locked=False,
        outline=build_outline(course, progress, "preview", routes, quiz.id),
        items=_pool(published, quiz),
    )


def covers(course: Course, quiz: Quiz) -> tuple[str, ...]:
    """Return the objectives that a quiz draws from, in the course's order."""
    wanted = {key for draw in quiz.draws for key in draw.objectives}
    return tuple(one.text for one in course.objectives() if one.id in wanted)


def _page(
    published: PublishedCourse,
    quiz: Quiz,
    progress: Progress,
    past: tuple[PastAttempt, ...],
    routes: Routes,
    now: datetime,
) -> QuizPage:
    step = next(one for one in progress.steps if one.id == quiz.id and one.kind != "lesson")
    answer = rules.may_start(quiz, [_rule_view(one) for one in past], now)
    is_locked = step.status == "locked"
    refused: Text | str = why_locked(progress, step) if is_locked else ""
    if not is_locked and isinstance(answer, rules.Refused):
        refused = refusal_in_words(answer)
    used = sum(one.state != "voided" for one in past)
    return QuizPage(
        course=published.course,
        quiz=quiz,
        routes=routes,
        access="learner",
        body=safe(published.html[f"quiz:{quiz.id}"]),
        covers=covers(published.course, quiz),
        minutes=quiz_minutes(quiz),
        percent_to_pass=round(quiz.pass_mark * 100),
        history=past,
        left=None if quiz.attempts is None else max(0, quiz.attempts - used),
        refused=refused,
        opens_at=answer.until if isinstance(answer, rules.Refused) else None,
        open_attempt=next((one.public_id for one in past if one.state == "in_progress"), None),
        has_passed=any(one.is_passed for one in past),
        is_locked=is_locked,
        outline=build_outline(published.course, progress, "learner", routes, quiz.id),
    )


def _rule_view(past: PastAttempt) -> rules.PastAttempt:
    state = cast("rules.AttemptState", past.state)
    return rules.PastAttempt(state, past.is_passed, past.finished_at)


def _pool(published: PublishedCourse, quiz: Quiz) -> tuple[ReviewView, ...]:
    wanted = {key for draw in quiz.draws for key in draw.objectives}
    seed = bytes(16)
    return tuple(
        items.explain(item, items.deal(item, seed), None, ItemParts(published.html, item.ref))
        for item in published.course.items.values()
        if item.use == quiz.use and item.objective in wanted and item.status == "live"
    )
