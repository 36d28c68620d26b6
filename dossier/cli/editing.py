"""Commands for writing in an editor: `schema`."""

from __future__ import annotations

from pathlib import Path

import click

from dossier.authoring.schema import IDS_SCHEMA_PATH, build_ids_schema, build_schemas, find_stale_schemas, write_schemas
from dossier.cli.group import main
from dossier.git.commands import has_skip_worktree, set_skip_worktree
from dossier.loading import read_dossier


@main.command("schema", short_help="Write JSON schemas for editors.")
@click.option("--ids", "with_ids", is_flag=True, help="Have your editor complete the ids that exist, on this machine only.")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; status 1 if schema/ does not match the records.")
@click.pass_obj
def schema_command(root: Path, with_ids: bool, only_check: bool) -> None:
    """Write JSON schemas of the files in annotations/, for editors: keys, meanings, examples.

    With --ids, git leaves schema/ids.json out of what you commit until you run `dossier schema` again.

    Example: dossier schema --ids
    """
    dossier = read_dossier(root)
    schemas = build_schemas(dossier)
    if only_check:
        _check_schema_files(root, schemas)
        return
    if with_ids:
        schemas[IDS_SCHEMA_PATH] = build_ids_schema(dossier)
    write_schemas(root, schemas)
    kept = set_skip_worktree(root, IDS_SCHEMA_PATH, left_out=with_ids)
    click.echo(f"schema/: {len(schemas)} files" + (", with the ids that exist now." if with_ids else "."))
    if with_ids and not kept:
        click.echo(f"git does not know {IDS_SCHEMA_PATH} yet: do not commit it before you have run `dossier schema`.", err=True)


def _check_schema_files(root: Path, schemas: dict[str, str]) -> None:
    """Report the schemas that do not match the records; one with ids is accepted if git does not commit it."""
    differing = find_stale_schemas(root, schemas)
    if IDS_SCHEMA_PATH in differing and has_skip_worktree(root, IDS_SCHEMA_PATH):
        differing.remove(IDS_SCHEMA_PATH)
    if differing:
        raise click.ClickException(
            f"these do not match the records: {', '.join(differing)}\n  help: run `dossier schema` and commit schema/"
        )
    click.echo("schema/ matches the records.")
