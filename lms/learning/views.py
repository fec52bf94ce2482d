"""The pages of this feature."""

from flask import Blueprint

blueprint = Blueprint("learning", __name__)
