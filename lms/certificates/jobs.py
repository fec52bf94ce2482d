"""What runs in the background: setting documents."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from lms.certificates.links import Links
from lms.certificates.services.documents import TASK, ensure_document
from lms.core.outbox import Worker


def connect(worker: Worker, links: Links) -> None:
    """Let the worker set the documents that were promised."""

    def render(session: Session, payload: dict[str, Any], now: datetime) -> None:
        ensure_document(session, payload["certificate_id"], links, now)

    worker.handle(TASK, render)
