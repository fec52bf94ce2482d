"""The pages of the administrator's desk."""

from lms.admin.views.desk import blueprint

__all__ = ["blueprint"]
