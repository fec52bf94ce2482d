"""`lms check`, `lms publish` and `lms export` as people and scripts use them."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lms.authoring.folder import read_folder, write_folder
from lms.cli import main
from tests.engine.content.makers import COURSE, LESSON, SECOND, text_of, tiny_course


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    write_folder(tiny_course(), tmp_path / "tree")
    return tmp_path / "tree"


@pytest.fixture
def lms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("LMS_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("DATABASE_URL", raising=False)

    def run(*words: object) -> Result:
        return CliRunner().invoke(main, [str(word) for word in words])

    return run


def test_check_of_a_clean_tree_says_so(lms, tree: Path) -> None:  # type: ignore[no-untyped-def]
    done = lms("check", tree)
    assert (done.exit_code, done.output) == (0, "No problem found in tiny.\n")
    assert not (tree.parent / "data").exists()


def test_check_reports_every_problem_with_its_place(lms, tree: Path) -> None:  # type: ignore[no-untyped-def]
    (tree / COURSE).write_text(text_of(COURSE).replace("title:", "titel:", 1))
    (tree / LESSON).write_text(text_of(LESSON).replace("minutes: 5", "minutes: no"))
    done = lms("check", tree)
    assert done.exit_code == 1
    assert f"{COURSE}:3:1: The key `titel` is unknown here. Did you mean `title`?" in done.output
    assert f"{LESSON}:4:10: " in done.output


def test_check_without_a_folder_is_wrong_usage(lms, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)
    assert lms("check").exit_code == 2
    assert lms("check", tmp_path / "nothing").exit_code == 2
    assert lms("check", "--no-such-option").exit_code == 2


def test_check_reads_the_folders_that_are_here(lms, tree: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tree)
    assert lms("check").exit_code == 0


def test_publish_says_what_changed_and_publishing_again_nothing(lms, tree: Path) -> None:  # type: ignore[no-untyped-def]
    assert "tiny: published" in lms("publish", tree).output
    assert "tiny: unchanged" in lms("publish", tree).output
    (tree / SECOND).write_text(text_of(SECOND) + "\nMore.\n")
    done = lms("publish", tree)
    assert "0 added, 1 changed, 0 removed" in done.output
    assert "  ~ lesson comparing" in done.output
    assert done.exit_code == 0


def test_faulty_tree_is_reported_and_nothing_is_published(lms, tree: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    lms("publish", tree)
    (tree / SECOND).write_text("no front matter")
    done = lms("publish", tree)
    assert done.exit_code == 1
    assert SECOND in done.output
    assert lms("export", tmp_path / "out").exit_code == 0
    assert read_folder([tmp_path / "out"]) == tiny_course()


def test_export_gives_back_the_bytes_and_overwrites_nothing(
    lms, tree: Path, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    lms("publish", tree)
    assert lms("export", tmp_path / "out").exit_code == 0
    assert read_folder([tmp_path / "out"]) == tiny_course()
    again = lms("export", tmp_path / "out")
    assert again.exit_code == 1
    assert "not empty" in again.output
