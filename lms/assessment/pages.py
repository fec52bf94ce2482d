"""Read models of the attempt's pages: what to ask, what is answered, what may be shown."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, cast

from lms.assessment.queries import AttemptRecord, SavedResponse
from lms.catalog.parts import ItemParts
from lms.catalog.published import PublishedCourse
from lms.core.text import Text
from lms.engine import items
from lms.engine.assembly import Slot
from lms.engine.attempt import AttemptState, Shown, shown
from lms.engine.content.model import Lesson, Quiz
from lms.engine.items import Response
from lms.engine.items.views import ItemView, ReviewView, TextView

PAGE_SIZE = 5


@dataclass(frozen=True)
class Question:
    """One slot to be answered; numbers count from 1, slots from 0."""

    number: int
    slot: int
    revision: int
    view: ItemView
    points: Fraction
    error: Text | None = None


@dataclass(frozen=True)
class GridEntry:
    """One square of the overview of all questions."""

    number: int
    page: int
    state: Literal["answered", "open"]
    is_current: bool


@dataclass(frozen=True)
class AttemptPage:
    """One page of an attempt in progress."""

    number: int
    pages: int
    questions: tuple[Question, ...]
    grid: tuple[GridEntry, ...]

    @property
    def open_count(self) -> int:
        return sum(entry.state == "open" for entry in self.grid)


@dataclass(frozen=True)
class Reviewed:
    """One question of a result; `review` is None where the release policy keeps it back."""

    number: int
    question: str
    points: Fraction
    most_points: Fraction
    is_answered: bool
    review: ReviewView | None
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True)
class Share:
    """A part of the result that belongs to one objective."""

    text: str
    points: Fraction
    most_points: Fraction


@dataclass(frozen=True)
class ResultPage:
    """A finished attempt as its learner may see it now."""

    quiz: Quiz
    release: Shown
    questions: tuple[Reviewed, ...]
    shares: tuple[Share, ...]


def field_prefix(slot: int) -> str:
    """Return what the field names of a slot begin with."""
    return f"s{slot}-"


def quiz_of(published: PublishedCourse, key: str) -> Quiz:
    """Return the quiz that an attempt was started on; its revision has it for ever."""
    return next(quiz for quiz in published.course.quizzes() if quiz.id == key)


def present_slot(
    published: PublishedCourse, slot: Slot, number: int, response: Response | None
) -> ItemView:
    """Return one slot to answer, without any key."""
    item = published.course.items[slot.ref]
    parts = ItemParts(published.html, slot.ref)
    return items.present(item, slot.arrangement, parts, response, field_prefix(number))


def page_count(record: AttemptRecord) -> int:
    return -(-len(record.form.slots) // PAGE_SIZE)


def slots_of_page(record: AttemptRecord, page: int) -> range:
    """Return the slot numbers (from 0) on a page (from 1)."""
    first = (page - 1) * PAGE_SIZE
    return range(first, min(first + PAGE_SIZE, len(record.form.slots)))


def attempt_page(
    published: PublishedCourse,
    record: AttemptRecord,
    saved: Mapping[int, SavedResponse],
    page: int,
    errors: Mapping[int, Text] | None = None,
    typed: Mapping[int, str] | None = None,
) -> AttemptPage:
    """Build one page; it depends on the item revisions, the form and the saved answers alone."""
    questions = tuple(
        _question(published, record, saved, slot, (errors or {}).get(slot), (typed or {}).get(slot))
        for slot in slots_of_page(record, page)
    )
    return AttemptPage(page, page_count(record), questions, _grid(record, saved, page))


def overview(record: AttemptRecord, saved: Mapping[int, SavedResponse]) -> AttemptPage:
    """Build the page before submitting: all squares of the grid, and no question."""
    return AttemptPage(0, page_count(record), (), _grid(record, saved, 0))


def _grid(
    record: AttemptRecord, saved: Mapping[int, SavedResponse], page: int
) -> tuple[GridEntry, ...]:
    return tuple(
        GridEntry(
            number=slot + 1,
            page=slot // PAGE_SIZE + 1,
            state="answered" if is_answered(saved, slot) else "open",
            is_current=slot // PAGE_SIZE + 1 == page,
        )
        for slot in range(len(record.form.slots))
    )


def is_answered(saved: Mapping[int, SavedResponse], slot: int) -> bool:
    return slot in saved and saved[slot].response is not None


def _question(
    published: PublishedCourse,
    record: AttemptRecord,
    saved: Mapping[int, SavedResponse],
    slot: int,
    error: Text | None,
    typed: str | None,
) -> Question:
    found = saved.get(slot)
    view = present_slot(published, record.form.slots[slot], slot, found.response if found else None)
    if typed is not None and isinstance(view, TextView):
        view = replace(view, value=typed)
    return Question(
        number=slot + 1,
        slot=slot,
        revision=found.revision if found else 0,
        view=view,
        points=record.form.slots[slot].points,
        error=error,
    )


def result_page(
    published: PublishedCourse,
    record: AttemptRecord,
    saved: Mapping[int, SavedResponse],
    points: Mapping[int, Fraction],
    has_passed: bool,
) -> ResultPage:
    """Build the result; nothing that the release policy keeps back is in it."""
    quiz = quiz_of(published, record.quiz_key)
    release = shown(quiz.release, cast("AttemptState", record.state), has_passed)
    questions = tuple(
        _reviewed(published, record, saved, points, slot, release)
        for slot in range(len(record.form.slots))
    )
    return ResultPage(quiz, release, questions, _shares(published, record, points))


def _reviewed(
    published: PublishedCourse,
    record: AttemptRecord,
    saved: Mapping[int, SavedResponse],
    points: Mapping[int, Fraction],
    slot: int,
    release: Shown,
) -> Reviewed:
    dealt = record.form.slots[slot]
    item = published.course.items[dealt.ref]
    parts = ItemParts(published.html, dealt.ref)
    response = saved[slot].response if slot in saved else None
    review = items.explain(item, dealt.arrangement, response, parts) if release.key else None
    return Reviewed(
        number=slot + 1,
        question=parts["question"],
        points=points.get(slot, Fraction(0)),
        most_points=dealt.points,
        is_answered=response is not None,
        review=review,
        lessons=lessons_teaching(published, item.objective),
    )


def lessons_teaching(published: PublishedCourse, objective: str) -> tuple[Lesson, ...]:
    """Return the lessons that say they teach an objective."""
    return tuple(lesson for lesson in published.course.lessons() if objective in lesson.objectives)


def _shares(
    published: PublishedCourse, record: AttemptRecord, points: Mapping[int, Fraction]
) -> tuple[Share, ...]:
    texts = {objective.id: objective.text for objective in published.course.objectives()}
    found: dict[str, list[Fraction]] = {}
    for slot, dealt in enumerate(record.form.slots):
        total = found.setdefault(dealt.objective, [Fraction(0), Fraction(0)])
        total[0] += points.get(slot, Fraction(0))
        total[1] += dealt.points
    return tuple(Share(texts[key], got, most) for key, (got, most) in found.items())
