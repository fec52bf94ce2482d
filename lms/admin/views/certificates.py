"""Certificates: search, one certificate with everything about it, issue, reissue, revoke."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.accounts.forms import show_on_form, status_of
from lms.admin.forms.certificates import IssueForm, ReissueForm, RevokeForm
from lms.admin.views.desk import blueprint
from lms.catalog import published
from lms.certificates.queries.awards import award_choices
from lms.certificates.queries.certificates import StaffCertificate, load_for_staff
from lms.certificates.queries.lists import STATES, Wanted
from lms.certificates.queries.lists import search as search_certificates
from lms.certificates.services import lifecycle
from lms.certificates.services.by_hand import issue_by_hand
from lms.certificates.views.base import links
from lms.core.errors import DomainError
from lms.core.web.auth import administrator_only, viewer
from lms.core.web.context import now, reading, writing
from lms.core.web.pagination import page_number


@blueprint.get("/certificates")
@administrator_only
def certificates() -> ResponseReturnValue:
    """Search by code, name, e-mail address, course and state."""
    given = request.args
    state = given.get("state", "")
    wanted = Wanted(
        given.get("q", "")[:100], given.get("course", ""), state if state in STATES else ""
    )
    with reading() as session:
        page = search_certificates(session, wanted, page_number(), now())
        choices = award_choices(session)
    return render_template(
        "admin/certificates/list.html", page=page, wanted=wanted, choices=choices, states=STATES
    )


@blueprint.get("/certificates/<code>")
@administrator_only
def certificate(code: str) -> ResponseReturnValue:
    """Show everything that is on record about a certificate."""
    return render_template("admin/certificates/one.html", found=_load(code), links=links())


@blueprint.route("/certificates/issue", methods=["GET", "POST"])
@administrator_only
def issue_certificate() -> ResponseReturnValue:
    """Issue a certificate by hand, for a reason."""
    form, status = IssueForm(), 200
    with reading() as session:
        form.offer(award_choices(session))
    if form.validate_on_submit():
        try:
            code = _issue(form)
        except DomainError as error:
            status = show_on_form(form, error)
        else:
            flash(_("The certificate is issued, and the holder is told."))
            return redirect(url_for("admin.certificate", code=code), 303)
    return render_template("admin/certificates/issue.html", form=form), status_of(form, status)


@blueprint.route("/certificates/<code>/reissue", methods=["GET", "POST"])
@administrator_only
def reissue_certificate(code: str) -> ResponseReturnValue:
    """Issue a certificate again with a corrected name."""
    found = _load(code)
    form, status = ReissueForm(data={"name": found.public.holder_name}), 200
    if form.validate_on_submit():
        try:
            newer = _reissue(found, form)
        except DomainError as error:
            status = show_on_form(form, error)
        else:
            flash(_("This is the corrected certificate. The earlier one is superseded."))
            return redirect(url_for("admin.certificate", code=newer), 303)
    page = render_template("admin/certificates/reissue.html", form=form, found=found)
    return page, status_of(form, status)


@blueprint.route("/certificates/<code>/revoke", methods=["GET", "POST"])
@administrator_only
def revoke_certificate(code: str) -> ResponseReturnValue:
    """Revoke a certificate after a confirmation."""
    found = _load(code)
    form, status = RevokeForm(), 200
    if form.validate_on_submit():
        try:
            _revoke(found, form)
        except DomainError as error:
            status = show_on_form(form, error)
        else:
            flash(_("The certificate is revoked, and the holder is told."))
            return redirect(url_for("admin.certificate", code=found.public.code), 303)
    page = render_template("admin/certificates/revoke.html", form=form, found=found)
    return page, status_of(form, status)


def _load(code: str) -> StaffCertificate:
    with reading() as session:
        return load_for_staff(session, code, now())


def _issue(form: IssueForm) -> str:
    with writing() as session:
        course = published.by_slug(session, form.course.data)
        actor, reason = viewer(), form.reason.data
        return issue_by_hand(session, actor, form.email.data, course, reason, links(), now())


def _reissue(found: StaffCertificate, form: ReissueForm) -> str:
    with writing() as session:
        return lifecycle.reissue(
            session,
            viewer(),
            found.public.code,
            form.name.data,
            form.note.data or "",
            links(),
            now(),
        )


def _revoke(found: StaffCertificate, form: RevokeForm) -> None:
    with writing() as session:
        lifecycle.revoke(
            session,
            viewer(),
            found.public.code,
            form.reason.data,
            form.public_note.data or "",
            form.private_note.data or "",
            now(),
        )
