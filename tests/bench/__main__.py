"""`python -m tests.bench [PREFIX]`: measure, print a table, write build/bench.json."""

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from lms.settings import Settings
from tests.bench import floor_data
from tests.bench.floor_data import FloorSide
from tests.bench.measure import CLIENTS, ROUNDS, WARM_UP, measure, memory_of
from tests.bench.ours import OurSide
from tests.bench.report import Pair, Row, memory_rows, missed, table
from tests.served import ROOT, PostgreSQL, Served, free_port, gunicorn, serving

RESULT = ROOT / "build" / "bench.json"
ROUND_LENGTH: Mapping[str, int] = {  # requests of one client in one round
    "course_page": 20,
    "lesson_page": 20,
    "start_attempt": 10,
    "attempt_page": 20,
    "save_answers": 20,
    "submit_attempt": 10,
    "review_page": 15,
    "verify_page": 20,
}


@dataclass(frozen=True)
class Place:
    """Where both programs run: their databases, commands and, if it is one, the server below."""

    database: str
    folder: Path
    urls: tuple[str, str]
    commands: tuple[Sequence[str], Sequence[str]]
    ports: tuple[int, int]
    database_pid: int | None


def main() -> None:
    """Measure the rows that begin with the first argument, or all of them."""
    prefix = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("ONLY", "")
    names = [name for name in ROUND_LENGTH if name.startswith(prefix)]
    if not names:
        sys.exit(f"No row begins with {prefix}. There are: {', '.join(ROUND_LENGTH)}.")
    began = time.monotonic()
    rows: list[Row] = []
    pairs: list[Pair] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        folder = Path(temporary)
        folder.chmod(0o755)
        for place in _places(folder):
            rows += _measure_place(place, names, pairs)
    rows = [row for pair in pairs for row in pair.rows()] + rows
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps([row.document() for row in rows], indent=1) + "\n")
    _tell(pairs, rows, time.monotonic() - began)


def _places(folder: Path) -> Iterator[Place]:
    ports = free_port(), free_port()
    (folder / "sqlite").mkdir()
    (folder / "postgresql").mkdir()
    yield Place(
        "sqlite",
        folder / "sqlite",
        tuple(f"sqlite:///{folder}/sqlite/{name}.sqlite3" for name in ("ours", "floor")),
        tuple((sys.executable, "-m", f"tests.bench.{name}") for name in ("serve_ours", "floor")),
        ports,
        None,
    )
    server = PostgreSQL(folder / "pg")
    try:
        yield Place(
            "postgresql",
            folder / "postgresql",
            (server.create("ours"), server.create("floor")),
            (gunicorn(ports[0]), gunicorn(ports[1], "tests.bench.floor:make()")),
            ports,
            server.pid,
        )
    finally:
        server.close()


def _measure_place(place: Place, names: Sequence[str], pairs: list[Pair]) -> list[Row]:
    with ExitStack() as stack:
        settings = Settings(
            data=place.folder,
            database_url=place.urls[0],
            secret_key="the benchmark's key",
            base_url=f"http://127.0.0.1:{place.ports[0]}",
            demo=True,  # of this process alone, so that mails are done with afterwards
        )
        ours, floor = OurSide(settings), FloorSide(place.urls[1])
        stack.callback(ours.close)
        stack.callback(floor.close)
        served = stack.enter_context(_both_served(place, settings))
        for name in names:
            length = ROUND_LENGTH[name]
            total = WARM_UP + ROUNDS * length
            plans = [side.plan(name, CLIENTS, total) for side in (ours, floor)]
            figures = measure(list(zip(served, plans, strict=True)), length, place.database_pid)
            pairs.append(Pair(name, place.database, *figures))
            print(table(pairs[-1:]).splitlines()[1], flush=True)
        return [
            *memory_rows(place.database, memory_of(served[0])),
            *_afterwards(ours, place),
        ]


@contextmanager
def _both_served(place: Place, settings: Settings) -> Iterator[list[Served]]:
    environments = (
        {
            "LMS_DATA": str(settings.data),
            "DATABASE_URL": settings.database_url,
            "LMS_SECRET_KEY": settings.secret_key,
            "LMS_BASE_URL": settings.base_url,
        },
        {"FLOOR_URL": place.urls[1], "FLOOR_KEY": floor_data.KEY},
    )
    with ExitStack() as stack:
        yield [
            stack.enter_context(serving(command, port, environment, place.folder / f"{port}.log"))
            for command, port, environment in zip(
                place.commands, place.ports, environments, strict=True
            )
        ]


def _afterwards(ours: OurSide, place: Place) -> Iterator[Row]:
    lost = ours.conflicts()
    yield Row("answers_lost", place.database, lost, "answers", 0, "value_at_most", None)
    spent = ours.document_ms()
    if spent is not None:
        row = Row(
            "background_work",
            place.database,
            round(spent, 2),
            "CPU ms/certificate",
            None,
            None,
            None,
        )
        yield row


def _tell(pairs: Sequence[Pair], rows: Sequence[Row], seconds: float) -> None:
    print(f"\n{table(pairs)}\n")
    print("ms: CPU of all server processes for one request; db: of PostgreSQL's own processes.")
    print("ratio: the floor's CPU over ours, at least 0.5 (!), aim 0.67 (.).\n")
    for row in rows:
        if "." not in row.name and row.ratio is None:
            print(f"{row.name} on {row.database}: {row.value:g} {row.unit}")
    for pair in pairs:
        for text in sorted(set(pair.ours.wrong + pair.floor.wrong))[:3]:
            print(f"wrong answer in {pair.name} on {pair.database}: {text}")
    faults = list(missed(rows))
    print("\n".join(["", "Limits missed:", *faults] if faults else ["", "Every limit is kept."]))
    print(f"\nMeasured in {seconds:.0f} s; the rows are in {RESULT.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
