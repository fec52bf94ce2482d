"""The course page: what the course is, where the viewer stands in it, and what to do next."""

from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup
from sqlalchemy.orm import Session

from lms.catalog.published import PublishedCourse
from lms.core.markup import safe
from lms.core.text import Text
from lms.core.web.auth import Viewer
from lms.engine.content.model import Course
from lms.engine.progress import Facts, Progress, Step, evaluate
from lms.learning import policy
from lms.learning.places import first_lesson
from lms.learning.promises import Promise, promise_of
from lms.learning.queries.outline import Access, OutlineModule, build_outline
from lms.learning.queries.prerequisites import Prerequisite, load_prerequisites
from lms.learning.queries.standing import Standing, load_standing
from lms.learning.routes import Routes
from lms.learning.words import missing_sentence, needs_of, promise_sentences

Door = Literal[
    "sign-in", "confirm", "blocked", "enrol", "apply", "waiting", "start", "continue", "preview"
]


@dataclass(frozen=True)
class NextStep:
    """The one thing to do next."""

    title: str
    kind: str
    href: str
    minutes: int


@dataclass(frozen=True)
class CoursePage:
    """Everything that the course page says; `door` is what its main button does."""

    course: Course
    body: Markup
    routes: Routes
    standing: Standing | None
    door: Door
    outline: tuple[OutlineModule, ...]
    percent: int
    minutes: int
    minutes_left: int
    is_completed: bool
    next_step: NextStep | None
    missing: tuple[Text, ...]
    needs: tuple[Text, ...]
    promise: Promise | None
    promised: tuple[Text, ...]
    prerequisites: tuple[Prerequisite, ...]
    first_lesson: str

    @property
    def lessons(self) -> int:
        return sum(1 for _ in self.course.lessons())

    @property
    def quizzes(self) -> int:
        return sum(1 for quiz in self.course.quizzes() if quiz.kind != "sample")


def load_course_page(
    session: Session, viewer: Viewer | None, published: PublishedCourse, routes: Routes
) -> CoursePage:
    """Return the page as the viewer (None: a visitor) may see it."""
    person_id = viewer.person_id if viewer else None
    standing = load_standing(session, person_id, published.course_id) if person_id else None
    prerequisites = load_prerequisites(session, person_id, published.course)
    door = which_door(viewer, published.course, standing, prerequisites)
    promise = promise_of(session, published)
    return _page(published, routes, standing, door, prerequisites, promise)


def preview_course_page(session: Session, published: PublishedCourse, routes: Routes) -> CoursePage:
    """Return the page as a trainer reads it beforehand: everything open."""
    return _page(published, routes, None, "preview", (), promise_of(session, published))


def _page(
    published: PublishedCourse,
    routes: Routes,
    standing: Standing | None,
    door: Door,
    prerequisites: tuple[Prerequisite, ...],
    promise: Promise | None,
) -> CoursePage:
    course = published.course
    learner = standing if standing and standing.is_learning else None
    progress = evaluate(course, learner.facts if learner else Facts())
    access: Access = "preview" if door == "preview" else "learner" if learner else "visitor"
    return CoursePage(
        course=course,
        body=safe(published.html["course"]),
        routes=routes,
        standing=standing,
        door=door,
        outline=build_outline(course, progress, access, routes),
        percent=progress.percent,
        minutes=sum(step.minutes for step in progress.steps),
        minutes_left=progress.minutes_left,
        is_completed=learner is not None and progress.completed,
        next_step=next_step_of(progress, standing, routes),
        missing=tuple(missing_sentence(one) for one in progress.missing) if learner else (),
        needs=needs_of(course),
        promise=promise,
        promised=promise_sentences(promise) if promise else (),
        prerequisites=prerequisites,
        first_lesson=routes.lesson(first_lesson(course).id),
    )


def which_door(
    viewer: Viewer | None,
    course: Course,
    standing: Standing | None,
    prerequisites: tuple[Prerequisite, ...],
) -> Door:
    """Return what the viewer can do about the course now."""
    if viewer is None:
        return "sign-in"
    if standing and standing.is_learning:
        return "start" if standing.state == "accepted" else "continue"
    if standing and standing.is_waiting and course.enrolment != "open":
        return "waiting"
    if not viewer.is_confirmed:
        return "confirm"
    if any(not one.is_met for one in prerequisites):
        return "blocked"
    was_completed = standing is not None and standing.completed_at is not None
    is_direct = policy.enrols_directly(course.enrolment, was_completed=was_completed)
    return "enrol" if is_direct else "apply"


def next_step_of(progress: Progress, standing: Standing | None, routes: Routes) -> NextStep | None:
    """Return where "Continue" leads: the lesson last read while it is open, else the next step."""
    step = _last_read(progress, standing) or progress.next_step
    if step is None:
        return None
    return NextStep(step.title, step.kind, routes.step(step.kind, step.id), step.minutes)


def _last_read(progress: Progress, standing: Standing | None) -> Step | None:
    if standing is None or standing.last_lesson is None:
        return None
    step = progress.step("lesson", standing.last_lesson)
    return step if step and step.status in ("now", "open") and not step.settled else None
