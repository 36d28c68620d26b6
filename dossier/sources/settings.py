"""Settings in: the `dossier` plugin's options from `mkdocs.yml` and the environment, for commands that run without MkDocs."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import yaml

from dossier.model.dossier import Settings
from dossier.model.problem import Place, Problem

CONFIG = "mkdocs.yml"


class _Loader(yaml.SafeLoader):
    """Reads `mkdocs.yml` as far as it concerns us: `!ENV` from the environment, other tags as nothing."""


def read_settings(root: Path) -> tuple[Settings, list[Problem]]:
    """The settings of the dossier below a root, and what is wrong with them; no `mkdocs.yml` gives the defaults."""
    file = root / CONFIG
    try:
        content = yaml.load(file.read_bytes(), _Loader) if file.exists() else {}
    except (yaml.YAMLError, OSError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(CONFIG, mark.line + 1, mark.column + 1) if mark else Place(CONFIG)
        return settings_from({}), [Problem(place, "yaml-syntax", "this is not YAML that MkDocs can read")]
    plugins = content.get("plugins") if isinstance(content, dict) else None
    for plugin in plugins if isinstance(plugins, list) else ():
        if isinstance(plugin, dict) and "dossier" in plugin:
            return settings_from(plugin["dossier"] or {}), []
    return settings_from({}), []


def settings_from(options: Mapping[str, Any]) -> Settings:
    """Settings from plugin options; `DOSSIER_CAPTURES` in the environment wins over `captures`."""
    known = {field.name: options[field.name] for field in fields(Settings) if options.get(field.name) is not None}
    if captures := os.environ.get("DOSSIER_CAPTURES"):
        known["captures"] = captures
    return Settings(**known)


def _environment(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    """`!ENV NAME` or `!ENV [NAME, …, default]`, as MkDocs reads it."""
    if isinstance(node, yaml.SequenceNode):
        *names, default = loader.construct_sequence(node)
        return next((os.environ[name] for name in names if name in os.environ), default)
    return os.environ.get(str(loader.construct_scalar(node))) if isinstance(node, yaml.ScalarNode) else None


_Loader.add_constructor("!ENV", _environment)
_Loader.add_multi_constructor("", lambda loader, suffix, node: None)
