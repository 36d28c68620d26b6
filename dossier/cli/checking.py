"""Commands that hold what is written against the rules: `check`, `release`, `verify`, `rules`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from dossier.checks import check_dossier as run_checks
from dossier.checks import check_site as run_site_checks
from dossier.cli.group import format_option, main, print_problems
from dossier.git.history import extract_revision, find_merge_base, list_changed_paths, resolve_commit
from dossier.loading import is_dossier, read_dossier
from dossier.loading.built_site import read_site
from dossier.loading.release import build_release as release_of
from dossier.loading.release import write_release
from dossier.model import RULES, Problem, Settings
from dossier.model.site.release import RELEASE_FILE_NAME
from dossier.reports import problems as report

RULE_CHOICE = click.Choice(list(RULES))


@main.command("check", short_help="Hold the dossier against every rule.")
@click.option("--changed", is_flag=True, help="Tell only what the changes since the last commit bring.")
@click.option("--since", metavar="REF", help="The same for everything since a branch or commit, as in origin/main.")
@format_option
@click.option("--only", type=RULE_CHOICE, multiple=True, metavar="RULE", help="Hold it against this rule only, or these.")
@click.option("--except", "left_out", type=RULE_CHOICE, multiple=True, metavar="RULE", help="Leave this rule out, or these.")
@click.pass_obj
def check_command(
    root: Path, changed: bool, since: str | None, form: str, only: tuple[str, ...], left_out: tuple[str, ...]
) -> None:
    """Hold the dossier against every rule; status 1 when an error is found.

    With --changed or --since, everything is checked all the same, but told is only what stands in changed files, or
    elsewhere and was not there before.

    Example: dossier check --changed
    """
    if changed and since is not None:
        raise click.UsageError("--changed and --since say two different things; give one of them.")
    commit = find_merge_base(root, since) if since is not None else resolve_commit(root, "HEAD") if changed else None
    dossier = read_dossier(root)
    rules = (set(only) or RULES.keys()) - set(left_out)
    problems = [problem for problem in run_checks(dossier) if problem.rule in rules]
    told = _select_introduced_problems(problems, root, dossier.settings, commit) if commit else problems
    if len(told) < len(problems):
        left = len(problems) - len(told)
        click.echo(f"Not told: {left} that the changes did not bring; `dossier check` tells all.", err=True)
    print_problems(told, root, form)


def _select_introduced_problems(problems: Sequence[Problem], root: Path, settings: Settings, commit: str) -> list[Problem]:
    """Problems in files that are not as they were at a commit, and those elsewhere that the dossier did not have then."""
    files = list_changed_paths(root, commit)
    with extract_revision(root, commit) as past:
        captures = str((root / settings.captures).resolve())
        before = run_checks(read_dossier(past, replace(settings, captures=captures))) if is_dossier(past) else []
    known = {(problem.location, problem.rule, problem.message) for problem in before}
    return [
        problem
        for problem in problems
        if problem.location.path in files or (problem.location, problem.rule, problem.message) not in known
    ]


@main.command("release", short_help="Record what is published now, and keep its addresses.")
@click.pass_obj
def release_command(root: Path) -> None:
    """Record in published.json what is published now: its addresses stay, and what it says changes only with a correction.

    Example: dossier release
    """
    dossier = read_dossier(root)
    problems = run_checks(dossier)
    if any(problem.severity == "error" for problem in problems):
        click.echo(report.REPORT_FORMATTERS["text"](problems, root))
        raise click.ClickException(f"{RELEASE_FILE_NAME} was not written.")
    released = release_of(dossier)
    write_release(root / RELEASE_FILE_NAME, released)
    claims, notes, addresses = len(released.claims), len(released.annotations), len(released.addresses)
    click.echo(f"{RELEASE_FILE_NAME}: {claims} claims, {notes} annotations, {addresses} addresses.")


@main.command("verify", short_help="Hold the finished site against the dossier.")
@click.argument("site", type=click.Path(path_type=Path), default="site")
@format_option
@click.pass_obj
def verify_command(root: Path, site: Path, form: str) -> None:
    """Hold the finished site against the dossier: nothing missing, nothing that is not published, no dead link.

    Example: dossier verify site/
    """
    name = Path(os.path.relpath(root / site, root)).as_posix()
    problems = run_site_checks(read_dossier(root), read_site(root / site), name)
    print_problems(problems, root, form)


@main.command("rules", short_help="Print every rule with what it asks.")
@click.option("--markdown", "as_markdown", is_flag=True, help="Print the list that CONTRIBUTING.md holds.")
def rules_command(as_markdown: bool) -> None:
    """Print every rule with what it asks.

    Example: dossier rules
    """
    for name, entry in RULES.items():
        notice = " (notice)" if entry.severity == "notice" else ""
        click.echo(
            f"- `{name}`{notice}: {entry.description}" if as_markdown else f"{name:<18} {entry.severity:<6}  {entry.description}"
        )
