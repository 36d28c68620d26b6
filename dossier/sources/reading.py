"""From files to records: strict YAML through a pydantic model, every fault a problem with its place.

A pydantic error names a path of keys; the `Node` tree knows where each of them stands.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from dossier.model.node import Node, Step
from dossier.model.problem import Place, Problem, Unreadable
from dossier.model.records import Record
from dossier.model.values import NOT_ESTABLISHED
from dossier.sources import marked_yaml

AnyRecord = TypeVar("AnyRecord", bound=Record)
Outcome = TypeVar("Outcome", str, Node)


@dataclass
class Reader:
    """Reads files below a root and gathers what is wrong with them; a spoilt file never hides the others."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

    def path_of(self, file: Path) -> str:
        """A file's path as problems name it: from the root, with forward slashes."""
        return file.relative_to(self.root).as_posix()

    def text(self, file: Path) -> str | None:
        """The text of a file, or None and a problem."""
        path = self.path_of(file)
        try:
            content = file.read_bytes()
        except OSError as error:
            message = f"the file cannot be opened: {error.strerror}"
            self.refuse(Problem(Place(path), "unreadable-file", message, "check that it exists and its permissions"))
            return None
        text = marked_yaml.decode(content, path)
        return self._unless_refused(text)

    def yaml(self, file: Path) -> Node | None:
        """The content of a YAML file, or None and a problem."""
        text = self.text(file)
        if text is None:
            return None
        node = marked_yaml.load(text, self.path_of(file))
        return self._unless_refused(node)

    def record(self, model: type[AnyRecord], node: Node, path: str, **derived: Any) -> AnyRecord | None:
        """A record from its mapping and the values that do not come from its keys, or None and problems."""
        if not isinstance(node.value, dict):
            message = f"{_a(model.noun)} is written as `key: value` lines; this is {_kind(node)}"
            self.refuse(Problem(node.place(path), "wrong-value", message, f"begin with `{_first_key(model)}: …`"))
            return None
        keys = {key: child.plain() for key, child in node.value.items()}
        for key in model.derived & keys.keys():
            message = f"{key!r} is not written in {_a(model.noun)}; it is the name of the file"
            self.refuse(Problem(node.key_place(path, key), "unknown-key", message, "delete the line"))
            del keys[key]
        try:
            record = model.model_validate({key: value for key, value in keys.items() if _given(value)} | derived)
        except ValidationError as error:
            for problem in _problems(error, model, node, path):
                self.refuse(problem)
            return None
        record.placed(path, node)
        return record

    def refuse(self, problem: Problem) -> None:
        """Note a problem and that its file was not read whole."""
        self.problems.append(problem)
        self.unread.add(problem.place.path)

    def _unless_refused(self, outcome: Outcome | Problem) -> Outcome | None:
        if isinstance(outcome, Problem):
            self.refuse(outcome)
            return None
        return outcome


def _given(value: object) -> bool:
    """An empty value is as good as none: `verdict:` with nothing behind it."""
    return value is not None


def _problems(error: ValidationError, model: type[Record], node: Node, path: str) -> list[Problem]:
    """What pydantic found, a misspelt key told once: not as an unknown key and as a missing one too."""
    problems = [_problem(details, model, node, path) for details in error.errors()]
    misspelt = {problem.help for problem in problems if problem.rule == "unknown-key"}
    return [
        problem
        for problem, details in zip(problems, error.errors(), strict=True)
        if problem.rule != "missing-key" or f"did you mean `{details['loc'][-1]}`?" not in misspelt
    ]


def _problem(details: ErrorDetails, model: type[Record], node: Node, path: str) -> Problem:
    steps = _known_steps(node, details["loc"])
    key = next((str(step) for step in reversed(steps) if isinstance(step, str)), "")
    match details["type"]:
        case "extra_forbidden":
            unknown = str(details["loc"][-1])
            known = list(_model_at(model, details["loc"][:-1]))
            close = get_close_matches(unknown, known, 1)
            help = f"did you mean `{close[0]}`?" if close else f"its keys are {', '.join(known)}"
            return Problem(node.key_place(path, *steps), "unknown-key", f"{_a(model.noun)} has no key `{unknown}`", help)
        case "missing":
            missing = str(details["loc"][-1])
            message = f"{_a(model.noun)} needs `{missing}`, which is not here"
            return Problem(node.place(path, *steps), "missing-key", message, f"add `{missing}: …`, or {NOT_ESTABLISHED}")
        case "value_error":
            error = details.get("ctx", {}).get("error")
            if isinstance(error, Unreadable):
                return Problem(node.place(path, *steps), error.rule, f"`{key}`: {error.message}", error.help)
        case "string_pattern_mismatch" if _is_id(details):
            help = "use lower-case letters, digits and single hyphens, beginning with a letter, as in nspcc-2020-11"
            return Problem(node.place(path, *steps), "wrong-id", f"`{key}`: {details['input']!r} is not an id", help)
    message, help = _said(details)
    return Problem(node.place(path, *steps), "wrong-value", f"`{key}`: {message}" if key else message, help)


def _said(details: ErrorDetails) -> tuple[str, str]:
    """A pydantic error in plain words, and its cure."""
    value, context = details["input"], details.get("ctx", {})
    match details["type"]:
        case "literal_error":
            choices = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ").split(", ")
            close = get_close_matches(str(value), choices, 1)
            help = f"did you mean {close[0]}? It" if close else "it"
            return f"{value!r} is none of the words this key knows", f"{help} can be {', '.join(choices)}"
        case "tuple_type" | "list_type":
            return f"a list is wanted, this is {_kind_of(value)}", "write it in brackets, as in [first, second]"
        case "string_type":
            return f"text is wanted, this is {_kind_of(value)}", 'write one value; put it in "quotation marks" if it has : or ['
        case "string_too_short":
            return "nothing stands here", f"write something, or {NOT_ESTABLISHED} where that is allowed"
        case "string_too_long":
            return f"{len(str(value))} characters are too many", f"use at most {context.get('max_length')}"
        case "int_parsing" | "int_type":
            return f"{value!r} is not a whole number", "write digits only, as in 15"
        case "greater_than_equal" | "less_than_equal":
            return f"{value} is out of range", str(details["msg"])
        case "string_pattern_mismatch":
            return f"{str(value)!r} is not of the form wanted here", "write it on one line, as its neighbours are"
        case "dict_type" | "model_type" | "model_attributes_type":
            return f"`key: value` pairs are wanted, this is {_kind_of(value)}", "write {id: …} or indented `key: value` lines"
    return str(details["msg"]), ""


def _known_steps(node: Node, location: tuple[Step, ...]) -> list[Step]:
    """The part of a pydantic location that the file has; steps that only the model knows are left out."""
    steps: list[Step] = []
    at: Node | None = node
    for step in location:
        deeper = at.step(step) if at else None
        if deeper is not None:
            steps.append(step)
            at = deeper
    return steps


def _model_at(model: type[Record], location: tuple[Step, ...]) -> dict[str, object]:
    """The keys that a record may have where an unknown one was met."""
    names: Any = model
    for step in location:
        if isinstance(step, str) and step in names.model_fields:
            inner = [kind for kind in _records_in(names.model_fields[step].annotation)]
            names = inner[0] if inner else names
    return {name: field for name, field in names.model_fields.items() if name not in names.derived}


def _records_in(annotation: Any) -> list[type[Record]]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return [annotation]
    return [record for part in getattr(annotation, "__args__", ()) for record in _records_in(part)]


def _is_id(details: ErrorDetails) -> bool:
    return str(details.get("ctx", {}).get("pattern", "")).startswith("^[a-z][a-z0-9]*(-")


def _first_key(model: type[Record]) -> str:
    return next(name for name in model.model_fields if name not in model.derived | {"status", "reviewed"})


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _kind(node: Node) -> str:
    return _kind_of(node.value)


def _kind_of(value: object) -> str:
    if isinstance(value, dict):
        return "a record of its own"
    if isinstance(value, (list, tuple)):
        return "a list"
    return "nothing" if value is None else "a single value"
