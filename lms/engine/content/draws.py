"""Can the lines of a draw be filled together from the items that there are?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lms.engine.content.model import Draw


@dataclass(frozen=True)
class Shortfall:
    """A line of a draw (counted from 0) that gets fewer items than it asks for."""

    line: int
    wanted: int
    found: int


def find_shortfalls(draws: Sequence[Draw], supply: Mapping[str, int]) -> tuple[Shortfall, ...]:
    """Return the lines that stay short when all are filled at once; `()` means that all can be.

    Every item belongs to one objective and is drawn at most once. The lines are served by
    augmenting paths (a maximum flow from lines to objectives), so that a line which may draw
    from several objectives gives way to one that has no choice.
    """
    given: list[dict[str, int]] = [{} for _ in draws]
    left = dict(supply)
    short: list[Shortfall] = []
    for line, draw in enumerate(draws):
        found = 0
        while found < draw.count and _serve(line, draws, given, left, set()):
            found += 1
        if found < draw.count:
            short.append(Shortfall(line, draw.count, found))
    return tuple(short)


def _serve(
    line: int,
    draws: Sequence[Draw],
    given: list[dict[str, int]],
    left: dict[str, int],
    seen: set[str],
) -> bool:
    for objective in draws[line].objectives:
        if objective in seen:
            continue
        seen.add(objective)
        if left.get(objective, 0) > 0:
            left[objective] -= 1
        elif not _give_way(objective, draws, given, left, seen):
            continue
        given[line][objective] = given[line].get(objective, 0) + 1
        return True
    return False


def _give_way(
    objective: str,
    draws: Sequence[Draw],
    given: list[dict[str, int]],
    left: dict[str, int],
    seen: set[str],
) -> bool:
    for other, taken in enumerate(given):
        if taken.get(objective, 0) and _serve(other, draws, given, left, seen):
            taken[objective] -= 1
            return True
    return False
