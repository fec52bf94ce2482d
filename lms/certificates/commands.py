"""The command that verifies a certificate."""

import os
import sys

import click
from sqlalchemy.exc import DatabaseError

from lms import settings as configuration
from lms.certificates.queries.certificates import PublicCertificate, find_public
from lms.certificates.words import revocation_reason, state_name
from lms.core.clock import system_clock
from lms.core.db import Database


@click.command()
@click.argument("code")
def verify(code: str) -> None:
    """Print the state of the certificate CODE; exit 0 if it is valid, 1 otherwise."""
    settings = configuration.load(os.environ)
    database = Database(settings.effective_database_url)
    try:
        with database.read() as session:
            found = find_public(session, code, system_clock())
    except DatabaseError as error:
        raise click.ClickException(f"The database cannot be read: {error.orig}") from None
    finally:
        database.dispose()
    if found is None:
        click.echo("Not found: there is no certificate with this code.")
        sys.exit(1)
    for line in _lines(found):
        click.echo(line)
    sys.exit(0 if found.is_current else 1)


def _lines(found: PublicCertificate) -> list[str]:
    lines = [
        f"{state_name(found.state)}: {found.code}",
        f"Holder:  {found.holder_name}",
        f"Title:   {found.title}",
        f"Issuer:  {found.issuer_name}",
        f"Issued:  {found.issued_at:%Y-%m-%d}",
    ]
    if found.expires_at:
        lines.append(f"Expires: {found.expires_at:%Y-%m-%d}")
    if found.revocation:
        reason = revocation_reason(found.revocation.reason_code or "other")
        lines.append(f"Revoked: {found.revocation.at:%Y-%m-%d}. {reason}")
        lines += [found.revocation.public_note] if found.revocation.public_note else []
    if found.replaced_by:
        lines.append(f"Replaced by: {found.replaced_by}")
    return lines
