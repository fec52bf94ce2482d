"""One hostile school for a test process, put back before each test that may change it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.security.school import School, build_school


@pytest.fixture(scope="session")
def built_school(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[School]:
    school = build_school(sqlite_template, tmp_path_factory.mktemp("school"))
    yield school
    school.program.queue.storage.close()
    school.program.database.dispose()


@pytest.fixture
def school(built_school: School) -> Iterator[School]:
    """The school as it was built; forms need no token unless a test says so."""
    built_school.restore()
    built_school.app.config["WTF_CSRF_ENABLED"] = False
    yield built_school
    built_school.program.database.dispose()
