"""The course that both programs serve: ten lessons of 13 KB, and a quiz that draws 20 of 40."""

from collections.abc import Iterator
from dataclasses import dataclass

KEY = "bench"
LESSONS = 10
BANK_ITEMS = 40
DRAWN = 20
EACH_NUMERIC = 4  # every fourth item asks for a number
TEXT = (
    "a river keeps its own calendar and the crew reads it before the plan is drawn so that "
    "work which depends on low water is never promised for a month in which the water is high"
)
WORDS = TEXT.split()

COURSE = f"""---
id: {KEY}
title: The course of the benchmark
summary: Ten lessons and a quiz, as long as real ones, about a river and the works beside it.
language: en
level: foundation
hours: 5
topics: [measuring]
authors: [Benchmark authors]
outcomes:
  - Tell a cost that can be seen from one that cannot.
  - Read a page of figures without being led by the largest.
enrolment: open
certificate:
  title: Certificate of completion of the benchmark
  issuing: rule
  validity_months: 12
---

The landing page of the course. It says in a few lines what waits and what it is good for.
"""
MODULE = """---
id: bench-m1
title: The only module
objectives:
{objectives}
---

What the module is about.
"""
OBJECTIVE = """  - id: bench-o{number}
    text: Choose the reply that fits case {number}, and work out its figure.
    bloom: understand"""
QUIZ = """---
id: bench-quiz
title: The quiz of twenty
draw:
{draws}
pass_mark: 60
attempts: 3
cool_down_minutes: 0
release: after-submit
---

Take your time.
"""
BANK = f"---\nid: {KEY}\ntitle: Bank\ncourse: {KEY}\nlicence: CC-BY-4.0\n---\n"


@dataclass(frozen=True)
class Option:
    """One answer to choose, and why it is right or wrong."""

    text: str
    is_right: bool
    rationale: str


@dataclass(frozen=True)
class Question:
    """An item of the bank; without options it asks for `number`."""

    id: str
    use: str
    text: str
    lesson: int
    options: tuple[Option, ...]
    number: int


def words(count: int, start: int = 0) -> str:
    """Return a sentence of `count` words."""
    picked = [WORDS[(start * 7 + n) % len(WORDS)] for n in range(count)]
    return " ".join(picked).capitalize() + "."


def questions() -> Iterator[Question]:
    """Return two practice items a lesson, then the bank of the quiz."""
    for n in range(2 * LESSONS):
        yield _question(f"check-{n}", "practice", n, n // 2 + 1, is_number=False)
    for n in range(BANK_ITEMS):
        lesson = n * LESSONS // BANK_ITEMS + 1
        yield _question(f"item-{n}", "quiz", n, lesson, is_number=n % EACH_NUMERIC == 0)


def _question(key: str, use: str, n: int, lesson: int, *, is_number: bool) -> Question:
    text = f"Case {n}: " + words(14, n).rstrip(".").lower() + "?"
    right = n % 4
    options = tuple(
        Option(
            f"Reply {place} of case {n}: {words(8, n + place).lower()}",
            place == right,
            f"Reason {place} of case {n}. " + words(20, n + place),
        )
        for place in range(4)
    )
    return Question(key, use, text, lesson, () if is_number else options, 10 + n)


def _item(question: Question) -> str:
    objective = f"bench-o{question.lesson}"
    head = f"## {question.text} {{#{question.id} use={question.use} objective={objective}}}\n\n"
    if not question.options:
        reason = f"  > Because of the case. {words(20, question.number)}\n"
        return f"{head}- = {question.number} ± 0.5\n{reason}\n"
    lines = [
        f"- ({'x' if option.is_right else ' '}) {option.text}\n  > {option.rationale}"
        + ("" if option.is_right else f" {{misconception=mixed-up-{place}}}")
        for place, option in enumerate(question.options)
    ]
    return head + "\n".join(lines) + "\n\n"


def paragraphs(number: int) -> list[str]:
    """Return the text of a lesson: together with its marks about 13 KB of HTML."""
    return [words(90, number * 31 + n) for n in range(29)]


def checks(number: int) -> tuple[str, str]:
    """Return the ids of the two inline checks of a lesson (from 0)."""
    return f"check-{2 * number}", f"check-{2 * number + 1}"


def _lesson(number: int) -> str:
    head = (
        f"---\nid: bench-l{number + 1}\ntitle: Lesson {number + 1}, about the river\n"
        f"minutes: 20\nobjectives: [bench-o{number + 1}]\n---\n"
    )
    texts = paragraphs(number)
    parts = [
        f"## Part {n // 6 + 1}\n\n{text}" if n % 6 == 0 else text for n, text in enumerate(texts)
    ]
    first, second = (f"{{{{check {KEY}/{key}}}}}" for key in checks(number))
    return head + "\n\n".join(["", *parts[:12], first, *parts[12:], second]) + "\n"


def files() -> dict[str, bytes]:
    """Return path -> bytes of the course and its bank in the notation."""
    root = f"courses/{KEY}"
    numbers = range(1, LESSONS + 1)
    objectives = "\n".join(OBJECTIVE.format(number=number) for number in numbers)
    draws = "\n".join(
        f"  - objective: bench-o{number}\n    count: {DRAWN // LESSONS}" for number in numbers
    )
    found = {
        f"{root}/course.md": COURSE,
        f"{root}/01-module/module.md": MODULE.format(objectives=objectives),
        f"{root}/01-module/quiz.md": QUIZ.format(draws=draws),
        f"quizzes/{KEY}/bank.md": BANK,
        f"quizzes/{KEY}/01-items.md": "".join(_item(question) for question in questions()),
    }
    for number in range(LESSONS):
        found[f"{root}/01-module/{number + 1:02}-lesson.md"] = _lesson(number)
    return {path: text.encode() for path, text in found.items()}
