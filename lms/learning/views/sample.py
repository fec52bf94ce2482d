"""The sample quiz: open to everybody, and nothing is stored."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.catalog import published
from lms.core.web.context import reading
from lms.learning.queries.sample import grade_sample, load_sample
from lms.learning.views.base import blueprint, read_seed, routes_of


@blueprint.get("/courses/<slug>/sample")
def sample(slug: str) -> ResponseReturnValue:
    """Draw questions; the seed in the address lets a reload show the same ones."""
    with reading() as session:
        found = published.by_slug(session, slug)
    page = load_sample(found, read_seed(request.args.get("seed")), routes_of(slug))
    if request.args.get("seed") != page.seed:
        return redirect(url_for("learning.sample", slug=slug, seed=page.seed), 303)
    return render_template("learning/sample.html", page=page)


@blueprint.post("/courses/<slug>/sample")
def grade(slug: str) -> ResponseReturnValue:
    with reading() as session:
        found = published.by_slug(session, slug)
    seed = read_seed(request.form.get("seed"))
    page = grade_sample(found, seed, request.form.to_dict(flat=False), routes_of(slug))
    return render_template("learning/sample.html", page=page)
