"""What was measured as rows for programs and as a table for people."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from tests.bench.measure import Figures, Memory

RATIO, RATIO_AIM = 0.5, 0.67
MOST_CPU_MS = 6.0
MOST_MEMORY_MB = 100.0
HEAD = (
    "row",
    "database",
    "ours ms",
    "floor ms",
    "ratio",
    "p50",
    "p95",
    "p99",
    "wrong",
    "KB",
    "floor KB",
    "db ms",
    "floor db",
)


@dataclass(frozen=True)
class Row:
    """One figure and the limit that it must keep; `ratio` is the floor's CPU over ours."""

    name: str
    database: str
    value: float
    unit: str
    limit: float | None
    limit_kind: str | None
    ratio: float | None

    @property
    def is_kept(self) -> bool:
        if self.limit is None:
            return True
        if self.limit_kind == "ratio_at_least":
            return self.ratio is not None and self.ratio >= self.limit
        return self.value <= self.limit

    def document(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True)
class Pair:
    """One row of work on one database, seen of both programs."""

    name: str
    database: str
    ours: Figures
    floor: Figures

    @property
    def ratio(self) -> float:
        return self.floor.cpu_ms / self.ours.cpu_ms

    def rows(self) -> Iterator[Row]:
        """Return the ratio with its limit and, on PostgreSQL, the CPU with its own."""
        value, ratio = round(self.ours.cpu_ms, 3), round(self.ratio, 3)
        unit = "CPU ms/request"
        yield Row(self.name, self.database, value, unit, RATIO, "ratio_at_least", ratio)
        if self.database == "postgresql":
            yield Row(self.name, self.database, value, unit, MOST_CPU_MS, "value_at_most", ratio)
        wrong = len(self.ours.wrong)
        yield Row(f"{self.name}.errors", self.database, wrong, "answers", 0, "value_at_most", None)
        for share in (50, 95, 99):
            spent = round(self.ours.percentile(share), 2)
            yield Row(f"{self.name}.p{share}", self.database, spent, "ms", None, None, None)

    def cells(self) -> Sequence[str]:
        ours, floor = self.ours, self.floor
        mark = " " if self.ratio >= RATIO_AIM else "." if self.ratio >= RATIO else "!"
        return (
            self.name,
            self.database,
            f"{ours.cpu_ms:.2f}",
            f"{floor.cpu_ms:.2f}",
            f"{self.ratio:.2f}{mark}",
            *(f"{ours.percentile(share):.1f}" for share in (50, 95, 99)),
            f"{len(ours.wrong)}/{ours.requests}",
            f"{ours.size / 1000:.1f}",
            f"{floor.size / 1000:.1f}",
            f"{ours.database_ms:.2f}",
            f"{floor.database_ms:.2f}",
        )


def table(pairs: Sequence[Pair]) -> str:
    """Return the measured rows as lines of equal columns."""
    lines = [HEAD, *(pair.cells() for pair in pairs)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(HEAD))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if n < 2 else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    )


def memory_rows(database: str, memory: Memory) -> Iterator[Row]:
    """Return what a worker maps, with its limit, and what of it no other process shares."""
    resident, own = round(memory.resident_mb, 1), round(memory.own_mb, 1)
    yield Row("memory", database, resident, "MB/worker", MOST_MEMORY_MB, "value_at_most", None)
    yield Row("memory_unshared", database, own, "MB/worker", None, None, None)


def missed(rows: Sequence[Row]) -> Iterator[str]:
    """Say which limits were missed, and by how much."""
    for row in rows:
        if not row.is_kept and row.limit is not None:
            seen = row.ratio if row.limit_kind == "ratio_at_least" else row.value
            kind = "at least" if row.limit_kind == "ratio_at_least" else "at most"
            yield f"{row.name} on {row.database}: {seen} instead of {kind} {row.limit:g}"
