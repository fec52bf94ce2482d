"""The two kinds of places for drills."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.places import Place, place_on


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """An installation that another process serves; each drill runs on both databases."""
    with place_on(request.param, tmp_path) as found:
        yield found
