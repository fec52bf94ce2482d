"""One row measured: both programs in turns, in the same minutes, by the same load generator."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any

import psutil

from tests.bench.shots import Plan, part
from tests.served import ROOT, Served

CLIENTS = 16
WARM_UP = 2
ROUNDS = 3
COMMAND = (sys.executable, "-m", "tests.bench.load")


@dataclass
class Figures:
    """What was seen of one program in one row."""

    cpu_s: float = 0.0
    database_s: float = 0.0
    milliseconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    size: int = 0

    @property
    def requests(self) -> int:
        return len(self.milliseconds)

    @property
    def cpu_ms(self) -> float:
        """CPU of all server processes for one request."""
        return 1000 * self.cpu_s / self.requests

    @property
    def database_ms(self) -> float:
        """CPU of the database's own processes for one request."""
        return 1000 * self.database_s / self.requests

    def percentile(self, share: int) -> float:
        return quantiles(self.milliseconds, n=100)[share - 1]


def processes(pid: int) -> list[psutil.Process]:
    """Return a process and everything below it."""
    top = psutil.Process(pid)
    return [top, *top.children(recursive=True)]


def cpu_seconds(pid: int | None) -> float:
    """Return what the operating system has counted for a process, its children and its dead."""
    if pid is None:
        return 0.0
    spent = 0.0
    for process in processes(pid):
        times = process.cpu_times()
        spent += times.user + times.system
    ended = psutil.Process(pid).cpu_times()
    return spent + ended.children_user + ended.children_system


@dataclass(frozen=True)
class Memory:
    """The largest process that answers: all that it maps, and what it has for itself alone."""

    resident_mb: float
    own_mb: float


def memory_of(served: Served) -> Memory:
    """Look at every process of a program."""
    found = [one.memory_full_info() for one in processes(served.process.pid)]
    return Memory(max(one.rss for one in found) / 1e6, max(one.uss for one in found) / 1e6)


def measure(
    sides: Sequence[tuple[Served, Plan]], length: int, database: int | None
) -> list[Figures]:
    """Warm each program up, then measure them in turns; `length` is one round of one client."""
    found = [Figures() for _ in sides]
    for served, plan in sides:
        _fire(served, part(plan, 0, WARM_UP))
    for turn in range(ROUNDS):
        for figures, (served, plan) in zip(found, sides, strict=True):
            _round(figures, served, part(plan, WARM_UP + turn * length, length), database)
    return found


def _round(figures: Figures, served: Served, plan: Plan, database: int | None) -> None:
    pid = served.process.pid
    with _generator(served, plan) as generator:
        before, database_before = cpu_seconds(pid), cpu_seconds(database)
        report = _go(generator)
        figures.cpu_s += cpu_seconds(pid) - before
        figures.database_s += cpu_seconds(database) - database_before
    figures.milliseconds += report["milliseconds"]
    figures.wrong += report["wrong"]
    figures.size = max(figures.size, report["size"])


def _fire(served: Served, plan: Plan) -> None:
    with _generator(served, plan) as generator:
        _go(generator)


def _generator(served: Served, plan: Plan) -> "subprocess.Popen[str]":
    generator = subprocess.Popen(
        COMMAND, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert generator.stdin is not None
    assert generator.stdout is not None
    generator.stdin.write(json.dumps({"port": served.port, "clients": plan}) + "\n")
    generator.stdin.flush()
    generator.stdout.readline()
    return generator


def _go(generator: "subprocess.Popen[str]") -> Any:
    assert generator.stdin is not None
    assert generator.stdout is not None
    generator.stdin.write("go\n")
    generator.stdin.flush()
    return json.loads(generator.stdout.readline())
