"""The site and issuer profile, and its logo."""

from dataclasses import asdict

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.accounts.forms import show_on_form, status_of
from lms.admin.forms.site import SiteForm
from lms.admin.logos import encode_logo
from lms.admin.services import site as services
from lms.admin.views.desk import blueprint
from lms.core.errors import DomainError, NotFound
from lms.core.site import Logo, Profile, load_profile
from lms.core.text import sentence
from lms.core.web.auth import administrator_only, viewer
from lms.core.web.context import now, reading, writing


@blueprint.route("/site", methods=["GET", "POST"])
@administrator_only
def site() -> ResponseReturnValue:
    """Show and change who runs this site and issues its certificates."""
    with reading() as session:
        profile = load_profile(session)
    form = SiteForm(data=asdict(profile))
    status = 200
    if form.validate_on_submit():
        try:
            _save(form)
        except DomainError as error:
            status = show_on_form(form, error)
        else:
            flash(_("The profile is saved. It stands on certificates issued from now on."))
            return redirect(url_for("admin.site"), 303)
    page = render_template("admin/site.html", form=form, profile=profile)
    return page, status_of(form, status)


def _save(form: SiteForm) -> None:
    png = encode_logo(form.logo.data.read()) if form.logo.data else None
    with writing() as session:
        logo = load_profile(session).logo_sha256
        if form.remove_logo.data:
            logo = None
        if png is not None:
            logo = services.keep_logo(session, viewer(), png)
        profile = Profile(form.name.data, form.address.data, form.contact.data, logo)
        services.save_profile(session, viewer(), profile, now())


@blueprint.get("/site/logo/<digest>.png")
@administrator_only
def logo(digest: str) -> ResponseReturnValue:
    """Show a kept logo."""
    with reading() as session:
        found = session.get(Logo, digest)
        if found is None:
            raise NotFound(sentence("There is no such picture."))
        response = make_response(found.content)
    response.mimetype = "image/png"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
