"""Do the parts of a course fit together? Ids, objectives, requirements, draws."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lms.engine.content.draws import find_shortfalls
from lms.engine.content.model import Lesson, Module, Quiz
from lms.engine.content.nearest import suggestion
from lms.engine.content.pages import Page
from lms.engine.items.model import Item
from lms.engine.problems import Problem


@dataclass(frozen=True)
class Owned:
    """An id, the page that gives it, and the path of its key there."""

    id: str
    page: Page
    key: tuple[str | int, ...] = ("id",)


def check_unique(owned: Iterable[Owned], what: str) -> Iterator[Problem]:
    """Yield a problem for every id that is taken already; the first one keeps it."""
    first: dict[str, Owned] = {}
    for this in owned:
        if not this.id:
            continue
        other = first.setdefault(this.id, this)
        if other is not this:
            line, _ = other.page.front.value_at(*other.key)
            yield this.page.front.problem(
                this.key,
                f"The {what} id `{this.id}` is taken in {other.page.path}, line {line}.",
                "Choose another id.",
            )


def check_objectives(lessons: Sequence[tuple[Lesson, Page]], known: set[str]) -> Iterator[Problem]:
    """Yield a problem for every objective that a lesson names and no module has."""
    for lesson, page in lessons:
        for n, objective in enumerate(lesson.objectives):
            if objective not in known:
                yield page.front.problem(
                    ("objectives", n),
                    f"There is no objective `{objective}`.",
                    suggestion(objective, known) if known else "Add it to a module.md.",
                )


def check_item_objectives(items: Iterable[Item], known: set[str]) -> Iterator[Problem]:
    """Yield a problem for every objective that an item names and no module has."""
    for item in items:
        if item.objective not in known:
            message = f"There is no objective `{item.objective}`."
            yield Problem(item.path, item.line, 1, message, suggestion(item.objective, known))


def check_requires(modules: Sequence[tuple[Module, Page]]) -> Iterator[Problem]:
    """Yield a problem for every required module that is unknown or leads back to itself."""
    by_id = {module.id: module for module, _ in modules if module.id}
    for module, page in modules:
        for n, wanted in enumerate(module.requires):
            if wanted not in by_id:
                yield page.front.problem(
                    ("requires", n) if page.front.keys.get(("requires",)) else ("id",),
                    f"There is no module `{wanted}`.",
                    suggestion(wanted, by_id),
                )
            elif module.id and module.id in _all_required(wanted, by_id):
                yield page.front.problem(
                    ("requires", n) if page.front.keys.get(("requires",)) else ("id",),
                    f"The module `{module.id}` requires `{wanted}`, which leads back to it.",
                    "Break the circle: take one of them out of `requires`.",
                )


def _all_required(start: str, by_id: Mapping[str, Module]) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        module = waiting.pop()
        if module not in seen and module in by_id:
            seen.add(module)
            waiting += by_id[module].requires
    return seen


def check_draws(
    quiz: Quiz, page: Page, items: Iterable[Item], known: set[str]
) -> Iterator[Problem]:
    """Yield a problem for every line of a draw that its bank cannot fill."""
    supply = Counter(
        item.objective for item in items if item.use == quiz.use and item.status == "live"
    )
    for n, draw in enumerate(quiz.draws):
        for objective in draw.objectives:
            if objective not in known:
                yield page.front.problem(
                    ("draw", n, "objective"),
                    f"There is no objective `{objective}`.",
                    suggestion(objective, known),
                )
    for short in find_shortfalls(quiz.draws, supply):
        names = ", ".join(f"`{name}`" for name in quiz.draws[short.line].objectives)
        if names and set(quiz.draws[short.line].objectives) <= known:
            yield page.front.problem(
                ("draw", short.line, "count"),
                f"Only {short.found} of {short.wanted} items can be drawn for {names}: "
                f"live items with use={quiz.use} are too few, all lines taken together.",
                "Write more items, or lower the count.",
            )
