"""The trail through a course as pages draw it."""

from dataclasses import dataclass
from typing import Literal

from flask_babel import gettext

from lms.engine.content.model import Course
from lms.engine.progress import ModuleProgress, Progress, Step
from lms.learning.places import first_lesson
from lms.learning.routes import Routes
from lms.learning.words import opens_when

Access = Literal["learner", "visitor", "preview"]


@dataclass(frozen=True)
class OutlineEntry:
    """One step: a lesson, a quiz or the final; `href` is empty while it is locked."""

    title: str
    href: str
    kind: str
    state: str
    minutes: int
    note: str = ""
    is_current: bool = False


@dataclass(frozen=True)
class OutlineModule:
    """A module, or the final assessment at the end."""

    title: str
    state: str
    note: str
    entries: tuple[OutlineEntry, ...]


def build_outline(
    course: Course, progress: Progress, access: Access, routes: Routes, current: str = ""
) -> tuple[OutlineModule, ...]:
    """Return the trail; `current` is the id of the step whose page is shown."""
    open_to_all = first_lesson(course).id

    def entry(step: Step) -> OutlineEntry:
        state = _state(step, access, open_to_all)
        return OutlineEntry(
            title=step.title,
            href="" if state == "locked" else routes.step(step.kind, step.id),
            kind=step.kind,
            state=state,
            minutes=step.minutes,
            note=gettext("Free to read") if access == "visitor" and state == "open" else "",
            is_current=step.id == current,
        )

    modules = [
        OutlineModule(
            title=module.title,
            state=_module_state(module, access),
            note=opens_when(module.locked_by) if access == "learner" else "",
            entries=tuple(entry(step) for step in module.steps),
        )
        for module in progress.modules
    ]
    if progress.final:
        final = entry(progress.final)
        note = _final_note(progress) if access == "learner" else ""
        modules.append(OutlineModule(gettext("Final assessment"), final.state, note, (final,)))
    return tuple(modules)


def _state(step: Step, access: Access, open_to_all: str) -> str:
    if access == "learner":
        return step.status
    return "open" if access == "preview" or step.id == open_to_all else "locked"


def _module_state(module: ModuleProgress, access: Access) -> str:
    if access == "preview":
        return "open"
    if access == "visitor":
        return "open" if module.number == 1 else "locked"
    is_now = any(step.status == "now" for step in module.steps)
    return "now" if is_now else module.status


def _final_note(progress: Progress) -> str:
    if progress.final is None or progress.final.status != "locked":
        return ""
    return str(gettext("Opens when you have completed all modules."))
