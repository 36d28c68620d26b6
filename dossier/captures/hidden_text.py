"""Name the prose that a page holds and does not show: who reads the capture cannot know that it was left out.

A page is read as browsers with scripts read it, so that what is in `<noscript>` is not shown. Of scripts, data and templates
are looked through, where sites keep the article behind a paywall; their code is not, since its texts are those of buttons.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from html import unescape
from typing import NamedTuple

from lxml import html

from dossier.captures.hidden_elements import is_hidden_element
from dossier.captures.html_blocks import HtmlBlock, iter_html_blocks
from dossier.captures.html_tree import JSON_LD_TYPE, parse_html
from dossier.captures.page_metadata import iter_json_ld_articles
from dossier.model.problems.problem import UnreadableError
from dossier.model.quotations.capture import fold_words

MIN_PROSE_WORDS = 20
"""Words of a hidden block that is counted. Menus and buttons, which most pages hide, have shorter ones."""

MIN_HIDDEN_SHARE = 0.5
"""Hidden words from which they are named, as a share of the article's: ordinary pages hide a notice of cookies."""

_MARK_UP = re.compile("<[^<>]*>")
_JSON_STRING = re.compile(r'"((?:[^"\\]|\\.?)*+)(?:"|\Z)', re.DOTALL)
_NAMED_TAGS = frozenset("dialog iframe noembed noframes noscript object rp script template".split())
_TEXT_TAGS = frozenset("iframe noembed noframes noscript".split())
"""Elements in which mark-up is text to a browser that does not show them."""


class HiddenText(NamedTuple):
    """Prose that is not shown, and by what it is hidden."""

    hidden_by: str
    words: tuple[str, ...]


def list_hidden_texts(tree: html.HtmlElement) -> list[HiddenText]:
    """The prose in hidden elements, block by block, and the articles in data for search engines."""
    bodies = (str(article.get("articleBody", "")) for article in iter_json_ld_articles(tree))
    articles = map(_fold_words_of_mark_up, bodies)
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


def _fold_words_of_mark_up(text: str) -> list[str]:
    """The words of a text in which some write the mark-up of the article, escaped or not."""
    return fold_words(unescape(_MARK_UP.sub(" ", unescape(text))))


def _iter_hidden_prose(tree: html.HtmlElement) -> Iterator[HiddenText]:
    """The blocks in hidden elements that are long enough for prose. Those hidden in hidden ones are blocks of their own."""
    for element in tree.iter():
        if element is tree or element.tag in ("head", "title", "style") or not is_hidden_element(element):
            continue
        cause = f"<{element.tag}>" if element.tag in _NAMED_TAGS else "hidden elements"
        for words in _iter_words_of_hidden(element):
            if len(words) >= MIN_PROSE_WORDS:
                yield HiddenText(cause, tuple(words))


def _iter_words_of_hidden(element: html.HtmlElement) -> Iterator[list[str]]:
    """The words of each block of a hidden element, or of each text of the data in a script."""
    text = (element.text or "").strip()
    if element.tag == "script":
        if element.get("type") != JSON_LD_TYPE:
            yield from _iter_words_of_data(text)
    elif element.tag in _TEXT_TAGS:
        yield from _iter_words_of_page(text)
    else:
        yield from (fold_words(block.text) for block in iter_html_blocks(element))


def _iter_words_of_data(text: str) -> Iterator[list[str]]:
    """The words of each text in JSON, or of each block of a template for scripts."""
    if text.startswith(("{", "[", '"')):
        for string in _JSON_STRING.finditer(text):
            with suppress(ValueError):
                yield _fold_words_of_mark_up(json.loads(f'"{string[1]}"', strict=False))
    else:
        yield from _iter_words_of_page(text)


def _iter_words_of_page(text: str) -> Iterator[list[str]]:
    """The words of each block of a text that is mark-up."""
    if len(text.split()) >= MIN_PROSE_WORDS:
        with suppress(UnreadableError):
            yield from (fold_words(block.text) for block in iter_html_blocks(parse_html(text)))
