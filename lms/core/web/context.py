"""What a view needs from the program around it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from huey import Huey
from sqlalchemy.orm import Session

from lms.core.clock import Clock
from lms.core.db import Database
from lms.core.events import Bus
from lms.core.outbox import Worker
from lms.settings import Settings


@dataclass(frozen=True)
class Program:
    """The wired parts of one running program."""

    settings: Settings
    database: Database
    clock: Clock
    bus: Bus
    worker: Worker
    queue: Huey
    sweep: Callable[[], None]


def program() -> Program:
    """Return the program that serves the present request."""
    found: Program = current_app.extensions["waymark"]
    return found


def reading() -> AbstractContextManager[Session]:
    """Open a unit of work that only reads."""
    return program().database.read()


def writing() -> AbstractContextManager[Session]:
    """Open a unit of work that commits at its end."""
    return program().database.unit_of_work()


def now() -> datetime:
    """Return the present moment by the program's clock."""
    return program().clock()
