"""A course as its learners will see it, with everything open; nothing of it is remembered."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core import audit
from lms.core.web.auth import signed_in, viewer
from lms.core.web.context import now, reading, writing
from lms.learning.places import lesson_of_check
from lms.learning.queries.checks import present_check
from lms.learning.queries.course_page import preview_course_page
from lms.learning.queries.glossary import load_glossary
from lms.learning.queries.lesson_page import preview_lesson_page
from lms.learning.queries.quiz_page import preview_quiz_page
from lms.learning.routes import Routes
from lms.learning.services.practice import grade_check
from lms.learning.views.base import new_seed, read_seed, wants_fragment
from lms.studio.views.base import blueprint, trained_course


def _routes(slug: str) -> Routes:
    return Routes(url_for("studio.preview", slug=slug))


@blueprint.get("/studio/courses/<slug>/preview")
@signed_in
def preview(slug: str) -> ResponseReturnValue:
    with reading() as session:
        page = preview_course_page(session, trained_course(session, slug), _routes(slug))
    return render_template("learning/course.html", page=page)


@blueprint.get("/studio/courses/<slug>/preview/lessons/<lesson>")
@signed_in
def preview_lesson(slug: str, lesson: str) -> ResponseReturnValue:
    with reading() as session:
        found = trained_course(session, slug)
    page = preview_lesson_page(found, lesson, new_seed(), _routes(slug))
    return render_template("learning/lesson.html", page=page)


@blueprint.get("/studio/courses/<slug>/preview/glossary")
@signed_in
def preview_glossary(slug: str) -> ResponseReturnValue:
    with reading() as session:
        found = trained_course(session, slug)
    terms, routes = load_glossary(found), _routes(slug)
    return render_template(
        "learning/glossary.html", course=found.course, terms=terms, routes=routes
    )


@blueprint.get("/studio/courses/<slug>/preview/quizzes/<quiz>")
@signed_in
def preview_quiz(slug: str, quiz: str) -> ResponseReturnValue:
    """Show a quiz with the keys of its items; that somebody saw them stands in the audit log."""
    with writing() as session:
        found = trained_course(session, slug)
        page = preview_quiz_page(found, quiz, _routes(slug))
        subject = f"quiz:{found.course.id}/{quiz}"
        audit.record(session, viewer().person_id, "keys.viewed", subject, now())
    return render_template("learning/quiz.html", page=page)


@blueprint.get("/studio/courses/<slug>/preview/checks/<bank>/<item>")
@signed_in
def preview_fresh_check(slug: str, bank: str, item: str) -> ResponseReturnValue:
    with reading() as session:
        found = trained_course(session, slug)
    check = present_check(found, f"{bank}/{item}", new_seed(), _routes(slug))
    if wants_fragment():
        return render_template("learning/check_fragment.html", check=check)
    lesson = _routes(slug).lesson(lesson_of_check(found.course, check.ref).id)
    return redirect(f"{lesson}#{check.anchor}", 303)


@blueprint.post("/studio/courses/<slug>/preview/checks/<bank>/<item>")
@signed_in
def preview_check(slug: str, bank: str, item: str) -> ResponseReturnValue:
    ref, seed = f"{bank}/{item}", read_seed(request.form.get("deal"))
    with reading() as session:
        found = trained_course(session, slug)
    check, _ = grade_check(found, ref, seed, request.form.to_dict(flat=False), _routes(slug))
    if wants_fragment():
        return render_template("learning/check_fragment.html", check=check)
    lesson = lesson_of_check(found.course, ref).id
    page = preview_lesson_page(found, lesson, new_seed(), _routes(slug), check)
    return render_template("learning/lesson.html", page=page)
