"""Answering: the pages of items, and the two ways in which answers are saved."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_time
from sqlalchemy.orm import Session

from lms.assessment import forms, pages, queries, services
from lms.assessment.views.base import blueprint
from lms.catalog import published
from lms.catalog.published import PublishedCourse
from lms.core.ids import new_public_id
from lms.core.text import Text, sentence
from lms.core.web.auth import signed_in, viewer
from lms.core.web.context import now, reading, writing
from lms.core.web.pagination import page_number
from lms.engine.attempt import has_expired


@dataclass(frozen=True)
class Loaded:
    """An attempt with the revision on which it was started."""

    record: queries.AttemptRecord
    course: PublishedCourse


def load(session: Session, attempt_id: str) -> Loaded:
    """Return the viewer's own attempt, or say that there is none."""
    record = queries.load_attempt(session, viewer().person_id, attempt_id)
    return Loaded(record, published.by_revision(session, record.revision_id))


def lock(session: Session, attempt_id: str) -> Loaded:
    """Return the viewer's own open attempt, which nobody else can change meanwhile."""
    record = services.lock_attempt(session, viewer().person_id, attempt_id)
    return Loaded(record, published.by_revision(session, record.revision_id))


@blueprint.get("/<attempt_id>")
@signed_in
def attempt(attempt_id: str) -> ResponseReturnValue:
    """Show one page of items with what was saved."""
    with reading() as session:
        loaded = load(session, attempt_id)
        if loaded.record.is_finished:
            return redirect(url_for("assessment.result", attempt_id=attempt_id), 303)
        saved = queries.saved_responses(session, loaded.record.id)
    if has_expired(now(), loaded.record.deadline_at):
        return render_template(
            "assessment/time_up.html", record=loaded.record, course=loaded.course
        )
    return _page(loaded, saved, _wanted_page(loaded.record))


def _wanted_page(record: queries.AttemptRecord) -> int:
    return min(page_number(), pages.page_count(record))


def _page(
    loaded: Loaded,
    saved: Mapping[int, queries.SavedResponse],
    number: int,
    errors: Mapping[int, Text] | None = None,
    typed: Mapping[int, str] | None = None,
) -> ResponseReturnValue:
    page = pages.attempt_page(loaded.course, loaded.record, saved, number, errors, typed)
    return render_template(
        "assessment/attempt.html",
        record=loaded.record,
        course=loaded.course.course,
        quiz=pages.quiz_of(loaded.course, loaded.record.quiz_key),
        page=page,
        operation_id=new_public_id(),
        saved_at=max((answer.saved_at for answer in saved.values()), default=None),
    ), (422 if errors else 200)


@blueprint.post("/<attempt_id>/items/<int:slot>")
@signed_in
def save_slot(attempt_id: str, slot: int) -> ResponseReturnValue:
    """Save one answer as it changes; answers in JSON, acknowledged only after the commit."""
    with writing() as session:
        loaded = lock(session, attempt_id)
        if slot >= len(loaded.record.form.slots):
            raise forms.malformed()
        read = forms.read_slots(loaded.record, loaded.course, request.form, [slot])
        if read.errors:
            return {"message": str(read.errors[slot])}, 422
        (receipt,) = services.save_locked(session, loaded.record, read.answers, now())
    return _receipt(receipt), 200 if receipt.outcome == "saved" else 409


def _receipt(receipt: services.Receipt) -> dict[str, object]:
    sentences = {
        "saved": "",
        "conflict": sentence(
            "This question was answered in another window; that answer counts. "
            "What you wrote here was kept as a note, not lost. Reload the page to go on."
        ),
        "late": sentence("The time was up when this answer came. It was kept, but does not count."),
    }
    return {
        "operation_id": receipt.operation_id,
        "outcome": receipt.outcome,
        "revision": receipt.revision,
        "saved_at": receipt.saved_at.isoformat(),
        "saved_at_text": format_time(receipt.saved_at, "short"),
        "message": str(sentences[receipt.outcome]),
    }


@blueprint.post("/<attempt_id>/save")
@signed_in
def save_page(attempt_id: str) -> ResponseReturnValue:
    """Save a whole page by a plain post, then go where the pressed button leads."""
    with writing() as session:
        loaded = lock(session, attempt_id)
        number = _wanted_page(loaded.record)
        saved = queries.saved_responses(session, loaded.record.id)
        slots = pages.slots_of_page(loaded.record, number)
        read = forms.read_slots(loaded.record, loaded.course, request.form, slots)
        changed = [a for a in read.answers if not _is_unchanged(saved, a)]
        record, at = loaded.record, now()
        receipts = services.save_locked(session, record, changed, at) if changed else ()
        if read.errors:
            saved = queries.saved_responses(session, loaded.record.id)
            return _page(loaded, saved, number, read.errors, read.typed)
    _tell(receipts)
    return redirect(_next_place(loaded.record, number), 303)


def _is_unchanged(saved: Mapping[int, queries.SavedResponse], answer: services.Answer) -> bool:
    found = saved.get(answer.slot)
    return (found.response if found else None) == answer.response


def _tell(receipts: tuple[services.Receipt, ...]) -> None:
    for text in {str(_receipt(receipt)["message"]) for receipt in receipts} - {""}:
        flash(text, "warning")


def _next_place(record: queries.AttemptRecord, number: int) -> str:
    go = request.form.get("go", "stay")
    if go == "summary":
        return url_for("assessment.summary", attempt_id=record.public_id)
    step = {"next": 1, "previous": -1}.get(go, 0)
    target = int(go) if go.isascii() and go.isdigit() and len(go) < 6 else number + step
    page = max(1, min(target, pages.page_count(record)))
    return url_for("assessment.attempt", attempt_id=record.public_id, page=page)
