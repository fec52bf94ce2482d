"""The pages of this feature."""

from lms.studio.views import applications, courses, preview
from lms.studio.views.base import blueprint

__all__ = ["applications", "blueprint", "courses", "preview"]
