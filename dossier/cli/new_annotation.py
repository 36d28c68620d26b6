"""`dossier new annotation`: words of an article are looked up in its capture, and a note on them is begun."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from dossier.authoring.insertion import append_list_entry, check_path_is_free, read_list_ids, write_new_file
from dossier.authoring.quote import check_article_exists, create_annotation_id, describe_anchor_failure, find_unambiguous_selector
from dossier.authoring.record_template import format_list_entry, iter_record_lines
from dossier.authoring.schema import format_schema_comment
from dossier.checks.quotations import find_quote_length_fault
from dossier.cli.asking import OptionAnswer, RecordForm, is_interactive
from dossier.cli.new import CHECK_COMMAND_HINT, NEXT_STEP_HINT, add_question_options, choose_record_id, new_group
from dossier.loading import read_dossier
from dossier.loading.files import write_atomically
from dossier.model import Dossier, UnreadableError
from dossier.model.quotations.anchoring import AmbiguousQuote, Anchor, QuoteSelector, anchor_quote
from dossier.model.quotations.invisible_characters import quote_yaml_text
from dossier.model.records import Annotation


@new_group.command("annotation", short_help="An annotation: a note on words of an article.")
@click.argument("article")
@click.argument("words")
@add_question_options(Annotation)
@click.pass_obj
def new_annotation_command(root: Path, /, article: str, words: str, **given: OptionAnswer) -> None:
    """Write a new annotation on WORDS of ARTICLE, which are looked up in its capture.

    Example: dossier new annotation island-digest "more than in any month"
    """
    dossier = read_dossier(root)
    check_article_exists(dossier, article)
    form, file = RecordForm(Annotation, dossier), root / "annotations" / "articles" / f"{article}.yml"
    number, before, behind = (given.pop(key) for key in ("paragraph", "prefix", "suffix"))
    sought = QuoteSelector(
        words.strip(), int(str(number)) if number else None, str(before or "").strip(), str(behind or "").strip()
    )
    here = article in dossier.captures
    if here:
        sought = _anchor_quote_interactively(dossier, article, sought)
    if fault := find_quote_length_fault(sought.quote, dossier.settings.quote_words):
        raise UnreadableError(*fault)
    anchor = {"paragraph": str(sought.paragraph or ""), "prefix": sought.prefix, "suffix": sought.suffix}
    known = {
        "quote": _quote_yaml_value(sought.quote),
        **{key: _quote_yaml_value(value) for key, value in anchor.items() if value},
    }
    taken = read_list_ids(file, root)
    known["id"] = choose_record_id(form, given.pop("id"), create_annotation_id(sought.quote, taken), taken)
    settled = anchor.keys() if here else ()
    answers = form.collect_answers(given, known, (*anchor,))
    entry = format_list_entry(iter_record_lines(Annotation, answers, form.choices_by_kind, settled))
    path = file.relative_to(root).as_posix()
    if file.exists():
        write_atomically(file, append_list_entry(file, root, entry))
    else:
        check_path_is_free(file, root)
        write_new_file(file, f"{format_schema_comment(path)}\n{entry}")
    click.echo(f"{path}: the annotation {known['id']} was added.")
    away = f"No capture of {article} is here, so its words were not looked up; an editor runs `dossier lock {article}`"
    click.echo(
        f"{NEXT_STEP_HINT} `dossier lock {article}` records where its words stand. {CHECK_COMMAND_HINT}"
        if here
        else f"{NEXT_STEP_HINT}\n{away} on your branch. {CHECK_COMMAND_HINT}"
    )


def _anchor_quote_interactively(dossier: Dossier, slug: str, sought: QuoteSelector) -> QuoteSelector:
    """Words as they stand in one place of an article's capture, with what tells that place apart.

    On a terminal the place is asked for where there are several. Raises `Unreadable` where the words are not there.
    """
    outcome = anchor_quote(sought, dossier.captures[slug])
    if isinstance(outcome, Anchor):
        return replace(sought, quote=outcome.matched_text or sought.quote)
    said = describe_anchor_failure(dossier, slug, outcome, sought)
    if not (isinstance(outcome, AmbiguousQuote) and is_interactive()):
        raise UnreadableError(f"{said}\nNothing was written.")
    click.echo(said, err=True)
    number = click.prompt("Which of them, counted from 1?", type=click.IntRange(1, len(outcome.anchors)), err=True)
    place = outcome.anchors[number - 1]
    if anchored := find_unambiguous_selector(sought, place, dossier.captures[slug]):
        return anchored
    raise UnreadableError("No words around this place distinguish it from the others.", "quote a word more")


def _quote_yaml_value(text: str) -> str:
    """Text as a value of a YAML file; a number as it is."""
    return text if text.isdigit() else quote_yaml_text(text)
