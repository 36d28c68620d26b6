"""Commands that write a new record: `new article`, `new annotation`, `new claim`, `new event`, `new source`."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from os.path import normpath
from pathlib import Path
from typing import Any, TypeVar

import click

from dossier.authoring.insertion import append_list_entry, check_path_is_free, read_list_ids, write_new_file
from dossier.authoring.questions import QUESTIONS, get_literal_choices, is_list_field
from dossier.authoring.quote import check_article_exists, create_annotation_id, describe_anchor_failure, find_unambiguous_selector
from dossier.authoring.record_template import (
    build_article_file,
    build_record_file,
    format_list_entry,
    format_question,
    iter_record_lines,
    make_free_id,
    suggest_record_id,
)
from dossier.authoring.schema import format_schema_comment
from dossier.captures.convert import CONVERTER_BY_SUFFIX, convert_capture
from dossier.captures.page_metadata import extract_page_metadata, format_article_fields, get_site_name
from dossier.checks.quotations import find_quote_length_fault
from dossier.cli.asking import (
    SELF_ORIGIN,
    OptionAnswer,
    RecordForm,
    collect_party_ids_by_name,
    find_value_problems,
    is_interactive,
    prompt_until_valid,
)
from dossier.cli.group import main
from dossier.git.commands import is_trackable
from dossier.loading import read_dossier
from dossier.loading.articles import MAX_CAPTURE_BYTES
from dossier.loading.files import read_limited_bytes, write_atomically
from dossier.loading.validation_messages import add_indefinite_article
from dossier.model import Dossier, UnreadableError
from dossier.model.base import Entry
from dossier.model.examples import suggest_record_creation
from dossier.model.quotations.anchoring import AmbiguousQuote, Anchor, QuoteSelector, anchor_quote
from dossier.model.quotations.invisible_characters import quote_yaml_text
from dossier.model.records import Annotation, Article, Claim, Event, Source
from dossier.model.site.addresses import is_reserved_id

ClickCallback = TypeVar("ClickCallback", bound=Callable[..., Any])
OPTION_ARGUMENTS_BY_KEY: Mapping[tuple[type[Entry], str], Mapping[str, Any]] = {
    (Claim, "sources"): {"nargs": 2, "metavar": "ID BEARING"},
    (Annotation, "paragraph"): {"type": click.IntRange(1), "metavar": "NUMBER"},
}
"""Options whose answer is more or less than a text."""

NEXT_STEP_HINT = "Next: fill in what is open, then write `status: published`."
CHECK_COMMAND_HINT = "`dossier check` says what is still to be written."


def add_question_options(model: type[Entry]) -> Callable[[ClickCallback], ClickCallback]:
    """Gives a command an option for each question that can be answered in a line."""

    def given(command: ClickCallback) -> ClickCallback:
        if "id" not in QUESTIONS[model]:
            command = click.option("--id", help="What is its short name? A public address that stays.")(command)
        for key, question in reversed([*QUESTIONS[model].items()]):
            several = is_list_field(model.model_fields[key])
            if question.option:
                shape = OPTION_ARGUMENTS_BY_KEY.get((model, key), {})
                says = format_question(question._replace(answer_hint=""), get_literal_choices(model.model_fields[key].annotation))
                command = click.option(question.option, key, multiple=several, help=says, **shape)(command)
        return command

    return given


@main.group("new", short_help="Write a new record with the questions it answers.")
def new_group() -> None:
    """Write a new record: a draft with a question above each key that is still open.

    On a terminal the questions are asked one by one; what options answer is not asked.

    Example: dossier new event --title "The ferry stops" --date 2024-06-01
    """


@new_group.command("claim", short_help="A claim: a statement that can be checked.")
@add_question_options(Claim)
@click.pass_obj
def new_claim_command(root: Path, /, **given: OptionAnswer) -> None:
    """Write a new claim: a statement that can be checked, with our verdict on it.

    Example: dossier new claim --claim "The ferry was full." --date 2024-05-02
    """
    _create_record_file(root, Claim, "claims", given)


@new_group.command("event", short_help="An event: a dated entry of the timeline.")
@add_question_options(Event)
@click.pass_obj
def new_event_command(root: Path, /, **given: OptionAnswer) -> None:
    """Write a new event: a dated entry of the timeline.

    Example: dossier new event --title "The ferry stops" --date 2024-06-01
    """
    _create_record_file(root, Event, "events", given)


@new_group.command("source", short_help="A source: an entry of the bibliography.")
@add_question_options(Source)
@click.pass_obj
def new_source_command(root: Path, /, **given: OptionAnswer) -> None:
    """Write a new source: an entry of the bibliography.

    Example: dossier new source --title "Timetable 2024" --origin itself
    """
    _create_record_file(root, Source, "sources", given)


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
    known["id"] = _choose_record_id(form, given.pop("id"), create_annotation_id(sought.quote, taken), taken)
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
    ending, content = (file.suffix.lower(), read_limited_bytes(file, MAX_CAPTURE_BYTES)) if file else ("", b"")
    known = {"print": "excerpts"} | (_extract_capture_facts(dossier, file, content) if file else {})
    chosen = given.pop("id")
    settled = () if given["print"] == "full" else ("licence",)
    answers = form.collect_answers(given, known, settled)
    record = root / "docs" / "articles"
    taken = {"index", *(path.stem for path in record.glob("*.md"))}
    folder = record if answers["print"] == "full" else Path(normpath(root / dossier.settings.captures))
    proposed = _get_capture_name(file, folder, taken) or suggest_record_id(Article, answers, taken)
    slug = _choose_record_id(form, chosen, proposed, taken, record, ".md")
    page, copy = record / f"{slug}.md", folder / f"{slug}{ending}"
    check_path_is_free(page, root)
    text = build_article_file(
        iter_record_lines(Article, answers, form.choices_by_kind, settled), digest=answers["print"] != "metadata"
    )
    copied = file is not None and not (copy.is_file() and copy.read_bytes() == content)
    if copied:
        check_path_is_free(copy, root)
        write_new_file(copy, content)
    try:
        write_new_file(page, text)
    except UnreadableError:
        if copied:
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


def _create_record_file(root: Path, model: type[Entry], folder: str, given: dict[str, OptionAnswer]) -> None:
    """Write the file of a new claim, event or source."""
    form, shelf, chosen = RecordForm(model, read_dossier(root)), root / "annotations" / folder, given.pop("id")
    taken = {file.stem for file in shelf.glob("*.yml")}
    if chosen and given.get("origin") == chosen:
        given["origin"] = SELF_ORIGIN  # a source that names itself as its origin, as its record will
    answers = form.collect_answers(given, {})
    name = _choose_record_id(form, chosen, suggest_record_id(model, answers, taken), taken, shelf, ".yml")
    if answers.get("origin") == SELF_ORIGIN:
        answers["origin"] = name
    file = shelf / f"{name}.yml"
    path = file.relative_to(root).as_posix()
    check_path_is_free(file, root)
    write_new_file(file, build_record_file(model, path, iter_record_lines(model, answers, form.choices_by_kind)))
    click.echo(f"{path} was written.")
    click.echo(f"{NEXT_STEP_HINT} {CHECK_COMMAND_HINT}")


def _get_capture_name(file: Path | None, folder: Path, taken: Collection[str]) -> str:
    """The name of a capture that lies among the others already, for its article; empty where it can be none."""
    if file is None or file.resolve().parent != folder.resolve():
        return ""
    fit = file.stem not in taken and not find_value_problems(Annotation, "id", json.dumps(file.stem, ensure_ascii=False))
    return file.stem if fit else ""


def _choose_record_id(
    form: RecordForm, chosen: OptionAnswer, proposed: str, taken: Collection[str], folder: Path | None = None, ending: str = ""
) -> str:
    """The id of a new record: as it was given, else as somebody at the terminal says, else as proposed."""

    def judged(name: str) -> str:
        if problems := find_value_problems(Annotation, "id", json.dumps(name, ensure_ascii=False)):
            raise UnreadableError(f"{name!r} is not an id", problems[0].help)
        if form.model is Annotation and is_reserved_id("articles/", name):
            raise UnreadableError(f"an article's page uses the id {name} itself", "choose another id")
        if name in taken:
            place = f" ({folder.name}/{name}{ending})" if folder else ""
            raise UnreadableError(
                f"there is {add_indefinite_article(form.model.noun)} {name} already{place}", "choose another id"
            )
        return name

    if chosen:
        return judged(str(chosen))
    if is_interactive():
        how = f"Enter for {proposed}" if proposed else "lower-case letters, digits and hyphens"
        proposed = prompt_until_valid(f"What is its short name? A public address that stays. ({how})", judged) or proposed
    if not proposed:
        raise UnreadableError("no answer has words for an id", "name the record, or give the id with --id")
    return proposed


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


def _extract_capture_facts(dossier: Dossier, file: Path, content: bytes) -> dict[str, str]:
    """What a capture says of itself, as YAML by key; what no record could hold is left out."""
    ending = file.suffix.lower()
    if ending not in CONVERTER_BY_SUFFIX:
        raise UnreadableError(f"{file.name} is neither a text nor a page", f"save it as one of {', '.join(CONVERTER_BY_SUFFIX)}")
    said = extract_page_metadata(content) if CONVERTER_BY_SUFFIX[ending] == "html-1" else {}
    facts = format_article_fields(said, convert_capture(content, {}, ending))
    if publisher := collect_party_ids_by_name(dossier).get(get_site_name(said).casefold()):
        facts["publisher"] = publisher
    elif site := get_site_name(said):
        cure = f"{suggest_record_creation('party', make_free_id(site, '', ()) or 'a-name')}, and write its id behind `publisher:`"
        click.echo(f"The page calls its site {site}; no party has that name. If it is right, {cure}.", err=True)
    return {key: value for key, value in facts.items() if not find_value_problems(Article, key, value)}


def _quote_yaml_value(text: str) -> str:
    """Text as a value of a YAML file; a number as it is."""
    return text if text.isdigit() else quote_yaml_text(text)
