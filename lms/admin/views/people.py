"""People: the list, one person, invitations."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.accounts.forms import show_on_form, status_of
from lms.accounts.services import invitations
from lms.admin.forms.people import InviteForm
from lms.admin.queries import people as queries
from lms.admin.views.desk import blueprint
from lms.core.errors import DomainError
from lms.core.web.auth import administrator_only, viewer
from lms.core.web.context import now, program, reading, writing
from lms.core.web.pagination import page_number


@blueprint.get("/people")
@administrator_only
def people() -> ResponseReturnValue:
    """List the people who fit the filter in the address."""
    given = request.args
    wanted = queries.Filter(given.get("q", "")[:100], given.get("role", ""), given.get("state", ""))
    with reading() as session:
        page = queries.list_people(session, wanted, page_number())
    return render_template("admin/people.html", page=page, wanted=wanted)


@blueprint.get("/people/<public_id>")
@administrator_only
def person(public_id: str) -> ResponseReturnValue:
    """Show one person with roles and standing."""
    with reading() as session:
        found = queries.load_person(session, public_id, now())
    return render_template("admin/person.html", person=found)


@blueprint.route("/people/invite", methods=["GET", "POST"])
@administrator_only
def invite() -> ResponseReturnValue:
    """Invite somebody by mail."""
    form = InviteForm()
    status = 200
    if form.validate_on_submit():
        try:
            public_id = _invite(form)
        except DomainError as error:
            status = show_on_form(form, error)
        else:
            flash(_("The invitation is on its way."))
            return redirect(url_for("admin.person", public_id=public_id), 303)
    return render_template("admin/invite.html", form=form), status_of(form, status)


def _invite(form: InviteForm) -> str:
    base_url = program().settings.base_url
    with writing() as session:
        return invitations.invite(
            session, viewer(), form.email.data, form.name.data, base_url, now()
        )


@blueprint.post("/people/<public_id>/invite-again")
@administrator_only
def invite_again(public_id: str) -> ResponseReturnValue:
    """Mail the invitation once more."""
    with writing() as session:
        base_url = program().settings.base_url
        invitations.invite_again(session, viewer(), public_id, base_url, now())
    flash(_("A new invitation is on its way; the older link no longer works."))
    return redirect(url_for("admin.person", public_id=public_id), 303)
