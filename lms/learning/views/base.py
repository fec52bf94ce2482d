"""The blueprint, and what its views share."""

import re
import secrets

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.auth import to_sign_in
from lms.core.web.context import program
from lms.learning.queries.lesson_page import Gate
from lms.learning.routes import Routes

blueprint = Blueprint("learning", __name__)

SEED_BYTES = 8
SEED = re.compile(r"[0-9a-f]{16}")


def routes_of(slug: str) -> Routes:
    """Return the addresses of a course's pages."""
    return Routes(url_for("learning.course", slug=slug))


def public_address(slug: str) -> str:
    """Return the course's address for a mail: from the configured base, never a Host header."""
    return program().settings.base_url + url_for("learning.course", slug=slug)


def new_seed() -> bytes:
    return secrets.token_bytes(SEED_BYTES)


def read_seed(text: str | None) -> bytes:
    """Return the seed that a form carries; anything odd becomes a new one."""
    return bytes.fromhex(text) if text and SEED.fullmatch(text) else new_seed()


def wants_fragment() -> bool:
    """Tell whether a script asks for one check alone, to swap it in."""
    return "X-Fragment" in request.headers or request.headers.get("X-Requested-With") == "fetch"


def at_gate(gate: Gate) -> ResponseReturnValue:
    """Send a stranger to sign in; tell everybody else in words what opens the page."""
    if gate.reason == "sign-in":
        return to_sign_in()
    return render_template("learning/gate.html", gate=gate), 403
