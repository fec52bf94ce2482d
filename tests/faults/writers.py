"""Learners who keep writing while the ground gives way, in threads of this process."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.faults.hall import Sitter

PATIENCE_S = 120


@dataclass
class Writers:
    """Threads that save answers until they are told to stop; whoever is cut off waits."""

    sitters: Sequence[Sitter]
    act: Callable[[Sitter], bool]
    done: int = 0
    failed: int = 0
    problems: list[BaseException] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._news = threading.Condition()
        self._is_up = threading.Event()
        self._is_up.set()
        self._is_over = threading.Event()
        self._threads = [
            threading.Thread(target=self._write, args=(sitter,)) for sitter in self.sitters
        ]

    def __enter__(self) -> "Writers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_problem: object) -> None:
        self._is_over.set()
        self._is_up.set()
        for thread in self._threads:
            thread.join()
        if self.problems:
            raise self.problems[0]

    def _write(self, sitter: Sitter) -> None:
        try:
            while not self._is_over.is_set():
                self._is_up.wait(PATIENCE_S)
                succeeded = self.act(sitter)
                with self._news:
                    self.done += succeeded
                    self.failed += not succeeded
                    self._news.notify_all()
        except BaseException as problem:
            self.problems.append(problem)
            with self._news:
                self._news.notify_all()

    def await_more(self, count: int) -> None:
        """Return as soon as `count` more acts were acknowledged."""
        with self._news:
            wanted = self.done + count
            reached = self._news.wait_for(lambda: self.done >= wanted or self.problems, PATIENCE_S)
        assert reached, f"only {self.done} of {wanted} acts were acknowledged"

    def await_failures(self, count: int) -> None:
        """Return as soon as `count` more acts failed."""
        with self._news:
            wanted = self.failed + count
            reached = self._news.wait_for(
                lambda: self.failed >= wanted or self.problems, PATIENCE_S
            )
        assert reached, f"only {self.failed} of {wanted} acts failed"

    def pause(self) -> None:
        """Let writers wait before their next act: the server is about to be away."""
        self._is_up.clear()

    def go_on(self) -> None:
        self._is_up.set()
