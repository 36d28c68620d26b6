"""`dossier quote`: words to annotate in, the annotation to paste or the next step out."""

from __future__ import annotations

import re
from dataclasses import replace

from dossier.model.dossier import Dossier
from dossier.model.kinds import KINDS_BY_NAME
from dossier.model.placeholders import NOTE_PLACEHOLDER
from dossier.model.problems.problem import UnreadableError
from dossier.model.quotations.anchoring import (
    AmbiguousQuote,
    Anchor,
    AnchorResult,
    QuoteInFurniture,
    QuoteNotFound,
    QuoteSelector,
    anchor_quote,
    build_text_span,
    mark_differing_words,
)
from dossier.model.quotations.capture import Capture, TextSpan
from dossier.model.quotations.excerpts import select_showable_spans
from dossier.model.yaml_text import quote_yaml_text

MAX_CONTEXT_CHARACTERS = 40
"""Characters shown on each side of a place."""

HIDDEN_WORDS_HINT = (
    "Look at the capture for words not shown: answers show no more of it than may be quoted, and none where CI is set."
)

MAX_PREFIX_WORDS = 6
"""Words before a quotation that may tell its places apart."""


def describe_quote_lookup(dossier: Dossier, slug: str, words: QuoteSelector) -> tuple[bool, str]:
    """Whether the words have exactly one place in the article, and the text to print.

    Raises `UnreadableError` if there is no such article or no capture of it here.
    """
    check_article_exists(dossier, slug)
    if slug not in dossier.captures:
        raise UnreadableError(
            f"there is no capture of {slug} in {dossier.settings.captures}, so its words cannot be looked up",
            "set DOSSIER_CAPTURES to the folder that holds it; without it, an editor runs `dossier lock` on your branch",
        )
    result = anchor_quote(words, dossier.captures[slug])
    if isinstance(result, Anchor):
        return True, _render_annotation_yaml(dossier, slug, result, words)
    return False, describe_anchor_failure(dossier, slug, result, words)


def check_article_exists(dossier: Dossier, slug: str) -> None:
    """Raise `UnreadableError` if there is no such article, or its record cannot be read."""
    if KINDS_BY_NAME["article"].get_path(slug) in dossier.unread_paths:
        raise UnreadableError(f"the record of {slug} cannot be read yet", "`dossier check` says what to write there first")
    if slug not in dossier.articles:
        articles = ", ".join(dossier.articles)
        help = f"the articles are {articles}" if articles else "there is none yet; `dossier new article FILE` begins one"
        raise UnreadableError(f"there is no article {slug}", help)


def describe_anchor_failure(dossier: Dossier, slug: str, outcome: AnchorResult, words: QuoteSelector) -> str:
    """Why words do not have exactly one place in an article, and what it has instead."""
    if isinstance(outcome, AmbiguousQuote):
        return _describe_ambiguous_quote(dossier, slug, outcome)
    if isinstance(outcome, QuoteInFurniture):
        return f"The words are only in paragraph {outcome.paragraph}, which is page furniture and cannot be quoted."
    return _describe_missing_quote(dossier, slug, outcome if isinstance(outcome, QuoteNotFound) else QuoteNotFound(), words)


def find_unambiguous_selector(words: QuoteSelector, place: Anchor, capture: Capture) -> QuoteSelector | None:
    """A selector of one of several places: its words, its paragraph, and if needed words before it; None if none is unique."""
    text = next(paragraph.text for paragraph in capture.paragraphs if paragraph.number == place.span.paragraph)
    words_before = text[: place.span.start].split()
    selector = replace(words, quote=place.matched_text or words.quote, paragraph=place.span.paragraph)
    for count in range(min(len(words_before), MAX_PREFIX_WORDS) + 1):
        if count:
            selector = replace(selector, prefix=" ".join(words_before[-count:]))
        if isinstance(found := anchor_quote(selector, capture), Anchor) and found.span == place.span:
            return selector
    return None


def _render_annotation_yaml(dossier: Dossier, slug: str, found: Anchor, words: QuoteSelector) -> str:
    text = found.matched_text or ""
    lines = [
        f"- id: {create_annotation_id(text, set(dossier.annotations_by_id.get(slug, ())))}",
        f"  quote: {quote_yaml_text(text)}",
        *([f"  paragraph: {words.paragraph}"] if words.paragraph else []),
        *(f"  {key}: {quote_yaml_text(value)}" for key, value in (("prefix", words.prefix), ("suffix", words.suffix)) if value),
        "  speaker: text    # or the party who says it",
        "  note: >-",
        f"    {NOTE_PLACEHOLDER}",
    ]
    comments = [f"# paragraph {found.span.paragraph} of {slug}; paste into annotations/articles/{slug}.yml"]
    if not found.is_exact:
        comments.append("# the article's own quotation marks, dashes and spaces are used")
    return "\n".join([*comments, *lines])


def _describe_ambiguous_quote(dossier: Dossier, slug: str, outcome: AmbiguousQuote) -> str:
    lines = [f"The words are in {len(outcome.anchors)} places of {slug}:"]
    texts = {paragraph.number: paragraph.text for paragraph in dossier.captures[slug].paragraphs}
    contexts = [_build_context_span(found.span, texts[found.span.paragraph]) for found in outcome.anchors]
    showable = select_showable_spans(dossier, slug, contexts)
    for found, context in zip(outcome.anchors, contexts, strict=True):
        text, span = texts[context.paragraph], found.span
        shown = f"…{text[context.start : span.start]}[{found.matched_text}]{text[span.end : context.end]}…"
        lines.append(f"  paragraph {span.paragraph}{f': {shown}' if context in showable else ''}")
    if len(showable) < len(set(contexts)):
        lines.append(HIDDEN_WORDS_HINT)
    lines.append("Say which one with --paragraph, --prefix or --suffix, or quote a word more.")
    return "\n".join(lines)


def _build_context_span(span: TextSpan, text: str) -> TextSpan:
    """The place of some words in the text of their paragraph, with a few characters on each side."""
    start, end = max(0, span.start - MAX_CONTEXT_CHARACTERS), min(span.end + MAX_CONTEXT_CHARACTERS, len(text))
    return build_text_span(span.paragraph, text, start, end)


def _describe_missing_quote(dossier: Dossier, slug: str, outcome: QuoteNotFound, words: QuoteSelector) -> str:
    span = outcome.nearest_span
    if outcome.is_inside_word:
        return f"The words are in {slug} only as a part of a longer word or number; quote all of it."
    if not span:
        return f"The words are not in {slug}, nor anything like them."
    if outcome.is_misplaced:
        return f"The words are in paragraph {span.paragraph} of {slug}, but not where --paragraph, --prefix or --suffix say."
    if span not in select_showable_spans(dossier, slug, [span]):
        return f"The words are not in {slug}. The nearest are in paragraph {span.paragraph}. {HIDDEN_WORDS_HINT}"
    return (
        f"The words are not in {slug}. Nearest, paragraph {span.paragraph}, with what differs in brackets:\n"
        f"  {mark_differing_words(outcome.nearest_words, words.quote)}\nQuote the article's own words."
    )


def create_annotation_id(text: str, taken: set[str]) -> str:
    """An id from the first words of the quotation that no other annotation of the article has."""
    words = re.findall(r"[a-z0-9]+", text.lower())[:5]
    name = "-".join(words) if words and words[0][0].isalpha() else "-".join(["note", *words])
    candidates = [name, *(f"{name}-{number}" for number in range(2, len(taken) + 3))]
    return next(candidate for candidate in candidates if candidate not in taken)
