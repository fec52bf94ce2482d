"""What an attempt asks, and the fields that answer it rightly or wrongly: looked up, not guessed."""

import json
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.assessment.models import Attempt
from lms.assessment.pages import field_prefix
from lms.catalog import published
from lms.core.web.context import Program
from lms.engine import items
from lms.engine.assembly import Form, Slot
from lms.engine.items import Item

Fields = Mapping[str, tuple[str, ...]]


def form_of(session: Session, attempt_id: str) -> Form:
    """Return the frozen form of an attempt."""
    text = session.scalars(select(Attempt.form).where(Attempt.public_id == attempt_id)).one()
    return Form.from_json(json.loads(text))


def example_fields(item: Item, slot: Slot, is_right: bool) -> Fields:
    """Return what a browser sends for a right, or for a wrong and complete, answer."""
    wanted = 1 if is_right else 0
    return next(
        example.fields
        for example in items.examples(item, slot.arrangement)
        if example.fraction == wanted
    )


def right_answers(program: Program, attempt_id: str) -> tuple[Fields, ...]:
    """Return, for each question of an attempt, the form fields of a right answer."""
    with program.database.read() as session:
        attempt = session.scalars(select(Attempt).where(Attempt.public_id == attempt_id)).one()
        course = published.by_revision(session, attempt.revision_id).course
    slots = Form.from_json(json.loads(attempt.form)).slots
    return tuple(
        {
            field_prefix(number) + name: values
            for name, values in example_fields(course.items[slot.ref], slot, True).items()
        }
        for number, slot in enumerate(slots)
    )
