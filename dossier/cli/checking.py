"""Commands that hold what is written against the rules: `check`, `release`, `verify`, `rules`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from dossier import report
from dossier.checks import check as run_checks
from dossier.checks import verify as run_site_checks
from dossier.cli.group import in_format, main, tell
from dossier.model import RULES
from dossier.model.released import RELEASE
from dossier.sources import read
from dossier.sources.release import release as release_of
from dossier.sources.release import write_release
from dossier.sources.site import read_site


@main.command(short_help="Hold the dossier against every rule.")
@in_format
@click.pass_obj
def check(root: Path, form: str) -> None:
    """Hold the dossier against every rule; status 1 when an error is found.

    Example: dossier check --format github
    """
    problems = run_checks(read(root))
    tell(problems, root, form)


@main.command(short_help="Record what is published now, and keep its addresses.")
@click.pass_obj
def release(root: Path) -> None:
    """Record in published.json what is published now: its addresses stay, and what it says changes only with a correction.

    Example: dossier release
    """
    dossier = read(root)
    problems = run_checks(dossier)
    if any(problem.severity == "error" for problem in problems):
        click.echo(report.FORMATS["text"](problems, root))
        raise click.ClickException(f"{RELEASE} was not written.")
    released = release_of(dossier)
    write_release(root / RELEASE, released)
    claims, notes, addresses = len(released.claims), len(released.annotations), len(released.addresses)
    click.echo(f"{RELEASE}: {claims} claims, {notes} annotations, {addresses} addresses.")


@main.command(short_help="Hold the finished site against the dossier.")
@click.argument("site", type=click.Path(path_type=Path), default="site")
@in_format
@click.pass_obj
def verify(root: Path, site: Path, form: str) -> None:
    """Hold the finished site against the dossier: nothing missing, nothing that is not published, no dead link.

    Example: dossier verify site/
    """
    name = Path(os.path.relpath(root / site, root)).as_posix()
    problems = run_site_checks(read(root), read_site(root / site), name)
    tell(problems, root, form)


@main.command(short_help="Print every rule with what it asks.")
@click.option("--markdown", "as_markdown", is_flag=True, help="Print the list that CONTRIBUTING.md holds.")
def rules(as_markdown: bool) -> None:
    """Print every rule with what it asks.

    Example: dossier rules
    """
    for name, entry in RULES.items():
        notice = " (notice)" if entry.severity == "notice" else ""
        click.echo(f"- `{name}`{notice}: {entry.line}" if as_markdown else f"{name:<18} {entry.severity:<6}  {entry.line}")
