"""Answers from options or from prompts on a terminal, validated at once with the rules that apply when a file is read."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from dossier.authoring.questions import format_question, get_question, get_target_kind, is_question_unnecessary
from dossier.authoring.record_template import (
    ChoicesByKind,
    format_evidence_list,
    format_yaml_list,
    format_yaml_value,
    make_free_id,
)
from dossier.loading.reader import RecordReader
from dossier.model import Dossier, Problem, UnreadableError
from dossier.model.base import Record
from dossier.model.introspection import describe_keys
from dossier.model.kinds import KINDS_BY_NAME, RecordKind, suggest_record_creation
from dossier.model.quotations.digest import Digest
from dossier.model.records import LAYER_WRITER_ID, Annotation, Claim, Source

OptionAnswer = str | Sequence[str] | Sequence[tuple[str, str]] | None
"""An answer as an option holds it; None and an empty list are no answer."""

PLACEHOLDER_FILE_VALUES: Mapping[str, Any] = {"id": "a", "slug": "a", "article": "a", "digest": Digest("", "", 1)}
"""Stand for what a record has from its file's name and body while one key of it is validated."""

SELF_ORIGIN = "itself"
"""The origin of a source that goes back to nothing else, before it has an id."""

EVIDENCE_HINT = "supports | contradicts | context, as in: a-source supports, other-source context"
"""How to answer with sources, each with its bearing."""

PROMPT_INSTRUCTIONS = "Press Enter to leave a question open; Ctrl-C writes nothing."


def collect_party_ids_by_name(dossier: Dossier) -> dict[str, str]:
    """The id of each party by its names, in small letters."""
    return {name.casefold(): party.id for party in dossier.parties.values() for name in (party.name, *party.aliases)}


def is_interactive() -> bool:
    """Whether somebody is there to answer questions."""
    return sys.stdin.isatty()


@dataclass(frozen=True)
class RecordForm:
    """The questions of one record, and the dossier that has the records which answers may name."""

    model: type[Record]
    dossier: Dossier

    @property
    def choices_by_kind(self) -> ChoicesByKind:
        """Ids of vocabularies and topics that answer a question, by kind."""
        topics = sorted({topic for claim in self.dossier.claims.values() for topic in claim.topics})
        return {"verdict": list(self.dossier.verdicts), "voice": list(self.dossier.voices), "topic": topics}

    def collect_answers(
        self, given: Mapping[str, OptionAnswer], known_answers: Mapping[str, str], settled: Collection[str] = ()
    ) -> dict[str, str]:
        """Answers as YAML, by key: those given as options, then those known already; prompts for the rest on a terminal.

        Raises `UnreadableError` if one that was given as an option is wrong.
        """
        is_prompting, answers = is_interactive(), dict(known_answers)
        if is_prompting:
            click.echo(f"{PROMPT_INSTRUCTIONS}\n", err=True)
        for key in describe_keys(self.model):
            question = get_question(self.model, key)
            if not question.option:
                continue
            if value := self._resolve_party_name(key, given.get(key)):
                answers[key] = self.validate_answer(key, value, question.option)
                if error := self._find_missing_reference(key, value):
                    raise error
            elif (
                is_prompting
                and not (key in answers or key in settled or is_question_unnecessary(question, answers))
                and (answer := self._prompt_for_answer(key))
            ):
                answers[key] = answer
        return answers

    def _prompt_for_answer(self, key: str) -> str:
        """An answer from the terminal, as YAML; empty if the question is left open."""
        question, description = get_question(self.model, key), describe_keys(self.model)[key]
        words = description.choices or self.choices_by_kind.get(get_target_kind(description), ())
        has_bearings = (self.model, key) == (Claim, "sources")
        list_hint = "Several are parted by commas." if description.is_list else ""
        hint = EVIDENCE_HINT if has_bearings else list_hint or question.hint

        def validate(answer: str) -> str:
            parts = [part.strip() for part in answer.split(",") if part.strip()]
            value = self._resolve_party_name(key, parts if description.is_list else answer)
            yaml_text = self.validate_answer(key, _split_bearings(value) if has_bearings else value)
            if error := self._find_missing_reference(key, value):
                click.echo(f"  {error.message}\n  help: {error.help}", err=True)
                confirmation = "  Type y to write it all the same, Enter to be asked again"
                if click.prompt(confirmation, default="", show_default=False, err=True).strip().lower() not in ("y", "yes"):
                    raise UnreadableError("Then once more.")
            return yaml_text

        return prompt_until_valid(format_question(question, words, hint), validate)

    def _resolve_party_name(self, key: str, value: OptionAnswer) -> OptionAnswer:
        """An answer as it is, or the id of the party that it names; raises `UnreadableError` if no party has that name."""
        is_party = get_target_kind(describe_keys(self.model)[key]) == "party"
        if not (is_party and isinstance(value, str) and re.search(r"[^\W\d_]\W* \w", value)):
            return value
        names = collect_party_ids_by_name(self.dossier)
        if found := names.get(value.casefold()):
            return found
        close = [names[name] for name in get_close_matches(value.casefold(), names, 1)]
        cure = suggest_record_creation(KINDS_BY_NAME["party"], make_free_id(value, "", ()))
        raise UnreadableError(f"there is no party called {value}", f"did you mean {close[0]}? Else {cure}" if close else cure)

    def validate_answer(self, key: str, value: OptionAnswer, option: str = "") -> str:
        """An answer as YAML; raises `UnreadableError` if a record with it would be refused."""
        text = _format_answer_yaml(value, one_line=key == "quote")
        if problems := find_value_problems(self.model, key, text):
            problem = problems[0]
            ids = [edit.new_text for edit in problem.line_edits if problem.rule == "wrong-id"]
            help = f"did you mean {ids[0]}? Else {problem.help}" if ids else problem.help
            raise UnreadableError(f"{option}: {problem.message}" if option else problem.message, help)
        if get_target_kind(describe_keys(self.model)[key]) == "verdict" and value not in self.dossier.verdicts:
            close = get_close_matches(str(value), self.dossier.verdicts, 1)
            help = f"did you mean {close[0]}? It" if close else "it"
            raise UnreadableError(f"there is no verdict {value!r}", f"{help} can be {', '.join(self.dossier.verdicts)}")
        return text

    def _find_missing_reference(self, key: str, value: OptionAnswer) -> UnreadableError | None:
        """The error of an answer that names a record which does not exist; None if all exist."""
        kind = KINDS_BY_NAME.get(get_target_kind(describe_keys(self.model)[key]))
        if kind is None or kind.name == "verdict":
            return None
        known_ids = self._list_known_ids(kind)
        for name in _extract_answer_ids(value):
            if name not in known_ids and kind.get_path(name) not in self.dossier.unread_paths:
                cure, close = suggest_record_creation(kind, name), get_close_matches(name, known_ids, 3)
                help = f"did you mean {', '.join(close)}? Else {cure}" if close else cure
                return UnreadableError(f"there is no {kind.name} {name}", help)
        return None

    def _list_known_ids(self, kind: RecordKind) -> Collection[str]:
        """Ids that an answer may name, and the words that stand for one."""
        words = {(Annotation, "party"): [LAYER_WRITER_ID], (Source, "source"): [SELF_ORIGIN]}
        return [*self.dossier.index_records(kind), *words.get((self.model, kind.name), [])]


def prompt_until_valid(text: str, validate: Callable[[str], str]) -> str:
    """An answer from the terminal, asked for until it is valid or left open (then it is empty).

    Quotation marks round the whole of it, as a file would have them, are taken away.
    """
    while answer := str(click.prompt(text, default="", show_default=False, prompt_suffix="\n> ", err=True)).strip():
        try:
            return validate(re.sub(r'^"([^"]*)"$', r"\1", answer))
        except UnreadableError as error:
            click.echo(f"  {error.message}\n  help: {error.help}\n" if error.help else f"  {error.message}\n", err=True)
    return ""


def find_value_problems(model: type[Record], key: str, text: str) -> list[Problem]:
    """Problems of one value of a record, validated as when it is read from a file."""
    reader = RecordReader(Path())
    node = reader.parse_yaml(f"{key}: {text}\n", "")
    if node:
        reader.validate_record(model, node, "", **{name: PLACEHOLDER_FILE_VALUES[name] for name in model.fields_from_file})
    return [problem for problem in reader.problems if problem.rule != "missing-key"]


def _split_bearings(parts: OptionAnswer) -> list[tuple[str, str]]:
    """`a-source supports` as the source and its bearing; without a bearing, one that will be refused."""
    pairs = [str(part).partition(" ") for part in parts or ()]
    return [(name, bearing.strip() or "?") for name, _, bearing in pairs]


def _format_answer_yaml(value: OptionAnswer, *, one_line: bool = False) -> str:
    """An answer as YAML."""
    if value is None or isinstance(value, str):
        return format_yaml_value(value or "", inside=one_line)
    pairs = [entry for entry in value if isinstance(entry, tuple)]
    return format_evidence_list(pairs) if pairs else format_yaml_list([entry for entry in value if isinstance(entry, str)])


def _extract_answer_ids(value: OptionAnswer) -> list[str]:
    """Ids that an answer names."""
    if value is None or isinstance(value, str):
        return [value] if value and value != "not-established" else []
    return [entry[0] if isinstance(entry, tuple) else entry.partition(" ")[0] for entry in value]
