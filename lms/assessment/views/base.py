"""The blueprint of attempts."""

from flask import Blueprint

blueprint = Blueprint("assessment", __name__, url_prefix="/attempts")
