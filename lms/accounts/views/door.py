"""Register, sign in, sign out."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask import session as browser
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.accounts import passwords
from lms.accounts.addresses import email_key
from lms.accounts.forms import RegisterForm, SignInForm, show_on_form, status_of
from lms.accounts.services import registration, sessions
from lms.accounts.services import sign_in as door
from lms.core.errors import DomainError
from lms.core.web import auth
from lms.core.web.context import now, program, writing

blueprint = Blueprint("accounts", __name__)


def visit_of(email: str) -> door.Visit:
    """Return who knocks: the folded address, the network address and the browser."""
    agent = request.user_agent.string
    return door.Visit(email_key(email), request.remote_addr or "", agent)


def to_check_mail(email: str, purpose: str) -> ResponseReturnValue:
    """Go to the page that says to look at the mail; `purpose` is confirm or reset."""
    browser["mailed"], browser["mailed_for"] = email, purpose
    return redirect(url_for("accounts.check_mail"), 303)


@blueprint.route("/register", methods=["GET", "POST"])
def register() -> ResponseReturnValue:
    """Let somebody join; the answer never tells whether an address has an account."""
    if auth.optional_viewer() is not None:
        return redirect(url_for("learning.home"), 303)
    form = RegisterForm()
    status = 200
    if form.validate_on_submit():
        try:
            _register(form)
        except DomainError as error:
            status = show_on_form(form, error)
        else:
            browser["next"] = auth.safe_next(request.args.get("next"), "")
            return to_check_mail(form.email.data, "confirm")
    return render_template("accounts/register.html", form=form), status_of(form, status)


def _register(form: RegisterForm) -> None:
    visit = visit_of(form.email.data)
    with writing() as session:
        registration.open_register(session, visit, now())
    password_hash = passwords.hash_password(form.password.data)
    with writing() as session:
        registration.register(
            session,
            visit,
            form.name.data,
            password_hash,
            program().settings.base_url,
            now(),
        )


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Sign somebody in and take them to where they wanted to go."""
    wanted = request.form.get("next") or request.args.get("next") or browser.get("next")
    target = auth.safe_next(wanted, url_for("learning.home"))
    if auth.optional_viewer() is not None:
        return redirect(target, 303)
    form = SignInForm()
    status = 200
    if form.validate_on_submit():
        try:
            token = prove(visit_of(form.email.data), form.password.data)
        except DomainError as error:
            status = show_on_form(form, error)
        else:
            auth.sign_in(token)
            return redirect(target, 303)
    form.next.data = auth.safe_next(wanted, "")
    return render_template("accounts/sign_in.html", form=form), status_of(form, status)


def prove(visit: door.Visit, password: str) -> str:
    """Compare a password outside any unit of work; return the token of a new session."""
    with writing() as session:
        stored = door.open_door(session, visit, now())
    if not passwords.is_right_password(password, stored) or stored is None:
        with writing() as session:
            door.refuse_sign_in(session, visit, now())
        raise door.SignInRefused
    fresh = passwords.hash_password(password) if passwords.is_outdated(stored) else None
    with writing() as session:
        return door.sign_in(session, visit, stored, fresh, now())


@blueprint.post("/sign-out")
@auth.signed_in
def sign_out() -> ResponseReturnValue:
    """End this browser's session."""
    with writing() as session:
        sessions.end_session(session, auth.viewer(), now())
    auth.sign_out()
    flash(_("You are signed out."))
    return redirect(url_for("catalog.index"), 303)
