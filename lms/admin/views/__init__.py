"""The pages of the administrator's desk."""

from lms.admin.views import audit, awards, certificates, eligibilities, people, roles, site
from lms.admin.views.desk import blueprint

__all__ = [
    "audit",
    "awards",
    "blueprint",
    "certificates",
    "eligibilities",
    "people",
    "roles",
    "site",
]
