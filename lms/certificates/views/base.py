"""The blueprint, and what its pages share."""

from flask import Blueprint

from lms.certificates.links import Links
from lms.certificates.words import EVENT_KINDS, KINDS, event_name, revocation_reason, state_name
from lms.core.web.context import program

blueprint = Blueprint("certificates", __name__)
blueprint.add_app_template_global(state_name, "certificate_state")
blueprint.add_app_template_global(event_name, "certificate_event")
blueprint.add_app_template_global(revocation_reason, "revocation_reason")
blueprint.add_app_template_global(lambda state: KINDS[state], "certificate_kind")
blueprint.add_app_template_global(lambda kind: EVENT_KINDS.get(kind, ""), "certificate_event_kind")


def links() -> Links:
    """Return the public addresses of this site's certificates."""
    return Links(program().settings.base_url)
