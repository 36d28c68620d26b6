"""Commands for editors who review: `changes`, `links`."""

from __future__ import annotations

from pathlib import Path

import click

from dossier.cli.group import main
from dossier.git.history import at_revision, changed_since, parting_from
from dossier.loading import is_dossier, read
from dossier.loading.links import answers
from dossier.model import Dossier
from dossier.model.site.external_links import addresses_of
from dossier.reports.changes import changes as changes_between
from dossier.reports.links import report


@main.command(short_help="Show what readers saw and see now of what has changed.")
@click.option("--since", default="origin/main", metavar="REF", show_default=True, help="A branch, a tag or a commit of git.")
@click.pass_obj
def changes(root: Path, since: str) -> None:
    """Show in Markdown what readers saw and see now of each record that has changed since a branch parted from REF.

    Example: dossier changes --since origin/main
    """
    commit = parting_from(root, since)
    with at_revision(root, commit) as past:
        before = read(past) if is_dossier(past) else Dossier()
    click.echo(changes_between(before, read(root), changed_since(root, commit)), nl=False)


@main.command(short_help="Ask whether the addresses of sources are still there.")
@click.option("--timeout", type=click.FloatRange(1), default=20.0, show_default=True, help="Seconds to wait for an answer.")
@click.option(
    "--pause", type=click.FloatRange(0), default=1.0, show_default=True, help="Seconds between two questions to a site."
)
@click.pass_obj
def links(root: Path, timeout: float, pause: float) -> None:
    """Ask every address of sources and articles whether it is still there; status 1 when one is gone.

    Example: dossier links
    """
    addresses = addresses_of(read(root))
    told = answers(addresses, timeout, pause)
    click.echo(report(told, addresses), nl=False)
    if any(answer.outcome == "gone" for answer in told.values()):
        raise SystemExit(1)
