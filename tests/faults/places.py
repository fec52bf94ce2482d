"""Where a drill runs: a data folder, a database of either kind, and a server that can be killed."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from lms.app import create_app
from lms.core.web.context import Program
from lms.migrations import schema
from lms.settings import Settings
from tests.served import PostgreSQL, Served, free_port, gunicorn, serving

SECRET_KEY = "the key of a drill"


@dataclass
class Place:
    """One installation; this process looks into its database, another one serves it."""

    folder: Path
    port: int
    database_url: str
    postgresql: PostgreSQL | None

    def __post_init__(self) -> None:
        settings = Settings(
            data=self.folder,
            database_url=self.database_url,
            secret_key=SECRET_KEY,
            base_url=f"http://127.0.0.1:{self.port}",
            demo=True,
        )
        self.app: Flask = create_app(settings)
        self.program: Program = self.app.extensions["waymark"]
        schema.upgrade(self.program.database)

    @property
    def command(self) -> Sequence[str]:
        if self.postgresql is None:
            return (sys.executable, "-m", "lms", "serve")
        return gunicorn(self.port)

    @property
    def environment(self) -> dict[str, str]:
        return {
            "LMS_DATA": str(self.folder),
            "DATABASE_URL": self.database_url,
            "LMS_SECRET_KEY": SECRET_KEY,
            "LMS_DEMO": "1",
        }

    @contextmanager
    def served(self) -> Iterator[Served]:
        """Serve the installation as docs/operations.md says, on the same port each time."""
        log = self.folder / "server.log"
        with serving(self.command, self.port, self.environment, log) as server:
            yield server

    def close(self) -> None:
        self.program.queue.storage.close()
        self.program.database.dispose()


@contextmanager
def place_on(kind: str, folder: Path) -> Iterator[Place]:
    """Make an installation on SQLite, or on a PostgreSQL server of its own."""
    data = folder / "data"
    data.mkdir()
    server = None
    if kind == "postgresql":
        _let_everybody_in(folder)
        server = PostgreSQL(folder / "pg")
    url = server.create("drill") if server else f"sqlite:///{data / 'waymark.sqlite3'}"
    place = Place(data, free_port(), url, server)
    try:
        yield place
    finally:
        place.close()
        if server:
            server.close()


def _let_everybody_in(folder: Path) -> None:
    """Let the database's own user reach its folder where the tests run as root."""
    if os.geteuid() == 0:
        for parent in (folder, *folder.parents[:2]):
            parent.chmod(parent.stat().st_mode | 0o055)
