"""Commands for editors who review: `changes`, `links`."""

from __future__ import annotations

from pathlib import Path

import click

from dossier.cli.group import main
from dossier.git.history import BASE_REFS, choose_base_ref, extract_revision, find_merge_base, list_changed_paths
from dossier.loading import is_dossier, read_dossier
from dossier.loading.links import answers
from dossier.model import Dossier
from dossier.model.site.external_links import collect_external_urls
from dossier.reports.changes import render_change_report as changes_between
from dossier.reports.links import render_link_report


@main.command("changes", short_help="Show what readers saw and see now of what has changed.")
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
    click.echo(changes_between(before, read_dossier(root), list_changed_paths(root, commit)), nl=False)


@main.command("links", short_help="Ask whether the addresses of sources are still there.")
@click.option("--timeout", type=click.FloatRange(1), default=20.0, show_default=True, help="Seconds to wait for an answer.")
@click.option(
    "--pause", type=click.FloatRange(0), default=1.0, show_default=True, help="Seconds between two questions to a site."
)
@click.pass_obj
def links_command(root: Path, timeout: float, pause: float) -> None:
    """Ask every address of sources and articles whether it is still there; status 1 when one is gone.

    Example: dossier links
    """
    addresses = collect_external_urls(read_dossier(root))
    told = answers(addresses, timeout, pause)
    click.echo(render_link_report(told, addresses), nl=False)
    if any(answer.outcome == "gone" for answer in told.values()):
        raise SystemExit(1)
