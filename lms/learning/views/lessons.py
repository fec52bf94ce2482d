"""Lessons, their marks and their inline checks."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from lms.catalog import published
from lms.catalog.published import PublishedCourse
from lms.core.web.auth import optional_viewer, signed_in, viewer
from lms.core.web.context import now, reading, writing
from lms.learning.places import lesson_of_check
from lms.learning.queries.checks import Check, present_check
from lms.learning.queries.lesson_page import Gate, LessonPage, load_lesson_page
from lms.learning.services import marks, practice, presence
from lms.learning.views.base import (
    at_gate,
    blueprint,
    new_seed,
    read_seed,
    routes_of,
    wants_fragment,
)


@blueprint.get("/courses/<slug>/lessons/<lesson>")
def lesson(slug: str, lesson: str) -> ResponseReturnValue:
    with reading() as session:
        found = published.by_slug(session, slug)
        page = load_lesson_page(
            session, optional_viewer(), found, lesson, new_seed(), routes_of(slug)
        )
    if isinstance(page, Gate):
        return at_gate(page)
    _remember(page)
    return render_template("learning/lesson.html", page=page)


def _remember(page: LessonPage) -> None:
    """Write where the learner is, if it is news."""
    standing = page.standing
    if standing is None or page.access != "learner":
        return
    if presence.is_worth_writing(standing, page.lesson.id, now()):
        with writing() as session:
            presence.write_presence(session, standing.enrolment_id, page.lesson.id, now())


@blueprint.post("/courses/<slug>/lessons/<lesson>/done")
@signed_in
def mark_done(slug: str, lesson: str) -> ResponseReturnValue:
    """Mark a lesson and go on to what follows it, or (`undo`) take the mark back."""
    with writing() as session:
        found = published.by_slug(session, slug)
        if "undo" in request.form:
            marks.unmark(session, viewer(), found, lesson, now())
            return redirect(routes_of(slug).lesson(lesson), 303)
        progress = marks.mark_done(session, viewer(), found, lesson, now())
    if progress.completed:
        flash(gettext("You have completed the course. Well done!"))
        return redirect(url_for("learning.course", slug=slug), 303)
    step = marks.step_after(progress, lesson)
    target = routes_of(slug).step(step.kind, step.id) if step else routes_of(slug).course
    return redirect(target, 303)


@blueprint.get("/courses/<slug>/checks/<bank>/<item>")
def fresh_check(slug: str, bank: str, item: str) -> ResponseReturnValue:
    """Show a check dealt anew: as a fragment, or in its lesson."""
    with reading() as session:
        found = published.by_slug(session, slug)
        check = present_check(found, f"{bank}/{item}", new_seed(), routes_of(slug))
        page = _page_of(session, found, check)
    if isinstance(page, Gate):
        return at_gate(page)
    if wants_fragment():
        return render_template("learning/check_fragment.html", check=check)
    return redirect(f"{routes_of(slug).lesson(page.lesson.id)}#{check.anchor}", 303)


@blueprint.post("/courses/<slug>/checks/<bank>/<item>", endpoint="check")
def answer_check(slug: str, bank: str, item: str) -> ResponseReturnValue:
    """Grade a check in place: the fragment for a script, else the whole lesson."""
    ref, seed = f"{bank}/{item}", read_seed(request.form.get("deal"))
    fields = request.form.to_dict(flat=False)
    with reading() as session:
        found = published.by_slug(session, slug)
        check, response = practice.grade_check(found, ref, seed, fields, routes_of(slug))
        page = _page_of(session, found, check)
    if isinstance(page, Gate):
        return at_gate(page)
    if page.access == "learner" and response is not None:
        with writing() as session:
            practice.keep_practice(session, viewer().person_id, found, ref, response, now())
    if wants_fragment():
        return render_template("learning/check_fragment.html", check=check)
    return render_template("learning/lesson.html", page=page)


def _page_of(session: Session, found: PublishedCourse, check: Check) -> LessonPage | Gate:
    key = lesson_of_check(found.course, check.ref).id
    routes = routes_of(found.course.slug)
    return load_lesson_page(session, optional_viewer(), found, key, new_seed(), routes, check)
