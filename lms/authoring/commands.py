"""`lms check`, `lms publish` and `lms export`."""

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click
from flask import Flask

from lms.authoring import services
from lms.authoring.folder import TOPS, read_folder, write_folder
from lms.core.errors import DomainError
from lms.core.files import exclusive
from lms.core.web.context import Program
from lms.engine.content.tree import TreeResult, parse_tree

PathArgument = click.argument(
    "paths", nargs=-1, type=click.Path(path_type=Path, exists=True, file_okay=False)
)


def wanted(paths: Sequence[Path]) -> list[Path]:
    """Return the folders to read: those named, else `courses` and `quizzes` here."""
    found = list(paths) or [Path(top) for top in TOPS if Path(top).is_dir()]
    if not found:
        raise click.UsageError("There is no folder `courses` here. Name the folders to read.")
    return found


@click.command()
@PathArgument
def check(paths: tuple[Path, ...]) -> None:
    """Report every error of a tree of courses and question banks."""
    try:
        tree = parse_tree(read_folder(wanted(paths)))
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from None
    report(tree)
    slugs = ", ".join(one.slug for one in tree.courses)
    click.echo(f"No problem found in {slugs}." if slugs else "There is no course here.")


def report(tree: TreeResult) -> None:
    """Print every problem and leave with status 1, if there is any."""
    for problem in tree.problems:
        click.echo(str(problem))
    if tree.problems:
        click.echo(f"Problems: {len(tree.problems)}", err=True)
        sys.exit(1)


@click.command()
@PathArgument
@click.pass_obj
def publish(open_app: Callable[[], Flask], paths: tuple[Path, ...]) -> None:
    """Publish what differs from the last publication of the folder, or nothing at all."""
    folders = wanted(paths)
    publish_folders(open_app().extensions["waymark"], folders)


def publish_folders(program: Program, paths: Sequence[Path]) -> None:
    """Publish folders and say what changed; leave with status 1 where that is refused."""
    lock = program.settings.data / "write.lock"
    try:
        files = read_folder(paths)
        with (
            exclusive(lock, "Another command is writing to this data folder. Try again later."),
            program.database.unit_of_work() as session,
        ):
            published = services.publish_tree(session, files, "folder", None, program.clock())
    except services.FaultyTreeError as faulty:
        report(faulty.tree)
        return
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from None
    for one in published:
        click.echo("\n".join(in_words(one)))


def in_words(one: services.Published) -> Iterator[str]:
    """Say what became of a course, and name what differs from the revision before."""
    if not one.is_new:
        yield f"{one.slug}: unchanged ({one.revision_hash[:12]})"
        return
    found = one.changes
    yield (
        f"{one.slug}: published {one.revision_hash[:12]} "
        f"({len(found.added)} added, {len(found.changed)} changed, {len(found.removed)} removed)"
    )
    if found.is_first:
        return
    for sign, names in (("+", found.added), ("~", found.changed), ("-", found.removed)):
        yield from (f"  {sign} {name}" for name in names)


@click.command()
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.pass_obj
def export(open_app: Callable[[], Flask], target: Path) -> None:
    """Write the newest published revisions to DIR/courses and DIR/quizzes, byte for byte."""
    program: Program = open_app().extensions["waymark"]
    with program.database.read() as session:
        files = services.export_tree(session)
    try:
        write_folder(files, target)
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(f"{len(files)} files written to {target}.")
