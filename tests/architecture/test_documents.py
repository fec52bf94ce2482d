"""Documents and program say the same: settings, commands, make targets, records of decisions."""

import re
from dataclasses import fields
from pathlib import Path

from lms.cli import main
from lms.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_setting_is_documented_and_no_other() -> None:
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", OPERATIONS, re.MULTILINE))
    assert documented == {entry.metadata["variable"] for entry in fields(Settings)}


def test_every_command_is_documented_and_no_other() -> None:
    documented = set(re.findall(r"^\| `lms ([a-z-]+)", OPERATIONS, re.MULTILINE))
    assert documented == set(main.commands)


def test_readme_names_the_two_commands() -> None:
    assert "make run" in README
    assert "make test" in README


def test_every_link_between_documents_leads_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    assert [dead for page in pages for dead in _dead_links(page)] == []


def _dead_links(page: Path) -> list[str]:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = re.sub(r"`[^`]*`", "", text)
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text)
    return [
        f"{page.name}: {target}"
        for target in targets
        if "://" not in target and not (page.parent / target).exists()
    ]
