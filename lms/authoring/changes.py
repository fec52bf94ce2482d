"""What a publication changes, told by the ids of lessons, quizzes, items and terms."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lms.engine.content.model import Course


@dataclass(frozen=True)
class Changes:
    """Names of what was added, changed and removed, such as `lesson what-a-project-is`."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    is_first: bool = False


def compare(before: Course | None, after: Course) -> Changes:
    """Return what differs between two revisions of a course; all is new where there was none."""
    old, new = _parts(before), _parts(after)
    return Changes(
        added=tuple(name for name in new if name not in old),
        changed=tuple(name for name in new if name in old and old[name] != new[name]),
        removed=tuple(name for name in old if name not in new),
        is_first=before is None,
    )


def _parts(course: Course | None) -> Mapping[str, object]:
    return dict(_named(course)) if course else {}


def _named(course: Course) -> Iterator[tuple[str, object]]:
    yield "course page", (course.title, course.summary, course.body, course.outcomes)
    for module in course.modules:
        yield f"module {module.id}", (module.title, module.body, module.objectives, module.requires)
    for lesson in course.lessons():
        yield f"lesson {lesson.id}", replace(lesson, number=0, path="")
    for quiz in course.quizzes():
        yield f"quiz {quiz.id}", replace(quiz, path="")
    for ref, item in course.items.items():
        yield f"item {ref}", item
    for term in course.glossary:
        yield f"term {term.id}", term
