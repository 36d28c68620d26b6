"""Reads the pages written by hand; front matter that a host would stumble over, or print, is a problem."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

from dossier.loading.files import is_inside
from dossier.loading.front_matter import describe_unclosed_front_matter
from dossier.loading.reader import RecordReader
from dossier.loading.templates import is_icon, is_page_template
from dossier.loading.validation_messages import describe_value_shape
from dossier.loading.yaml_loader import locate_text_end
from dossier.model.costly_markdown import find_costly_markdown
from dossier.model.handwritten import split_front_matter
from dossier.model.problems.problem import LineEdit, Location, Problem
from dossier.model.settings import HandwrittenPage
from dossier.model.yaml_node import YamlNode

TEXT_KEYS = ("title", "description", "author", "subtitle", "status", "icon", "template")
"""Keys of front matter that hold one line of text."""
_LIST_KEYS = ("hide", "tags")
_UNFENCED_METADATA_PATTERN = re.compile(r" {0,3}[A-Za-z0-9_-]+:")
"""How a page begins whose first lines hosts take for metadata, though no hyphens stand around them."""


def read_handwritten_pages(reader: RecordReader, captures: Path) -> tuple[HandwrittenPage, ...]:
    """Every Markdown page below `docs/` that is neither an article nor kept with the captures.

    What is wrong with front matter is a problem of the reader.
    """
    articles, pages = reader.root / "docs" / "articles", []
    for file in reader.list_files("docs", is_recursive=True):
        is_page = file.suffix == ".md" and (file.parent != articles or file.stem == "index") and not is_inside(file, captures)
        if is_page and (text := reader.read_text(file)) is not None:
            path = reader.get_display_path(file)
            if costly := find_costly_markdown(text):
                place = locate_text_end(path, text[: costly.offset])
                reader.add_problem(Problem(place, "unreadable-file", costly.message, costly.help))
            else:
                pages.append(_parse_page(reader, text, path))
    return tuple(pages)


def _parse_page(reader: RecordReader, text: str, path: str) -> HandwrittenPage:
    front_matter = split_front_matter(text)[0]
    if front_matter:
        yaml_text = front_matter.partition("\n")[2].rstrip()[:-3]
        node = reader.parse_yaml(yaml_text, path, first_line=2)
        _check_metadata(reader, node or YamlNode(2, 1, {}), path)
        return HandwrittenPage(path, text, node)
    if re.match(r"---[ \t]*(?:\n|\Z)", text):
        reader.add_problem(describe_unclosed_front_matter(text, path, "front matter", "page"))
    elif _UNFENCED_METADATA_PATTERN.match(text):
        message = f"hosts take this line for metadata, and print nothing of it: {text.partition(':')[0].strip()}: …"
        edits = (LineEdit("add", "", "---"),)
        help = "put metadata between two lines of three hyphens; if it is text of the page, leave the first line empty"
        reader.add_problem(Problem(Location(path), "yaml-syntax", message, help, edits))
    return HandwrittenPage(path, text)


def _check_metadata(reader: RecordReader, node: YamlNode, path: str) -> None:
    """Add a problem for each value of front matter that a host cannot use."""
    add_wrong_value = partial(_add_wrong_value, reader, path)
    if not isinstance(node.value, dict):
        message = f"front matter is `key: value` lines; this is {describe_value_shape(node.value)}"
        add_wrong_value(node, message, 'write `title: "…"`')
        return
    for key, value in node.value.items():
        if key in TEXT_KEYS and (not isinstance(value.value, str) or not value.value.strip() or "\n" in value.value.strip()):
            shape = (
                "several lines"
                if isinstance(value.value, str) and value.value.strip()
                else describe_value_shape(value.value or None)
            )
            add_wrong_value(value, f"`{key}` is one line of text; this is {shape}", f'write `{key}: "…"`, or delete the line')
        elif key in _LIST_KEYS and not all(isinstance(item.value, str) for item in value.iter_list_items()):
            add_wrong_value(value, f"`{key}` is a list of words", f"write `{key}: [first, second]`")
        elif key in _LIST_KEYS and not isinstance(value.value, list):
            shape = describe_value_shape(value.value)
            add_wrong_value(value, f"`{key}` is a list of words; this is {shape}", f"write `{key}: [first, second]`")
        elif key == "template" and not is_page_template(reader.root, str(value.value)):
            help = "delete the line, write `template: front.html`, or put the template into the folder of `custom_dir`"
            add_wrong_value(value, f"there is no template {value.value!r} for pages", help)
        elif key == "icon" and not is_icon(reader.root, str(value.value)):
            help = "write the path of an icon of the theme, as in `icon: material/clock-outline`, or delete the line"
            add_wrong_value(value, f"there is no icon {value.value!r}", help)


def _add_wrong_value(reader: RecordReader, path: str, node: YamlNode, message: str, help: str) -> None:
    reader.add_problem(Problem(node.locate_value(path), "wrong-value", message, help))
