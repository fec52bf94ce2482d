"""The review page before submitting, the submission, and the result."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from lms.assessment import pages, queries, services
from lms.assessment.policy import next_try_in_words
from lms.assessment.views.answering import load
from lms.assessment.views.base import blueprint
from lms.core.web.auth import signed_in, viewer
from lms.core.web.context import now, reading, writing
from lms.engine.attempt import may_start


@blueprint.get("/<attempt_id>/summary")
@signed_in
def summary(attempt_id: str) -> ResponseReturnValue:
    """Show what is answered and what is open, before anything is final."""
    with reading() as session:
        loaded = load(session, attempt_id)
        if loaded.record.is_finished:
            return redirect(url_for("assessment.result", attempt_id=attempt_id), 303)
        saved = queries.saved_responses(session, loaded.record.id)
    return render_template(
        "assessment/summary.html",
        record=loaded.record,
        course=loaded.course.course,
        quiz=pages.quiz_of(loaded.course, loaded.record.quiz_key),
        page=pages.overview(loaded.record, saved),
    )


@blueprint.post("/<attempt_id>/submit")
@signed_in
def submit(attempt_id: str) -> ResponseReturnValue:
    """Submit for good; a second press changes nothing."""
    with writing() as session:
        submission = services.submit_attempt(session, viewer().person_id, attempt_id, now())
    if submission.was_expired:
        flash(gettext("Your time was up. What had been saved until then counts."), "warning")
    return redirect(url_for("assessment.result", attempt_id=attempt_id), 303)


@blueprint.get("/<attempt_id>/result")
@signed_in
def result(attempt_id: str) -> ResponseReturnValue:
    """Show the result with a rationale for every option, as far as the policy releases it."""
    with reading() as session:
        loaded = load(session, attempt_id)
        record = loaded.record
        if not record.is_finished:
            return redirect(url_for("assessment.attempt", attempt_id=attempt_id), 303)
        saved = queries.saved_responses(session, record.id)
        points = queries.slot_points(session, record.id)
        past = queries.history(session, record.person_id, record.course_id, record.quiz_key)
    has_passed = any(attempt.is_passed for attempt in past)
    quiz = pages.quiz_of(loaded.course, record.quiz_key)
    return render_template(
        "assessment/result.html",
        record=record,
        course=loaded.course.course,
        page=pages.result_page(loaded.course, record, saved, points, has_passed),
        has_passed=has_passed,
        next_try=next_try_in_words(may_start(quiz, [one.as_rule() for one in past], now())),
    )
