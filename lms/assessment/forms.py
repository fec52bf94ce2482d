"""From the fields that a browser sent to answers, parsed once, here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from lms.assessment.pages import field_prefix
from lms.assessment.queries import AttemptRecord
from lms.assessment.services.saving import Answer
from lms.catalog.published import PublishedCourse
from lms.core.errors import DomainError
from lms.core.ids import new_public_id
from lms.core.text import Text, sentence
from lms.engine import items
from lms.engine.items import MalformedResponse

MOST_DIGITS = 6
MOST_OPERATION = 48


@dataclass(frozen=True)
class ReadPage:
    """The answers that could be read, and what is wrong with the others, by slot."""

    answers: Sequence[Answer]
    errors: Mapping[int, Text] = field(default_factory=dict)
    typed: Mapping[int, str] = field(default_factory=dict)


class MalformedPostError(DomainError):
    """No page of ours sent this."""

    status = 400


def malformed() -> MalformedPostError:
    return MalformedPostError(
        sentence("This did not come from a page of the attempt; nothing was changed.")
    )


def read_slots(
    record: AttemptRecord,
    published: PublishedCourse,
    form: MultiDict[str, str],
    slots: Sequence[int],
) -> ReadPage:
    """Read the slots of a page; a slot whose fields are unreadable does not harm the others."""
    operation = form.get("operation_id", "") or new_public_id()
    if len(operation) > MOST_OPERATION:
        raise malformed()
    fields = {name: form.getlist(name) for name in form}
    answers, errors, typed = [], {}, {}
    for slot in slots:
        dealt = record.form.slots[slot]
        try:
            response = items.read(
                published.course.items[dealt.ref], dealt.arrangement, fields, field_prefix(slot)
            )
        except MalformedResponse as fault:
            errors[slot] = in_words(fault)
            typed[slot] = _first_text(fields, field_prefix(slot))
            continue
        answers.append(Answer(slot, response, _revision(form, slot), f"{operation}:{slot}"))
    return ReadPage(answers, errors, typed)


def _first_text(fields: Mapping[str, Sequence[str]], prefix: str) -> str:
    sent = (values[0] for name, values in fields.items() if name.startswith(prefix) and values)
    return next(sent, "")


def _revision(form: MultiDict[str, str], slot: int) -> int:
    text = form.get("revision") or form.get(f"revision-{slot}") or "0"
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise malformed()
    return int(text)


def in_words(fault: MalformedResponse) -> Text:
    """Return the sentence for a response that cannot be read."""
    if fault.fault == "not-a-number":
        return sentence("Please write a number, such as 0.85, 1,250 or -4.")
    if fault.fault == "too-long":
        return sentence(
            "This answer is too long; please keep it to %(limit)s characters.", limit=fault.limit
        )
    return sentence("This answer could not be read; please choose again.")
