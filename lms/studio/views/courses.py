"""The trainer's courses and their cohorts."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from lms.core.errors import NotAllowed
from lms.core.text import sentence
from lms.core.web.auth import signed_in, viewer
from lms.core.web.context import reading
from lms.core.web.pagination import page_number
from lms.studio.queries.cohort import SORTS, CohortWish, cohort_quizzes, load_cohort
from lms.studio.queries.courses import load_studio
from lms.studio.views.base import blueprint, trained_course


@blueprint.get("/studio")
@signed_in
def index() -> ResponseReturnValue:
    person = viewer()
    if not (person.is_trainer or person.is_administrator):
        raise NotAllowed(sentence("The studio is for trainers. An administrator can make you one."))
    with reading() as session:
        studio = load_studio(session, person)
    return render_template("studio/index.html", studio=studio)


@blueprint.get("/studio/courses/<slug>")
@signed_in
def course(slug: str) -> ResponseReturnValue:
    wish = CohortWish(
        text=request.args.get("q", "").strip()[:200],
        state=request.args.get("state", ""),
        sort=request.args.get("sort", "name") if request.args.get("sort") in SORTS else "name",
        is_descending=request.args.get("order") == "down",
        page=page_number(),
    )
    with reading() as session:
        found = trained_course(session, slug)
        cohort = load_cohort(session, found, wish)
    return render_template(
        "studio/course.html",
        course=found.course,
        cohort=cohort,
        wish=wish,
        quizzes=cohort_quizzes(found.course),
    )
