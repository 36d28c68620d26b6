"""What pydantic found wrong with a record, in plain words: errors in, problems with place and cure out."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from dossier.model.node import Node, Step
from dossier.model.problem import Place, Problem, Unreadable
from dossier.model.record import Record, keys_of
from dossier.model.values import NOT_ESTABLISHED, may_be_unknown

KEY = "[key]"
"""What pydantic puts at the end of a location where a key is at fault, not its value."""

FORMS = {"language": "write a language tag, as in en or en-GB"}
"""Cures for values of a form of their own, by key."""

WANTED = {
    **dict.fromkeys(("tuple_type", "list_type"), ("a list is", "write it in brackets, as in [first, second]")),
    **dict.fromkeys(
        ("dict_type", "model_type", "model_attributes_type"),
        ("`key: value` pairs are", "write {id: …} or indented `key: value` lines"),
    ),
    "string_type": ("text is", 'write one value; put it in "quotation marks" if it has : or ['),
}
"""What a key wants that has a value of another shape, and how to write it."""


def problems_of(error: ValidationError, model: type[Record], node: Node, path: str) -> list[Problem]:
    """The problems of one record; a misspelt key is told once, not as an unknown key and as a missing one too."""
    found = [(details, _problem(details, model, node, path)) for details in error.errors()]
    misspelt = {problem.help for _, problem in found if problem.rule == "unknown-key"}
    return [
        problem
        for details, problem in found
        if problem.rule != "missing-key" or f"did you mean `{details['loc'][-1]}`?" not in misspelt
    ]


def a(noun: str) -> str:
    """A noun with its article."""
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def kind_of(value: object) -> str:
    """What a value looks like in a YAML file."""
    if isinstance(value, dict):
        return "a record of its own"
    if isinstance(value, (list, tuple)):
        return "a list"
    return "nothing" if value is None else "a single value"


def _problem(details: ErrorDetails, model: type[Record], node: Node, path: str) -> Problem:
    steps = list(_known_steps(node, details["loc"]))
    place, last = node.place(path, *steps), str(details["loc"][-1])
    key = next((str(step) for step in reversed(steps) if isinstance(step, str)), "")
    inner = _model_at(model, details["loc"][:-1])
    match details["type"]:
        case "extra_forbidden":
            return _unknown_key(node.key_place(path, *steps), inner, last)
        case "missing":
            help = f"add `{last}: …`" + (f", or `{last}: {NOT_ESTABLISHED}`" if may_be_unknown(inner.model_fields[last]) else "")
            return Problem(place, "missing-key", f"{a(inner.noun)} needs `{last}`, which is not here", help)
        case "value_error":
            error = details.get("ctx", {}).get("error")
            if isinstance(error, Unreadable):
                return Problem(place, error.rule, f"`{key}`: {error.message}", error.help)
        case "string_pattern_mismatch" if str(details.get("ctx", {}).get("pattern", "")).startswith("^[a-z][a-z0-9]*(-"):
            help = "use lower-case letters, digits and single hyphens, beginning with a letter, as in nspcc-2020-11"
            return Problem(place, "wrong-id", f"`{key}`: {details['input']!r} is not an id", help)
    message, help = _said(details, key)
    at = node.key_place(path, *steps) if last == KEY else place
    return Problem(at, "wrong-value", f"`{key}`: {message}" if key else message, help)


def _unknown_key(place: Place, model: type[Record], unknown: str) -> Problem:
    known = list(keys_of(model))
    close = get_close_matches(unknown, known, 1)
    help = f"did you mean `{close[0]}`?" if close else f"its keys are {', '.join(known)}"
    if unknown.isdigit():
        help = 'inside { } a comma ends a value; put the number in quotation marks, as in "4,373"'
    return Problem(place, "unknown-key", f"{a(model.noun)} has no key `{unknown}`", help)


def _said(details: ErrorDetails, key: str) -> tuple[str, str]:
    """A pydantic error in plain words, and its cure."""
    value, context = details["input"], details.get("ctx", {})
    if details["type"] in WANTED:
        wanted, help = WANTED[details["type"]]
        return f"{wanted} wanted, this is {kind_of(value)}", help
    match details["type"]:
        case "literal_error":
            choices = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ").split(", ")
            close = get_close_matches(str(value), choices, 1)
            help = f"did you mean {close[0]}? It" if close else "it"
            return f"{value!r} is none of the words this key knows", f"{help} can be {', '.join(choices)}"
        case "string_too_short":
            return "nothing stands here", "write something, or leave the key out where it is not needed"
        case "string_too_long":
            return f"{len(str(value))} characters are too many", f"use at most {context.get('max_length')}"
        case "int_parsing" | "int_type":
            return f"{value!r} is not a whole number", "write digits only, as in 15"
        case "greater_than_equal":
            return f"{value} is too small", f"write {context.get('ge')} or more"
        case "less_than_equal":
            return f"{value} is too large", f"write {context.get('le')} or less"
        case "string_pattern_mismatch":
            return f"{str(value)!r} is not of the form wanted here", FORMS.get(key, "write it on one line")
    return str(details["msg"]), "compare it with the same key of a neighbouring record"


def _known_steps(node: Node, location: tuple[Step, ...]) -> Iterator[Step]:
    """The part of a pydantic location that the file has; steps that only the model knows are left out."""
    at: Node | None = node
    for step in location:
        deeper = at.step(step) if at else None
        if deeper is not None:
            yield step
            at = deeper


def _model_at(model: type[Record], location: tuple[Step, ...]) -> type[Record]:
    """The kind of record that a location leads to."""
    for step in location:
        if isinstance(step, str) and step in model.model_fields:
            model = next(_records_in(model.model_fields[step].annotation), model)
    return model


def _records_in(annotation: Any) -> Iterator[type[Record]]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from _records_in(part)
