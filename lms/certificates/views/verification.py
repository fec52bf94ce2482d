"""Verification for anyone: without a login, without JavaScript, never cached.

Every unknown or malformed code gets the same answer. Misses are counted by network address; hits
are not, since a code is public by nature and has 75 random bits.
"""

from datetime import timedelta

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.accounts.limits import TooManyAttempts
from lms.certificates.document.content import qr_svg
from lms.certificates.queries.certificates import (
    NOT_FOUND,
    PublicCertificate,
    find_public,
)
from lms.certificates.record import status_record
from lms.certificates.views.base import blueprint, links
from lms.core import throttle
from lms.core.errors import NotFound
from lms.core.ids import hash_secret
from lms.core.web.context import now, reading, writing
from lms.core.web.intake import answers_anything
from lms.engine.code import parse_code

MISSES = throttle.Limit(60, timedelta(minutes=15))
FRESH = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


@blueprint.get("/verify")
@answers_anything
def verify_form() -> ResponseReturnValue:
    """Ask for a code, and lead to its page."""
    typed = request.args.get("code", "").strip()
    if not typed:
        return render_template("certificates/verify_form.html", is_empty="code" in request.args)
    code = parse_code(typed) or typed[:64]
    return redirect(url_for(".verify", code=code), 303)


@blueprint.get("/verify/<path:code>")
@answers_anything
def verify(code: str) -> ResponseReturnValue:
    """Show the state of a certificate in large words."""
    found = _look_up(code)
    if found is None:
        return render_template("certificates/unknown.html"), 404, FRESH
    page = render_template("certificates/verify.html", certificate=found, links=links())
    return make_response(page, FRESH)


@blueprint.get("/verify/<path:code>.json")
@answers_anything
def verify_json(code: str) -> ResponseReturnValue:
    """Give the status record of a certificate to programs."""
    found = _look_up(code)
    if found is None:
        raise NotFound(NOT_FOUND)
    return status_record(found, links(), now()), FRESH


@blueprint.get("/verify/<code>/qr.svg")
@answers_anything
def verify_qr(code: str) -> ResponseReturnValue:
    """Draw the QR code that leads to a certificate's page."""
    found = _look_up(code)
    if found is None:
        raise NotFound(NOT_FOUND)
    drawing = qr_svg(links().verification(found.code), border=2, light="#ffffff")
    return drawing, FRESH | {"Content-Type": "image/svg+xml"}


def _look_up(code: str) -> PublicCertificate | None:
    with reading() as session:
        found = find_public(session, code, now())
    if found is None:
        _count_miss()
    return found


def _count_miss() -> None:
    """Count a miss of this network address; raise TooManyAttempts after too many of them."""
    door = f"verify:{hash_secret(request.remote_addr or '')}"
    with writing() as session:
        wait = throttle.knock(session, door, MISSES, now())
    if wait:
        raise TooManyAttempts(wait)
