"""The two accessibility engines, as they see the page that is open."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page as Tab

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
ACE = ROOT / "node_modules/accessibility-checker-engine/ace.js"
RUN_AXE = """async () => {
  const result = await axe.run(document, { resultTypes: ['violations'] });
  return result.violations.flatMap((rule) => rule.nodes.map((node) =>
    `axe ${rule.id}: ${rule.help}\\n    ${node.target.join(' ')}\\n    ${node.html.slice(0, 200)}\\n    `
    + [...node.any, ...node.all, ...node.none].map((check) => check.message).join('; ')));
}"""
RUN_ACE = """async () => {
  const report = await new ace.Checker().check(document, ['WCAG_2_2']);
  return report.results.filter((result) => result.value[1] !== 'PASS').map((result) => ({
    failed: result.value[0] === 'VIOLATION' && result.value[1] === 'FAIL',
    text: `IBM ${result.value.join('/')} ${result.ruleId}: ${result.message}\\n    ${result.path.dom}\\n    ${(result.snippet || '').slice(0, 200)}`,
  }));
}"""


@dataclass(frozen=True)
class Findings:
    """What must not be, and what is only worth a look."""

    violations: tuple[str, ...]
    notes: tuple[str, ...]


@cache
def _source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def bring_engines(tab: Tab) -> None:
    """Inject both engines into the page that is open."""
    tab.add_script_tag(content=_source(AXE))
    tab.add_script_tag(content=_source(ACE))


def examine(tab: Tab) -> Findings:
    """Run both engines over the page as it stands."""
    violations: list[str] = tab.evaluate(RUN_AXE)
    others: list[dict[str, Any]] = tab.evaluate(RUN_ACE)
    violations += [found["text"] for found in others if found["failed"]]
    return Findings(
        tuple(violations), tuple(found["text"] for found in others if not found["failed"])
    )


def keep_notes(name: str, notes: tuple[str, ...]) -> None:
    """Write what is only worth a look into build/accessibility/."""
    folder = ROOT / "build/accessibility"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(sorted(set(notes)), indent=1), encoding="utf-8")
