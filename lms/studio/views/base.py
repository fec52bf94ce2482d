"""The blueprint, and the one way to a course that somebody trains."""

from flask import Blueprint
from sqlalchemy.orm import Session

from lms.catalog import published
from lms.catalog.published import PublishedCourse
from lms.core.web.auth import require_trainer, viewer

blueprint = Blueprint("studio", __name__)


def trained_course(session: Session, slug: str) -> PublishedCourse:
    """Return a course that the viewer trains; everybody else's is not found."""
    found = published.by_slug(session, slug)
    require_trainer(viewer(), found.course.id)
    return found
