"""What pydantic found wrong with a record, in plain words: errors in, problems with place and cure out.

pydantic documents the types of its errors, and not what else is used here (`ctx`, the mark of a key):
tests/repository/test_internals.py says when that has changed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from difflib import get_close_matches

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from dossier.model.base import Record, iter_record_keys
from dossier.model.field_types import NOT_ESTABLISHED, can_be_not_established
from dossier.model.introspection import describe_keys, find_nested_record_type
from dossier.model.normalization import normalize_text
from dossier.model.problems.problem import LineEdit, Problem, UnreadableError, suggest_line_edits
from dossier.model.quotations.typography import strip_curly_marks
from dossier.model.wording import add_indefinite_article, quote_value
from dossier.model.yaml_node import YamlNode, YamlPathPart
from dossier.model.yaml_text import quote_yaml_text

PYDANTIC_KEY_MARKER = "[key]"
"""What pydantic appends to an error's location if the key is invalid, not its value."""

UNKNOWN_VALUE_SPELLINGS = frozenset("?|-|n/a|n.d.|nd|none|null|undated|unknown|not known|not established|tbc".split("|"))
"""Words that people write for an unknown fact instead of `not-established`."""

SMALL_NUMBER_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()

VALUE_FORMAT_HELP = {"language": "write a language tag, as in en or en-GB"}
"""Cures for values that must match a pattern, by key."""

EXPECTED_SHAPES = {
    **dict.fromkeys(("tuple_type", "list_type"), ("a list is", "write it in brackets, as in [first, second]")),
    **dict.fromkeys(
        ("dict_type", "model_type", "model_attributes_type"),
        ("`key: value` pairs are", "write {id: …} or indented `key: value` lines"),
    ),
    "string_type": ("text is", 'write one value; put it in "quotation marks" if it has : or ['),
}
"""The expected shape of a value and how to write it, by pydantic's error type."""


MAX_DETAILED_ERRORS = 1_000
"""Errors of a file whose details are asked for; each takes a kilobyte."""


def get_first_error(error: ValidationError) -> tuple[list[str], str]:
    """The keys that lead to the first wrong value of a file that a command writes, and what is wrong with it."""
    if error.error_count() > MAX_DETAILED_ERRORS:
        return [], f"{error.error_count():,} values in it are wrong"
    first = error.errors()[0]
    return [str(key) for key in first["loc"]], first["msg"]


def convert_validation_error(error: ValidationError, model: type[Record], node: YamlNode, path: str) -> list[Problem]:
    """The problems of one record; a misspelt key is reported as unknown, and not as missing too."""
    converted = [(details, _convert_error_details(details, model, node, path)) for details in error.errors()]
    misspelt = {edit.new_text for _, problem in converted if problem.rule == "unknown-key" for edit in problem.line_edits}
    return [problem for details, problem in converted if problem.rule != "missing-key" or details["loc"][-1] not in misspelt]


def describe_value_shape(value: object) -> str:
    """The shape of a YAML value in words."""
    if isinstance(value, dict):
        return "a record of its own"
    if isinstance(value, (list, tuple)):
        return "a list"
    return "nothing" if value is None else "a single value"


def _convert_error_details(details: ErrorDetails, model: type[Record], node: YamlNode, path: str) -> Problem:
    steps = list(_iter_existing_steps(node, details["loc"]))
    place, last = node.locate_value(path, *steps), str(details["loc"][-1])
    key = next((str(step) for step in reversed(steps) if isinstance(step, str)), "")
    inner, value = _resolve_record_type(model, details["loc"][:-1]), details["input"]
    field = inner.model_fields.get(last)
    if isinstance(value, str) and value.lower() in UNKNOWN_VALUE_SPELLINGS and field and can_be_not_established(field):
        message = f"`{key}`: {quote_value(value)} is not the word for an unknown fact"
        edits = _create_replacement(value, NOT_ESTABLISHED)
        return Problem(place, "wrong-value", message, f"write `{NOT_ESTABLISHED}`", edits)
    if isinstance(value, str) and details["type"] not in ("extra_forbidden", "missing") and (words := strip_curly_marks(value)):
        message = f"`{key}`: the quotation marks round {quote_value(words)} are curly, and so belong to the value"
        return Problem(place, "wrong-value", message, "write straight ones", _create_replacement(value, quote_yaml_text(words)))
    match details["type"]:
        case "extra_forbidden":
            return _describe_unknown_key(node, steps, inner, path)
        case "missing":
            return _describe_missing_key(node, steps, inner, last, path)
        case "value_error":
            error = details.get("ctx", {}).get("error")
            if isinstance(error, UnreadableError):
                edits = _suggest_intended_value(error, str(value), inner, key)
                return Problem(place, error.rule, f"`{key}`: {error.message}", error.help, edits)
        case "string_pattern_mismatch" if str(details.get("ctx", {}).get("pattern", "")).startswith("^[a-z][a-z0-9]*(-"):
            help = "use lower-case letters, digits and single hyphens, beginning with a letter, as in ferry-2019-05"
            edits = suggest_line_edits(value, _suggest_ids(value))
            return Problem(place, "wrong-id", f"`{key}`: {quote_value(value)} is not an id", help, edits)
    message, help, edits = _describe_value_error(details, key, inner)
    message, edits = f"`{key}`: {message}" if key else message, edits or _suggest_example_value(value, inner, key)
    place = node.locate_key(path, *steps) if last == PYDANTIC_KEY_MARKER else place
    return Problem(place, "wrong-value", message, help, edits)


def _suggest_intended_value(error: UnreadableError, value: str, model: type[Record], key: str) -> tuple[LineEdit, ...]:
    """Edits to what an unreadable value may mean; if that is unknown, to an example."""
    if len(error.values) == 1:
        return _create_replacement(value, error.values[0])
    return suggest_line_edits(value, error.values) or _suggest_example_value(value, model, key)


def _suggest_example_value(value: object, model: type[Record], key: str) -> tuple[LineEdit, ...]:
    """The edit that replaces an invalid value by the example of its key."""
    description = describe_keys(model).get(key)
    return (LineEdit("e.g.", value, description.key.example),) if description and isinstance(value, str) and value else ()


def _describe_unknown_key(node: YamlNode, steps: list[YamlPathPart], model: type[Record], path: str) -> Problem:
    unknown, place, keys = str(steps[-1]), node.locate_key(path, *steps), list(iter_record_keys(model))
    message, close = f"{add_indefinite_article(model.noun)} has no key `{unknown}`", get_close_matches(unknown, keys, 1)
    if unknown.isdigit():
        return _describe_cut_number(node, steps, message, path)
    help = f"did you mean `{close[0]}`?" if close else f"its keys are {', '.join(keys)}"
    return Problem(place, "unknown-key", message, help, suggest_line_edits(unknown, close))


def _describe_cut_number(node: YamlNode, steps: list[YamlPathPart], message: str, path: str) -> Problem:
    """The problem of a number in braces whose comma ends the value, so that YAML takes the rest for a key."""
    unknown, record = str(steps[-1]), _resolve_yaml_steps(node, steps[:-1])
    keys = [*record.key_positions]
    value = record.get_child(keys[keys.index(unknown) - 1])
    help = 'inside { } a comma ends a value; put the number in quotation marks, as in "4,373"'
    if not value or not isinstance(value.value, str):
        return Problem(node.locate_key(path, *steps), "unknown-key", message, help)
    number = f"{value.value},{unknown}"
    edits = _create_replacement(number, f'"{number}"')
    return Problem(value.locate_value(path), "unknown-key", f"{message}: it is the end of {number}", help, edits)


def _describe_missing_key(node: YamlNode, steps: list[YamlPathPart], model: type[Record], key: str, path: str) -> Problem:
    """The problem of a key that is missing or empty; an edit to `not-established`, if allowed, comes before the example."""
    description = describe_keys(model)[key]
    if _resolve_yaml_steps(node, steps).value is None:
        place, message = node.locate_key(path, *steps), f"`{key}` has no value"
        help, old_text = "add what belongs there", f"{key}:"
    else:
        place, message = node.locate_value(path, *steps), f"{add_indefinite_article(model.noun)} needs `{key}`, which is missing"
        help, old_text = f"add `{key}:`", ""
    help += f" ({description.key.meaning})"
    edits = [LineEdit("e.g.", old_text, f"{key}: {description.key.example}")]
    if description.can_be_not_established:
        help += f"; if it is unknown, write {NOT_ESTABLISHED}"
        edits.insert(0, LineEdit("write" if old_text else "add", old_text, f"{key}: {NOT_ESTABLISHED}"))
    return Problem(place, "missing-key", message, help, tuple(edits))


def _describe_value_error(details: ErrorDetails, key: str, model: type[Record]) -> tuple[str, str, tuple[LineEdit, ...]]:
    """Message, cure and edits for a pydantic error of a value."""
    value, context = details["input"], details.get("ctx", {})
    if details["type"] in EXPECTED_SHAPES:
        expected, help = EXPECTED_SHAPES[details["type"]]
        return f"{expected} expected, this is {describe_value_shape(value)}", help, _suggest_expected_shape(details, model)
    match details["type"]:
        case "literal_error":
            choices = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ").split(", ")
            close = get_close_matches(str(value).lower(), choices, 1)
            help = f"did you mean {close[0]}? It" if close else "it"
            message = f"{quote_value(value)} is not a value of this key"
            return message, f"{help} can be {', '.join(choices)}", suggest_line_edits(str(value), close)
        case "string_too_short":
            return "there is no value", "write a value, or delete the key", ()
        case "string_too_long":
            return f"{len(str(value))} characters are too many", f"use at most {context.get('max_length')}", ()
        case "int_parsing" | "int_type":
            message, word = f"{quote_value(value)} is not a whole number", str(value).lower()
            if word not in SMALL_NUMBER_WORDS:
                return message, "write digits only, as in 15", (LineEdit("e.g.", str(value), "15"),)
            number = str(SMALL_NUMBER_WORDS.index(word))
            return message, f"write {number}", _create_replacement(str(value), number)
        case "greater_than_equal":
            return f"{value} is too small", f"write {context.get('ge')} or more", ()
        case "less_than_equal":
            return f"{value} is too large", f"write {context.get('le')} or less", ()
        case "string_pattern_mismatch":
            message = f"{quote_value(value)} does not have the form of this key"
            return message, VALUE_FORMAT_HELP.get(key, "write it on one line"), ()
    return str(details["msg"]), "compare it with the same key of a neighbouring record", ()


def _create_replacement(old: str, new: str) -> tuple[LineEdit, ...]:
    return (LineEdit("write", old, new),)


def _suggest_ids(value: str) -> list[str]:
    """The id made of a text's words; none if it would not begin with a letter."""
    words = re.findall(r"[a-z0-9]+", normalize_text("NFKD", value.lower().replace("'", "")))
    return ["-".join(words)] if words and words[0][0].isalpha() else []


def _suggest_expected_shape(details: ErrorDetails, model: type[Record]) -> tuple[LineEdit, ...]:
    """The edit that turns a single value into the expected list or record."""
    value = details["input"]
    if not isinstance(value, str) or "\n" in value:
        return ()
    word = re.fullmatch(r"[^\s{}\[\],\"']+", value)
    if details["type"] in ("tuple_type", "list_type"):
        field = _resolve_record_type(model, details["loc"][:-1]).model_fields[str(details["loc"][-1])]
        if entry := find_nested_record_type(field):
            return (LineEdit("e.g.", value, f"[{_format_example_record(entry, value if word else '')}]"),)
        entries = value if re.fullmatch(r"[\w-]+(, ?[\w-]+)*", value) else json.dumps(value, ensure_ascii=False)
        return (LineEdit("maybe" if "," in value else "write", value, f"[{entries}]"),)
    if details["type"] not in ("model_type", "model_attributes_type") or not word:
        return ()
    return (LineEdit("e.g.", value, _format_example_record(_resolve_record_type(model, details["loc"][-1:]), value)),)


def _format_example_record(model: type[Record], value: str) -> str:
    """An example record in braces; `value`, if given, is used for its first required key, unless that is a date."""
    keys = [name for name, field in model.model_fields.items() if field.is_required() and name not in model.fields_from_file]
    first = keys[0] if value and keys[0] != "date" else ""
    pairs = (f"{key}: {value if key == first else describe_keys(model)[key].key.example}" for key in keys)
    return f"{{{', '.join(pairs)}}}"


def _iter_existing_steps(node: YamlNode, location: tuple[YamlPathPart, ...]) -> Iterator[YamlPathPart]:
    """The steps of a pydantic location that exist in the file; steps into unions and models do not."""
    for step in location:
        if child := node.get_child(step):
            yield step
            node = child


def _resolve_yaml_steps(node: YamlNode, steps: list[YamlPathPart]) -> YamlNode:
    """The node at a path; steps that do not exist are skipped."""
    for step in steps:
        node = node.get_child(step) or node
    return node


def _resolve_record_type(model: type[Record], location: tuple[YamlPathPart, ...]) -> type[Record]:
    """The record class at a pydantic location."""
    for step in location:
        if isinstance(step, str) and step in model.model_fields:
            model = find_nested_record_type(model.model_fields[step]) or model
    return model
