"""The schema that the program knows, told without loading what migrates."""

import subprocess
import sys

from alembic.config import Config
from alembic.script import ScriptDirectory

from lms.migrations import schema


def test_the_names_of_the_steps_tell_the_line_of_revisions() -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.HERE))
    steps = ScriptDirectory.from_config(config)
    assert [step.revision for step in steps.walk_revisions()] == list(reversed(schema.known()))
    assert steps.get_current_head() == schema.newest()


def test_a_server_loads_neither_what_migrates_nor_what_sets_documents() -> None:
    look = (
        "import sys, lms.app, lms.migrations.schema; print({'alembic', 'typst'} & set(sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"
