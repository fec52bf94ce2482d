"""The pages of certificates."""

from lms.certificates.views import mine, verification
from lms.certificates.views.base import blueprint

__all__ = ["blueprint", "mine", "verification"]
