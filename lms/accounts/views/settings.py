"""Name, language and time zone of a person."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.accounts.forms import LanguageForm, NameForm, status_of, time_zones
from lms.accounts.services import profile
from lms.accounts.views.door import blueprint
from lms.accounts.views.profile import to_profile
from lms.core.web import auth
from lms.core.web.context import now, program, writing
from lms.core.web.i18n import languages


@blueprint.route("/profile/name", methods=["GET", "POST"])
@auth.signed_in
def change_name() -> ResponseReturnValue:
    """Change the person's name."""
    form = NameForm(data={"name": auth.viewer().name})
    if not form.validate_on_submit():
        page = render_template("accounts/change_name.html", form=form)
        return page, status_of(form)
    with writing() as session:
        profile.rename(session, auth.viewer(), form.name.data, now())
    flash(_("Your name is changed."))
    return to_profile()


@blueprint.route("/profile/language", methods=["GET", "POST"])
@auth.signed_in
def change_language() -> ResponseReturnValue:
    """Change language and time zone."""
    person = auth.viewer()
    form = LanguageForm(data={"locale": person.locale, "time_zone": person.time_zone})
    form.offer(languages(program().settings))
    if not form.validate_on_submit():
        page = render_template("accounts/change_language.html", form=form, zones=time_zones())
        return page, status_of(form)
    with writing() as session:
        locale, zone = form.locale.data or None, form.time_zone.data or None
        profile.set_language(session, person, locale, zone, now())
    flash(_("Your settings are saved."))
    return to_profile()
