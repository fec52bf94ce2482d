"""What waits for approval: one by one, or several at once."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from lms.admin.views.desk import blueprint
from lms.certificates.queries import eligibilities as queries
from lms.certificates.services.eligibilities import Outcome, decide_several
from lms.certificates.views.base import links
from lms.core.errors import DomainError
from lms.core.text import sentence
from lms.core.web.auth import administrator_only, viewer
from lms.core.web.context import now, reading, writing
from lms.core.web.pagination import page_number

STATES = ("waiting", "approved", "declined")
ACTS = ("approve", "decline")
LONGEST_NOTE = 1000


@blueprint.get("/eligibilities")
@administrator_only
def eligibilities() -> ResponseReturnValue:
    """List what waits, or what was decided."""
    return _page([])


@blueprint.get("/eligibilities/<public_id>")
@administrator_only
def eligibility(public_id: str) -> ResponseReturnValue:
    """Show one of them with the trace of the rule."""
    with reading() as session:
        found = queries.load_eligibility(session, public_id)
    return render_template("admin/eligibilities/one.html", entry=found)


@blueprint.post("/eligibilities")
@administrator_only
def decide_eligibilities() -> ResponseReturnValue:
    """Approve or decline those that were ticked; each one that cannot be is named."""
    act, chosen = request.form.get("act", ""), request.form.getlist("chosen")[:500]
    note = request.form.get("note", "").strip()[:LONGEST_NOTE]
    if faults := _faults(act, chosen, note):
        return _page(faults), 422
    with writing() as session:
        outcome = decide_several(session, viewer(), chosen, act == "approve", note, links(), now())
    _tell(outcome, act)
    return redirect(url_for("admin.eligibilities"), 303)


def _page(errors: list[tuple[str, str]]) -> str:
    wanted = request.args.get("state", "waiting")
    state = wanted if wanted in STATES else "waiting"
    with reading() as session:
        page = queries.list_eligibilities(session, state, page_number())
    return render_template(
        "admin/eligibilities/list.html",
        page=page,
        state=state,
        errors=errors,
        chosen=request.form.getlist("chosen"),
        note=request.form.get("note", ""),
    )


def _faults(act: str, chosen: list[str], note: str) -> list[tuple[str, str]]:
    if act not in ACTS:
        raise DomainError(sentence("Please choose whether to approve or to decline."))
    faults = []
    if not chosen:
        faults.append(("chosen", _("Tick at least one person.")))
    if act == "decline" and not note:
        faults.append(("note", _("Please write why: the person reads it in the mail.")))
    return faults


def _tell(outcome: Outcome, act: str) -> None:
    if outcome.done and act == "approve":
        flash(
            ngettext(
                "%(num)s certificate is issued.", "%(num)s certificates are issued.", outcome.done
            )
        )
    elif outcome.done:
        flash(ngettext("%(num)s person is told.", "%(num)s people are told.", outcome.done))
    for message in outcome.refusals:
        flash(str(message), "warning")
