"""Rules on pages written by hand: they have no HTML but what is known to be harmless, and load nothing of others."""

from __future__ import annotations

from collections.abc import Iterator

from dossier.checks.rule import Violation, rule
from dossier.model.dossier import Dossier
from dossier.model.handwritten import find_page_faults
from dossier.model.page_html import find_unsafe_markup, is_own_page_url, is_running_url
from dossier.model.page_links import iter_page_links
from dossier.model.yaml_node import YamlNode


@rule("unsafe-markup")
def check_unsafe_markup(dossier: Dossier) -> Iterator[Violation]:
    help = "write it in Markdown, or &lt; for a < that is text; code belongs between backticks, pictures and sound into docs/"
    for page in dossier.handwritten_pages:
        for node in _iter_texts(page.metadata) if page.metadata else ():
            if piece := next(find_unsafe_markup(str(node.value)), None):
                yield Violation(
                    node.locate_value(page.path), piece.fault, "front matter is plain text: leave it out, or write ‹ and ›"
                )
            elif is_running_url(str(node.value)):
                message = f"{node.value!r} is an address that runs a script"
                yield Violation(node.locate_value(page.path), message, "write an address that begins with https://")
        for place, fault in find_page_faults(page):
            yield Violation(place, fault, help)
        for place, url, is_picture in iter_page_links(page):
            if is_picture and not is_own_page_url(url):
                message = f"{url!r} is not a picture of this site, and browsers do not load it here"
                yield Violation(place, message, "save it in docs/, if its licence allows it, or link to it")


def _iter_texts(node: YamlNode) -> Iterator[YamlNode]:
    """Every text of front matter, and every key that is more than a word."""
    if isinstance(node.value, dict):
        for key, child in node.value.items():
            line, column = node.key_positions[key]
            yield YamlNode(line, column, key)
            yield from _iter_texts(child)
    elif isinstance(node.value, list):
        for child in node.value:
            yield from _iter_texts(child)
    elif node.value:
        yield node
