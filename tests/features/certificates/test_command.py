"""`lms verify CODE`: words for people, an exit status for scripts."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from lms.certificates.commands import verify
from lms.certificates.services.lifecycle import reissue, revoke
from lms.core.web.context import Program
from tests.conftest import START
from tests.features.certificates.scene import (
    LINKS,
    certificates,
    complete,
    course_files,
    publish,
    viewer_of,
)
from tests.makers import make_person


@pytest.fixture
def runner(program: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> CliRunner:
    monkeypatch.setenv("DATABASE_URL", program.settings.database_url)
    monkeypatch.setenv("LMS_DATA", str(tmp_path))
    monkeypatch.setattr("lms.certificates.commands.system_clock", lambda: START)
    return CliRunner()


@pytest.fixture
def code(program: Program) -> str:
    with program.database.unit_of_work() as session:
        complete(session, make_person(session), publish(session, course_files()))
        return certificates(session)[0].code


def test_a_valid_certificate_exits_0_and_says_who_and_what(runner: CliRunner, code: str) -> None:
    result = runner.invoke(verify, [code.lower()])
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[0] == f"Valid: {code}"
    assert "Lina Learner" in result.output
    assert "Expires: 2029-03-02" in result.output


def test_revoked_superseded_and_unknown_exit_1(
    runner: CliRunner, code: str, program: Program
) -> None:
    with program.database.unit_of_work() as session:
        actor = viewer_of(make_person(session, "admin@example.org"))
        newer = reissue(session, actor, code, "Lina Right", "", LINKS, START)
        revoke(session, actor, newer, "holder-request", "As asked.", "", START)
    old, new = runner.invoke(verify, [code]), runner.invoke(verify, [newer])
    assert (old.exit_code, new.exit_code) == (1, 1)
    assert f"Replaced by: {newer}" in old.output
    assert "Revoked: 2026-03-02. The holder asked for it." in new.output
    assert "As asked." in new.output
    for wrong in ("7K3M-9QXA-2B4C-8DEF", "nonsense"):
        result = runner.invoke(verify, [wrong])
        assert result.exit_code == 1
        assert result.output == "Not found: there is no certificate with this code.\n"


def test_wrong_usage_exits_2(runner: CliRunner) -> None:
    assert runner.invoke(verify, []).exit_code == 2
    assert runner.invoke(verify, ["a", "b"]).exit_code == 2


def test_a_database_without_tables_is_said_in_a_line(
    runner: CliRunner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/empty.sqlite3")
    result = runner.invoke(verify, ["nonsense-nonsense"])
    assert result.exit_code == 1
