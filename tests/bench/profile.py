"""`python -m tests.bench.profile ROW [LINES]`: where our side of a row spends its time.

Runs the row's requests in this process on SQLite, without a server, under the profiler; prints the
CPU of a request without the profiler first, then the functions by their own and by their whole time.
"""

import cProfile
import pstats
import sys
import tempfile
import time
from pathlib import Path

from werkzeug.test import Client

from lms.settings import Settings
from tests.bench.ours import OurSide
from tests.bench.shots import Shot

LENGTH = 100


def main() -> None:
    """Profile one row."""
    row, lines = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 40
    with tempfile.TemporaryDirectory(prefix="profile-") as folder:
        ours = OurSide(Settings(data=Path(folder), secret_key="profile"))
        (shots,) = ours.plan(row, 1, 10 + 2 * LENGTH)
        client = Client(ours.app, use_cookies=False)
        _fire(client, shots[:10])
        began = time.process_time()
        _fire(client, shots[10 : 10 + LENGTH])
        print(f"{row}: {1000 * (time.process_time() - began) / LENGTH:.2f} ms without the profiler")
        profiler = cProfile.Profile()
        profiler.enable()
        _fire(client, shots[10 + LENGTH :])
        profiler.disable()
        for order in ("tottime", "cumulative"):
            pstats.Stats(profiler).strip_dirs().sort_stats(order).print_stats(lines)
        ours.close()


def _fire(client: Client, shots: list[Shot]) -> None:
    for method, path, body, cookie, status in shots:
        answer = client.open(
            path,
            method=method,
            data=body,
            headers={"Cookie": cookie, "Accept-Language": "en"},
            content_type="application/x-www-form-urlencoded" if body is not None else None,
        )
        answer.get_data()
        assert answer.status_code == status, (path, answer.status_code)


if __name__ == "__main__":
    main()
