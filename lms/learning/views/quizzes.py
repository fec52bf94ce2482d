"""The page before a quiz, and its start."""

import secrets

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.catalog import published
from lms.core.web.auth import signed_in, viewer
from lms.core.web.context import now, reading, writing
from lms.learning.queries.lesson_page import Gate
from lms.learning.queries.quiz_page import load_quiz_page
from lms.learning.services.quizzes import start_quiz as start
from lms.learning.views.base import at_gate, blueprint, routes_of

SEED_BYTES = 16


@blueprint.get("/courses/<slug>/quizzes/<quiz>")
@signed_in
def quiz(slug: str, quiz: str) -> ResponseReturnValue:
    with reading() as session:
        found = published.by_slug(session, slug)
        page = load_quiz_page(session, viewer(), found, quiz, routes_of(slug), now())
    if isinstance(page, Gate):
        return at_gate(page)
    return render_template("learning/quiz.html", page=page)


@blueprint.post("/courses/<slug>/quizzes/<quiz>/start")
@signed_in
def start_quiz(slug: str, quiz: str) -> ResponseReturnValue:
    seed = secrets.token_bytes(SEED_BYTES)
    with writing() as session:
        found = published.by_slug(session, slug)
        attempt = start(session, viewer(), found, quiz, now(), seed)
    return redirect(url_for("assessment.attempt", attempt_id=attempt), 303)
