"""Commands that begin a record: `dossier new` with its claims, events and sources, and what all of them share."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from dossier.authoring.insertion import check_path_is_free, write_new_file
from dossier.authoring.questions import format_question, get_question
from dossier.authoring.record_template import build_record_file, iter_record_lines, suggest_record_id
from dossier.cli.asking import SELF_ORIGIN, OptionAnswer, RecordForm, find_value_problems, is_interactive, prompt_until_valid
from dossier.cli.group import main
from dossier.loading import read_dossier
from dossier.loading.validation_messages import add_indefinite_article
from dossier.model import UnreadableError
from dossier.model.base import Entry
from dossier.model.introspection import describe_keys
from dossier.model.kinds import KINDS_BY_NAME, RecordKind
from dossier.model.records import Annotation, Claim, Event, Source
from dossier.model.site.addresses import is_reserved_id

ClickCallback = TypeVar("ClickCallback", bound=Callable[..., Any])
OPTION_ARGUMENTS_BY_KEY: Mapping[tuple[type[Entry], str], Mapping[str, Any]] = {
    (Claim, "sources"): {"nargs": 2, "metavar": "ID BEARING"},
    (Annotation, "paragraph"): {"type": click.IntRange(1), "metavar": "NUMBER"},
}
"""Arguments of the options whose answer is not one text."""

NEXT_STEP_HINT = "Next: fill in what is open, then write `status: published`."
CHECK_COMMAND_HINT = "`dossier check` says what is still to be written."


def add_question_options(model: type[Entry]) -> Callable[[ClickCallback], ClickCallback]:
    """Return a decorator that gives a command an option for each question that can be answered in a line."""

    def add_options(command: ClickCallback) -> ClickCallback:
        if "id" not in describe_keys(model):
            command = click.option("--id", help="What is its short name? A public address that stays.")(command)
        for key, description in reversed([*describe_keys(model).items()]):
            question = get_question(model, key)
            if question.option:
                shape = OPTION_ARGUMENTS_BY_KEY.get((model, key), {})
                text = format_question(question, description.choices, hint="")
                command = click.option(question.option, key, multiple=description.is_list, help=text, **shape)(command)
        return command

    return add_options


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
    _create_record_file(root, KINDS_BY_NAME["claim"], given)


@new_group.command("event", short_help="An event: a dated entry of the timeline.")
@add_question_options(Event)
@click.pass_obj
def new_event_command(root: Path, /, **given: OptionAnswer) -> None:
    """Write a new event: a dated entry of the timeline.

    Example: dossier new event --title "The ferry stops" --date 2024-06-01
    """
    _create_record_file(root, KINDS_BY_NAME["event"], given)


@new_group.command("source", short_help="A source: an entry of the bibliography.")
@add_question_options(Source)
@click.pass_obj
def new_source_command(root: Path, /, **given: OptionAnswer) -> None:
    """Write a new source: an entry of the bibliography.

    Example: dossier new source --title "Timetable 2024" --origin itself
    """
    _create_record_file(root, KINDS_BY_NAME["source"], given)


def _create_record_file(root: Path, kind: RecordKind, given: dict[str, OptionAnswer]) -> None:
    """Write the file of a new record of a kind that has a file each."""
    model = kind.model
    assert issubclass(model, Entry)
    form, folder, chosen = RecordForm(model, read_dossier(root)), root / kind.list_path, given.pop("id")
    taken = {file.stem for file in folder.glob("*.yml")}
    if chosen and given.get("origin") == chosen:
        given["origin"] = SELF_ORIGIN  # a source that names itself as its origin, as its record will
    answers = form.collect_answers(given, {})
    name = choose_record_id(form, chosen, suggest_record_id(model, answers, taken), taken, folder, ".yml")
    if answers.get("origin") == SELF_ORIGIN:
        answers["origin"] = name
    file = folder / f"{name}.yml"
    path = file.relative_to(root).as_posix()
    check_path_is_free(file, root)
    write_new_file(file, build_record_file(model, path, iter_record_lines(model, answers, form.choices_by_kind)))
    click.echo(f"{path} was written.")
    click.echo(f"{NEXT_STEP_HINT} {CHECK_COMMAND_HINT}")


def choose_record_id(
    form: RecordForm, chosen: OptionAnswer, proposed: str, taken: Collection[str], folder: Path | None = None, ending: str = ""
) -> str:
    """The id of a new record: the one given as an option, else typed at the terminal, else as proposed."""

    def validate(name: str) -> str:
        if problems := find_value_problems(Annotation, "id", json.dumps(name, ensure_ascii=False)):
            raise UnreadableError(f"{name!r} is not an id", problems[0].help)
        if form.model is Annotation and is_reserved_id(KINDS_BY_NAME["annotation"].page_url, name):
            raise UnreadableError(f"an article's page uses the id {name} itself", "choose another id")
        if name in taken:
            record, place = add_indefinite_article(form.model.noun), f" ({folder.name}/{name}{ending})" if folder else ""
            raise UnreadableError(f"there is {record} {name} already{place}", "choose another id")
        return name

    if chosen:
        return validate(str(chosen))
    if is_interactive():
        hint = f"Enter for {proposed}" if proposed else "lower-case letters, digits and hyphens"
        proposed = prompt_until_valid(f"What is its short name? A public address that stays. ({hint})", validate) or proposed
    if not proposed:
        raise UnreadableError("no answer has words for an id", "name the record, or give the id with --id")
    return proposed
