"""The course page, enrolling, applying and leaving."""

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from lms.catalog import published
from lms.core.web.auth import optional_viewer, signed_in, viewer
from lms.core.web.context import now, reading, writing
from lms.learning.forms import ApplicationForm
from lms.learning.queries.course_page import load_course_page
from lms.learning.queries.glossary import load_glossary
from lms.learning.services import enrolments
from lms.learning.views.base import blueprint, public_address, routes_of


@blueprint.get("/courses/<slug>")
def course(slug: str) -> ResponseReturnValue:
    with reading() as session:
        found = published.by_slug(session, slug)
        page = load_course_page(session, optional_viewer(), found, routes_of(slug))
    return render_template("learning/course.html", page=page)


@blueprint.get("/courses/<slug>/glossary")
def glossary(slug: str) -> ResponseReturnValue:
    with reading() as session:
        found = published.by_slug(session, slug)
    return render_template(
        "learning/glossary.html",
        course=found.course,
        terms=load_glossary(found),
        routes=routes_of(slug),
    )


@blueprint.post("/courses/<slug>/enrol")
@signed_in
def enrol(slug: str) -> ResponseReturnValue:
    with writing() as session:
        found = published.by_slug(session, slug)
        enrolments.enrol(session, viewer(), found, now())
    flash(gettext("You are enrolled. Your first lesson waits below."))
    return redirect(url_for("learning.course", slug=slug), 303)


@blueprint.post("/courses/<slug>/start")
@signed_in
def start(slug: str) -> ResponseReturnValue:
    """Begin a course that one was accepted for, and open the first lesson."""
    with writing() as session:
        found = published.by_slug(session, slug)
        enrolments.start(session, viewer(), found, now())
        page = load_course_page(session, viewer(), found, routes_of(slug))
    return redirect(page.next_step.href if page.next_step else page.first_lesson, 303)


@blueprint.get("/courses/<slug>/apply")
@signed_in
def apply(slug: str) -> ResponseReturnValue:
    return _application_page(slug, ApplicationForm())


@blueprint.post("/courses/<slug>/apply")
@signed_in
def hand_in(slug: str) -> ResponseReturnValue:
    form = ApplicationForm()
    if not form.validate():
        return make_response(_application_page(slug, form), 422)
    with writing() as session:
        found = published.by_slug(session, slug)
        statement, link = form.statement.data.strip(), public_address(slug)
        enrolments.apply(session, viewer(), found, statement, link, now())
    flash(gettext("Your application is in. You will get a mail when it is decided."))
    return redirect(url_for("learning.course", slug=slug), 303)


def _application_page(slug: str, form: ApplicationForm) -> ResponseReturnValue:
    with reading() as session:
        found = published.by_slug(session, slug)
        page = load_course_page(session, viewer(), found, routes_of(slug))
    if page.door != "apply":
        return redirect(url_for("learning.course", slug=slug), 303)
    return render_template("learning/apply.html", page=page, form=form)


@blueprint.get("/courses/<slug>/leave")
@signed_in
def ask_leave(slug: str) -> ResponseReturnValue:
    with reading() as session:
        found = published.by_slug(session, slug)
        page = load_course_page(session, viewer(), found, routes_of(slug))
    if page.door not in ("start", "continue", "waiting"):
        return redirect(url_for("learning.course", slug=slug), 303)
    return render_template("learning/leave.html", page=page)


@blueprint.post("/courses/<slug>/leave")
@signed_in
def leave(slug: str) -> ResponseReturnValue:
    with writing() as session:
        found = published.by_slug(session, slug)
        enrolments.leave(session, viewer(), found, now())
    flash(gettext("You have left the course. If you come back, everything is as you left it."))
    return redirect(url_for("learning.course", slug=slug), 303)
