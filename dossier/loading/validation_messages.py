"""What pydantic found wrong with a record, in plain words: errors in, problems with place and cure out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any
from unicodedata import normalize

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from dossier.model.base import Record, keys_of
from dossier.model.examples import EXAMPLES
from dossier.model.field_types import NOT_ESTABLISHED, may_be_unknown
from dossier.model.problems.problem import Instead, Problem, Unreadable, likely
from dossier.model.yaml_node import Node, Step

KEY = "[key]"
"""What pydantic puts at the end of a location where a key is at fault, not its value."""

NOT_KNOWN = ("?", "-", "n/a", "n.d.", "nd", "none", "null", "undated", "unknown", "not known", "not established", "tbc")
"""How people say that a fact is not known, where `not-established` says it."""

NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split()

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
    misspelt = {way.new for _, problem in found if problem.rule == "unknown-key" for way in problem.instead}
    return [problem for details, problem in found if problem.rule != "missing-key" or details["loc"][-1] not in misspelt]


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
    inner, value = _model_at(model, details["loc"][:-1]), details["input"]
    field = inner.model_fields.get(last)
    if isinstance(value, str) and value.lower() in NOT_KNOWN and field and may_be_unknown(field):
        help = f"write `{NOT_ESTABLISHED}` where a fact is not known"
        return Problem(place, "wrong-value", f"`{key}`: {value!r} says nothing", help, _write(value, NOT_ESTABLISHED))
    match details["type"]:
        case "extra_forbidden":
            return _unknown_key(node, steps, inner, path)
        case "missing":
            return _missing_key(node, steps, inner, last, path)
        case "value_error":
            error = details.get("ctx", {}).get("error")
            if isinstance(error, Unreadable):
                return Problem(place, error.rule, f"`{key}`: {error.message}", error.help, _meant(error, str(value), inner, key))
        case "string_pattern_mismatch" if str(details.get("ctx", {}).get("pattern", "")).startswith("^[a-z][a-z0-9]*(-"):
            help = "use lower-case letters, digits and single hyphens, beginning with a letter, as in ferry-2019-05"
            return Problem(place, "wrong-id", f"`{key}`: {value!r} is not an id", help, likely(value, _ids(value)))
    message, help, instead = _said(details, key, inner)
    at = node.key_place(path, *steps) if last == KEY else place
    return Problem(at, "wrong-value", f"`{key}`: {message}" if key else message, help, instead or _example(value, inner, key))


def _meant(error: Unreadable, value: str, model: type[Record], key: str) -> tuple[Instead, ...]:
    """What an unreadable value may mean; where nothing is seen, an example."""
    if len(error.values) == 1:
        return _write(value, error.values[0])
    return likely(value, error.values) or _example(value, model, key)


def _example(value: object, model: type[Record], key: str) -> tuple[Instead, ...]:
    """An example of what belongs under a key, in place of a value that is none of it."""
    example = EXAMPLES[model.noun].get(key)
    return (Instead("e.g.", value, example.value),) if example and isinstance(value, str) and value else ()


def _unknown_key(node: Node, steps: list[Step], model: type[Record], path: str) -> Problem:
    unknown, place, known = str(steps[-1]), node.key_place(path, *steps), list(keys_of(model))
    if unknown.isdigit():
        return _cut_number(node, steps, model, path)
    close = get_close_matches(unknown, known, 1)
    help = f"did you mean `{close[0]}`?" if close else f"its keys are {', '.join(known)}"
    return Problem(place, "unknown-key", f"{a(model.noun)} has no key `{unknown}`", help, likely(unknown, close))


def _cut_number(node: Node, steps: list[Step], model: type[Record], path: str) -> Problem:
    """A number in braces whose comma ends the value, so that the digits behind it seem to be a key."""
    unknown, record = str(steps[-1]), _at(node, steps[:-1])
    keys = [*record.keys]
    value = record.step(keys[keys.index(unknown) - 1])
    help = 'inside { } a comma ends a value; put the number in quotation marks, as in "4,373"'
    message = f"{a(model.noun)} has no key `{unknown}`"
    if not value or not isinstance(value.value, str):
        return Problem(node.key_place(path, *steps), "unknown-key", message, help)
    number = f"{value.value},{unknown}"
    message += f": it is cut off from {number}"
    return Problem(value.place(path), "unknown-key", message, help, _write(number, f'"{number}"'))


def _missing_key(node: Node, steps: list[Step], model: type[Record], key: str, path: str) -> Problem:
    """A key that is not there or has no value, what belongs under it, and an example; before it that it is not established,
    where it may be.
    """
    example, unknown = EXAMPLES[model.noun][key], may_be_unknown(model.model_fields[key])
    place, message, old = node.place(path, *steps), f"{a(model.noun)} needs `{key}`, which is not here", ""
    if _at(node, steps).value is None:
        place, message, old = node.key_place(path, *steps), f"`{key}`: nothing stands here", f"{key}:"
    help = f"add {'what belongs there' if old else f'`{key}:`'} ({example.says})" + (
        f"; where that is not known, write {NOT_ESTABLISHED}" if unknown else ""
    )
    ways = [Instead("write" if old else "add", old, f"{key}: {NOT_ESTABLISHED}")] if unknown else []
    return Problem(place, "missing-key", message, help, (*ways, Instead("e.g.", old, f"{key}: {example.value}")))


def _said(details: ErrorDetails, key: str, model: type[Record]) -> tuple[str, str, tuple[Instead, ...]]:
    """A pydantic error in plain words, its cure, and the value as it should be where that is seen."""
    value, context = details["input"], details.get("ctx", {})
    if details["type"] in WANTED:
        wanted, help = WANTED[details["type"]]
        return f"{wanted} wanted, this is {kind_of(value)}", help, _shaped(details, model)
    match details["type"]:
        case "literal_error":
            choices = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ").split(", ")
            close = get_close_matches(str(value).lower(), choices, 1)
            help = f"did you mean {close[0]}? It" if close else "it"
            message = f"{value!r} is none of the words this key knows"
            return message, f"{help} can be {', '.join(choices)}", likely(str(value), close)
        case "string_too_short":
            return "nothing stands here", "write something, or leave the key out where it is not needed", ()
        case "string_too_long":
            return f"{len(str(value))} characters are too many", f"use at most {context.get('max_length')}", ()
        case "int_parsing" | "int_type":
            number = str(NUMBERS.index(value.lower())) if str(value).lower() in NUMBERS else ""
            help = f"write {number}" if number else "write digits only, as in 15"
            example = (Instead("e.g.", str(value), "15"),)
            return f"{value!r} is not a whole number", help, _write(str(value), number) if number else example
        case "greater_than_equal":
            return f"{value} is too small", f"write {context.get('ge')} or more", ()
        case "less_than_equal":
            return f"{value} is too large", f"write {context.get('le')} or less", ()
        case "string_pattern_mismatch":
            return f"{str(value)!r} is not of the form wanted here", FORMS.get(key, "write it on one line"), ()
    return str(details["msg"]), "compare it with the same key of a neighbouring record", ()


def _write(old: str, new: str) -> tuple[Instead, ...]:
    return (Instead("write", old, new),)


def _ids(value: str) -> list[str]:
    """The id that words would make, if they make one."""
    words = re.findall(r"[a-z0-9]+", normalize("NFKD", value.lower().replace("'", "")))
    return ["-".join(words)] if words and words[0][0].isalpha() else []


def _shaped(details: ErrorDetails, model: type[Record]) -> tuple[Instead, ...]:
    """A single value as the list or the record that is wanted."""
    value = details["input"]
    if not isinstance(value, str) or "\n" in value:
        return ()
    word = re.fullmatch(r"[^\s{}\[\],\"']+", value)
    if details["type"] in ("tuple_type", "list_type"):
        if entry := next(
            _records_in(_model_at(model, details["loc"][:-1]).model_fields[str(details["loc"][-1])].annotation), None
        ):
            return (Instead("e.g.", value, f"[{_for_example(entry, value if word else '')}]"),)
        entries = value if re.fullmatch(r"[\w-]+(, ?[\w-]+)*", value) else json.dumps(value, ensure_ascii=False)
        return (Instead("maybe" if "," in value else "write", value, f"[{entries}]"),)
    if details["type"] not in ("model_type", "model_attributes_type") or not word:
        return ()
    return (Instead("e.g.", value, _for_example(_model_at(model, details["loc"][-1:]), value)),)


def _for_example(wanted: type[Record], value: str) -> str:
    """A whole record as an example; a word that was written in its place is its first key, unless that is a date."""
    needed = [name for name, field in wanted.model_fields.items() if field.is_required() and name not in wanted.unwritten]
    first = needed[0] if value and needed[0] != "date" else ""
    pairs = (f"{key}: {value if key == first else EXAMPLES[wanted.noun][key].value}" for key in needed)
    return f"{{{', '.join(pairs)}}}"


def _known_steps(node: Node, location: tuple[Step, ...]) -> Iterator[Step]:
    """The part of a pydantic location that the file has; steps that only the model knows are left out."""
    at: Node | None = node
    for step in location:
        deeper = at.step(step) if at else None
        if deeper is not None:
            yield step
            at = deeper


def _at(node: Node, steps: list[Step]) -> Node:
    """The value that steps lead to."""
    for step in steps:
        node = node.step(step) or node
    return node


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
