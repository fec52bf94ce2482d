"""Mails: promised in the outbox, delivered by one of two postmen."""

import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Any, Protocol

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, Session, mapped_column

from lms.core import outbox
from lms.core.db import Base
from lms.settings import Settings

TASK = "mail"


class SentMail(Base):
    """A mail that the demo kept instead of sending."""

    __tablename__ = "sent_mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[str] = mapped_column(String(254), index=True)
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime]


class Postman(Protocol):
    """Delivers one mail, or raises."""

    def deliver(
        self, session: Session, recipient: str, subject: str, text: str, now: datetime
    ) -> None: ...


class MailNotConfiguredError(outbox.NotYetError):
    """There is no mail server; the mail waits in the outbox."""


@dataclass(frozen=True)
class SmtpPostman:
    """Sends through the configured server."""

    settings: Settings

    def deliver(
        self,
        session: Session,  # noqa: ARG002 - the other postman needs it
        recipient: str,
        subject: str,
        text: str,
        now: datetime,
    ) -> None:
        if not self.settings.smtp_host:
            raise MailNotConfiguredError("Set SMTP_HOST so that mails can be sent.")
        message = EmailMessage()
        message["From"], message["To"] = self.settings.mail_from, recipient
        message["Subject"], message["Date"] = subject, format_datetime(now)
        message["Message-ID"] = make_msgid(domain=self.settings.mail_from.rpartition("@")[2])
        message.set_content(text)
        with self._connect() as server:
            if self.settings.smtp_user:
                server.login(self.settings.smtp_user, self.settings.smtp_password)
            server.send_message(message)

    def _connect(self) -> smtplib.SMTP:
        host, port = self.settings.smtp_host, self.settings.smtp_port
        context = ssl.create_default_context()
        if self.settings.smtp_security == "tls":
            return smtplib.SMTP_SSL(host, port, timeout=20, context=context)
        server = smtplib.SMTP(host, port, timeout=20)
        if self.settings.smtp_security == "starttls":
            server.starttls(context=context)
        return server


@dataclass(frozen=True)
class KeepingPostman:
    """Keeps the mails of a demo, which are shown at /outbox."""

    def deliver(
        self, session: Session, recipient: str, subject: str, text: str, now: datetime
    ) -> None:
        session.add(SentMail(recipient=recipient, subject=subject, text=text, sent_at=now))


def send_later(session: Session, recipient: str, subject: str, text: str, now: datetime) -> None:
    """Promise a mail in this transaction; subject and text are already in the reader's language."""
    body = {"recipient": recipient, "subject": " ".join(subject.split()), "text": text}
    outbox.put(session, TASK, body, now)


def delivery(postman: Postman) -> outbox.Work:
    """Return the outbox handler that gives mails to `postman`."""

    def deliver(session: Session, payload: dict[str, Any], now: datetime) -> None:
        postman.deliver(session, payload["recipient"], payload["subject"], payload["text"], now)

    return deliver
