"""The house stays clean: names that hide a missing noun, and marks of unfinished work."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "lms").rglob("*.py")) + sorted((ROOT / "tests").rglob("*.py"))
VAGUE = {"utils.py", "helpers.py", "common.py", "misc.py"}
UNFINISHED = re.compile(r"\b(TO[D]O|FIX[M]E|XX[X]|NotImplemented[E]rror)\b")
TOP_LEVEL = {
    "lms",
    "courses",
    "quizzes",
    "templates",
    "tests",
    "wsgi.py",
    "pyproject.toml",
    "Makefile",
    "package.json",
    "package-lock.json",
    "docs",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "requirements.lock",
    "requirements-test.lock",
    "requirements-node.lock",
}
MADE_BY_TOOLS = {"node_modules", "build", "dist", "instance", "waymark.egg-info", "__pycache__"}


def test_no_file_has_a_vague_name() -> None:
    assert [path.name for path in SOURCES if path.name in VAGUE] == []


def test_nothing_is_left_for_later() -> None:
    marked = [path for path in SOURCES if UNFINISHED.search(path.read_text(encoding="utf-8"))]
    assert marked == []


def test_the_top_level_holds_only_what_was_agreed() -> None:
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert found - TOP_LEVEL - MADE_BY_TOOLS == set()


def test_no_lock_file_names_a_registry() -> None:
    locks = [*ROOT.glob("*.lock"), ROOT / "package-lock.json"]
    naming = [path.name for path in locks if "://" in _without_funding(path)]
    assert naming == []


def _without_funding(path: Path) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if '"url":' not in line)
