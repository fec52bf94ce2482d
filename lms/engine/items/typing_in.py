"""What the two types share whose answer is typed into one field."""

import unicodedata
from collections.abc import Callable, Sequence

from lms.engine.items.itemtype import Html
from lms.engine.items.model import Item, NumericAnswer, ShortAnswer
from lms.engine.items.raw import RawItem, Report
from lms.engine.items.response import (
    UNANSWERED,
    Fields,
    Grade,
    MalformedResponse,
    named,
    one_value,
)
from lms.engine.items.views import ReviewRow, ReviewView

FIELD = "answer"
MAX_ANSWERS = 40

Answer = NumericAnswer | ShortAnswer


def check_answers(raw: RawItem, report: Report) -> None:
    """Report an item without an accepted answer, or with too many answers."""
    if not any(entry.right for entry in raw.entries):
        message = "No answer is accepted as right."
        report.add(raw.line, 1, message, "Write the right one as `- = answer`.")
    if len(raw.entries) > MAX_ANSWERS:
        message = f"This item has {len(raw.entries)} answers."
        report.add(raw.line, 1, message, f"Write at most {MAX_ANSWERS}.")


def sent_text(fields: Fields, prefix: str, limit: int) -> str | None:
    """Return the text that was typed, or None for nothing but white space."""
    return clean_text(one_value(fields, prefix + FIELD), limit) or None


def clean_text(text: str, limit: int) -> str:
    """Return a text with single spaces; too long, control characters and half pairs are refused."""
    if len(text) > 4 * limit:
        raise MalformedResponse("too-long", limit)
    plain = " ".join(text.split())
    if len(plain) > limit:
        raise MalformedResponse("too-long", limit)
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in plain):
        raise MalformedResponse
    return plain


def grade_answer(answer: Answer | None) -> Grade:
    """Return the grade of a response that met this answer, or none of them."""
    if answer is None or not answer.right:
        names = [answer.misconception] if answer else []
        return Grade(UNANSWERED.fraction, misconceptions=named(names))
    return Grade(UNANSWERED.fraction + 1)


def review(
    item: Item,
    html: Html,
    typed: str,
    grade: Grade,
    met: Answer | None,
    answers: Sequence[Answer],
    write: Callable[[int], str],
    unit: str = "",
) -> ReviewView:
    """Return every accepted and foreseen answer with its rationale."""
    rows = tuple(
        ReviewRow(
            "",
            chosen=answer is met,
            right=answer.right,
            rationale=html.get(f"rationale:{n}", ""),
            expected=write(n),
        )
        for n, answer in enumerate(answers)
    )
    return ReviewView(
        item.type,
        html.get("question", ""),
        html.get("context", ""),
        html.get("feedback", ""),
        grade,
        rows,
        typed,
        unit,
    )
