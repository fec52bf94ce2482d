"""The pages of this feature."""

from flask import Blueprint

blueprint = Blueprint("assessment", __name__)
