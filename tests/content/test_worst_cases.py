"""A megabyte of the worst ends; a watchdog kills what hangs."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 300


@pytest.mark.parametrize(
    "parser", ["lesson", "glossary", "items", "whole-lesson", "picture", "front-matter"]
)
def test_a_megabyte_of_the_worst_comes_to_an_end(parser: str) -> None:
    program = [sys.executable, "-m", "tests.content.worst_cases", parser]
    done = subprocess.run(
        program, cwd=ROOT, timeout=PATIENCE_SECONDS, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
