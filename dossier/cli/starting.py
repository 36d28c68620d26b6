"""The command that begins a dossier: `init`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dossier.authoring.schema import schemas, write
from dossier.authoring.starter import make_empty, refuse_occupied
from dossier.cli.group import main
from dossier.loading import read
from dossier.loading.files import write_whole


@main.command(short_help="Make a new, empty dossier.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--title", help="What the dossier is called; asked for, or else the folder's name.")
def init(folder: Path, title: str | None) -> None:
    """Make a new, empty dossier in DIR, which builds and checks as it is.

    Example: dossier init lighthouses --title "Lighthouses and their keepers"
    """
    refuse_occupied(folder)
    name = folder.resolve().name or "dossier"
    if title is None and sys.stdin.isatty():
        title = click.prompt("What is the dossier called?", default=name)
    make_empty(folder, (title or "").strip() or name)
    write(folder, schemas(read(folder)), write_whole)
    click.echo(f"{folder} holds a new, empty dossier.")
    click.echo(f"Next: cd {folder}, then `mkdocs serve` shows it; README.md says what to do first.")
