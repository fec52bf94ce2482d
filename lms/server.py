"""Serves the program in one process with threads; on SQLite, and in the demo, with its worker."""

import signal
import sys
from contextlib import ExitStack

import structlog
from flask import Flask
from waitress.server import create_server

from lms.core import jobs
from lms.core.files import exclusive
from lms.core.web.context import Program
from lms.core.web.intake import MOST_BYTES
from lms.settings import SettingsError

log = structlog.get_logger()

# Browsers keep their connections: at waitress's own limit of 100 a class of forty locks itself out.
# A process may commonly open 1024 files.
MOST_CONNECTIONS = 900


def serve_forever(app: Flask) -> None:
    """Serve until a signal comes; refuse a port that is taken and a second server on SQLite."""
    program: Program = app.extensions["waymark"]
    settings = program.settings
    with ExitStack() as stack:
        if program.database.is_sqlite:
            stack.enter_context(
                exclusive(
                    settings.data / "server.lock",
                    f"Another server already uses {settings.data}. Stop it, or set LMS_DATA.",
                )
            )
        try:
            server = create_server(
                app,
                host=settings.host,
                port=settings.port,
                threads=settings.threads,
                ident=None,
                max_request_body_size=4 * MOST_BYTES,  # up to here a page says no, then a hang-up
                connection_limit=MOST_CONNECTIONS,
                asyncore_use_poll=True,
            )
        except OSError as error:
            raise SettingsError(
                f"Port {settings.port} on {settings.host} cannot be used ({error.strerror}). "
                "Stop the other program, or choose another port: PORT=8001 make run."
            ) from None
        if program.database.is_sqlite or settings.demo:
            consumer = jobs.start_in_process(program.queue)
            stack.callback(consumer.stop)
        # Waitress then takes no new requests, and ends the ones that it has.
        signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
        log.info("serving", address=f"http://{settings.host}:{settings.port}")
        server.run()
