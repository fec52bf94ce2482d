"""Awards: the list and the editor."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.accounts.forms import show_on_form, status_of
from lms.admin.forms.awards import AwardForm
from lms.admin.views.desk import blueprint
from lms.catalog import published
from lms.certificates.queries import awards as queries
from lms.certificates.services.awards import save_award
from lms.core.errors import DomainError
from lms.core.web.auth import administrator_only, viewer
from lms.core.web.context import now, reading, writing


@blueprint.get("/awards")
@administrator_only
def awards() -> ResponseReturnValue:
    """List the awards of all courses."""
    with reading() as session:
        rows = queries.list_awards(session)
    return render_template("admin/awards/list.html", rows=rows)


@blueprint.route("/awards/<slug>", methods=["GET", "POST"])
@administrator_only
def award(slug: str) -> ResponseReturnValue:
    """Show an award with its versions, and save a new one."""
    with reading() as session:
        course = published.by_slug(session, slug)
        versions = queries.award_versions(session, course.course_id)
    form, status = AwardForm.of(versions[0]), 200
    if form.validate_on_submit():
        try:
            _save(slug, form)
        except DomainError as error:
            status = show_on_form(form, error)
        else:
            flash(_("The award is saved. It decides from now on."))
            return redirect(url_for("admin.award", slug=slug), 303)
    page = render_template(
        "admin/awards/edit.html", form=form, versions=versions, course=course.course
    )
    return page, status_of(form, status)


def _save(slug: str, form: AwardForm) -> None:
    with writing() as session:
        course = published.by_slug(session, slug)
        save_award(session, viewer(), course, form.terms(), form.base, now())
