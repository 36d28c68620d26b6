"""Commands for editors who review: `changes`, `links`."""

from __future__ import annotations

from pathlib import Path

import click

from dossier.cli.group import main
from dossier.git.history import BASE_REFS, choose_base_ref, extract_revision, find_merge_base, list_changed_paths
from dossier.loading import is_dossier, read_dossier
from dossier.model import Dossier
from dossier.model.site.external_links import collect_external_urls
from dossier.reports.changes import render_change_report


@main.command("changes", short_help="Show what readers saw and see now of changed records.")
@click.option(
    "--since", metavar="REF", help="A branch, a tag or a commit of git. [default: origin/main; where it is missing, main or HEAD]"
)
@click.pass_obj
def changes_command(root: Path, since: str | None) -> None:
    """Show in Markdown what readers saw and see now of each record that has changed since a branch parted from REF.

    Example: dossier changes --since origin/main
    """
    ref = since or choose_base_ref(root)
    commit = find_merge_base(root, ref)
    if not since and ref != BASE_REFS[0]:
        click.echo(f"There is no {BASE_REFS[0]} here: compared with {ref}. `--since` names another branch or commit.", err=True)
    with extract_revision(root, commit) as past:
        before = read_dossier(past) if is_dossier(past) else Dossier()
    click.echo(render_change_report(before, read_dossier(root), list_changed_paths(root, commit)), nl=False)


@main.command("links", short_help="List every cited address with its file and line.")
@click.option("--format", "form", type=click.Choice(["text", "lychee"]), default="text", help="Who is to read it.")
@click.pass_obj
def links_command(root: Path, form: str) -> None:
    """List the web addresses of articles, sources and parties, and those that texts and pages link to.

    One a line: the address, a tab, its file and line.

    With --format lychee each address stands once, in Markdown, as the link checker lychee reads it.

    Example: dossier links --format lychee
    """
    for url, locations in collect_external_urls(read_dossier(root)).items():
        if form == "lychee":
            click.echo(f"- <{url}>")
            continue
        for location in locations:
            click.echo(f"{url}\t{location.path}:{location.line}")
