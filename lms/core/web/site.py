"""Pages of the site itself: health, theme, language, legal texts, the style guide, the outbox."""

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select, text

from lms.core import outbox
from lms.core.mail import SentMail
from lms.core.site import load_profile
from lms.core.web.auth import safe_next
from lms.core.web.context import now, program, reading
from lms.core.web.i18n import languages
from lms.core.web.styleguide import sample_context

blueprint = Blueprint("site", __name__)

YEAR = 365 * 24 * 3600
THEMES = ("light", "dark", "system")


def _remember(name: str, value: str) -> ResponseReturnValue:
    target = safe_next(request.form.get("next"), url_for("catalog.index"))
    response = make_response(redirect(target, 303))
    response.set_cookie(
        name,
        value,
        max_age=YEAR,
        httponly=True,
        samesite="Lax",
        secure=program().settings.is_https,
    )
    return response


@blueprint.post("/theme")
def set_theme() -> ResponseReturnValue:
    wanted = request.form.get("theme", "")
    return _remember("theme", wanted if wanted in THEMES else "system")


@blueprint.post("/language")
def set_language() -> ResponseReturnValue:
    wanted = request.form.get("language", "")
    return _remember("language", wanted if wanted in languages(program().settings) else "en")


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Say whether the program, its database and its jobs are well."""
    with reading() as session:
        revision = session.scalar(text("SELECT version_num FROM alembic_version"))
        waiting = outbox.pending(session)
    kind = "sqlite" if program().database.is_sqlite else "postgresql"
    return {"status": "ok", "database": kind, "pending_jobs": waiting, "schema": revision}


@blueprint.get("/privacy")
def privacy() -> ResponseReturnValue:
    with reading() as session:
        return render_template("site/privacy.html", profile=load_profile(session))


@blueprint.get("/terms")
def terms() -> ResponseReturnValue:
    with reading() as session:
        return render_template("site/terms.html", profile=load_profile(session))


@blueprint.get("/styleguide")
def styleguide() -> ResponseReturnValue:
    """Show every component in every state; development only."""
    if not program().settings.development:
        abort(404)
    return render_template("styleguide/index.html", **sample_context(now()))


@blueprint.get("/outbox")
def sent_mails() -> ResponseReturnValue:
    """Show the mails that the demo kept."""
    if not program().settings.demo:
        abort(404)
    with reading() as session:
        mails = session.scalars(select(SentMail).order_by(SentMail.id.desc()).limit(50))
        rows = [(mail.recipient, mail.subject, mail.text, mail.sent_at) for mail in mails]
    return render_template("site/outbox.html", mails=rows)
