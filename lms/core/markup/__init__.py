"""Markdown of courses and banks -> safe HTML, rendered once when something is published."""

from lms.core.markup.checks import CheckRef as CheckRef
from lms.core.markup.checks import split_checks as split_checks
from lms.core.markup.context import Urls as Urls
from lms.core.markup.convert import render_markdown as render_markdown
from lms.core.markup.course import RENDERER_VERSION as RENDERER_VERSION
from lms.core.markup.course import render_course as render_course
from lms.core.markup.safe import safe as safe
