"""The product on waitress without its background worker, whose documents are no page's work.

On PostgreSQL the worker is a process of its own (`lms worker`) and is not measured either.
"""

import os

from waitress.server import create_server

from lms import settings as configuration
from lms.app import create_app


def main() -> None:
    """Serve until a signal comes, as `lms serve` does."""
    settings = configuration.load(os.environ)
    create_server(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        threads=settings.threads,
        ident=None,
    ).run()


if __name__ == "__main__":
    main()
