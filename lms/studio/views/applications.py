"""Applications, one by one or many at once."""

from typing import cast

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from lms.core.errors import NotFound
from lms.core.text import sentence
from lms.core.web.auth import signed_in, viewer
from lms.core.web.context import now, program, reading, writing
from lms.core.web.pagination import page_number
from lms.learning.services.applications import Verdict, decide
from lms.studio.forms import DecisionForm
from lms.studio.queries.applications import load_applications
from lms.studio.views.base import blueprint, trained_course

VERDICTS = ("accept", "waitlist", "decline")


@blueprint.get("/studio/courses/<slug>/applications")
@signed_in
def applications(slug: str) -> ResponseReturnValue:
    return _page(slug, DecisionForm())


@blueprint.post("/studio/courses/<slug>/applications")
@signed_in
def decide_applications(slug: str) -> ResponseReturnValue:
    form, verdict = DecisionForm(), request.form.get("verdict", "")
    if verdict not in VERDICTS:
        raise NotFound(sentence("Applications are accepted, put on the waiting list or declined."))
    if not form.validate():
        return make_response(_page(slug, form), 422)
    with writing() as session:
        found = trained_course(session, slug)
        link = program().settings.base_url + url_for("learning.course", slug=slug)
        ids, note = form.applications.data, (form.note.data or "").strip()
        number = decide(session, viewer(), found, ids, cast("Verdict", verdict), note, link, now())
    flash(_what_was_done(verdict, number))
    return redirect(url_for("studio.applications", slug=slug), 303)


def _what_was_done(verdict: str, number: int) -> str:
    match verdict:
        case "accept":
            told = ngettext(
                "%(num)s application is accepted, and the person is told by mail.",
                "%(num)s applications are accepted, and the people are told by mail.",
                number,
            )
        case "waitlist":
            told = ngettext(
                "%(num)s application is on the waiting list, and the person is told by mail.",
                "%(num)s applications are on the waiting list, and the people are told by mail.",
                number,
            )
        case _:
            told = ngettext(
                "%(num)s application is declined, and the person is told by mail.",
                "%(num)s applications are declined, and the people are told by mail.",
                number,
            )
    return str(told)


def _page(slug: str, form: DecisionForm) -> ResponseReturnValue:
    with reading() as session:
        found = trained_course(session, slug)
        state = request.args.get("state", "")
        listed = load_applications(session, found.course_id, state, page_number())
    return render_template(
        "studio/applications.html", course=found.course, listed=listed, form=form
    )
