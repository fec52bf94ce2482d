"""The audit log."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import render_template, request
from flask.typing import ResponseReturnValue

from lms.admin.queries import audit as queries
from lms.admin.views.desk import blueprint
from lms.core.web.auth import administrator_only, viewer
from lms.core.web.context import program, reading
from lms.core.web.pagination import page_number


@blueprint.get("/audit")
@administrator_only
def audit() -> ResponseReturnValue:
    """List deeds that fit the filter in the address, newest first."""
    given = request.args
    wanted = queries.Filter(
        given.get("action", "")[:60],
        given.get("actor", "").strip()[:100],
        given.get("subject", "").strip()[:120],
        _midnight(given.get("since", "")),
        _midnight(given.get("until", ""), days_later=1),
    )
    with reading() as session:
        page = queries.list_deeds(session, wanted, page_number())
        names = queries.actions(session)
    return render_template(
        "admin/audit.html", page=page, wanted=wanted, actions=[(name, name) for name in names]
    )


def _midnight(text: str, days_later: int = 0) -> datetime | None:
    """Return the beginning of a day in the viewer's time zone; None for anything odd."""
    try:
        day = date.fromisoformat(text) + timedelta(days=days_later)
    except (ValueError, OverflowError):
        return None
    zone = ZoneInfo(viewer().time_zone or program().settings.time_zone)
    if not 1970 <= day.year < 9000:
        return None
    return datetime.combine(day, time(), tzinfo=zone)
