"""What a learner has done of a course, what is next, and what is still missing.

A module is complete when all its lessons are marked and its quiz is passed; it is locked until
the modules that it requires are complete. The final assessment is locked until every module is
complete. The course is complete when every module is and the final, where there is one, is
passed. Completions are sticky: a later edition of the course takes none of them away. More facts
never lock anything and never lower the percentage.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Final, Literal

from lms.engine.content.model import Course, Lesson, Module, Quiz
from lms.engine.scoring import whole_percent

StepKind = Literal["lesson", "quiz", "final"]
StepStatus = Literal["done", "now", "open", "locked"]
ModuleStatus = Literal["done", "open", "locked"]
MissingKind = Literal["lesson", "quiz", "module", "final"]

MINUTES_PER_ITEM: Final = Fraction(3, 2)


@dataclass(frozen=True)
class Facts:
    """What is on record, by content id; all of it only ever grows."""

    marked_lessons: frozenset[str] = frozenset()
    passed_quizzes: frozenset[str] = frozenset()
    completed_modules: frozenset[str] = frozenset()
    course_completed: bool = False


@dataclass(frozen=True)
class Missing:
    """One thing that stands between the learner and a completion or an open door."""

    kind: MissingKind
    id: str
    title: str


@dataclass(frozen=True)
class Step:
    """A lesson, a module's quiz (`module` is its module's id) or the final (`module` is empty).

    `settled` tells that nothing is left to do here: the step is done, or a later edition added it
    to a module that the learner had completed.
    """

    kind: StepKind
    id: str
    title: str
    minutes: int
    status: StepStatus
    settled: bool
    module: str = ""


@dataclass(frozen=True)
class ModuleProgress:
    """One module: its steps, what completes it, and what keeps it locked."""

    id: str
    title: str
    number: int
    status: ModuleStatus
    steps: tuple[Step, ...]
    missing: tuple[Missing, ...] = ()
    locked_by: tuple[Missing, ...] = ()


@dataclass(frozen=True)
class Progress:
    """The whole course; `percent` counts steps, `minutes_left` what is not done of them."""

    percent: int
    minutes_left: int
    completed: bool
    modules: tuple[ModuleProgress, ...]
    final: Step | None
    next_step: Step | None
    missing: tuple[Missing, ...] = ()
    steps: tuple[Step, ...] = field(default=(), repr=False)

    def step(self, kind: StepKind, content_id: str) -> Step | None:
        """Return one step by kind and content id."""
        return next((s for s in self.steps if (s.kind, s.id) == (kind, content_id)), None)


def quiz_minutes(quiz: Quiz) -> int:
    """Return the time limit in minutes, or else our estimate of a minute and a half an item."""
    if quiz.time_limit is not None:
        return -int(-quiz.time_limit.total_seconds() // 60)
    return -int(-quiz.length * MINUTES_PER_ITEM // 1)


def evaluate(outline: Course, facts: Facts) -> Progress:
    """Return the progress that the facts amount to; facts about unknown ids are ignored."""
    standing = _standing(outline, facts)
    steps = _with_now(list(_steps(outline, facts, standing)))
    ahead = [step for step in steps if not step.settled]
    return Progress(
        percent=whole_percent(Fraction(len(steps) - len(ahead), len(steps) or 1)),
        minutes_left=sum(step.minutes for step in ahead),
        completed=standing.finished,
        modules=tuple(_module(module, steps, facts, standing) for module in outline.modules),
        final=next((step for step in steps if step.kind == "final"), None),
        next_step=next((step for step in steps if step.status == "now"), None),
        missing=() if standing.finished else tuple(_course_missing(outline, facts, standing)),
        steps=steps,
    )


@dataclass(frozen=True)
class _Standing:
    """Which modules are complete, which others are locked by what, and whether all is done."""

    complete: frozenset[str]
    locked_by: Mapping[str, tuple[Missing, ...]]
    finished: bool


def _standing(outline: Course, facts: Facts) -> _Standing:
    complete = frozenset(m.id for m in outline.modules if _is_complete(m, facts))
    passed = outline.final is None or outline.final.id in facts.passed_quizzes
    finished = facts.course_completed or (passed and len(complete) == len(outline.modules))
    locked_by = {
        module.id: tuple(
            Missing("module", other.id, other.title)
            for other in outline.modules
            if other.id in module.requires and other.id not in complete
        )
        for module in outline.modules
        if module.id not in complete and not finished
    }
    return _Standing(complete, locked_by, finished)


def _is_complete(module: Module, facts: Facts) -> bool:
    return module.id in facts.completed_modules or not list(_module_missing(module, facts))


def _module_missing(module: Module, facts: Facts) -> Iterator[Missing]:
    for lesson in module.lessons:
        if lesson.id not in facts.marked_lessons:
            yield Missing("lesson", lesson.id, lesson.title)
    if module.quiz and module.quiz.id not in facts.passed_quizzes:
        yield Missing("quiz", module.quiz.id, module.quiz.title)


def _course_missing(outline: Course, facts: Facts, standing: _Standing) -> Iterator[Missing]:
    for module in outline.modules:
        if module.id not in standing.complete:
            yield Missing("module", module.id, module.title)
    if outline.final and outline.final.id not in facts.passed_quizzes:
        yield Missing("final", outline.final.id, outline.final.title)


def _steps(outline: Course, facts: Facts, standing: _Standing) -> Iterator[Step]:
    for module in outline.modules:
        locked = bool(standing.locked_by.get(module.id))
        settled = standing.finished or module.id in standing.complete
        for lesson in module.lessons:
            yield _lesson_step(lesson, facts, locked, settled, module.id)
        if module.quiz:
            yield _quiz_step("quiz", module.quiz, facts, locked, settled, module.id)
    if outline.final:
        locked = not standing.finished and len(standing.complete) < len(outline.modules)
        yield _quiz_step("final", outline.final, facts, locked, standing.finished)


def _lesson_step(lesson: Lesson, facts: Facts, locked: bool, settled: bool, module: str) -> Step:
    done = lesson.id in facts.marked_lessons
    status = _status(done, locked)
    minutes = lesson.minutes
    return Step("lesson", lesson.id, lesson.title, minutes, status, done or settled, module)


def _quiz_step(
    kind: StepKind, quiz: Quiz, facts: Facts, locked: bool, settled: bool, module: str = ""
) -> Step:
    done = quiz.id in facts.passed_quizzes
    status = _status(done, locked)
    return Step(kind, quiz.id, quiz.title, quiz_minutes(quiz), status, done or settled, module)


def _status(done: bool, locked: bool) -> StepStatus:
    if done:
        return "done"
    return "locked" if locked else "open"


def _with_now(steps: list[Step]) -> tuple[Step, ...]:
    """Call the first step that is open and still counts the one to do now."""
    for n, step in enumerate(steps):
        if step.status == "open" and not step.settled:
            steps[n] = replace(step, status="now")
            break
    return tuple(steps)


def _module(
    module: Module, steps: tuple[Step, ...], facts: Facts, standing: _Standing
) -> ModuleProgress:
    locked_by = standing.locked_by.get(module.id, ())
    complete = standing.finished or module.id in standing.complete
    status: ModuleStatus = "done" if complete else "locked" if locked_by else "open"
    return ModuleProgress(
        module.id,
        module.title,
        module.number,
        status,
        tuple(step for step in steps if step.module == module.id),
        () if complete else tuple(_module_missing(module, facts)),
        locked_by,
    )
