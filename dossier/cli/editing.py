"""Commands for writing in an editor: `schema`."""

from __future__ import annotations

from pathlib import Path

import click

from dossier.authoring.schema import IDS, ids, schemas, stale, write
from dossier.cli.group import main
from dossier.git.commands import leave_out, leaves_out
from dossier.loading import read
from dossier.loading.files import write_whole


@main.command(short_help="Write what editors know of the records.")
@click.option("--ids", "with_ids", is_flag=True, help="Have your editor complete the ids that exist, on this machine only.")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; status 1 where schema/ is not what the records give.")
@click.pass_obj
def schema(root: Path, with_ids: bool, only_check: bool) -> None:
    """Write what editors know of the files in annotations/: keys, meanings, examples.

    With --ids, git leaves schema/ids.json out of what you commit until you run `dossier schema` again.

    Example: dossier schema --ids
    """
    dossier = read(root)
    made = schemas(dossier)
    if only_check:
        _check(root, made)
        return
    if with_ids:
        made[IDS] = ids(dossier)
    write(root, made, write_whole)
    kept = leave_out(root, IDS, left_out=with_ids)
    click.echo(f"schema/: {len(made)} files" + (", with the ids that exist now." if with_ids else "."))
    if with_ids and not kept:
        click.echo(f"git does not know {IDS} yet: do not commit it before you have run `dossier schema`.", err=True)


def _check(root: Path, made: dict[str, str]) -> None:
    """Tell which schemas are not what the records give; one with ids is no fault where git does not commit it."""
    differing = stale(root, made)
    if IDS in differing and leaves_out(root, IDS):
        differing.remove(IDS)
    if differing:
        raise click.ClickException(
            f"not what the records give: {', '.join(differing)}\n  help: run `dossier schema` and commit schema/"
        )
    click.echo("schema/ is what the records give.")
