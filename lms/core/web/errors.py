"""Error pages with a way out; a rule that says no becomes a page that says why."""

import structlog
from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from jinja2 import TemplateNotFound
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from werkzeug.exceptions import HTTPException

from lms.core.errors import DomainError
from lms.core.text import Text, sentence
from lms.core.web.auth import see_a_visitor

log = structlog.get_logger()

AWAY = (OperationalError, InterfaceError, NoConnectionLeft)


def error_page(status: int, message: Text | None = None) -> ResponseReturnValue:
    """Return the page (or, where JSON is asked for, the document) of an error."""
    if request.accept_mimetypes.best == "application/json" or request.path.endswith(".json"):
        return {"status": status, "error": str(message or "")}, status
    try:
        return _page(status, message), status
    except AWAY:  # a page asks who is looking
        see_a_visitor()
        return _page(status, message), status


def _page(status: int, message: Text | None) -> str:
    try:
        return render_template(f"errors/{status}.html", message=message)
    except TemplateNotFound:
        nearest = "errors/500.html" if status >= 500 else "errors/400.html"
        return render_template(nearest, message=message)


def install(app: Flask) -> None:
    """Answer every failure with a page of our own."""

    @app.errorhandler(DomainError)
    def rule_says_no(error: DomainError) -> ResponseReturnValue:
        return error_page(error.status, error.message)

    @app.errorhandler(CSRFError)
    def foreign_form(_error: CSRFError) -> ResponseReturnValue:
        return error_page(
            400,
            sentence(
                "This form was open for too long, or came from another place. "
                "Go back, reload the page and send it again."
            ),
        )

    @app.errorhandler(HTTPException)
    def known_failure(error: HTTPException) -> ResponseReturnValue:
        if error.code is None or error.code < 400:
            return error.get_response()
        return error_page(error.code)

    def database_away(error: SQLAlchemyError) -> ResponseReturnValue:
        log.error("database_unavailable", error=str(getattr(error, "orig", error)))
        see_a_visitor()
        return error_page(503)

    for kind in AWAY:
        app.register_error_handler(kind, database_away)

    @app.errorhandler(Exception)
    def unexpected(_error: Exception) -> ResponseReturnValue:
        log.exception("unexpected_error", endpoint=request.endpoint)
        return error_page(500)
