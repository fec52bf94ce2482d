"""The pages of the administrator's desk."""

from lms.admin.views import audit, people, roles, site
from lms.admin.views.desk import blueprint

__all__ = ["audit", "blueprint", "people", "roles", "site"]
