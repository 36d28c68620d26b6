"""Text of a page of which its file does not say whether a browser shows it: nothing is proved where there is any."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree, html

from dossier.captures.hidden_elements import is_hidden_element, is_never_shown
from dossier.captures.html_blocks import iter_html_blocks
from dossier.captures.style_sheets import select_elements_sheets_may_show
from dossier.model.quotations.capture import count_words


def describe_undecided_text(tree: html.HtmlElement) -> str:
    """How many words a browser may show that were not read, and why; empty if there are none.

    They stand in hidden elements that a style sheet of the page may show, and in `<object>` elements, of which a browser
    shows what they hold if it cannot load what they stand for.
    """
    restyled, objects = [], []
    walk = etree.iterwalk(tree, events=("start",))
    for _, element in walk:
        if element is not tree and is_hidden_element(element):
            walk.skip_subtree()
            if not is_never_shown(element):
                restyled.append(element)
            elif element.tag == "object":
                objects.append(element)
    restyled = select_elements_sheets_may_show(tree, restyled)
    sentences = (
        (_count_element_words(restyled), "a style sheet of the page may show {} of hidden elements"),
        (_count_element_words(objects), "a browser may show {} in <object>, if it cannot load what they stand for"),
    )
    return " and ".join(sentence.format("1 word" if count == 1 else f"{count:,} words") for count, sentence in sentences if count)


def _count_element_words(elements: Iterable[html.HtmlElement]) -> int:
    return sum(count_words(block.text) for element in elements for block in iter_html_blocks(element))
