"""Commands for captures: `convert`, `quote`, `lock`."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from dossier.authoring.quote import check_article_exists, describe_quote_lookup
from dossier.captures.convert import CONVERTER_BY_SUFFIX, convert_capture, format_capture_markdown
from dossier.captures.page_metadata import extract_page_metadata, format_article_front_matter
from dossier.checks import check_dossier
from dossier.cli.group import main
from dossier.loading import is_dossier, read_dossier
from dossier.loading.articles import read_capture_bytes
from dossier.loading.lock import update_lock, write_lock
from dossier.model import LOCK_FILE_NAME, Dossier, Location, Problem, UnreadableError
from dossier.model.kinds import KINDS_BY_NAME, RECORD_KINDS
from dossier.model.quotations.anchoring import QuoteSelector
from dossier.model.quotations.capture import Lock
from dossier.model.settings import MKDOCS_CONFIG_NAME, PROPERDOCS_CONFIG_NAME
from dossier.model.wording import format_count
from dossier.reports.problems import REPORT_FORMATTERS

LOCK_BLOCKING_RULES = (
    "quote-absent",
    "quote-ambiguous",
    "quote-furniture",
    "quote-ellipsis",
    "capture-changed",
    "evidence-absent",
    "digest-copied",
)
"""Rules whose problems keep an article from being locked."""


@main.command("convert", short_help="Turn a capture into numbered paragraphs and Markdown.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--markdown", "as_markdown", is_flag=True, help="Print the Markdown instead of the list of paragraphs.")
@click.option("--record", "as_record", is_flag=True, help="Print a record with what a page says of itself.")
@click.pass_obj
def convert_command(root: Path, file: Path, as_markdown: bool, as_record: bool) -> None:
    """Turn a capture (text or page) into numbered paragraphs and Markdown, and prove that no word was lost or added.

    The kinds of paragraphs come from the record of the article that the file is named after; of a page without one,
    from its mark-up.

    Example: dossier convert originals/harbour-gazette-2024-05-02.txt
    """
    dossier = read_dossier(root) if is_dossier(root) else None
    article = dossier.articles.get(file.stem) if dossier else None
    ending = file.suffix.lower() if file.suffix.lower() in CONVERTER_BY_SUFFIX else ".txt"
    content = read_capture_bytes(file)
    capture = convert_capture(content, article.kind_by_paragraph if article else {}, ending)
    if as_record:
        click.echo(format_article_front_matter(extract_page_metadata(content) if ending != ".txt" else {}, capture), nl=False)
    elif as_markdown:
        click.echo(format_capture_markdown(capture.paragraphs), nl=False)
    else:
        for paragraph in capture.paragraphs:
            click.echo(f"{paragraph.number:>4}  {paragraph.kind:<9}  {paragraph.text}")
    words = len(capture.full_text.split())
    for notice in capture.notices:
        click.echo(f"notice: {notice}", err=True)
    if capture.difference:
        help = "compare that place with the page in a browser, and save the article part alone"
        raise UnreadableError(f"{len(capture.paragraphs)} paragraphs, {words} words out, but {capture.difference}", help)
    click.echo(f"{len(capture.paragraphs)} paragraphs, {words} words in, {words} words out, also in the Markdown.", err=True)
    if article or not dossier:
        return
    record = KINDS_BY_NAME["article"].get_path(file.stem)
    if record in dossier.unread_paths:
        click.echo(f"{record} cannot be read yet, so its `kinds:` were not used; `dossier check` says what to write.", err=True)
    else:
        command = shlex.join(["dossier", "new", "article", str(file)])
        click.echo(f"No article here is called {file.stem}. `{command}` begins one.", err=True)


@main.command("quote", short_help="Look words up in a capture; print their annotation.")
@click.argument("article")
@click.argument("words")
@click.option("--paragraph", type=click.IntRange(1), help="The paragraph you mean, if the words are in several.")
@click.option("--prefix", default="", help="Words right before them, if they are twice in one paragraph.")
@click.option("--suffix", default="", help="Words right after them, likewise.")
@click.pass_obj
def quote_command(root: Path, article: str, words: str, paragraph: int | None, prefix: str, suffix: str) -> None:
    """Look words up in an article's capture and print the annotation to paste.

    Example: dossier quote harbour-gazette-2024-05-02 "One in five"
    """
    selector = QuoteSelector(words.strip(), paragraph, prefix.strip(), suffix.strip())
    is_found, text = describe_quote_lookup(read_dossier(root), article, selector)
    click.echo(text, err=not is_found)
    if not is_found:
        raise SystemExit(1)


@main.command("lock", short_help="Record the place of each quotation in its capture.")
@click.argument("articles", nargs=-1, metavar="[ARTICLE]...")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; compare everything with the captures.")
@click.pass_obj
def lock_command(root: Path, articles: tuple[str, ...], only_check: bool) -> None:
    """Record in dossier.lock what each capture is and where each quotation is in it.

    Without names, every article whose capture is here, the words of sources that claims quote, and what each claim rests
    on; a capture that has changed must be named.

    Example: dossier lock harbour-gazette-2024-05-02
    """
    dossier = read_dossier(root)
    for slug in articles:
        _require_capture(dossier, slug)
    if only_check:
        _verify_lock(dossier, root, articles)
        return
    # Named articles are checked as if never locked, so that each quotation that a new capture lacks is reported.
    other_locked_articles = {slug: entry for slug, entry in dossier.lock.articles.items() if slug not in articles}
    checked = replace(dossier, lock=replace(dossier.lock, articles=other_locked_articles))
    problems = [problem for problem in check_dossier(checked) if _is_lock_blocker(problem, dossier, articles)]
    if problems:
        click.echo(REPORT_FORMATTERS["text"](problems, root))
        raise click.ClickException(f"{LOCK_FILE_NAME} was not written.")
    lock = update_lock(dossier, articles)
    write_lock(root / LOCK_FILE_NAME, lock)
    click.echo(f"{LOCK_FILE_NAME}: {_describe_lock(lock)}.")
    if missing := [slug for slug in dossier.articles if slug not in dossier.captures]:
        click.echo(f"No capture here, so left unchanged: {', '.join(missing)}.", err=True)


def _describe_lock(lock: Lock) -> str:
    quotations = sum(len(article.quotations) for article in lock.articles.values())
    words = [is_compared for entries in lock.sources.values() for is_compared in entries.values()]
    articles = f"{format_count(len(lock.articles), 'article')}, {format_count(quotations, 'quotation')}"
    return f"{articles}; {format_count(len(words), 'quotation')} of sources, {sum(words)} compared with a copy"


def _require_capture(dossier: Dossier, slug: str) -> None:
    check_article_exists(dossier, slug)
    if slug not in dossier.captures:
        folder = dossier.settings.captures
        raise UnreadableError(f"there is no capture of {slug} in {folder}", "set DOSSIER_CAPTURES to the folder that holds it")


def _is_lock_blocker(problem: Problem, dossier: Dossier, articles: Sequence[str]) -> bool:
    """Whether a problem keeps the named articles (all, if none is named) from being locked."""
    if problem not in dossier.problems:
        return problem.rule in LOCK_BLOCKING_RULES and (not articles or Path(problem.location.path).stem in articles)
    if problem.rule == "release-unreadable" or _is_unrelated_to_lock(problem, articles):
        return False
    return problem.rule != "lock-unreadable" or bool(articles) or dossier.articles.keys() != dossier.captures.keys()


def _is_unrelated_to_lock(problem: Problem, articles: Sequence[str]) -> bool:
    """Whether a file that cannot be read does not concern the lock of the named articles (all, if none is named)."""
    file = Path(problem.location.path)
    folder = file.parent.as_posix()
    quoting_folders = [KINDS_BY_NAME[name].list_path for name in ("annotation", "article")]
    if articles and folder in quoting_folders:
        return file.stem not in articles
    if articles:  # what may concern all articles: the lock, the settings that name the captures, a whole folder
        return file.suffix not in ("", ".lock") and file.as_posix() not in (MKDOCS_CONFIG_NAME, PROPERDOCS_CONFIG_NAME)
    if folder == quoting_folders[0]:
        return False
    return any(folder == kind.list_path for kind in RECORD_KINDS if kind.layout == "file")


def _verify_lock(dossier: Dossier, root: Path, articles: Sequence[str]) -> None:
    """Compare all quotations and the lock with the captures; ends with status 1 unless all are found."""
    rules = (*LOCK_BLOCKING_RULES, "quote-unlocked", "lock-unreadable")
    stems = (*articles, Path(LOCK_FILE_NAME).stem)
    problems = [
        problem
        for problem in check_dossier(dossier)
        if (problem.rule in rules or problem in dossier.problems) and (not articles or Path(problem.location.path).stem in stems)
    ]
    if not problems and update_lock(dossier, articles) != dossier.lock:
        stale = f"{LOCK_FILE_NAME} does not match the captures and annotations"
        problems = [Problem(Location(LOCK_FILE_NAME), "lock-stale", stale, "run `dossier lock`")]
    if problems:
        click.echo(REPORT_FORMATTERS["text"](problems, root) + "\n")
    for slug in articles or dossier.articles:
        found, absent, unchecked_count = dossier.count_quotations(slug)
        click.echo(f"{slug:<28} found {found:>3}   absent {absent:>3}   cannot check {unchecked_count:>3}")
    unchecked = [slug for slug in articles or dossier.articles if slug not in dossier.captures]
    if unchecked:
        click.echo("Articles without a capture were not compared; set DOSSIER_CAPTURES to the folder of captures.", err=True)
    if problems or unchecked:
        raise SystemExit(1)
