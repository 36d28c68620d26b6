"""Settings in: what `mkdocs.yml` and the environment say of the site and to the plugin, for commands that run without MkDocs."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from dossier.loading.files import content_of
from dossier.model.problems.problem import Place, Problem, Unreadable
from dossier.model.settings import Settings

CONFIG = "mkdocs.yml"
OF_THE_SITE = ("site_name", "site_url", "repo_url")
"""Settings that stand at the head of `mkdocs.yml`, for MkDocs too; the rest are options of the plugin."""

MAX_BYTES = 100_000
MOST_ALIASES = 30
"""More of them can be folded into a file that takes for ever to read."""

_SETTINGS = TypeAdapter(Settings)


class _Loader(yaml.SafeLoader):
    """Reads `mkdocs.yml` as far as it concerns us: `!ENV` from the environment, other tags as nothing."""


def read_settings(root: Path) -> tuple[Settings, list[Problem]]:
    """The settings of the dossier below a root, and what is wrong with them; no `mkdocs.yml` gives the defaults."""
    file = root / CONFIG
    try:
        content = _loaded(content_of(file, MAX_BYTES, root)) if file.exists() else {}
        return settings_from(_options(content)), []
    except Unreadable as error:
        fault = Problem(Place(CONFIG), error.rule, error.message, error.help)
    except OSError as error:
        said = f"the file cannot be opened: {error.strerror}"
        fault = Problem(Place(CONFIG), "unreadable-file", said, "check that it is a file, and its permissions")
    except (yaml.YAMLError, ValueError, RecursionError, LookupError, TypeError, AttributeError) as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(CONFIG, mark.line + 1, mark.column + 1) if mark else Place(CONFIG)
        fault = Problem(place, "yaml-syntax", "this is not YAML that MkDocs can read", "compare the line with its neighbours")
    return settings_from({}), [fault]


def settings_from(options: Mapping[str, Any]) -> Settings:
    """Settings from plugin options; `DOSSIER_CAPTURES` in the environment wins over `captures`.

    Raises `Unreadable` for an option of the wrong kind.
    """
    known = {field.name: options[field.name] for field in fields(Settings) if options.get(field.name) is not None}
    if captures := os.environ.get("DOSSIER_CAPTURES"):
        known["captures"] = captures
    try:
        return _SETTINGS.validate_python(known)
    except ValidationError as error:
        option = error.errors()[0]["loc"][0]
        kind = "a whole number" if option in ("quote_words", "quote_share") else "text"
        raise Unreadable(f"the option `{option}` is not {kind}", f"write `{option}:` with {kind}") from error


def _loaded(content: bytes) -> Any:
    aliases = sum(isinstance(event, yaml.AliasEvent) for event in yaml.parse(content, _Loader))
    if aliases > MOST_ALIASES:
        raise Unreadable(f"{CONFIG} has {aliases} aliases", "write the values out")
    return yaml.load(content, _Loader)


def _options(content: object) -> Mapping[str, Any]:
    """The plugin's options and those of the site; MkDocs takes plugins as a list or as a mapping."""
    plugins = content.get("plugins") if isinstance(content, dict) else None
    entries = plugins if isinstance(plugins, list) else [plugins]
    options = next((entry["dossier"] for entry in entries if isinstance(entry, dict) and "dossier" in entry), None) or {}
    if not isinstance(options, dict):
        raise Unreadable("the options of the plugin `dossier` are not `key: value` lines", "indent them below `- dossier:`")
    site = content if isinstance(content, dict) else {}
    return options | {name: site[name] for name in OF_THE_SITE if name in site}


def _environment(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    """`!ENV NAME` or `!ENV [NAME, …, default]`, as MkDocs reads it."""
    if isinstance(node, yaml.SequenceNode):
        *names, default = loader.construct_sequence(node) or [None]
        return next((os.environ[name] for name in names if name in os.environ), default)
    return os.environ.get(str(loader.construct_scalar(node))) if isinstance(node, yaml.ScalarNode) else None


_Loader.add_constructor("!ENV", _environment)
_Loader.add_multi_constructor("", lambda loader, suffix, node: None)
