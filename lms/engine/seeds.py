"""Reproducible chance: one stream of numbers per seed and purpose.

A stream is HMAC-SHA256(seed, purpose + counter), so it depends neither on the order in which
streams are used nor on the version of Python's `random`. The known answers in
`tests/engine/test_seeds.py` must never change: frozen forms are rebuilt from them.
"""

import hmac
from collections.abc import Sequence
from typing import Final, TypeVar

T = TypeVar("T")

VERSION: Final = b"waymark-stream-1"


class Stream:
    """Draws for one purpose; the same seed and purpose always give the same draws."""

    def __init__(self, seed: bytes, *purpose: str) -> None:
        """Open a stream; `purpose` names it, such as ("shuffle", "bank/item")."""
        names = b"".join(_framed(name.encode()) for name in purpose)
        self._seed = seed
        self._label = _framed(VERSION) + names
        self._blocks = 0
        self._left = b""

    def take(self, count: int) -> bytes:
        """Return the next `count` bytes of the stream."""
        while len(self._left) < count:
            message = self._label + self._blocks.to_bytes(8, "big")
            self._left += hmac.digest(self._seed, message, "sha256")
            self._blocks += 1
        taken, self._left = self._left[:count], self._left[count:]
        return taken

    def below(self, limit: int) -> int:
        """Return an unbiased integer from 0 to `limit` - 1; a limit below 1 is a ValueError."""
        if limit < 1:
            raise ValueError("a draw needs at least one possibility")
        bits = (limit - 1).bit_length()
        size = (bits + 7) // 8
        while True:
            drawn = int.from_bytes(self.take(size), "big") >> (size * 8 - bits)
            if drawn < limit:
                return drawn

    def shuffled(self, things: Sequence[T]) -> tuple[T, ...]:
        """Return all things in a random order (Fisher-Yates); every order is equally likely."""
        return self.sample(things, len(things))

    def sample(self, things: Sequence[T], count: int) -> tuple[T, ...]:
        """Return `count` different things in random order; more than there are is a ValueError."""
        if not 0 <= count <= len(things):
            raise ValueError("a sample cannot hold more than there is")
        pool = list(things)
        for place in range(count):
            other = place + self.below(len(pool) - place)
            pool[place], pool[other] = pool[other], pool[place]
        return tuple(pool[:count])


def _framed(name: bytes) -> bytes:
    return len(name).to_bytes(4, "big") + name
