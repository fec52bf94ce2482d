"""The alarm clock of the outbox: Huey, in-process on SQLite, in PostgreSQL for `lms worker`."""

from collections.abc import Callable

import structlog
from huey import Huey, MemoryHuey, PostgresHuey, crontab
from huey.consumer import Consumer
from huey.serializer import SignedSerializer

from lms.settings import Settings

log = structlog.get_logger()


def make_queue(settings: Settings) -> Huey:
    """Return the queue that fits the database; the serializer is signed, since Huey pickles."""
    serializer = SignedSerializer(secret=settings.effective_secret_key(), salt="jobs")
    if settings.effective_database_url.startswith("sqlite"):
        return MemoryHuey("waymark", serializer=serializer, results=False)
    dsn = settings.effective_database_url.replace("postgresql+psycopg://", "postgresql://", 1)
    return PostgresHuey("waymark", dsn=dsn, serializer=serializer, results=False)


def install(
    queue: Huey, drain: Callable[[], object], sweep: Callable[[], object]
) -> Callable[[], None]:
    """Register the two tasks; return the function that wakes the worker."""

    @queue.task(name="drain")  # type: ignore[untyped-decorator]
    def drain_outbox() -> None:
        drain()

    @queue.periodic_task(crontab(minute="*"), name="sweep")  # type: ignore[untyped-decorator]
    def sweep_everything() -> None:
        sweep()

    def wake() -> None:
        try:
            drain_outbox()
        except Exception:  # what was promised is committed; the next sweep takes it up
            log.exception("worker_not_woken")

    return wake


def do_each(*duties: Callable[[], object]) -> None:
    """Do every duty; one that fails is reported and keeps none of the others from being done."""
    for duty in duties:
        try:
            duty()
        except Exception:
            log.exception("duty_failed", duty=duty.__name__)


class BackgroundConsumer(Consumer):  # type: ignore[misc]
    """A consumer inside the server's process, which leaves the signals to the server."""

    def _set_signal_handlers(self) -> None:
        return


def start_in_process(queue: Huey) -> Consumer:
    """Start one worker thread beside the server's own; it looks twice a second at the least."""
    consumer = BackgroundConsumer(queue, workers=1, max_delay=0.5, check_worker_health=False)
    consumer.start()
    return consumer


def run_worker(queue: Huey, workers: int = 2) -> None:
    """Work until a signal ends the process."""
    Consumer(queue, workers=workers).run()
