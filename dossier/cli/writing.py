"""Commands that write a new record: `new article`, `new annotation`, `new claim`, `new event`, `new source`."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from os.path import normpath
from pathlib import Path
from typing import Any, TypeVar

import click

from dossier.authoring.insertion import appended, ids_in, refuse_taken, write_new
from dossier.authoring.questions import QUESTIONS, choices, takes_several
from dossier.authoring.quote import instead, new_id, refuse_unknown, told_apart
from dossier.authoring.record_template import article_file, asked, id_from, lines_of, list_entry, proposed_id, record_file
from dossier.authoring.schema import schema_line
from dossier.captures.convert import CONVERTERS, convert
from dossier.cli.asking import ITSELF, Form, Given, ask, faults_of, on_a_terminal, parties_by_name
from dossier.cli.group import main
from dossier.git.commands import takes
from dossier.loading import read
from dossier.loading.articles import MAX_BYTES
from dossier.loading.files import content_of, write_whole
from dossier.loading.validation_messages import a
from dossier.model import Dossier, Unreadable
from dossier.model.base import Entry
from dossier.model.examples import to_make
from dossier.model.quotations.anchoring import Ambiguous, Found, Words, locate
from dossier.model.quotations.capture import count_words
from dossier.model.records import Annotation, Article, Claim, Event, Source

Command = TypeVar("Command", bound=Callable[..., Any])
SHAPES: Mapping[tuple[type[Entry], str], Mapping[str, Any]] = {
    (Claim, "sources"): {"nargs": 2, "metavar": "ID BEARING"},
    (Annotation, "paragraph"): {"type": click.IntRange(1), "metavar": "NUMBER"},
}
"""Options whose answer is more or less than a text."""

NEXT = "Next: fill in what is open, then write `status: published`."
CHECK = "`dossier check` tells what is still to be written."


def keys_as_options(model: type[Entry]) -> Callable[[Command], Command]:
    """Gives a command an option for each question that can be answered in a line."""

    def given(command: Command) -> Command:
        if "id" not in QUESTIONS[model]:
            command = click.option("--id", help="What is its short name? A public address that stays.")(command)
        for key, question in reversed([*QUESTIONS[model].items()]):
            several = takes_several(model.model_fields[key])
            if question.option:
                shape = SHAPES.get((model, key), {})
                says = asked(question._replace(how=""), choices(model.model_fields[key].annotation))
                command = click.option(question.option, key, multiple=several, help=says, **shape)(command)
        return command

    return given


@main.group(short_help="Write a new record with the questions it answers.")
def new() -> None:
    """Write a new record: a draft with a question above each key that is still open.

    On a terminal the questions are asked one by one; what options answer is not asked.

    Example: dossier new event --title "The ferry stops" --date 2024-06-01
    """


@new.command(short_help="A claim: a statement that can be checked.")
@keys_as_options(Claim)
@click.pass_obj
def claim(root: Path, /, **given: Given) -> None:
    """Write a new claim: a statement that can be checked, with our verdict on it.

    Example: dossier new claim --claim "The ferry was full." --date 2024-05-02
    """
    _new_file(root, Claim, "claims", given)


@new.command(short_help="An event: a dated entry of the timeline.")
@keys_as_options(Event)
@click.pass_obj
def event(root: Path, /, **given: Given) -> None:
    """Write a new event: a dated entry of the timeline.

    Example: dossier new event --title "The ferry stops" --date 2024-06-01
    """
    _new_file(root, Event, "events", given)


@new.command(short_help="A source: an entry of the bibliography.")
@keys_as_options(Source)
@click.pass_obj
def source(root: Path, /, **given: Given) -> None:
    """Write a new source: an entry of the bibliography.

    Example: dossier new source --title "Timetable 2024" --origin itself
    """
    _new_file(root, Source, "sources", given)


@new.command(short_help="An annotation: a note on words of an article.")
@click.argument("article")
@click.argument("words")
@keys_as_options(Annotation)
@click.pass_obj
def annotation(root: Path, /, article: str, words: str, **given: Given) -> None:
    """Write a new annotation on WORDS of ARTICLE, which are looked up in its capture.

    Example: dossier new annotation island-digest "more than in any month"
    """
    dossier = read(root)
    refuse_unknown(dossier, article)
    form, file = Form(Annotation, dossier), root / "annotations" / "articles" / f"{article}.yml"
    number, before, behind = (given.pop(key) for key in ("paragraph", "prefix", "suffix"))
    sought = Words(words.strip(), int(str(number)) if number else None, str(before or "").strip(), str(behind or "").strip())
    here = article in dossier.captures
    if here:
        sought = _found(dossier, article, sought)
    if (length := count_words(sought.quote)) > (most := dossier.settings.quote_words):
        message = f"the quotation has {length} words; at most {most} may be quoted at once"
        raise Unreadable(message, "keep the words that carry the claim, three to eight of them")
    anchor = {"paragraph": str(sought.paragraph or ""), "prefix": sought.prefix, "suffix": sought.suffix}
    known = {"quote": _quoted(sought.quote), **{key: _quoted(value) for key, value in anchor.items() if value}}
    taken = ids_in(file, root)
    known["id"] = _id(form, given.pop("id"), new_id(sought.quote, taken), taken)
    settled = anchor.keys() if here else ()
    answers = form.answers(given, known, (*anchor,))
    entry = list_entry(lines_of(Annotation, answers, form.words, settled))
    path = file.relative_to(root).as_posix()
    if file.exists():
        write_whole(file, appended(file, root, entry))
    else:
        refuse_taken(file, root)
        write_new(file, f"{schema_line(path)}\n{entry}")
    click.echo(f"{path}: the annotation {known['id']} was added.")
    away = f"No capture of {article} is here, so its words were not looked up; an editor runs `dossier lock {article}`"
    click.echo(
        f"{NEXT} `dossier lock {article}` records where its words stand. {CHECK}"
        if here
        else f"{NEXT}\n{away} on your branch. {CHECK}"
    )


@new.command(short_help="An article, from a saved page or text, or from nothing.")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@keys_as_options(Article)
@click.pass_obj
def article(root: Path, /, file: Path | None, **given: Given) -> None:
    """Write a new article: its record, and a copy of its capture FILE (a saved page or text).

    Example: dossier new article originals/island-digest.txt --id second-digest
    """
    dossier = read(root)
    form = Form(Article, dossier)
    ending, content = (file.suffix.lower(), content_of(file, MAX_BYTES)) if file else ("", b"")
    known = {"print": "excerpts"} | (_said(dossier, file, content) if file else {})
    chosen = given.pop("id")
    settled = () if given["print"] == "full" else ("licence",)
    answers = form.answers(given, known, settled)
    record = root / "docs" / "articles"
    taken = {"index", *(path.stem for path in record.glob("*.md"))}
    folder = record if answers["print"] == "full" else Path(normpath(root / dossier.settings.captures))
    proposed = _kept_name(file, folder, taken) or proposed_id(Article, answers, taken)
    slug = _id(form, chosen, proposed, taken, record, ".md")
    page, copy = record / f"{slug}.md", folder / f"{slug}{ending}"
    refuse_taken(page, root)
    text = article_file(lines_of(Article, answers, form.words, settled), digest=answers["print"] != "metadata")
    copied = file is not None and not (copy.is_file() and copy.read_bytes() == content)
    if copied:
        refuse_taken(copy, root)
        write_new(copy, content)
    try:
        write_new(page, text)
    except Unreadable:
        if copied:
            copy.unlink()
        raise
    click.echo(f"{page.relative_to(root).as_posix()} was written.")
    if file:
        name = copy.relative_to(root) if copy.is_relative_to(root) else copy
        click.echo(f"{name} is its capture.")
        if answers["print"] != "full" and takes(root, copy):
            click.echo(f"git does not ignore {name}: it would be published; add its folder to .gitignore.", err=True)
        click.echo(f"Next: `dossier convert {name}` numbers its paragraphs; look over `kinds:` in the record.")
    click.echo(f'Then `dossier new annotation {slug} "its words"` quotes it; `status: published` shows it to readers. {CHECK}')


def _new_file(root: Path, model: type[Entry], folder: str, given: dict[str, Given]) -> None:
    """Write the file of a new claim, event or source."""
    form, shelf, chosen = Form(model, read(root)), root / "annotations" / folder, given.pop("id")
    taken = {file.stem for file in shelf.glob("*.yml")}
    answers = form.answers(given, {})
    name = _id(form, chosen, proposed_id(model, answers, taken), taken, shelf, ".yml")
    if answers.get("origin") == ITSELF:
        answers["origin"] = name
    file = shelf / f"{name}.yml"
    path = file.relative_to(root).as_posix()
    refuse_taken(file, root)
    write_new(file, record_file(model, path, lines_of(model, answers, form.words)))
    click.echo(f"{path} was written.")
    click.echo(f"{NEXT} {CHECK}")


def _kept_name(file: Path | None, folder: Path, taken: Collection[str]) -> str:
    """The name of a capture that lies among the others already, for its article; empty where it can be none."""
    if file is None or file.resolve().parent != folder.resolve():
        return ""
    fit = file.stem not in taken and not faults_of(Annotation, "id", json.dumps(file.stem, ensure_ascii=False))
    return file.stem if fit else ""


def _id(form: Form, chosen: Given, proposed: str, taken: Collection[str], folder: Path | None = None, ending: str = "") -> str:
    """The id of a new record: as it was given, else as somebody at the terminal says, else as proposed."""

    def judged(name: str) -> str:
        if problems := faults_of(Annotation, "id", json.dumps(name, ensure_ascii=False)):
            raise Unreadable(f"{name!r} is not an id", problems[0].help)
        if name in taken:
            place = f" ({folder.name}/{name}{ending})" if folder else ""
            raise Unreadable(f"there is {a(form.model.noun)} {name} already{place}", "choose another id")
        return name

    if chosen:
        return judged(str(chosen))
    if on_a_terminal():
        how = f"Enter for {proposed}" if proposed else "lower-case letters, digits and hyphens"
        proposed = ask(f"What is its short name? A public address that stays. ({how})", judged) or proposed
    if not proposed:
        raise Unreadable("nothing was said that an id can be made of", "say what it is called, or give the id with --id")
    return proposed


def _found(dossier: Dossier, slug: str, sought: Words) -> Words:
    """Words as they stand in one place of an article's capture, with what tells that place apart.

    On a terminal the place is asked for where there are several. Raises `Unreadable` where the words are not there.
    """
    outcome = locate(sought, dossier.captures[slug])
    if isinstance(outcome, Found):
        return replace(sought, quote=outcome.text or sought.quote)
    said = instead(dossier, slug, outcome, sought)
    if not (isinstance(outcome, Ambiguous) and on_a_terminal()):
        raise Unreadable(f"{said}\nNothing was written.")
    click.echo(said, err=True)
    number = click.prompt("Which of them, counted from 1?", type=click.IntRange(1, len(outcome.places)), err=True)
    place = outcome.places[number - 1]
    if anchored := told_apart(sought, place, dossier.captures[slug]):
        return anchored
    raise Unreadable("Nothing tells this place apart from the others.", "quote a word more")


def _said(dossier: Dossier, file: Path, content: bytes) -> dict[str, str]:
    """What a capture says of itself, as YAML by key; what no record could hold is left out."""
    # Here, since it takes libraries that no other command needs.
    from dossier.captures.page_metadata import describe, facts_of, site_of  # noqa: PLC0415

    ending = file.suffix.lower()
    if ending not in CONVERTERS:
        raise Unreadable(f"{file.name} is neither a text nor a page", f"save it as one of {', '.join(CONVERTERS)}")
    said = describe(content) if CONVERTERS[ending] == "html-1" else {}
    facts = facts_of(said, convert(content, {}, ending))
    if publisher := parties_by_name(dossier).get(site_of(said).casefold()):
        facts["publisher"] = publisher
    elif site := site_of(said):
        cure = f"{to_make('party', id_from(site, '', ()) or 'a-name')}, and write its id behind `publisher:`"
        click.echo(f"The page calls its site {site}; no party has that name. If it is right, {cure}.", err=True)
    return {key: value for key, value in facts.items() if not faults_of(Article, key, value)}


def _quoted(text: str) -> str:
    """Text as a value of a YAML file; a number as it is."""
    return text if text.isdigit() else json.dumps(text, ensure_ascii=False)
