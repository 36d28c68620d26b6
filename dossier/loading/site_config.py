"""The texts of `mkdocs.yml` that hosts print into every page: none may hold anything that a browser runs."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from dossier.loading.reader import RecordReader
from dossier.loading.settings import compose_config, find_config_file, find_yaml_value
from dossier.model.page_html import find_unsafe_markup, is_allowed_page_url, is_running_url
from dossier.model.problems.problem import Location, Problem, describe_control_escape

_PLAIN_TEXT_NAMES = ("site_name", "site_description", "site_author")
"""Settings that are never an address, and may begin with “JavaScript:”."""


def check_config_texts(reader: RecordReader) -> None:
    """Add a problem for each text with HTML that a page may not have, or unprintable characters, and for unsafe addresses."""
    path, config = find_config_file(reader.root).name, compose_config(reader.root)
    nav_nodes = {id(node) for node, is_address in _iter_scalars(find_yaml_value(config, ("nav",)), set()) if is_address}
    for node, is_address in _iter_scalars(config, set()):
        place = Location(path, node.start_mark.line + 1, node.start_mark.column + 1)
        if message := describe_control_escape(node.value):
            reader.problems.append(Problem(place, "unreadable-file", message, "leave it out"))
        elif piece := next(find_unsafe_markup(node.value), None):
            help = "leave it out; the site's own scripts are named under `extra_javascript`"
            reader.problems.append(Problem(place, "unsafe-markup", piece.fault, help))
        elif is_address and is_running_url(node.value):
            message = f"{node.value[:40]!r} is an address that runs a script"
            reader.problems.append(Problem(place, "unsafe-markup", message, "write an address that begins with https://"))
        elif id(node) in nav_nodes and not is_allowed_page_url(node.value):
            message = f"{node.value[:40]!r} is not an address that a link can have"
            help = "write an address that begins with https://, or the path of a page in docs/"
            reader.problems.append(Problem(place, "unsafe-markup", message, help))


def _iter_scalars(node: yaml.Node | None, seen: set[int], is_address: bool = True) -> Iterator[tuple[yaml.ScalarNode, bool]]:
    """Yield every text of a tree once, with whether it may be an address; keys, which are titles in `nav`, are none."""
    if node is None or id(node) in seen:
        return
    seen.add(id(node))  # an alias may stand for a tree many times, or for one that contains itself
    if isinstance(node, yaml.ScalarNode):
        yield node, is_address
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _iter_scalars(item, seen)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _iter_scalars(key, seen, is_address=False)
            yield from _iter_scalars(value, seen, is_address=key.value not in _PLAIN_TEXT_NAMES)
