"""The pages of an attempt."""

from lms.assessment.views import answering, finishing
from lms.assessment.views.base import blueprint

__all__ = ["answering", "blueprint", "finishing"]
