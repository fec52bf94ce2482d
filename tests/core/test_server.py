"""`lms serve` ends when it is asked to, and not in the middle of something."""

import signal
from pathlib import Path

from tests.served import WAITRESS, free_port, serving


def test_server_that_is_asked_to_end_ends_well(tmp_path: Path) -> None:
    port = free_port()
    environment = {"LMS_DATA": str(tmp_path / "data"), "DATABASE_URL": "", "LMS_BASE_URL": ""}
    with serving(WAITRESS, port, environment, tmp_path / "log") as served:
        served.process.send_signal(signal.SIGTERM)
        assert served.process.wait(20) == 0
