"""The learner's home."""

from flask import render_template
from flask.typing import ResponseReturnValue

from lms.core.web.auth import signed_in, viewer
from lms.core.web.context import now, reading
from lms.learning.queries.home import load_home
from lms.learning.views.base import blueprint


@blueprint.get("/home")
@signed_in
def home() -> ResponseReturnValue:
    with reading() as session:
        page = load_home(session, viewer().person_id, now())
    return render_template("learning/home.html", page=page)
