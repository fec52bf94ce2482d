"""The profile, and the one thing a page that changes it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.accounts import queries
from lms.accounts.forms import ChangeEmailForm, ChangePasswordForm, show_on_form, status_of
from lms.accounts.passwords import hash_password, is_right_password
from lms.accounts.services import addresses, passwords, sessions
from lms.accounts.views.door import blueprint, visit_of
from lms.core.errors import DomainError
from lms.core.web import auth
from lms.core.web.context import now, program, reading, writing


def to_profile() -> ResponseReturnValue:
    return redirect(url_for("accounts.profile"), 303)


@blueprint.get("/profile")
@auth.signed_in
def profile() -> ResponseReturnValue:
    """Show what people can set about themselves, and where they are signed in."""
    person = auth.viewer()
    with reading() as session:
        rows = queries.open_sessions(session, person.person_id, person.session_id, now())
    return render_template("accounts/profile.html", sessions=rows)


def _prove_own_password(password: str) -> str:
    """Return the stored hash after the right password; raise where it is wrong."""
    person, address = auth.viewer(), request.remote_addr or ""
    with writing() as session:
        stored = passwords.open_own_door(session, person, address, now())
    if not is_right_password(password, stored) or stored is None:
        raise passwords.wrong_own_password()
    with writing() as session:
        passwords.accept_own_password(session, person, address)
    return stored


@blueprint.route("/profile/email", methods=["GET", "POST"])
@auth.signed_in
def change_email() -> ResponseReturnValue:
    """Ask a new address to confirm itself; the old one is told."""
    form = ChangeEmailForm()
    status = 200
    if form.validate_on_submit():
        try:
            _change_email(form)
        except DomainError as error:
            status = show_on_form(form, error)
        else:
            flash(_("Open the link in the mail that we sent to your new address."), "info")
            return to_profile()
    page = render_template("accounts/change_email.html", form=form)
    return page, status_of(form, status)


def _change_email(form: ChangeEmailForm) -> None:
    _prove_own_password(form.current_password.data)
    with writing() as session:
        base_url, visit = program().settings.base_url, visit_of(form.email.data)
        addresses.request_email_change(session, auth.viewer(), visit, base_url, now())


@blueprint.route("/profile/password", methods=["GET", "POST"])
@auth.signed_in
def change_password() -> ResponseReturnValue:
    """Replace the password; every other browser is signed out."""
    person = auth.viewer()
    form = ChangePasswordForm()
    form.personal = (person.name, person.email)
    status = 200
    if form.validate_on_submit():
        try:
            token = _change_password(form)
        except DomainError as error:
            status = show_on_form(form, error)
        else:
            auth.sign_in(token)
            flash(_("Your password is changed, and every other browser is signed out."))
            return to_profile()
    page = render_template("accounts/change_password.html", form=form)
    return page, status_of(form, status)


def _change_password(form: ChangePasswordForm) -> str:
    verified = _prove_own_password(form.current_password.data)
    fresh, agent = hash_password(form.password.data), request.user_agent.string
    with writing() as session:
        return passwords.change_password(session, auth.viewer(), verified, fresh, agent, now())


@blueprint.route("/profile/sign-out-everywhere", methods=["GET", "POST"])
@auth.signed_in
def end_sessions() -> ResponseReturnValue:
    """Ask, then sign the person out in every browser."""
    if request.method == "GET":
        return render_template("accounts/end_sessions.html")
    with writing() as session:
        sessions.sign_out_everywhere(session, auth.viewer(), now())
    auth.sign_out()
    flash(_("You are signed out everywhere."))
    return redirect(url_for("catalog.index"), 303)
