"""What belongs to revisions, in process memory: a revision never changes, so nothing goes stale."""

import threading
from collections import OrderedDict
from typing import Generic, Protocol, TypeVar


class OfRevision(Protocol):
    """Anything that belongs to one revision."""

    @property
    def revision_id(self) -> int: ...


T = TypeVar("T", bound=OfRevision)


class Recent(Generic[T]):
    """The things that were used last, at most `most` of them; all threads may share it."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._kept: OrderedDict[int, T] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, revision_id: int) -> T | None:
        with self._lock:
            found = self._kept.get(revision_id)
            if found is not None:
                self._kept.move_to_end(revision_id)
            return found

    def put(self, thing: T) -> None:
        with self._lock:
            self._kept[thing.revision_id] = thing
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)
