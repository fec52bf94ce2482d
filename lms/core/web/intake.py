"""What a request may carry, decided before anything reads it."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, abort, current_app, request

V = TypeVar("V", bound=Callable[..., object])

MOST_BYTES = 4 * 1024 * 1024
MOST_TYPED_BYTES = 256 * 1024  # half a million tiny fields cost ten seconds of a processor
NUL = "\x00"


def install(app: Flask) -> None:
    """Bound what is sent, and refuse what cannot be stored; comes before whatever reads forms."""
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    app.before_request(bound_forms)
    app.before_request(refuse_nul)


def bound_forms() -> None:
    """Let only forms with files be large; whatever people type is small."""
    if request.mimetype != "multipart/form-data":
        request.max_content_length = MOST_TYPED_BYTES


def answers_anything(view: V) -> V:
    """Let a view answer a NUL too: it reads no text as it is, and must not tell faults apart."""
    view.__dict__["answers_anything"] = True
    return view


def refuse_nul() -> None:
    """Refuse a request that carries a NUL: no text has one, and PostgreSQL stores none."""
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "answers_anything", False):
        return
    sent = [*request.args.lists(), *request.form.lists()]
    texts = (text for name, values in sent for text in (name, *values))
    if NUL in request.path or any(NUL in text for text in texts):
        abort(400)
