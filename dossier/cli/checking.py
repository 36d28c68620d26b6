"""Commands that check what is written against the rules: `check`, `verify`, `rules`."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from dossier.checks import check_dossier, check_site
from dossier.checks.waiting import WAITING_RULES, select_waiting_problems
from dossier.cli.group import format_option, main, print_problems
from dossier.git.history import extract_revision, find_merge_base, list_changed_paths, list_deleted_paths, resolve_commit
from dossier.loading import is_dossier, read_dossier
from dossier.loading.built_files import find_manifest_differences, list_passed_over, read_build_manifest
from dossier.loading.built_site import read_site
from dossier.model import RULES, Problem, Settings, UnreadableError
from dossier.model.wording import format_count


class _RuleChoice(click.Choice[str]):
    """A rule's name; another is answered with the nearest, since nobody looks for one in a list of all."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value in RULES:
            return value
        close = get_close_matches(str(value), RULES, 1)
        question = f"did you mean {close[0]}? " if close else ""
        self.fail(f"there is no rule {value!r}; {question}`dossier rules` lists all.", param, ctx)


RULE_CHOICE = _RuleChoice(list(RULES))


@main.command("check", short_help="Check the dossier against every rule.")
@click.option("--changed", is_flag=True, help="Report only what the changes since the last commit bring.")
@click.option("--since", metavar="REF", help="The same for everything since a branch or commit, as in origin/main.")
@format_option
@click.option("--only", type=RULE_CHOICE, multiple=True, metavar="RULE", help="Check this rule only, or these.")
@click.option("--except", "left_out", type=RULE_CHOICE, multiple=True, metavar="RULE", help="Leave this rule out, or these.")
@click.option(
    "--pending",
    is_flag=True,
    envvar="DOSSIER_PENDING",
    help="Let quotations pass that wait for an editor's lock; DOSSIER_PENDING=true does the same.",
)
@click.pass_obj
def check_command(
    root: Path, changed: bool, since: str | None, form: str, only: tuple[str, ...], left_out: tuple[str, ...], pending: bool
) -> None:
    """Check the dossier against every rule; status 1 when an error is found.

    With --changed or --since, everything is checked all the same, but only problems in changed files are reported, and
    problems elsewhere that were not there before.

    Example: dossier check --changed
    """
    if changed and since is not None:
        raise click.UsageError("--changed and --since say two different things; give one of them.")
    commit = find_merge_base(root, since) if since is not None else resolve_commit(root, "HEAD") if changed else None
    dossier = read_dossier(root)
    rules = (set(only) or RULES.keys()) - set(left_out)
    problems = [problem for problem in check_dossier(dossier) if problem.rule in rules]
    reported = _select_introduced_problems(problems, root, dossier.settings, commit) if commit else problems
    if hidden := len(problems) - len(reported):
        click.echo(f"{format_count(hidden, 'existing problem')} hidden; `dossier check` shows all.", err=True)
    if (pending or dossier.settings.pending) and WAITING_RULES.isdisjoint(only):
        waiting = select_waiting_problems(reported, dossier)
        if waiting:
            places = ", ".join(str(problem.location) for problem in reported if problem in waiting)
            click.echo(f"{format_count(len(waiting), 'place')} waiting for an editor's lock: {places}", err=True)
        reported = [problem for problem in reported if problem not in waiting]
    print_problems(_mention_deleted_files(reported, root), root, form)


def _mention_deleted_files(problems: Sequence[Problem], root: Path) -> list[Problem]:
    """The problems; if git has a file that does not exist, the help is to restore it."""
    if not any(_is_about_missing_file(problem, root) for problem in problems):
        return list(problems)
    try:
        deleted = list_deleted_paths(root)
    except UnreadableError:
        return list(problems)  # there is no git, or no commit yet
    return [_mention_deleted_file(problem, deleted) if _is_about_missing_file(problem, root) else problem for problem in problems]


def _is_about_missing_file(problem: Problem, root: Path) -> bool:
    return problem.rule == "unknown-reference" or not (root / problem.location.path).exists()


def _mention_deleted_file(problem: Problem, deleted: Collection[str]) -> Problem:
    place = problem.location.path  # where all records of a kind are missing, the file or folder that should have them
    if gone := next((path for path in deleted if f"{path};" in problem.help), ""):
        place = gone
    elif not any(path == place or path.startswith(f"{place}/") for path in deleted):
        return problem
    help = f"{place} was deleted, but git has it: `git checkout HEAD -- {place}` brings it back"
    return replace(problem, help=help, line_edits=())


def _select_introduced_problems(problems: Sequence[Problem], root: Path, settings: Settings, commit: str) -> list[Problem]:
    """Problems in files that have changed since a commit, and problems elsewhere that the dossier did not have then."""
    files = list_changed_paths(root, commit)
    with extract_revision(root, commit) as past:
        captures = str((root / settings.captures).resolve())
        before = check_dossier(read_dossier(past, replace(settings, captures=captures))) if is_dossier(past) else []
    existing = {(problem.location, problem.rule, problem.message) for problem in before}
    return [
        problem
        for problem in problems
        if problem.location.path in files or (problem.location, problem.rule, problem.message) not in existing
    ]


@main.command("verify", short_help="Check the finished site against the dossier.")
@click.argument("site", type=click.Path(path_type=Path), default="site")
@click.option("--manifest", "by_manifest", is_flag=True, help="Compare its files with its build-manifest.json; needs no dossier.")
@format_option
@click.pass_obj
def verify_command(root: Path, site: Path, by_manifest: bool, form: str) -> None:
    """Check the finished site against the dossier: nothing missing, nothing unpublished, no dead link.

    With --manifest, every file is hashed instead: each that was changed, is missing or was added since the build is named.
    Passed over are the manifest itself, `.git`, and an empty `.nojekyll`, which those put there who publish a folder.

    Example: dossier verify site/
    """
    name = Path(os.path.relpath(root / site, root)).as_posix()
    if by_manifest:
        manifest = read_build_manifest(root / site)
        origin = f"commit {manifest.commit}" if manifest.commit else "no commit that it names"
        click.echo(f"The manifest lists {format_count(len(manifest.files), 'file')}, built from {origin}.", err=True)
        click.echo(f"Not compared: {', '.join(list_passed_over(root / site))}.", err=True)
        print_problems(find_manifest_differences(root / site, manifest, name), root, form)
        return
    problems = check_site(read_dossier(root), read_site(root / site), name)
    print_problems(problems, root, form)


@main.command("rules", short_help="Print every rule with what it asks.")
@click.option("--markdown", "as_markdown", is_flag=True, help="Print the list that CONTRIBUTING.md holds.")
def rules_command(as_markdown: bool) -> None:
    """Print every rule with what it asks.

    Example: dossier rules
    """
    for name, (description, severity) in RULES.items():
        notice = " (notice)" if severity == "notice" else ""
        click.echo(f"- `{name}`{notice}: {description}" if as_markdown else f"{name:<18} {severity:<6}  {description}")
