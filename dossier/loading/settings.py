"""Reads the settings from `mkdocs.yml` and the environment, for commands that run without MkDocs."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from dossier.loading.files import read_limited_bytes
from dossier.loading.yaml_loader import decode_yaml
from dossier.loading.yaml_repair import STRICT_YAML_LOADER, find_syntax_problem
from dossier.model.field_types import is_web_url
from dossier.model.problems.problem import Location, Problem, UnreadableError
from dossier.model.settings import MKDOCS_CONFIG_NAME, PROPERDOCS_CONFIG_NAME, Settings

SITE_SETTING_NAMES = tuple(field.name for field in fields(Settings) if field.metadata["of_site"])
PLUGIN_OPTION_DEFAULTS = {field.name: field.default for field in fields(Settings) if not field.metadata["of_site"]}
"""The options of the plugin; the type of a default is the type of its option."""

_TYPE_DESCRIPTIONS = {str: "text", int: "a whole number", bool: "`true` or `false`"}

MAX_CONFIG_BYTES = 100_000
MAX_CONFIG_ALIASES = 30
"""YAML aliases; with more, a small file can expand to a huge value (“billion laughs”)."""
MAX_CONFIG_DEPTH = 50
"""Levels of nesting; PyYAML's time grows with their square, and its composer recurses."""

_CONFIG_SYNTAX_ERRORS = (yaml.YAMLError, ValueError, RecursionError, LookupError, TypeError, AttributeError)
"""What PyYAML raises for files that are not what they should be."""

_ADDRESS_NAMES = frozenset({"site_url", "repo_url", "repo_edit"})
_SETTINGS_ADAPTER = TypeAdapter(Settings)


class _MkDocsConfigLoader(STRICT_YAML_LOADER):  # type: ignore[misc]  # libyaml's, where it is
    """Loads `mkdocs.yml` with `!ENV` resolved from the environment; values with other tags become None."""


class _WrongOptionError(UnreadableError):
    """An option of the plugin has a value of the wrong type; `kind` says in words which one it should have."""

    def __init__(self, option: str, kind: str) -> None:
        super().__init__(f"the option `{option}` is not {kind}", f"write `{option}:` with {kind}")
        self.option = option


def find_config_file(root: Path) -> Path:
    """The file that holds the settings of a dossier: `mkdocs.yml`, unless only ProperDocs' is there."""
    file, other = root / MKDOCS_CONFIG_NAME, root / PROPERDOCS_CONFIG_NAME
    return other if other.exists() and not file.exists() else file


def read_settings(root: Path) -> tuple[Settings, list[Problem]]:
    """The settings of the dossier below a root, and their problems; defaults without `mkdocs.yml`, or if it has a problem."""
    name = find_config_file(root).name
    try:
        return create_settings(_get_plugin_options(_read_config_values(root))), []
    except _WrongOptionError as error:
        problem = Problem(locate_option(root, error.option), error.rule, error.message, error.help)
    except UnreadableError as error:
        problem = Problem(Location(name), error.rule, error.message, error.help)
    except OSError as error:
        message = f"the file cannot be opened: {error.strerror}"
        problem = Problem(Location(name), "unreadable-file", message, "check that it is a file, and its permissions")
    except _CONFIG_SYNTAX_ERRORS as error:
        problem = _find_text_problem(root) or _describe_config_error(error, name)
    return create_settings({}), [problem]


def _find_text_problem(root: Path) -> Problem | None:
    """What is wrong with the text of the file: marks of a merge, bytes that are no text, or its syntax as YAML."""
    file = find_config_file(root)
    text = decode_yaml(read_limited_bytes(file, MAX_CONFIG_BYTES, root), file.name)
    return find_syntax_problem(text, file.name) if isinstance(text, str) else text


def _describe_config_error(error: Exception, name: str) -> Problem:
    """The problem of a file that is YAML, but has values that MkDocs does not read."""
    mark = getattr(error, "problem_mark", None)
    place = Location(name, mark.line + 1, mark.column + 1) if mark else Location(name)
    return Problem(place, "yaml-syntax", "this is not YAML that MkDocs can read", "compare the line with its neighbours")


def locate_option(root: Path, option: str) -> Location:
    """Where the value of an option is written; the beginning of the file if it is not, but in the environment."""
    file, node = find_config_file(root), compose_config(root)
    for steps in (("plugins", "dossier", option), ("theme", option), (option,)):
        if value := find_yaml_value(node, steps):
            return Location(file.name, value.start_mark.line + 1, value.start_mark.column + 1)
    return Location(file.name)


def locate_list_entry(root: Path, setting: str, name: str) -> Location:
    """Where a name is written in a setting that is a list of names, with or without options; else the beginning of the file."""
    file, node = find_config_file(root), find_yaml_value(compose_config(root), (setting,))
    entries = node.value if isinstance(node, yaml.SequenceNode) else [node]
    keys = [[key for key, _ in entry.value] if isinstance(entry, yaml.MappingNode) else [entry] for entry in entries]
    found = next((key for group in keys for key in group if key and key.value == name), None)
    return Location(file.name, found.start_mark.line + 1, found.start_mark.column + 1) if found else Location(file.name)


def compose_config(root: Path) -> yaml.Node | None:
    """The nodes of `mkdocs.yml`, which know their places; None without the file, or if it cannot be read."""
    try:
        text = read_limited_bytes(find_config_file(root), MAX_CONFIG_BYTES, root)
        _refuse_costly_config(text)
        return yaml.compose(text, _MkDocsConfigLoader)
    except (OSError, UnreadableError, *_CONFIG_SYNTAX_ERRORS):
        return None


def find_yaml_value(node: yaml.Node | None, steps: Sequence[str]) -> yaml.Node | None:
    """The node at a path of keys, through mappings and lists of mappings; None if there is none."""
    if not steps:
        return node
    if isinstance(node, yaml.SequenceNode):
        return next((value for entry in node.value if (value := find_yaml_value(entry, steps))), None)
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((find_yaml_value(value, steps[1:]) for key, value in pairs if key.value == steps[0]), None)


def read_mkdocs_config(root: Path) -> dict[str, Any]:
    """The values of `mkdocs.yml`, empty without the file; a tag other than `!ENV` gives None.

    Raises `UnreadableError` if it is not YAML that MkDocs can read.
    """
    try:
        return _read_config_values(root)
    except (OSError, *_CONFIG_SYNTAX_ERRORS) as error:
        raise UnreadableError(f"{find_config_file(root).name} cannot be read", "`dossier check` says where and why") from error


def create_settings(options: Mapping[str, Any]) -> Settings:
    """Settings from plugin options; the environment variable `DOSSIER_CAPTURES` overrides `captures`.

    Raises `UnreadableError` for an option of the wrong type, and for an address that is none.
    """
    values = {field.name: options[field.name] for field in fields(Settings) if options.get(field.name) is not None}
    if captures := os.environ.get("DOSSIER_CAPTURES"):
        values["captures"] = captures
    for name in _ADDRESS_NAMES & values.keys():
        if values[name] and not is_web_url(str(values[name])):
            raise _WrongOptionError(name, "an address that begins with https:// and names no user")
    try:
        return _SETTINGS_ADAPTER.validate_python(values)
    except ValidationError as error:
        option = str(error.errors()[0]["loc"][0])
        kind = _TYPE_DESCRIPTIONS[type(getattr(Settings, option))]
        raise _WrongOptionError(option, kind) from error


def _read_config_values(root: Path) -> dict[str, Any]:
    """The values of the file, empty without a file; raises `UnreadableError` if it is empty or no mapping."""
    file = find_config_file(root)
    if not os.path.lexists(file):
        return {}
    text = read_limited_bytes(file, MAX_CONFIG_BYTES, root)
    _refuse_costly_config(text)
    content = yaml.load(text, _MkDocsConfigLoader)
    if content is None:
        raise UnreadableError("this file is empty", "bring it back from git", "yaml-syntax")
    if not isinstance(content, dict):
        raise UnreadableError("this file does not hold `key: value` lines", "begin it with `site_name: …`", "yaml-syntax")
    return content


def _refuse_costly_config(text: bytes) -> None:
    """Raise `UnreadableError` for settings that take much time or memory to load, before they are loaded."""
    aliases = depth = 0
    events: Iterator[Any] = yaml.parse(text, STRICT_YAML_LOADER)
    for event in events:
        aliases += isinstance(event, yaml.AliasEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if aliases > MAX_CONFIG_ALIASES:
            raise UnreadableError(f"the file has more than {MAX_CONFIG_ALIASES} aliases", "write the values out")
        if depth > MAX_CONFIG_DEPTH:
            message = f"line {event.start_mark.line + 1} is nested deeper than {MAX_CONFIG_DEPTH} levels"
            raise UnreadableError(message, "settings need five or six")


def _get_plugin_options(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """The options of the plugin and the site's own; MkDocs allows `plugins` to be a list or a mapping."""
    plugins = content.get("plugins")
    entries = plugins if isinstance(plugins, list) else [plugins]
    options = next((entry["dossier"] for entry in entries if isinstance(entry, dict) and "dossier" in entry), None) or {}
    if not isinstance(options, dict):
        raise UnreadableError("the options of the plugin `dossier` are not `key: value` lines", "indent them below `- dossier:`")
    return options | {name: content[name] for name in SITE_SETTING_NAMES if name in content}


def _construct_env_value(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    """`!ENV NAME` or `!ENV [NAME, …, default]`, as MkDocs reads it."""
    if isinstance(node, yaml.SequenceNode):
        *names, default = loader.construct_sequence(node) or [None]
        return next((os.environ[name] for name in names if name in os.environ), default)
    return os.environ.get(str(loader.construct_scalar(node))) if isinstance(node, yaml.ScalarNode) else None


_MkDocsConfigLoader.add_constructor("!ENV", _construct_env_value)
_MkDocsConfigLoader.add_multi_constructor("", lambda loader, suffix, node: None)


def get_custom_templates_folder(root: Path) -> Path | None:
    """The folder of the site's own templates, if `mkdocs.yml` names one."""
    theme = read_mkdocs_config(root).get("theme")
    name = theme.get("custom_dir") if isinstance(theme, dict) else None
    return root / name if isinstance(name, str) else None
