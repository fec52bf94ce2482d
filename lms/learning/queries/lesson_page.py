"""The lesson page, or the reason why it is closed to the viewer."""

import re
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup
from sqlalchemy.orm import Session

from lms.catalog.published import PublishedCourse
from lms.core.markup import CheckRef, safe, split_checks
from lms.core.web.auth import Viewer
from lms.engine.content.model import Course, Lesson
from lms.engine.progress import Facts, Progress, Step, evaluate
from lms.learning.places import find_lesson, first_lesson
from lms.learning.queries.checks import Check, present_check
from lms.learning.queries.outline import Access, OutlineModule, build_outline
from lms.learning.queries.standing import Standing, load_standing
from lms.learning.routes import Routes
from lms.learning.words import why_locked

TERM_LINK = re.compile(r'href="[^"]*/glossary#([a-z0-9-]+)"')


@dataclass(frozen=True)
class Gate:
    """A step that the viewer cannot open now."""

    reason: Literal["sign-in", "enrol", "locked"]
    course: Course
    title: str
    why: str
    routes: Routes


@dataclass(frozen=True)
class TermEntry:
    """A glossary term that a lesson uses."""

    title: str
    meaning: Markup


@dataclass(frozen=True)
class LessonPage:
    """A lesson with everything around it."""

    course: Course
    lesson: Lesson
    module_title: str
    routes: Routes
    access: Access
    standing: Standing | None
    objectives: tuple[str, ...]
    segments: tuple[Markup | Check, ...]
    terms: tuple[TermEntry, ...]
    outline: tuple[OutlineModule, ...]
    percent: int
    minutes_left: int
    is_done: bool
    previous: tuple[str, str] | None
    next: tuple[str, str] | None


def load_lesson_page(
    session: Session,
    viewer: Viewer | None,
    published: PublishedCourse,
    key: str,
    seed: bytes,
    routes: Routes,
    answered: Check | None = None,
) -> LessonPage | Gate:
    """Return a lesson; `answered` is a check that has just been graded and takes its place."""
    lesson = find_lesson(published.course, key)
    standing = load_standing(session, viewer.person_id, published.course_id) if viewer else None
    is_learning = standing is not None and standing.is_learning
    progress = evaluate(published.course, standing.facts if standing and is_learning else Facts())
    gate = _gate(viewer, published.course, lesson, progress, is_learning, routes)
    if gate:
        return gate
    access: Access = "learner" if is_learning else "visitor"
    return _page(published, lesson, progress, access, standing, seed, routes, answered)


def preview_lesson_page(
    published: PublishedCourse, key: str, seed: bytes, routes: Routes, answered: Check | None = None
) -> LessonPage:
    """Return a lesson as a trainer reads it beforehand: everything open, nothing remembered."""
    lesson = find_lesson(published.course, key)
    progress = evaluate(published.course, Facts())
    return _page(published, lesson, progress, "preview", None, seed, routes, answered)


def _gate(
    viewer: Viewer | None,
    course: Course,
    lesson: Lesson,
    progress: Progress,
    is_learning: bool,
    routes: Routes,
) -> Gate | None:
    if not is_learning:
        if lesson.id == first_lesson(course).id:
            return None
        return Gate("enrol" if viewer else "sign-in", course, lesson.title, "", routes)
    step = progress.step("lesson", lesson.id)
    if step is None or step.status != "locked":
        return None
    return Gate("locked", course, lesson.title, why_locked(progress, step), routes)


def _page(
    published: PublishedCourse,
    lesson: Lesson,
    progress: Progress,
    access: Access,
    standing: Standing | None,
    seed: bytes,
    routes: Routes,
    answered: Check | None,
) -> LessonPage:
    course = published.course
    html = published.html[f"lesson:{lesson.id}"]
    if access == "preview":
        html = html.replace(f'href="/courses/{course.slug}/', f'href="{routes.course}/')
    texts = {objective.id: objective.text for objective in course.objectives()}
    before, step, after = _neighbours(progress, lesson.id)
    module = next(one for one in progress.modules if one.id == step.module)
    return LessonPage(
        course=course,
        lesson=lesson,
        module_title=module.title,
        routes=routes,
        access=access,
        standing=standing,
        objectives=tuple(texts[key] for key in lesson.objectives if key in texts),
        segments=tuple(_segments(published, html, seed, routes, answered)),
        terms=_terms(published, html),
        outline=build_outline(course, progress, access, routes, lesson.id),
        percent=progress.percent,
        minutes_left=progress.minutes_left,
        is_done=step.status == "done",
        previous=_link(before, routes, access),
        next=_link(after, routes, access),
    )


def _segments(
    published: PublishedCourse, html: str, seed: bytes, routes: Routes, answered: Check | None
) -> list[Markup | Check]:
    found: list[Markup | Check] = []
    for piece in split_checks(html):
        if not isinstance(piece, CheckRef):
            found.append(safe(piece))
        elif answered and answered.ref == piece.item:
            found.append(answered)
        else:
            found.append(present_check(published, piece.item, seed, routes))
    return found


def _terms(published: PublishedCourse, html: str) -> tuple[TermEntry, ...]:
    used = set(TERM_LINK.findall(html))
    return tuple(
        TermEntry(term.title, safe(published.html[f"term:{term.id}"]))
        for term in published.course.glossary
        if term.id in used
    )


def _neighbours(progress: Progress, key: str) -> tuple[Step | None, Step, Step | None]:
    at = next(n for n, one in enumerate(progress.steps) if (one.kind, one.id) == ("lesson", key))
    before = progress.steps[at - 1] if at else None
    after = progress.steps[at + 1] if at + 1 < len(progress.steps) else None
    return before, progress.steps[at], after


def _link(step: Step | None, routes: Routes, access: Access) -> tuple[str, str] | None:
    """Return title and address of a neighbour that the reader may open."""
    if step is None or access == "visitor" or (access == "learner" and step.status == "locked"):
        return None
    return step.title, routes.step(step.kind, step.id)
