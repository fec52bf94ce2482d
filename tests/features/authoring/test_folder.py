"""Folders on disk: read whole, refused when they are not what they seem, written back."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.authoring import folder
from lms.authoring.folder import UnreadableFolderError, read_folder, write_folder
from tests.courses import course_files
from tests.engine.content.makers import tiny_course


def write(root: Path, files: dict[str, bytes]) -> Path:
    write_folder(files, root)
    return root


def test_what_is_written_is_read_back_byte_for_byte(tmp_path: Path) -> None:
    files = {
        **tiny_course(),
        **course_files("small"),
        "courses/tiny/media/x.png": bytes(range(256)),
    }
    assert read_folder([write(tmp_path, files)]) == files
    assert read_folder([tmp_path / "courses", tmp_path / "quizzes"]) == files


@given(st.dictionaries(st.sampled_from(["a.md", "b/c.md", "d"]), st.binary(max_size=99)))
def test_any_bytes_come_back(
    tmp_path_factory: pytest.TempPathFactory, contents: dict[str, bytes]
) -> None:
    root = tmp_path_factory.mktemp("tree")
    files = {f"courses/{name}": data for name, data in contents.items()}
    (root / "courses").mkdir()
    write_folder(files, root)
    assert read_folder([root]) == files


@pytest.mark.parametrize("part", ["courses/tiny", "quizzes/tiny"])
def test_course_and_its_bank_come_together(tmp_path: Path, part: str) -> None:
    write(tmp_path, {**tiny_course(), **course_files("small")})
    assert read_folder([tmp_path / part]) == tiny_course()


@pytest.mark.parametrize("part", ["courses", "quizzes"])
def test_one_half_of_a_tree_brings_the_other(tmp_path: Path, part: str) -> None:
    files = {**tiny_course(), **course_files("small")}
    assert read_folder([write(tmp_path, files) / part]) == files


def test_hidden_files_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, tiny_course())
    (tmp_path / "courses/tiny/.DS_Store").write_bytes(b"x")
    (tmp_path / "courses/.git").mkdir()
    (tmp_path / "courses/.git/config").write_bytes(b"x")
    assert read_folder([tmp_path]) == tiny_course()


@pytest.mark.parametrize("target", ["file", "folder", "nowhere"])
def test_link_that_leaves_the_folder_is_refused(tmp_path: Path, target: str) -> None:
    outside = tmp_path / "outside"
    (outside / "folder").mkdir(parents=True)
    (outside / "file").write_text("secret")
    root = write(tmp_path / "tree", tiny_course())
    (root / "courses/tiny/media/link.svg").symlink_to(outside / target)
    with pytest.raises(UnreadableFolderError, match="leaves the folder"):
        read_folder([root])


def test_link_that_goes_round_in_a_circle_is_refused(tmp_path: Path) -> None:
    write(tmp_path, tiny_course())
    (tmp_path / "courses/tiny/media/a.svg").symlink_to("b.svg")
    (tmp_path / "courses/tiny/media/b.svg").symlink_to("a.svg")
    with pytest.raises(UnreadableFolderError):
        read_folder([tmp_path])


def test_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    write(tmp_path, tiny_course())
    os.mkfifo(tmp_path / "courses/tiny/media/pipe.svg")
    with pytest.raises(UnreadableFolderError, match="no plain file"):
        read_folder([tmp_path])


@pytest.mark.parametrize("limit", ["MOST_FILES", "MOST_FILE_BYTES", "MOST_TREE_BYTES"])
def test_absurd_sizes_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    write(tmp_path, tiny_course())
    monkeypatch.setattr(folder, limit, 3)
    with pytest.raises(UnreadableFolderError, match=r"too large|larger than"):
        read_folder([tmp_path])


def test_folder_without_courses_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFolderError, match="holds neither"):
        read_folder([tmp_path])
    with pytest.raises(UnreadableFolderError, match="no folder"):
        read_folder([tmp_path / "nothing"])


def test_export_never_writes_into_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "quizzes/old").mkdir(parents=True)
    with pytest.raises(UnreadableFolderError, match="not empty"):
        write_folder(tiny_course(), tmp_path)
    assert not (tmp_path / "courses").exists()
