"""The pages of this feature."""

from lms.learning.views import courses, home, lessons, quizzes, sample
from lms.learning.views.base import blueprint

__all__ = ["blueprint", "courses", "home", "lessons", "quizzes", "sample"]
