"""What cannot be used is refused in one line that names the variable and the remedy."""

import stat
from pathlib import Path

import pytest

from lms.settings import Settings, SettingsError, kept_secret, load


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("LMS_THREADS", "0"),
        ("LMS_PROXIES", "-1"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "mysql://host/name"),
        ("LMS_TIME_ZONE", "Mars"),
        ("LMS_TIME_ZONE", "Europe"),
        ("LMS_BASE_URL", "example.org"),
        ("SMTP_SECURITY", "maybe"),
    ],
)
def test_unusable_setting_is_refused_by_name(variable: str, value: str) -> None:
    with pytest.raises(SettingsError, match=variable):
        load({variable: value})


def test_empty_environment_is_enough(tmp_path: Path) -> None:
    assert load({}) == Settings()
    assert load({"DATABASE_URL": "", "PORT": "8100"}).base_url == "http://127.0.0.1:8100"


def test_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(SettingsError, match="LMS_DATA"):
        Settings(data=file / "below").effective_secret_key()


def test_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "secret"
    first = kept_secret(path)
    assert first == kept_secret(path) != ""
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_secret_of_a_faster_process_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "secret"

    def slow() -> str:
        path.write_text("theirs\n", encoding="utf-8")
        return "ours"

    assert kept_secret(path, slow) == "theirs"
    assert [one.name for one in tmp_path.iterdir()] == ["secret"]
