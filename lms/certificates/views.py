"""The pages of this feature."""

from flask import Blueprint

blueprint = Blueprint("certificates", __name__)
