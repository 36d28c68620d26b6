"""Name the prose that a page holds and does not show: who reads the capture cannot know that it was left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from html import unescape
from typing import NamedTuple

from lxml import etree, html

from dossier.captures.hidden_elements import is_hidden_element
from dossier.captures.html_blocks import HtmlBlock, iter_html_blocks
from dossier.captures.html_tree import parse_html
from dossier.captures.page_metadata import iter_json_ld_articles
from dossier.model.problems.problem import UnreadableError
from dossier.model.quotations.capture import fold_words

MIN_PROSE_WORDS = 20
"""Words of a hidden block that is counted. Menus and buttons, which most pages hide, have shorter ones."""

MIN_HIDDEN_SHARE = 0.5
"""Hidden words from which they are named, as a share of the article's: ordinary pages hide a notice of cookies."""

_MARK_UP = re.compile("<[^<>]*>")
_UNPRINTED_TAGS = frozenset("head title script style iframe datalist rp desc defs metadata symbol".split())


class HiddenText(NamedTuple):
    """Prose that is not shown, and by what it is hidden."""

    hidden_by: str
    words: tuple[str, ...]


def list_hidden_texts(tree: html.HtmlElement) -> list[HiddenText]:
    """The prose in hidden elements, block by block, and the articles in data for search engines."""
    bodies = (str(article.get("articleBody", "")) for article in iter_json_ld_articles(tree))
    # Some write the mark-up of the article into it.
    articles = (fold_words(unescape(_MARK_UP.sub(" ", unescape(body)))) for body in bodies)
    return [*_iter_hidden_prose(tree), *(HiddenText("JSON-LD", tuple(words)) for words in articles if words)]


def describe_hidden_texts(hidden_texts: Sequence[HiddenText], blocks: Sequence[HtmlBlock]) -> tuple[str, ...]:
    """The notice of hidden prose that is not also shown, if it is much compared with the article; else nothing."""
    shown_words = {word for block in blocks for word in fold_words(block.text)}
    article_count = sum(len(fold_words(block.text)) for block in blocks if block.kind != "furniture")
    count_by_cause: dict[str, int] = {}
    for hidden_by, words in hidden_texts:
        # A text of which nearly all words are on the page is there twice, as in a table of contents or an article's data.
        if sum(word in shown_words for word in words) < 0.9 * len(words):
            count_by_cause[hidden_by] = count_by_cause.get(hidden_by, 0) + len(words)
    if sum(count_by_cause.values()) <= MIN_HIDDEN_SHARE * article_count:
        return ()
    counts = " and ".join(f"{count:,} words in {cause}" for cause, count in count_by_cause.items())
    return (f"the page does not show {counts}, and the article has {article_count:,}: look whether they belong to it",)


def _iter_hidden_prose(tree: html.HtmlElement) -> Iterator[HiddenText]:
    """The blocks in hidden elements that are long enough for prose."""
    walk = etree.iterwalk(tree, events=("start",))
    for _, element in walk:
        if element.tag in _UNPRINTED_TAGS:
            walk.skip_subtree()
        elif element is not tree and is_hidden_element(element):
            walk.skip_subtree()
            cause = f"<{element.tag}>" if element.tag in ("noscript", "template", "dialog") else "hidden elements"
            for block in _iter_blocks_of_hidden(element):
                if len(words := fold_words(block.text)) >= MIN_PROSE_WORDS:
                    yield HiddenText(cause, tuple(words))


def _iter_blocks_of_hidden(element: html.HtmlElement) -> Iterator[HtmlBlock]:
    """The blocks of a hidden element. In `<noscript>` is text, which is mark-up to a browser without scripts."""
    if element.tag != "noscript":
        yield from iter_html_blocks(element)
    elif text := element.text:
        with suppress(UnreadableError):
            yield from iter_html_blocks(parse_html(text))
