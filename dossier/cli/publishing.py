"""Commands that publish: `release`, and for hosts that have no plugin of ours `pages` and `finish`."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import click

from dossier.checks import check_dossier
from dossier.checks.waiting import select_waiting_problems
from dossier.cli.citing import check_citation_file, report_written_citation_file
from dossier.cli.group import main
from dossier.loading import read_dossier
from dossier.loading.citation_file import write_citation_file
from dossier.loading.release import build_release, find_day_line, write_release
from dossier.loading.settings import get_custom_templates_folder
from dossier.model import Dossier, UnreadableError
from dossier.model.site.release import RELEASE_FILE_NAME, LastRelease
from dossier.reports.problems import REPORT_FORMATTERS

EARLIEST_ZONE = timedelta(hours=14)
"""How far the clocks are ahead of UTC where a day begins first."""


@main.command("pages", short_help="Write all pages as Markdown, for any site generator.")
@click.argument("folder", metavar="OUT", type=click.Path(path_type=Path))
@click.pass_obj
def pages_command(root: Path, folder: Path) -> None:
    """Write what is published as Markdown pages, with style, script and search documents, for any site generator.

    OUT is a new or empty folder, or one that this command wrote before; then everything in it is replaced.

    Example: dossier pages ../my-site
    """
    from dossier.output.pages import write_pages  # noqa: PLC0415  # no other command needs it, or waits for it

    dossier = read_dossier(root)
    problems = check_dossier(dossier)
    waiting = select_waiting_problems(problems, dossier) if dossier.settings.pending else ()
    if errors := [problem for problem in problems if problem.severity == "error" and problem not in waiting]:
        click.echo(REPORT_FORMATTERS["text"](errors, root))
        raise click.ClickException(f"{folder} was not written.")
    count = write_pages(dossier, root, root / folder)
    click.echo(f"{folder} holds {count} pages. Build a site from it, then finish it with `dossier finish`.")


@main.command("finish", short_help="Add search index, sitemap and policy to a site of another generator.")
@click.argument("site", type=click.Path(path_type=Path))
@click.option(
    "--templates",
    "folders",
    metavar="DIR",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Templates whose inline scripts may run, where the generator is not Zensical.",
)
@click.pass_obj
def finish_command(root: Path, site: Path, folders: tuple[Path, ...]) -> None:
    """Add search index, sitemap and each page's policy to a site that was built from the folder of `dossier pages`.

    The policy lets no inline script run but those of templates.

    Example: dossier finish ../my-site/site
    """
    from dossier.output.finish import finish_site  # noqa: PLC0415  # no other command needs it, or waits for it

    own_templates = get_custom_templates_folder(root)
    counts = finish_site(read_dossier(root), root, root / site, [*folders, *([own_templates] if own_templates else [])])
    click.echo(f"{site}: {counts.pages} pages have their policy; the search finds {counts.documents} things.")
    if counts.pages_with_unknown_scripts:
        click.echo(
            f"{counts.pages_with_unknown_scripts} pages have inline scripts that are in no template known here, and do not run. "
            "If they are the generator's, name the folder of its templates with `--templates DIR`."
        )


@main.command("release", short_help="Record what is published now, with its days, and keep its addresses.")
@click.option(
    "--day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day on which readers got it, as in 2026-11-26; today (UTC) if not given. None that is still to come.",
)
@click.option("--cite", "only_citation", is_flag=True, help="Write CITATION.cff only, after a change of the settings.")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; status 1 if CITATION.cff is not current.")
@click.pass_obj
def release_command(root: Path, day: datetime | None, only_citation: bool, only_check: bool) -> None:
    """Record in published.json what is published now: its addresses stay, and what it says changes only with a correction.

    CITATION.cff, which says how the dossier is cited, is written too, unless somebody wrote one by hand.

    Each record is given its days: the first on which it was published, and the last on which its content changed.

    Example: dossier release
    """
    dossier = read_dossier(root)
    if only_citation or only_check:
        (check_citation_file if only_check else report_written_citation_file)(dossier, root)
        return
    problems = check_dossier(dossier)
    if any(problem.severity == "error" for problem in problems):
        click.echo(REPORT_FORMATTERS["text"](problems, root))
        raise click.ClickException(f"{RELEASE_FILE_NAME} was not written.")
    release_day = day.date() if day else datetime.now(UTC).date()
    _refuse_wrong_day(dossier, root, release_day)
    released = build_release(dossier, release_day)
    write_release(root / RELEASE_FILE_NAME, released)
    if dossier.settings.site_name:
        write_citation_file(replace(dossier, last_release=released), root)
    claims, notes, addresses = len(released.claims), len(released.annotations), len(released.records)
    click.echo(f"{RELEASE_FILE_NAME}: {claims} claims, {notes} annotations, {addresses} addresses.")
    click.echo(_describe_changes(dossier.last_release, released))


def _refuse_wrong_day(dossier: Dossier, root: Path, day: date) -> None:
    """Raise an error for a day that is still to come, or before one that is in the last release: a wrong clock, or a slip."""
    today = (datetime.now(UTC) + EARLIEST_ZONE).date()
    if day > today:
        message = f"{day} is still to come, and no release could follow before it"
        raise UnreadableError(
            message, "give `--day` a day as in 2026-11-26, or leave it out for today; release on the day itself"
        )
    newest = dossier.last_release.newest_day if dossier.last_release else None
    if newest and day < newest:
        place = f"{RELEASE_FILE_NAME}:{find_day_line(root / RELEASE_FILE_NAME, newest)}"
        message = f"{place}: {RELEASE_FILE_NAME} has records of {newest} already, which is after {day}"
        correct = f"{newest} is still to come: write the right day in its place, wherever the file has it, and release again"
        raise UnreadableError(
            message, correct if newest > today else "set the clock of this machine, or give the day with `--day`"
        )


def _describe_changes(earlier: LastRelease | None, released: LastRelease) -> str:
    """How many records a release has for the first time, and how many changed since the one before."""
    before = earlier.records if earlier else {}
    new = sum(address not in before for address in released.records)
    changed = sum(address in before and record.changed != before[address].changed for address, record in released.records.items())
    return f"{new} of them are new, and {changed} changed since the last release."
