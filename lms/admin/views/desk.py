"""The desk's blueprint and its first page."""

from flask import Blueprint

blueprint = Blueprint("admin", __name__, url_prefix="/admin")
