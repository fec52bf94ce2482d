"""What mailed links open: confirm an address, choose a password, accept an invitation."""

from flask import flash, redirect, render_template, request, url_for
from flask import session as browser
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.accounts import limits, queries
from lms.accounts.forms import EmailForm, InvitationForm, NewPasswordForm, show_on_form, status_of
from lms.accounts.passwords import hash_password
from lms.accounts.services import addresses, invitations, passwords, registration
from lms.accounts.services.tokens import LinkRefused
from lms.accounts.views.door import blueprint, to_check_mail, visit_of
from lms.core.errors import DomainError
from lms.core.web import auth
from lms.core.web.context import now, program, reading, writing


def _find(secret: str, *purposes: str) -> queries.OpenLink | None:
    with reading() as session:
        return queries.find_link(session, secret, purposes, now())


def _dead_link(purpose: str) -> ResponseReturnValue:
    """Say that a link opens nothing and how to get a new one; guesses are counted."""
    address = request.remote_addr or ""
    with writing() as session:
        limits.knock(session, limits.TOKEN, address, address, now())
    return render_template("accounts/dead_link.html", purpose=purpose), LinkRefused.status


@blueprint.get("/check-mail")
def check_mail() -> ResponseReturnValue:
    """Say that a mail is on its way."""
    viewer = auth.optional_viewer()
    form = EmailForm(formdata=None)
    form.email.data = viewer.email if viewer else browser.get("mailed", "")
    purpose = "confirm" if viewer else browser.get("mailed_for", "confirm")
    return render_template("accounts/check_mail.html", form=form, purpose=purpose)


@blueprint.post("/check-mail")
def resend() -> ResponseReturnValue:
    """Send the mail that confirms an address again, if it waits for that."""
    form = EmailForm()
    if not form.validate():
        page = render_template("accounts/check_mail.html", form=form, purpose="confirm")
        return page, 422
    with writing() as session:
        base_url = program().settings.base_url
        registration.resend_confirmation(session, visit_of(form.email.data), base_url, now())
    flash(_("If this address waits to be confirmed, a new mail is on its way."))
    return to_check_mail(form.email.data, "confirm")


@blueprint.route("/confirm/<token>", methods=["GET", "POST"])
def confirm(token: str) -> ResponseReturnValue:
    """Confirm an address by a click of its own: mail scanners only follow links."""
    link = _find(token, "confirm", "email")
    if link is None:
        return _dead_link("confirm")
    if request.method == "GET":
        return render_template("accounts/confirm.html", link=link)
    try:
        with writing() as session:
            addresses.confirm_address(session, token, now())
    except LinkRefused:
        return _dead_link("confirm")
    flash(_("Your e-mail address is confirmed."))
    place = "accounts.sign_in" if auth.optional_viewer() is None else "learning.home"
    return redirect(url_for(place), 303)


@blueprint.route("/forgot", methods=["GET", "POST"])
def forgot() -> ResponseReturnValue:
    """Mail a link to choose a new password; the answer is the same for every address."""
    form = EmailForm()
    status = 200
    if form.validate_on_submit():
        try:
            with writing() as session:
                base_url = program().settings.base_url
                passwords.request_reset(session, visit_of(form.email.data), base_url, now())
        except DomainError as error:
            status = show_on_form(form, error)
        else:
            return to_check_mail(form.email.data, "reset")
    return render_template("accounts/forgot.html", form=form), status_of(form, status)


@blueprint.route("/reset/<token>", methods=["GET", "POST"])
def reset(token: str) -> ResponseReturnValue:
    """Let the owner of an address choose a new password."""
    link = _find(token, "reset")
    if link is None:
        return _dead_link("reset")
    form = NewPasswordForm()
    form.personal = (link.name, link.email)
    if not form.validate_on_submit():
        page = render_template("accounts/reset.html", form=form, link=link)
        return page, status_of(form)
    password_hash = hash_password(form.password.data)
    try:
        with writing() as session:
            passwords.reset_password(session, token, password_hash, now())
    except LinkRefused:
        return _dead_link("reset")
    auth.sign_out()
    flash(_("Your new password is set. Sign in with it."))
    return redirect(url_for("accounts.sign_in"), 303)


@blueprint.route("/invitation/<token>", methods=["GET", "POST"])
def invitation(token: str) -> ResponseReturnValue:
    """Let an invited person choose a name and a password."""
    link = _find(token, "invite")
    if link is None:
        return _dead_link("invite")
    form = InvitationForm(data={"name": link.name})
    form.personal = (link.email,)
    if not form.validate_on_submit():
        page = render_template("accounts/invitation.html", form=form, link=link)
        return page, status_of(form)
    password_hash = hash_password(form.password.data)
    try:
        with writing() as session:
            invitations.accept_invitation(session, token, form.name.data, password_hash, now())
    except LinkRefused:
        return _dead_link("invite")
    flash(_("Your account is ready. Sign in with your new password."))
    return redirect(url_for("accounts.sign_in"), 303)
