"""Answers to inline checks: graded for everybody, kept for learners."""

import json
from datetime import datetime

from sqlalchemy.orm import Session

from lms.assessment.models import PracticeAnswer
from lms.catalog.published import PublishedCourse
from lms.core.text import Text, counted, sentence
from lms.engine import items
from lms.engine.items import MalformedResponse, Response
from lms.engine.items.response import Fields
from lms.engine.items.views import TextView
from lms.learning.queries.checks import (
    Check,
    check_item,
    explain_check,
    field_prefix,
    present_check,
    refuse_check,
)
from lms.learning.routes import Routes


def grade_check(
    published: PublishedCourse, ref: str, seed: bytes, fields: Fields, routes: Routes
) -> tuple[Check, Response | None]:
    """Return the check, explained or with what was wrong with the answer, and the response."""
    item = check_item(published, ref)
    check = present_check(published, ref, seed, routes)
    try:
        response = items.read(item, items.deal(item, seed), fields, field_prefix(ref))
    except MalformedResponse as fault:
        return refuse_check(check, fault_in_words(fault), _typed(check, fields)), None
    if response is None:
        return refuse_check(check, sentence("Answer the question first."), ""), None
    return explain_check(published, check, seed, response), response


def keep_practice(
    session: Session,
    person_id: int,
    published: PublishedCourse,
    ref: str,
    response: Response,
    now: datetime,
) -> None:
    """Keep a learner's answer with what it was worth."""
    item = check_item(published, ref)
    answer = PracticeAnswer(
        person_id=person_id,
        course_id=published.course_id,
        revision_id=published.revision_id,
        item_ref=ref,
        payload=json.dumps(response),
        share=items.grade(item, response).fraction,
        answered_at=now,
    )
    session.add(answer)


def fault_in_words(fault: MalformedResponse) -> Text:
    """Return what to do about an answer that could not be read."""
    if fault.fault == "not-a-number":
        return sentence("Write a number, such as 12.5 or 0,75, without any other words.")
    if fault.fault == "too-long":
        return counted(
            "Write at most %(num)s character.", "Write at most %(num)s characters.", fault.limit
        )
    return sentence("This answer does not fit the question. Reload the page and answer again.")


def _typed(check: Check, fields: Fields) -> str:
    if not isinstance(check.view, TextView):
        return ""
    return next(iter(fields.get(check.view.name, ())), "")
