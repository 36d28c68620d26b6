"""`dossier new annotation`: words of an article are looked up in its capture, and a note on them is begun."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from dossier.authoring.insertion import add_list_entry, read_list_ids
from dossier.authoring.quote import check_article_exists, create_annotation_id, describe_anchor_failure, find_unambiguous_selector
from dossier.authoring.record_template import format_list_entry, iter_record_lines
from dossier.checks.quotations import find_quote_length_fault
from dossier.cli.asking import OptionAnswer, RecordForm, is_interactive
from dossier.cli.new import CHECK_COMMAND_HINT, NEXT_STEP_HINT, add_question_options, choose_record_id, new_group
from dossier.loading import read_dossier
from dossier.model import Dossier, UnreadableError
from dossier.model.kinds import KINDS_BY_NAME
from dossier.model.quotations.anchoring import AmbiguousQuote, Anchor, QuoteSelector, anchor_quote
from dossier.model.records import Annotation
from dossier.model.yaml_text import quote_yaml_text


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
    paragraph, prefix, suffix = (str(given.pop(key) or "").strip() for key in ("paragraph", "prefix", "suffix"))
    selector = QuoteSelector(words.strip(), int(paragraph) if paragraph else None, prefix, suffix)
    has_capture = article in dossier.captures
    if has_capture:
        selector = _anchor_quote_interactively(dossier, article, selector)
    if fault := find_quote_length_fault(selector.quote, dossier.settings.quote_words):
        raise UnreadableError(*fault)
    anchor = {"paragraph": str(selector.paragraph or ""), "prefix": selector.prefix, "suffix": selector.suffix}
    known_answers = {key: _quote_yaml_value(value) for key, value in {"quote": selector.quote, **anchor}.items() if value}
    taken = read_list_ids(file, root)
    known_answers["id"] = choose_record_id(
        KINDS_BY_NAME["annotation"], given.pop("id"), create_annotation_id(selector.quote, taken), taken
    )
    answers = form.collect_answers(given, known_answers, (*anchor,))
    entry = format_list_entry(iter_record_lines(Annotation, answers, form.choices_by_kind, anchor if has_capture else ()))
    path = file.relative_to(root).as_posix()
    add_list_entry(file, root, entry)
    click.echo(f"{path}: the annotation {known_answers['id']} was added.")
    lock = f"`dossier lock {article}`"
    missing = f"No capture of {article} is here, so its words were not looked up; an editor runs {lock} on your branch."
    next_step = f" {lock} records where its words stand." if has_capture else f"\n{missing}"
    click.echo(f"{NEXT_STEP_HINT}{next_step} {CHECK_COMMAND_HINT}")


def _anchor_quote_interactively(dossier: Dossier, slug: str, selector: QuoteSelector) -> QuoteSelector:
    """A selector with the words of the one place in an article's capture that it means.

    If there are several places, a terminal is asked for the one. Raises `UnreadableError` if there is none.
    """
    result = anchor_quote(selector, dossier.captures[slug])
    if isinstance(result, Anchor):
        return replace(selector, quote=result.matched_text or selector.quote)
    failure = describe_anchor_failure(dossier, slug, result, selector)
    if not (isinstance(result, AmbiguousQuote) and is_interactive()):
        raise UnreadableError(f"{failure}\nNothing was written.")
    click.echo(failure, err=True)
    number = click.prompt("Which of them, counted from 1?", type=click.IntRange(1, len(result.anchors)), err=True)
    if unambiguous := find_unambiguous_selector(selector, result.anchors[number - 1], dossier.captures[slug]):
        return unambiguous
    raise UnreadableError("No words around this place distinguish it from the others.", "quote a word more")


def _quote_yaml_value(text: str) -> str:
    """Text as a value of a YAML file; a number as it is."""
    return text if text.isdigit() else quote_yaml_text(text)
