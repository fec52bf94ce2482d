"""The pages of this feature."""

from flask import Blueprint

blueprint = Blueprint("catalog", __name__)
