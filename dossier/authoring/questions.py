"""The questions that `dossier new` asks: one for each key of a record, from what its field says about itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dossier.model.base import Entry
from dossier.model.field_types import NOT_ESTABLISHED
from dossier.model.fields import Question
from dossier.model.introspection import KeyDescription, describe_keys


def get_question(model: type[Entry], key: str) -> Question:
    """The question of a key. Raises `TypeError` where its field has none."""
    question = describe_keys(model)[key].question
    if question is None:
        raise TypeError(f"add Question(prompt) to `{key}` of {model.__name__} in {model.__module__}")
    return question


def is_question_unnecessary(question: Question, answers: Mapping[str, str], *, still_open: bool = False) -> bool:
    """Whether other answers leave nothing to ask; what is still open in a file may be answered there later."""
    known = answers.keys() - {key for key, value in answers.items() if value == NOT_ESTABLISHED}
    return question.skip_if in known or bool(question.requires and question.requires not in known and not still_open)


def format_question(question: Question, words: Sequence[str] = (), hint: str | None = None) -> str:
    """A question with the words that answer it, or how to answer it: as `hint` says, else as the question does."""
    return " ".join(
        part for part in (question.prompt, " | ".join(words) + "." * bool(words), question.hint if hint is None else hint) if part
    )


def get_target_kind(description: KeyDescription) -> str:
    """The kind of record that an answer names; empty where it names none. A topic is a kind here, since it can be listed."""
    reference = description.reference
    return (reference.target_kind or reference.kind) if reference else ""
