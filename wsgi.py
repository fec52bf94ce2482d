"""The WSGI entry point for waitress, gunicorn and the like."""

from lms.app import create_app

app = create_app()
