"""The command that begins a dossier: `init`."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from dossier.authoring.installed_program import get_pip_requirement
from dossier.authoring.starter import check_folder_is_empty, create_empty_dossier, is_local_requirement
from dossier.cli.group import main


@main.command("init", short_help="Make a new, empty dossier.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--title", help="What the dossier is called; asked for, or else the folder's name.")
def init_command(folder: Path, title: str | None) -> None:
    """Make a new, empty dossier in DIR, which builds and checks as it is.

    Example: dossier init lighthouses --title "Lighthouses and their keepers"
    """
    check_folder_is_empty(folder)
    name = folder.resolve().name or "dossier"
    if title is None and sys.stdin.isatty():
        title = click.prompt("What is the dossier called?", default=name)
    create_empty_dossier(folder, (title or "").strip() or name)
    click.echo(f"{folder} holds a new, empty dossier.")
    requirement = get_pip_requirement()
    if is_local_requirement(requirement):
        click.echo(f"requirements.txt names the program on this machine ({requirement.partition(' @ ')[2]}).")
        click.echo(
            "Nobody else can install that: before you share the dossier, write there where they can get it (see README.md)."
        )
    enter = "" if folder.resolve() == Path.cwd() else f"`{shlex.join(['cd', str(folder)])}`, then "
    click.echo(f"Next: {enter}`mkdocs serve` shows it; README.md says what to do first.")
