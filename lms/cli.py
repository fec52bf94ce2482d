"""The `lms` command."""

import os
import sys
from pathlib import Path

import click
import psycopg
from flask import Flask
from sqlalchemy.exc import OperationalError

from lms import app as application
from lms import settings as configuration
from lms.accounts.commands import create_admin
from lms.authoring.commands import check, export, publish
from lms.certificates.commands import verify
from lms.core import backup as backups
from lms.core import jobs
from lms.core.files import LockedError, exclusive
from lms.core.web.context import Program
from lms.doctor import examine
from lms.migrations import schema
from lms.migrations.tables import metadata
from lms.server import serve_forever

UNREACHABLE = (OperationalError, psycopg.OperationalError)
REFUSALS = (
    configuration.SettingsError,
    schema.SchemaError,
    backups.BackupError,
    LockedError,
    *UNREACHABLE,
)


def in_a_line(refusal: Exception) -> str:
    """Return what is wrong and what to do; what a database driver says is cut to one line."""
    if isinstance(refusal, UNREACHABLE):
        reason = str(getattr(refusal, "orig", refusal)).partition("\n")[0]
        return f"The database cannot be used: {reason}. See that it runs, and check DATABASE_URL."
    return str(refusal)


class Refusing(click.Group):
    """Turns what the program refuses into one clear line and exit status 1."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except REFUSALS as refusal:
            raise click.ClickException(in_a_line(refusal)) from None


@click.group(cls=Refusing, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="waymark")
@click.pass_context
def main(context: click.Context) -> None:
    """Waymark: courses from Markdown, fair quizzes, certificates that verify."""
    context.obj = open_app


def build_app() -> Flask:
    """Build the program on the database as it is."""
    return application.create_app(configuration.load(os.environ))


def open_app() -> Flask:
    """Build the program on a migrated database."""
    flask = build_app()
    schema.upgrade(program_of(flask).database)
    return flask


def program_of(flask: Flask) -> Program:
    program: Program = flask.extensions["waymark"]
    return program


def tables() -> backups.Tables:
    return backups.Tables(metadata, schema.newest())


def show_progress(name: str, rows: int) -> None:
    click.echo(f"  {name}: {rows}", err=True)


@main.command()
def serve() -> None:
    """Serve the site (waitress; with SQLite the worker runs inside)."""
    serve_forever(open_app())


@main.command()
def worker() -> None:
    """Do the jobs of a site on PostgreSQL: mails, documents, sealing, expiry."""
    program = program_of(open_app())
    if program.database.is_sqlite:
        raise click.ClickException("On SQLite the worker runs inside `lms serve`.")
    jobs.run_worker(program.queue)


@main.command()
def migrate() -> None:
    """Bring the database to this program's schema."""
    program = program_of(open_app())
    click.echo(f"The database has schema {schema.current(program.database)}.")


@main.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Save the whole database into FILE."""
    database = program_of(build_app()).database
    schema.require_newest(database)
    backups.write_backup(database, tables(), file, show_progress)
    click.echo(f"Saved to {file}.")


@main.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def restore(file: Path) -> None:
    """Fill an empty database (SQLite or PostgreSQL) from FILE."""
    program = program_of(open_app())
    with exclusive(program.settings.data / "write.lock", "Another command is writing; wait."):
        backups.read_backup(program.database, tables(), file, show_progress)
    click.echo(f"Restored from {file}.")


@main.command()
def doctor() -> None:
    """Examine the installation; exit status 1 if something is wrong."""
    findings = examine(build_app())
    for finding in findings:
        click.echo(f"{'ok  ' if finding.is_well else 'FAIL'} {finding.subject}: {finding.text}")
    sys.exit(0 if all(finding.is_well for finding in findings) else 1)


COMMANDS: tuple[click.Command, ...] = (check, publish, export, create_admin, verify)
for command in COMMANDS:
    main.add_command(command)

if __name__ == "__main__":
    main()
