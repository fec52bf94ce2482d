"""The `lms` command refuses in one line: no traceback, status 1."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from lms.cli import main


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"LMS_DATA": "/dev/null/data"}, "LMS_DATA"),
        ({"DATABASE_URL": "postgresql://127.0.0.1:1/none"}, "The database cannot be used"),
        ({"PORT": "many"}, "PORT"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(
    tmp_path: Path, settings: dict[str, str], says: str
) -> None:
    environment = {"LMS_DATA": str(tmp_path), "DATABASE_URL": "", "PORT": ""} | settings
    result = CliRunner().invoke(main, ["doctor"], env=environment)
    assert result.exit_code == 1
    assert says in result.output
    assert len(result.output.splitlines()) == 1


def test_backup_of_a_wrong_folder_is_refused(tmp_path: Path) -> None:
    environment = {"LMS_DATA": str(tmp_path / "typo"), "DATABASE_URL": ""}
    result = CliRunner().invoke(main, ["backup", str(tmp_path / "b.zip")], env=environment)
    assert result.exit_code == 1
    assert "has schema none" in result.output
    assert not (tmp_path / "b.zip").exists()
