"""The whole program on a port of its own, with the real courses and people in all states."""

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from flask import Flask
from waitress import wasyncore
from waitress.server import create_server

from lms.accounts.models import LoginSession
from lms.app import create_app
from lms.catalog import published
from lms.core import jobs
from lms.core.db import Database
from lms.core.ids import hash_secret, new_secret
from lms.core.web.auth import SESSION_LENGTH
from lms.core.web.context import Program
from lms.demo import scenes
from lms.migrations import schema
from lms.settings import Settings
from tests.browser.texts import NAMES, texts_of
from tests.browser.world import PEOPLE, World, people_the_world, publish_the_courses
from tests.makers import PASSWORD

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Site:
    """A served program, and how a browser may carry somebody's session."""

    app: Flask
    origin: str
    world: World
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def program(self) -> Program:
        found: Program = self.app.extensions["waymark"]
        return found

    @cached_property
    def content(self) -> tuple[str, ...]:
        """Return every text that is content or a name, the longest first."""
        found = {*NAMES, *PEOPLE.values()}
        with self.program.database.read() as session:
            for one in published.everything(session):
                found |= texts_of(one)
        return tuple(sorted(found, key=len, reverse=True))

    def url(self, endpoint: str, **values: object) -> str:
        """Return the address of a page."""
        adapter = self.app.url_map.bind(self.origin.removeprefix("http://"))
        return self.origin + adapter.build(endpoint, values)

    def cookies(self, role: str, language: str = "en") -> list[dict[str, str]]:
        """Return what a browser carries when `role` is signed in and reads `language`."""
        carried = {"language": language}
        if role != "visitor":
            carried["session"] = self._session_cookie(role)
        return [
            {"name": name, "value": value, "url": self.origin} for name, value in carried.items()
        ]

    def _session_cookie(self, role: str) -> str:
        token = self.tokens.setdefault(role, new_secret())
        now, digest = self.program.clock(), hash_secret(token)
        with self.program.database.unit_of_work() as session:
            if not session.query(LoginSession).filter_by(token_hash=digest).count():
                person_id, ends = self.world.people[role], now + SESSION_LENGTH
                session.add(
                    LoginSession(
                        token_hash=digest, person_id=person_id, created_at=now, expires_at=ends
                    )
                )
        signer = self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined]
        cookie: str = signer.dumps({"_permanent": True, "_user_id": token, "_fresh": True})
        return cookie


@contextmanager
def live_site(folder: Path, with_demo: bool = False) -> Iterator[Site]:
    """Serve a fresh program from `folder` until the block ends, with the demo's life on request."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        origin = f"http://127.0.0.1:{door.getsockname()[1]}"
        settings = Settings(data=folder, base_url=origin, demo=True, development=True)
        _migrate(settings)
        app = create_app(settings)
        app.testing = True
        program: Program = app.extensions["waymark"]
        publish_the_courses(app, ROOT)
        if with_demo:
            _play_the_demo(app)
        world = people_the_world(app)
        with _serving(app, door):
            yield Site(app, origin, world)
        program.database.dispose()
        shutil.rmtree(folder)


def _play_the_demo(app: Flask) -> None:
    program: Program = app.extensions["waymark"]
    with app.app_context(), program.database.unit_of_work() as session:
        scenes.prepare(session, PASSWORD, program.settings.base_url, program.clock())
    program.worker.drain(program.clock)


def _migrate(settings: Settings) -> None:
    settings.data.mkdir(parents=True, exist_ok=True)
    database = Database(settings.effective_database_url)
    schema.upgrade(database)
    database.dispose()


@contextmanager
def _serving(app: Flask, door: socket.socket) -> Iterator[None]:
    channels: dict[int, object] = {}
    stopping = threading.Event()
    server = create_server(app, map=channels, sockets=[door], threads=6, ident=None)

    def run() -> None:
        while not stopping.is_set():
            wasyncore.loop(timeout=0.5, map=channels, use_poll=True, count=1)

    thread = threading.Thread(target=run, name="site")
    # Without the sweep of every minute, so that what has run out stays as it was made.
    queue = app.extensions["waymark"].queue
    consumer = jobs.BackgroundConsumer(
        queue, workers=1, max_delay=0.2, periodic=False, check_worker_health=False
    )
    thread.start()
    consumer.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join()
        consumer.stop()
        server.task_dispatcher.shutdown()
        server.close()
