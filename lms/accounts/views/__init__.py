"""The pages of accounts."""

from lms.accounts.views import links, profile, settings
from lms.accounts.views.door import blueprint

__all__ = ["blueprint", "links", "profile", "settings"]
