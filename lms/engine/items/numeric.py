"""Numeric: a typed number, right when it lies within the tolerance of an accepted value.

The response is the text as typed (`read_number` says what counts as a number), so that a review
shows the learner's own writing. Comparison is exact; both ends of a tolerance are included.
"""

import re
from decimal import Decimal
from fractions import Fraction

from lms.engine.items import typing_in
from lms.engine.items.choosing import refuse_misconception
from lms.engine.items.header import Tags
from lms.engine.items.itemtype import Example, Html, content_of
from lms.engine.items.model import Item, ItemKey, Numeric, NumericAnswer
from lms.engine.items.numerals import MAX_LENGTH, read_number, shifted, write_number
from lms.engine.items.raw import RawEntry, RawItem, Report
from lms.engine.items.response import (
    UNANSWERED,
    Arrangement,
    Fields,
    Grade,
    MalformedResponse,
    Response,
)
from lms.engine.items.views import ReviewView, TextView
from lms.engine.seeds import Stream

KEY: ItemKey = "numeric"
ATTRIBUTES: tuple[str, ...] = ("unit",)

_ANSWER = re.compile(r"(?P<value>[^±]*?)\s*(?:±\s*(?P<tolerance>[^±%]*?)\s*(?P<percent>%)?)?")


def reads_as_number(text: str) -> bool:
    """Tell whether the text of a `- =` line is a value with or without a tolerance."""
    return _read_answer(text) is not None


def parse(raw: RawItem, tags: Tags, report: Report) -> Numeric | None:
    """Return the answers; no two of them may take the same number."""
    before = len(report.problems)
    typing_in.check_answers(raw, report)
    answers = [(entry, _answer(entry, report)) for entry in raw.entries]
    known = [(entry, answer) for entry, answer in answers if answer]
    for n, (entry, answer) in enumerate(known):
        low, high = answer.bounds
        for first, other in known[:n]:
            if low <= other.bounds[1] and other.bounds[0] <= high:
                message = f"This answer overlaps with the one in line {first.line}."
                report.add(entry.line, entry.column, message, "Narrow one of the tolerances.")
    if len(report.problems) > before:
        return None
    unit = tags["unit"].value if "unit" in tags else ""
    return Numeric(tuple(answer for _, answer in known), unit)


def _answer(entry: RawEntry, report: Report) -> NumericAnswer | None:
    numbers = _read_answer(entry.text)
    if numbers is None:
        message = f"`{entry.text}` is no number with a tolerance."
        remedy = "Write `value`, `value ± tolerance` or `value ± 0.5%`, with a decimal point."
        report.add(entry.line, entry.column, message, remedy)
        return None
    value, tolerance, relative = numbers
    if tolerance < 0 or (relative and (tolerance >= 1 or not value)):
        message = "This tolerance makes no sense."
        remedy = "It is at least 0; a relative one is below 100% and not around 0."
        report.add(entry.line, entry.column, message, remedy)
        return None
    if entry.right and entry.misconception:
        refuse_misconception(entry, report)
    return NumericAnswer(
        value, tolerance, relative, entry.right, entry.rationale, entry.misconception
    )


def _read_answer(text: str) -> tuple[Decimal, Decimal, bool] | None:
    match = _ANSWER.fullmatch(text)
    value = read_number(match["value"]) if match else None
    if match is None or value is None:
        return None
    if match["tolerance"] is None:
        return value, Decimal(0), False
    tolerance = read_number(match["tolerance"])
    if tolerance is None:
        return None
    return (value, shifted(tolerance, -2), True) if match["percent"] else (value, tolerance, False)


def write_answer(answer: NumericAnswer) -> str:
    """Return `value`, `value ± tolerance` or `value ± percent%`."""
    value = write_number(answer.value)
    if not answer.tolerance and not answer.relative:
        return value
    if answer.relative:
        return f"{value} ± {write_number(shifted(answer.tolerance, 2))}%"
    return f"{value} ± {write_number(answer.tolerance)}"


def deal(_item: Item, _stream: Stream) -> Arrangement:
    """Return nothing: there is one field."""
    return ()


def present(
    item: Item, _arrangement: Arrangement, html: Html, response: Response | None, prefix: str
) -> TextView:
    """Return the text field with its unit."""
    return TextView(
        KEY,
        html.get("question", ""),
        html.get("context", ""),
        prefix + typing_in.FIELD,
        value=_typed(response),
        unit=content_of(item, Numeric).unit,
        inputmode="text",
        max_length=MAX_LENGTH,
    )


def read(_item: Item, _arrangement: Arrangement, fields: Fields, prefix: str) -> str | None:
    """Return the text that was typed, which must read as a number."""
    text = typing_in.sent_text(fields, prefix, MAX_LENGTH)
    return _typed(text) or None


def grade(item: Item, response: object) -> Grade:
    """Give all or nothing."""
    if response is None:
        return UNANSWERED
    return typing_in.grade_answer(_met(item, _typed(response)))


def explain(
    item: Item, _arrangement: Arrangement, response: Response | None, html: Html
) -> ReviewView:
    """Return the typed number and every answer with its rationale."""
    content, typed = content_of(item, Numeric), _typed(response)
    met = _met(item, typed) if typed else None
    return typing_in.review(
        item,
        html,
        typed,
        grade(item, response),
        met,
        content.answers,
        lambda n: write_answer(content.answers[n]),
        content.unit,
    )


def examples(item: Item, _arrangement: Arrangement) -> tuple[Example, ...]:
    """Type each value, a number beyond all of them, and nothing."""
    answers = content_of(item, Numeric).answers
    beyond = write_number(Decimal(max(int(answer.bounds[1]) for answer in answers) + 2))
    typed = [(write_number(answer.value), Fraction(answer.right)) for answer in answers]
    return tuple(
        Example({typing_in.FIELD: (text,)}, fraction)
        for text, fraction in (*typed, (beyond, Fraction(0)), ("", Fraction(0)))
    )


def _typed(response: object) -> str:
    if response is None:
        return ""
    if not isinstance(response, str):
        raise MalformedResponse
    text = typing_in.clean_text(response, MAX_LENGTH)
    if read_number(text) is None:
        raise MalformedResponse("not-a-number")
    return text


def _met(item: Item, typed: str) -> NumericAnswer | None:
    number = read_number(typed)
    if number is None:
        return None
    value = Fraction(number)
    for answer in content_of(item, Numeric).answers:
        low, high = answer.bounds
        if low <= value <= high:
            return answer
    return None
