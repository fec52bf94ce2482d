"""What a request may carry, decided before anything reads it."""

from flask import Flask, abort, request

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


def refuse_nul() -> None:
    """Refuse a request that carries a NUL: no text has one, and PostgreSQL stores none."""
    sent = [*request.args.lists(), *request.form.lists()]
    texts = (text for name, values in sent for text in (name, *values))
    if NUL in request.path or any(NUL in text for text in texts):
        abort(400)
