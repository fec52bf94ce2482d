"""The load generator, in a process of its own: keep-alive clients that all start at once.

Reads {"port", "clients": [[shot, ...], ...]} as JSON from standard input, connects, says "ready",
and fires when a line "go" comes; then writes latencies, wrong statuses and the size of a page.
A shot is [method, path, body, cookie, wanted status].
"""

import http.client
import json
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

HOST = "127.0.0.1"
FORM = "application/x-www-form-urlencoded"


@dataclass
class Client:
    """One person's browser: one connection, one request after another."""

    port: int
    shots: Sequence[Sequence[Any]]
    milliseconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    size: int = 0

    def connect(self) -> None:
        self.connection = http.client.HTTPConnection(HOST, self.port, timeout=60)
        self.connection.connect()

    def fire(self) -> None:
        for method, path, body, cookie, wanted in self.shots:
            began = time.perf_counter()
            status, length = self._ask(method, path, body, cookie)
            self.milliseconds.append((time.perf_counter() - began) * 1000)
            self.size = max(self.size, length)
            if status != wanted:
                self.wrong.append(f"{method} {path}: {status}")

    def _ask(self, method: str, path: str, body: str | None, cookie: str) -> tuple[int, int]:
        headers = {"Cookie": cookie, "Accept": "text/html", "Accept-Language": "en"}
        if body is not None:
            headers["Content-Type"] = FORM
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            return answer.status, len(answer.read())
        except (OSError, http.client.HTTPException):
            self.connection.close()
            return 0, 0


def main() -> None:
    """Do what standard input says."""
    wanted = json.loads(sys.stdin.readline())
    clients = [Client(wanted["port"], shots) for shots in wanted["clients"]]
    for client in clients:
        client.connect()
    print("ready", flush=True)
    sys.stdin.readline()
    threads = [threading.Thread(target=client.fire) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    report = {
        "milliseconds": [spent for client in clients for spent in client.milliseconds],
        "wrong": [text for client in clients for text in client.wrong],
        "size": max(client.size for client in clients),
    }
    print(json.dumps(report), flush=True)


if __name__ == "__main__":
    main()
