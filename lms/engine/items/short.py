"""Short answer: a typed text, compared with the accepted and the foreseen answers.

The response is the text as typed, with single spaces. Case, the encoding of accents, white space
and typographic quotes are folded (`case=sensitive` keeps the case). `*` in an answer stands for
any run of characters; an answer between slashes is an RE2 pattern for the whole response, which
runs in linear time whatever it says.
"""

from fractions import Fraction
from functools import lru_cache

import re2

from lms.engine.items import typing_in
from lms.engine.items.choosing import refuse_misconception
from lms.engine.items.folding import fold, tidy
from lms.engine.items.header import Tags
from lms.engine.items.itemtype import Example, Html, content_of
from lms.engine.items.model import Item, ItemKey, Short, ShortAnswer
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

KEY: ItemKey = "short"
ATTRIBUTES: tuple[str, ...] = ("case",)
MAX_LENGTH = 200
PATTERN_MEMORY = 1 << 20


def parse(raw: RawItem, tags: Tags, report: Report) -> Short | None:
    """Return the answers; a fixed text may be met by one of them only."""
    before = len(report.problems)
    typing_in.check_answers(raw, report)
    sensitive = "case" in tags and tags["case"].value == "sensitive"
    answers = [(entry, _answer(entry, report)) for entry in raw.entries]
    if len(report.problems) == before:
        _check_overlaps(answers, sensitive, report)
    if len(report.problems) > before:
        return None
    return Short(tuple(answer for _, answer in answers), sensitive)


def _answer(entry: RawEntry, report: Report) -> ShortAnswer:
    pattern = len(entry.text) > 1 and entry.text[0] == entry.text[-1] == "/"
    text = entry.text[1:-1] if pattern else entry.text
    if len(text) > MAX_LENGTH:
        message = f"This answer has {len(text)} characters."
        report.add(entry.line, entry.column, message, f"Write at most {MAX_LENGTH}.")
    elif pattern:
        _check_pattern(text, entry, report)
    elif not text.replace("*", "").strip():
        message = "This answer takes any text."
        report.add(entry.line, entry.column, message, "Write at least one letter beside the `*`.")
    if entry.right and entry.misconception:
        refuse_misconception(entry, report)
    return ShortAnswer(text, pattern, entry.right, entry.rationale, entry.misconception)


def _check_pattern(text: str, entry: RawEntry, report: Report) -> None:
    try:
        empty = _compiled(text, sensitive=False).fullmatch("") is not None
    except re2.error as fault:
        reason = fault.args[0] if fault.args else ""
        detail = reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)
        message = f"This pattern cannot be read: {detail}."
        remedy = "Write an RE2 pattern, such as /colou?r/."
        report.add(entry.line, entry.column, message, remedy)
        return
    if empty:
        message = "This pattern takes an empty text."
        report.add(entry.line, entry.column, message, "Ask for at least one character.")


def _check_overlaps(
    answers: list[tuple[RawEntry, ShortAnswer]], sensitive: bool, report: Report
) -> None:
    for n, (entry, answer) in enumerate(answers):
        for first, other in answers[:n]:
            if _overlap(answer, other, sensitive):
                message = f"This answer and the one in line {first.line} take the same text."
                report.add(entry.line, entry.column, message, "Keep one, or narrow the other.")


def _overlap(one: ShortAnswer, other: ShortAnswer, sensitive: bool) -> bool:
    """Tell whether two answers contradict or repeat each other.

    Two accepted ones may take the same text (`= operations` beside `= operation*`): the first
    of them gives its rationale.
    """
    if one.right == other.right:
        normal = tidy if sensitive else fold
        return one.pattern == other.pattern and normal(one.text) == normal(other.text)
    return any(
        _is_fixed(fixed) and _meets(fixed.text, taker, sensitive)
        for fixed, taker in ((one, other), (other, one))
    )


def _is_fixed(answer: ShortAnswer) -> bool:
    return not answer.pattern and "*" not in answer.text


def _meets(text: str, answer: ShortAnswer, sensitive: bool) -> bool:
    if answer.pattern:
        return _compiled(answer.text, sensitive).fullmatch(tidy(text)) is not None
    normal = tidy if sensitive else fold
    if "*" not in answer.text:
        return normal(text) == normal(answer.text)
    wild = ".*".join(re2.escape(piece) for piece in normal(answer.text).split("*"))
    return _compiled(wild, sensitive=True).fullmatch(normal(text)) is not None


@lru_cache(maxsize=1024)
def _compiled(pattern: str, sensitive: bool) -> "re2._Regexp":
    options = re2.Options()
    options.case_sensitive = sensitive
    options.log_errors = False
    options.max_mem = PATTERN_MEMORY
    return re2.compile(pattern, options)


def write_answer(answer: ShortAnswer) -> str:
    """Return the answer as its author writes it."""
    return f"/{answer.text}/" if answer.pattern else answer.text


def deal(_item: Item, _stream: Stream) -> Arrangement:
    """Return nothing: there is one field."""
    return ()


def present(
    _item: Item, _arrangement: Arrangement, html: Html, response: Response | None, prefix: str
) -> TextView:
    """Return the text field."""
    return TextView(
        KEY,
        html.get("question", ""),
        html.get("context", ""),
        prefix + typing_in.FIELD,
        value=_typed(response),
        max_length=MAX_LENGTH,
    )


def read(_item: Item, _arrangement: Arrangement, fields: Fields, prefix: str) -> str | None:
    """Return the text that was typed."""
    return typing_in.sent_text(fields, prefix, MAX_LENGTH)


def grade(item: Item, response: object) -> Grade:
    """Give all or nothing; accepted answers are tried before foreseen ones."""
    if response is None:
        return UNANSWERED
    return typing_in.grade_answer(_met(item, _typed(response)))


def explain(
    item: Item, _arrangement: Arrangement, response: Response | None, html: Html
) -> ReviewView:
    """Return the typed text and every answer with its rationale."""
    content, typed = content_of(item, Short), _typed(response)
    return typing_in.review(
        item,
        html,
        typed,
        grade(item, response),
        _met(item, typed) if typed else None,
        content.answers,
        lambda n: write_answer(content.answers[n]),
    )


def examples(item: Item, _arrangement: Arrangement) -> tuple[Example, ...]:
    """Type each fixed answer, a text that nobody foresees, and nothing."""
    answers = content_of(item, Short).answers
    typed = [(one.text, Fraction(one.right)) for one in answers if _is_fixed(one)]
    strange = "\N{SNOWMAN}\N{WHITE CHESS KING}"
    taken = _met(item, strange)
    return tuple(
        Example({typing_in.FIELD: (text,)}, fraction)
        for text, fraction in (
            *typed,
            (strange, Fraction(taken is not None and taken.right)),
            ("", Fraction(0)),
        )
    )


def _typed(response: object) -> str:
    if response is None:
        return ""
    if not isinstance(response, str):
        raise MalformedResponse
    text = typing_in.clean_text(response, MAX_LENGTH)
    if not text:
        raise MalformedResponse
    return text


def _met(item: Item, typed: str) -> ShortAnswer | None:
    content = content_of(item, Short)
    ranked = sorted(content.answers, key=lambda answer: not answer.right)
    return next((one for one in ranked if _meets(typed, one, content.sensitive)), None)
