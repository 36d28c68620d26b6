"""The questions of `dossier new`: one for each key of a record, from the marker of its field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dossier.model.base import Record
from dossier.model.field_types import NOT_ESTABLISHED
from dossier.model.fields import Question
from dossier.model.introspection import KeyDescription, describe_keys


def get_question(model: type[Record], key: str) -> Question:
    """The question of a key. Raises `TypeError` if its field has none."""
    question = describe_keys(model)[key].question
    if question is None:
        raise TypeError(f"add Question(prompt) to `{key}` of {model.__name__} in {model.__module__}")
    return question


def is_question_unnecessary(question: Question, answers: Mapping[str, str], *, still_open: bool = False) -> bool:
    """Whether other answers make a question unnecessary; with `still_open`, a required key may be answered later."""
    answered = {key for key, value in answers.items() if value != NOT_ESTABLISHED}
    return question.skip_if in answered or bool(question.requires and question.requires not in answered and not still_open)


def format_question(question: Question, words: Sequence[str] = (), hint: str | None = None) -> str:
    """A question with the words that may answer it, and a hint: `hint`, or by default the question's own."""
    return " ".join(
        part for part in (question.prompt, " | ".join(words) + "." * bool(words), question.hint if hint is None else hint) if part
    )


def get_target_kind(description: KeyDescription) -> str:
    """The kind of record that an answer names; empty if it names none. `topic` counts as a kind, since topics can be listed."""
    reference = description.reference
    return (reference.target_kind or reference.kind) if reference else ""
