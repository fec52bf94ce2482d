"""The desk's blueprint and its first page."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from lms.admin.queries.desk import load_desk
from lms.core.web.auth import administrator_only
from lms.core.web.context import reading

blueprint = Blueprint("admin", __name__, url_prefix="/admin")


@blueprint.get("")
@administrator_only
def desk() -> ResponseReturnValue:
    """Show the numbers and what waits."""
    with reading() as session:
        return render_template("admin/desk.html", desk=load_desk(session))
