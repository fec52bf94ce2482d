"""A course to learn in."""

import pytest

from lms.core.web.context import Program
from tests.classroom import Classroom, open_classroom
from tests.conftest import FrozenClock


@pytest.fixture
def room(program: Program, clock: FrozenClock) -> Classroom:
    return open_classroom(program, clock)
