"""Roles and standing of one person; each change is asked for on a page of its own."""

from collections.abc import Callable
from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session

from lms.accounts.forms import show_on_form, status_of
from lms.accounts.services import roles
from lms.admin.forms.people import GrantForm, ReasonForm
from lms.admin.queries import people as queries
from lms.admin.views.desk import blueprint
from lms.core.errors import DomainError, NotFound
from lms.core.text import sentence
from lms.core.web.auth import Viewer, administrator_only, viewer
from lms.core.web.context import now, reading, writing

Change = Callable[[Session, Viewer, str, str, datetime], None]


def _load(public_id: str) -> queries.PersonPage:
    with reading() as session:
        return queries.load_person(session, public_id, now())


def _to_person(public_id: str) -> ResponseReturnValue:
    return redirect(url_for("admin.person", public_id=public_id), 303)


@blueprint.route("/people/<public_id>/grant", methods=["GET", "POST"])
@administrator_only
def grant(public_id: str) -> ResponseReturnValue:
    """Give a person a role."""
    with reading() as session:
        person = queries.load_person(session, public_id, now())
        courses = queries.course_choices(session)
    form = GrantForm()
    form.offer(courses)
    status = 200
    if form.validate_on_submit():
        try:
            _grant(form, public_id)
        except DomainError as error:
            status = show_on_form(form, error)
        else:
            flash(_("The role is given. The person has to sign in again."))
            return _to_person(public_id)
    return render_template("admin/grant.html", form=form, person=person), status_of(form, status)


def _grant(form: GrantForm, public_id: str) -> None:
    with writing() as session:
        roles.grant_role(session, viewer(), public_id, form.role.data, form.scope, now())


@blueprint.route("/people/<public_id>/roles/<role>/<scope>/revoke", methods=["GET", "POST"])
@administrator_only
def revoke(public_id: str, role: str, scope: str) -> ResponseReturnValue:
    """Ask, then take a role away."""
    person = _load(public_id)
    held = next((r for r in person.roles if (r.role, r.scope) == (role, scope)), None)
    if held is None:
        raise NotFound(sentence("This person does not hold this role."))
    form = FlaskForm()
    status = 200
    if form.validate_on_submit():
        try:
            _revoke(public_id, held)
        except DomainError as error:
            status = show_on_form(form, error)
        else:
            flash(_("The role is taken away. The person has to sign in again."))
            return _to_person(public_id)
    return render_template("admin/revoke.html", form=form, person=person, held=held), status


def _revoke(public_id: str, held: queries.Role) -> None:
    with writing() as session:
        roles.revoke_role(session, viewer(), public_id, held.role, held.scope, now())


@blueprint.route("/people/<public_id>/suspend", methods=["GET", "POST"])
@administrator_only
def suspend(public_id: str) -> ResponseReturnValue:
    """Ask for a reason, then shut a person out."""
    return _with_reason(public_id, roles.suspend, "suspend", _("The account is suspended."))


@blueprint.route("/people/<public_id>/reinstate", methods=["GET", "POST"])
@administrator_only
def reinstate(public_id: str) -> ResponseReturnValue:
    """Ask for a reason, then let a person in again."""
    return _with_reason(public_id, roles.reinstate, "reinstate", _("The account works again."))


def _with_reason(public_id: str, change: Change, name: str, done: str) -> ResponseReturnValue:
    person, form = _load(public_id), ReasonForm()
    status = 200
    if form.validate_on_submit():
        try:
            _apply(change, public_id, form)
        except DomainError as error:
            status = show_on_form(form, error)
        else:
            flash(done)
            return _to_person(public_id)
    page = render_template(f"admin/{name}.html", form=form, person=person)
    return page, status_of(form, status)


def _apply(change: Change, public_id: str, form: FlaskForm) -> None:
    with writing() as session:
        change(session, viewer(), public_id, form.reason.data.strip(), now())
