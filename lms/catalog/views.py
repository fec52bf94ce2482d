"""The catalogue, and the pictures and files of its courses."""

from babel import Locale, UnknownLocaleError
from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from lms.catalog import published, queries
from lms.catalog.cover import cover_svg
from lms.catalog.media import PDF, media_kind
from lms.catalog.queries import Wanted
from lms.core.web.context import reading
from lms.core.web.pagination import Page, page_number

blueprint = Blueprint("catalog", __name__)

CARDS = 24
FILTERS = ("level", "topic", "hours", "language")
FOREVER = "public, max-age=31536000, immutable"
PICTURE_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'"


@blueprint.app_template_filter("language_name")
def language_name(code: str) -> str:
    """Return a language's name for itself, or its code where nobody knows it."""
    try:
        return Locale.parse(code, sep="-").display_name or code
    except (UnknownLocaleError, ValueError):
        return code


@blueprint.get("/")
def index() -> ResponseReturnValue:
    chosen = {name: request.args.get(name, "")[:64] for name in FILTERS}
    wanted = Wanted(text=request.args.get("q", "").strip()[:200], **chosen)
    with reading() as session:
        catalogue = queries.load_catalogue(session, wanted)
    number = min(page_number(), max(1, -(-len(catalogue.found) // CARDS)))
    rows = catalogue.found[(number - 1) * CARDS : number * CARDS]
    return render_template(
        "catalog/index.html",
        page=Page(rows, number, len(catalogue.found), CARDS),
        catalogue=catalogue,
        wanted=wanted,
    )


@blueprint.get("/courses/<slug>/cover.svg")
def cover(slug: str) -> ResponseReturnValue:
    with reading() as session:
        course = published.by_slug(session, slug).course
    response = make_response(cover_svg(course.id, course.title))
    response.mimetype = "image/svg+xml"
    response.headers["Cache-Control"] = "public, max-age=86400"
    response.headers["Content-Security-Policy"] = PICTURE_POLICY
    response.add_etag()
    return response.make_conditional(request)


@blueprint.get("/courses/<slug>/media/<sha>/<path:name>")
def media(slug: str, sha: str, name: str) -> ResponseReturnValue:
    """Serve a file as what it may be shown as; anything else is a download."""
    with reading() as session:
        file = queries.load_media(session, slug, sha, name)
    kind = media_kind(name)
    response: Response = make_response(file.content)
    response.mimetype = kind.media_type
    if not kind.is_inline:
        filename = name.rpartition("/")[2]
        response.headers.set("Content-Disposition", "attachment", filename=filename)
    response.headers["Cache-Control"] = FOREVER
    if kind.media_type != PDF:  # browsers show no PDF inside a sandbox
        response.headers["Content-Security-Policy"] = PICTURE_POLICY
    response.set_etag(file.sha256)
    return response.make_conditional(request, accept_ranges=True, complete_length=len(file.content))
