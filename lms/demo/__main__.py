"""What `make run` starts: migrate, publish, prepare the demo, say how to sign in, serve."""

import os
import secrets
import sys
from dataclasses import replace
from pathlib import Path

import click
from flask import Flask

from lms import settings as configuration
from lms.app import create_app
from lms.authoring.commands import publish_folders
from lms.cli import REFUSALS, in_a_line
from lms.core.web.context import Program
from lms.demo import people, scenes
from lms.migrations import schema
from lms.server import serve_forever
from lms.settings import kept_secret

CONTENT = (Path("courses"), Path("quizzes"))


def main() -> None:
    """Run the demo; whatever is refused is one clear line and exit status 1."""
    try:
        settings = replace(configuration.load(os.environ), demo=True)
        app = create_app(settings)
        program: Program = app.extensions["waymark"]
        schema.upgrade(program.database)
        _publish(program)
        _prepare(app, program)
        _say_how_to_sign_in(program)
        serve_forever(app)
    except REFUSALS as refusal:
        click.echo(f"Error: {in_a_line(refusal)}", err=True)
        sys.exit(1)


def _publish(program: Program) -> None:
    """Publish the folders; a faulty one is reported, and what was published stays served."""
    try:
        publish_folders(program, [path for path in CONTENT if path.is_dir()])
    except (SystemExit, click.ClickException) as refused:
        if isinstance(refused, click.ClickException):
            refused.show()
        click.echo("Nothing new was published; the site serves what was published before.")


def _prepare(app: Flask, program: Program) -> None:
    with app.app_context(), program.database.unit_of_work() as session:
        if people.is_there(session):
            return
        click.echo("Preparing the demo ...")
        base_url = program.settings.base_url
        scenes.prepare(session, _password(program), base_url, program.clock())
    program.sweep()


def _password(program: Program) -> str:
    path = program.settings.data / "demo-password"
    wanted = program.settings.demo_password
    return kept_secret(path, lambda: wanted or secrets.token_urlsafe(9))


def _say_how_to_sign_in(program: Program) -> None:
    path = (program.settings.data / "demo-password").resolve()
    click.echo("")
    click.echo(f"  Waymark is at    {program.settings.base_url}")
    for part in (people.LEARNER, people.TEACHER, people.ADMIN):
        click.echo(f"  sign in as       {people.address(part)}")
    click.echo(f"  their password   is kept in {path}")
    click.echo(f"  sent mails       {program.settings.base_url}/outbox")
    click.echo("")


if __name__ == "__main__":
    main()
