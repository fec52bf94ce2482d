"""Read the mails that a test's program has sent."""

import re
from dataclasses import dataclass

from sqlalchemy import select

from lms.core.mail import SentMail
from lms.core.web.context import Program


@dataclass(frozen=True)
class Mail:
    recipient: str
    subject: str
    text: str

    @property
    def link(self) -> str:
        """The first address in the mail, as a path of the site."""
        found = re.search(r"http://localhost(/\S+)", self.text)
        assert found, f"no link in: {self.text}"
        return found[1]


def mails(program: Program, recipient: str | None = None) -> list[Mail]:
    """Deliver what waits and return all mails (to `recipient`), the oldest first."""
    program.worker.drain(program.clock)
    with program.database.read() as session:
        rows = session.scalars(select(SentMail).order_by(SentMail.id))
        found = [Mail(row.recipient, row.subject, row.text) for row in rows]
    return [mail for mail in found if recipient in (None, mail.recipient)]
