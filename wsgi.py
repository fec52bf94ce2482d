"""The WSGI entry point for waitress, gunicorn and the like."""

from lms.app import create_app
from lms.migrations.schema import require_newest

app = create_app()
require_newest(app.extensions["waymark"].database)
