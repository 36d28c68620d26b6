"""Commands that begin a record: `dossier new` with those of the registry of kinds, and what all of them share."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from dossier.authoring.insertion import add_list_entry, check_path_is_free, read_list_ids, write_new_file
from dossier.authoring.questions import format_question, get_question
from dossier.authoring.record_template import (
    build_record_file,
    format_list_entry,
    format_yaml_value,
    iter_record_lines,
    suggest_record_id,
)
from dossier.cli.asking import SELF_ORIGIN, OptionAnswer, RecordForm, find_value_problems, is_interactive, prompt_until_valid
from dossier.cli.group import main
from dossier.loading import read_dossier
from dossier.model import UnreadableError
from dossier.model.base import Record
from dossier.model.introspection import describe_keys
from dossier.model.kinds import RECORD_KINDS, RecordKind
from dossier.model.records import Annotation, Claim, Term
from dossier.model.records.term import get_term_id
from dossier.model.site.addresses import is_reserved_id
from dossier.model.wording import add_indefinite_article

ClickCallback = TypeVar("ClickCallback", bound=Callable[..., Any])
OPTION_ARGUMENTS_BY_KEY: Mapping[tuple[type[Record], str], Mapping[str, Any]] = {
    (Claim, "sources"): {"nargs": 2, "metavar": "ID BEARING"},
    (Annotation, "paragraph"): {"type": click.IntRange(1), "metavar": "NUMBER"},
}
"""Arguments of the options whose answer is not one text."""

NEXT_STEP_HINT = "Next: fill in what is open, then write `status: published`."
CHECK_COMMAND_HINT = "`dossier check` says what is still to be written."


def add_question_options(model: type[Record]) -> Callable[[ClickCallback], ClickCallback]:
    """Return a decorator that gives a command an option for each question that can be answered in a line."""

    def add_options(command: ClickCallback) -> ClickCallback:
        if model.fields_from_file and "id" not in describe_keys(model):
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


def _add_record_command(kind: RecordKind) -> None:
    """Add the command that begins a record of a kind."""
    record = add_indefinite_article(kind.name).capitalize()
    help = f"Write a new {kind.name}: {kind.definition}.\n\nExample: dossier new {kind.name} {kind.example_options}"

    @new_group.command(kind.name, short_help=f"{record}: {kind.definition}.", help=help)
    @add_question_options(kind.model)
    @click.pass_obj
    def new_record_command(root: Path, /, **given: OptionAnswer) -> None:
        _create_record(root, kind, given)


for _kind in RECORD_KINDS:
    if _kind.is_begun_by_command and _kind.definition:
        _add_record_command(_kind)


def _create_record(root: Path, kind: RecordKind, given: dict[str, OptionAnswer]) -> None:
    """Write a new record: a file of its own, or an entry of its kind's list."""
    form, chosen, taken = RecordForm(kind.model, read_dossier(root)), given.pop("id", None), _collect_taken_ids(root, kind)
    if chosen and given.get("origin") == chosen:
        given["origin"] = SELF_ORIGIN  # a source that names itself as its origin, as its record will
    answers = form.collect_answers(given, {}, ("id",))
    if kind.model is Term:
        name = _check_record_id(kind, get_term_id(answers.get("term", "")), taken)
    else:
        name = choose_record_id(kind, chosen, suggest_record_id(kind.model, answers, taken), taken)
    answers["id"] = format_yaml_value(name)
    if answers.get("origin") == SELF_ORIGIN:
        answers["origin"] = name
    file, path = root / kind.get_path(name), kind.get_path(name)
    lines = iter_record_lines(kind.model, answers, form.choices_by_kind)
    if kind.layout == "file":
        check_path_is_free(file, root)
        write_new_file(file, build_record_file(kind.model, path, lines))
        click.echo(f"{path} was written.")
    else:
        add_list_entry(file, root, format_list_entry(lines))
        click.echo(f"{path}: the {kind.name} {name} was added.")
    click.echo(f"{NEXT_STEP_HINT} {CHECK_COMMAND_HINT}" if kind.is_entry else CHECK_COMMAND_HINT)


def _collect_taken_ids(root: Path, kind: RecordKind) -> set[str]:
    """Ids that records of a kind have, also of those that cannot be read yet."""
    place = root / kind.list_path
    if kind.layout == "file":
        return {file.stem for file in place.glob("*.yml")}
    return (
        {get_term_id(term) for term in read_list_ids(place, root, "term")} if kind.model is Term else read_list_ids(place, root)
    )


def choose_record_id(kind: RecordKind, chosen: OptionAnswer, proposed: str, taken: Collection[str]) -> str:
    """The id of a new record: the one given as an option, else typed at the terminal, else as proposed."""

    def validate(name: str) -> str:
        if problems := find_value_problems(Annotation, "id", json.dumps(name, ensure_ascii=False)):
            raise UnreadableError(f"{name!r} is not an id", problems[0].help)
        return _check_record_id(kind, name, taken)

    if chosen:
        return validate(str(chosen))
    if is_interactive():
        hint = f"Enter for {proposed}" if proposed else "lower-case letters, digits and hyphens"
        proposed = prompt_until_valid(f"What is its short name? A public address that stays. ({hint})", validate) or proposed
    return _check_record_id(kind, proposed, taken)


def _check_record_id(kind: RecordKind, name: str, taken: Collection[str]) -> str:
    """An id as it is; raises `UnreadableError` if it is empty, taken, or used by the page that has the record."""
    if not name and kind.id_option == "--id":
        key = kind.title_key if kind.title_key in describe_keys(kind.model) else "title"
        option, record = get_question(kind.model, key).option, add_indefinite_article(kind.name)
        help = f'give `{option} "…"`, from whose words the id is made, or give the id with --id'
        raise UnreadableError(f"{record} needs an id, and nothing here gives it one", help)
    if not name:
        raise UnreadableError(f"there is no {kind.name} without a name", f"give it with {kind.id_option}")
    help = f"choose another {kind.id_option.removeprefix('--')}"
    if kind.layout.startswith("list") and is_reserved_id(kind.page_url, name):
        page = "an article's page" if kind.layout == "list per article" else f"/{kind.page_url}"
        raise UnreadableError(f"{page} uses the id {name} itself", help)
    if name in taken:
        place = "" if kind.layout == "list per article" else f" ({kind.get_path(name)})"
        raise UnreadableError(f"there is {add_indefinite_article(kind.name)} {name} already{place}", help)
    return name
