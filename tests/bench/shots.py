"""What a client sends, and how a plan for all clients is made."""

from collections.abc import Callable, Sequence
from typing import NamedTuple


class Shot(NamedTuple):
    """One request and the status that it must get."""

    method: str
    path: str
    body: str | None
    cookie: str
    status: int


Plan = Sequence[Sequence[Shot]]


def each_client(clients: int, shots: Callable[[int], Sequence[Shot]]) -> Plan:
    """Return the shots of every client."""
    return [shots(client) for client in range(clients)]


def part(plan: Plan, first: int, length: int) -> Plan:
    """Return a stretch of every client's shots."""
    return [shots[first : first + length] for shots in plan]
