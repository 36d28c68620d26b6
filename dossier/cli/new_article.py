"""`dossier new article`: a record with what its capture says of itself, and a copy of the capture."""

from __future__ import annotations

import json
from collections.abc import Collection
from os.path import normpath
from pathlib import Path

import click

from dossier.authoring.insertion import check_path_is_free, write_new_file
from dossier.authoring.record_template import build_article_file, iter_record_lines, make_free_id, suggest_record_id
from dossier.captures.convert import CONVERTER_BY_SUFFIX, HTML_CONVERTER, convert_capture
from dossier.captures.page_metadata import extract_page_metadata, format_article_fields, get_site_name
from dossier.cli.asking import OptionAnswer, RecordForm, collect_party_ids_by_name, find_value_problems
from dossier.cli.new import CHECK_COMMAND_HINT, add_question_options, choose_record_id, new_group
from dossier.git.commands import is_trackable
from dossier.loading import read_dossier
from dossier.loading.articles import read_capture_bytes
from dossier.model import Dossier, UnreadableError
from dossier.model.kinds import KINDS_BY_NAME, suggest_record_creation
from dossier.model.records import Annotation, Article


@new_group.command("article", short_help="An article, from a saved page or text, or from nothing.")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@add_question_options(Article)
@click.pass_obj
def new_article_command(root: Path, /, file: Path | None, **given: OptionAnswer) -> None:
    """Write a new article: its record, and a copy of its capture FILE (a saved page or text).

    Example: dossier new article originals/island-digest.txt --id second-digest
    """
    dossier = read_dossier(root)
    form = RecordForm(Article, dossier)
    ending, content = (file.suffix.lower(), read_capture_bytes(file)) if file else ("", b"")
    known_answers = {"print": "excerpts"} | (_extract_capture_facts(dossier, file, content) if file else {})
    chosen = given.pop("id")
    settled = () if given["print"] == "full" else ("licence",)
    answers = form.collect_answers(given, known_answers, settled)
    pages = root / "docs" / "articles"
    taken = {"index", *(path.stem for path in pages.glob("*.md"))}
    folder = pages if answers["print"] == "full" else Path(normpath(root / dossier.settings.captures))
    proposed = _get_capture_name(file, folder, taken) or suggest_record_id(Article, answers, taken)
    slug = choose_record_id(KINDS_BY_NAME["article"], chosen, proposed, taken)
    page, copy = pages / f"{slug}.md", folder / f"{slug}{ending}"
    check_path_is_free(page, root)
    text = build_article_file(
        iter_record_lines(Article, answers, form.choices_by_kind, settled), digest=answers["print"] != "metadata"
    )
    is_copied = file is not None and not (copy.is_file() and copy.read_bytes() == content)
    if is_copied:
        check_path_is_free(copy, root)
        write_new_file(copy, content)
    try:
        write_new_file(page, text)
    except UnreadableError:
        if is_copied:
            copy.unlink()
        raise
    click.echo(f"{page.relative_to(root).as_posix()} was written.")
    if file:
        name = copy.relative_to(root) if copy.is_relative_to(root) else copy
        click.echo(f"{name} is its capture.")
        if answers["print"] != "full" and is_trackable(root, copy):
            click.echo(f"git does not ignore {name}: it would be published; add its folder to .gitignore.", err=True)
        click.echo(f"Next: `dossier convert {name}` numbers its paragraphs; look over `kinds:` in the record.")
    click.echo(
        f'Then `dossier new annotation {slug} "its words"` quotes it; `status: published` shows it to readers. '
        f"{CHECK_COMMAND_HINT}"
    )


def _get_capture_name(file: Path | None, folder: Path, taken: Collection[str]) -> str:
    """The name of a capture that is in the folder of captures already; empty if it cannot be the article's id."""
    if file is None or file.resolve().parent != folder.resolve() or file.stem in taken:
        return ""
    return "" if find_value_problems(Annotation, "id", json.dumps(file.stem, ensure_ascii=False)) else file.stem


def _extract_capture_facts(dossier: Dossier, file: Path, content: bytes) -> dict[str, str]:
    """The metadata of a capture, as YAML by key, without values that a record would refuse."""
    ending = file.suffix.lower()
    if ending not in CONVERTER_BY_SUFFIX:
        raise UnreadableError(f"{file} is neither a text nor a page", f"save it as one of {', '.join(CONVERTER_BY_SUFFIX)}")
    metadata = extract_page_metadata(content) if CONVERTER_BY_SUFFIX[ending] == HTML_CONVERTER else {}
    facts, site = format_article_fields(metadata, convert_capture(content, {}, ending)), get_site_name(metadata)
    if publisher := collect_party_ids_by_name(dossier).get(site.casefold()):
        facts["publisher"] = publisher
    elif site:
        creation = suggest_record_creation(KINDS_BY_NAME["party"], make_free_id(site, "", ()) or "a-name")
        cure = f"{creation}, and write its id behind `publisher:`"
        click.echo(f"The page calls its site {site}; no party has that name. If it is right, {cure}.", err=True)
    return {key: value for key, value in facts.items() if not find_value_problems(Article, key, value)}
