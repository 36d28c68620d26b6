"""Reads, updates and writes `dossier.lock`: the hash of each capture, and the place of each quotation in it.

JSON in a stable order, one paragraph or quotation a line, so that a pull request shows small differences.
It never contains words of a capture, only counts, flags, places and hashes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from dossier.loading.files import encode_json, format_json_pairs, read_limited_bytes, write_atomically
from dossier.loading.validation_messages import get_first_error
from dossier.loading.yaml_loader import find_merge_conflict
from dossier.model.dossier import Dossier
from dossier.model.kinds import KINDS_BY_NAME
from dossier.model.problems.problem import Location, Problem, UnreadableError
from dossier.model.quotations.anchoring import QuoteSelector, create_locked_quotation, find_anchors
from dossier.model.quotations.capture import LOCK_FILE_NAME, Capture, LockedArticle, hash_content

LOCK_VERSION = 1
MAX_LOCK_BYTES = 3_000_000
"""Bytes of a lock, which has some ten thousand for an article."""
LOCK_REPAIR_HELP = (
    f"take it from the last commit (`git checkout HEAD -- {LOCK_FILE_NAME}`), then run `dossier lock` where the captures are"
)

_LOCKED_ARTICLES_ADAPTER: TypeAdapter[dict[str, LockedArticle]] = TypeAdapter(dict[str, LockedArticle])


def read_lock(file: Path) -> tuple[dict[str, LockedArticle], list[Problem]]:
    """The locked articles by slug, and the problems of the file; without a file, an empty lock."""
    if not os.path.lexists(file):
        return {}, []
    try:
        text = read_limited_bytes(file, MAX_LOCK_BYTES, file.parent).decode("utf-8")
        if start := find_merge_conflict(text):
            line = text.count("\n", 0, start) + 1
            return {}, [_create_lock_problem("git could not merge two versions of this file, and both are in it", line)]
        content = json.loads(text)
    except json.JSONDecodeError as error:
        return {}, [_create_lock_problem(f"this is not JSON: {error.msg}", error.lineno, error.colno)]
    except UnreadableError as error:
        return {}, [_create_lock_problem(error.message)]
    except (UnicodeDecodeError, OSError, RecursionError, ValueError) as error:
        return {}, [_create_lock_problem(f"the file cannot be read: {type(error).__name__}")]
    if not isinstance(content, dict) or content.get("version") is True or content.get("version") != LOCK_VERSION:
        return {}, [_create_lock_problem(f"this is not a lock of version {LOCK_VERSION}")]
    try:
        articles = _LOCKED_ARTICLES_ADAPTER.validate_json(json.dumps(content.get("articles")), strict=True)
    except ValidationError as error:
        keys, reason = get_first_error(error)
        return {}, [_create_lock_problem(f"{' → '.join(('articles', *keys))}: {reason}")]
    problems = [_create_lock_problem(message) for message in _find_impossible_spans(articles)]
    return ({}, problems) if problems else (articles, [])


def update_lock(dossier: Dossier, slugs: Collection[str] = ()) -> dict[str, LockedArticle]:
    """The lock that matches the captures at hand, by slug; with `slugs`, only those articles are updated.

    An article without a capture here keeps its entry, without quotations that no annotation uses. A changed capture is
    accepted only if its article is named. An article that cannot be read keeps its entry as it is.
    """
    renewed = {slug: locked for slug, locked in dossier.locked_articles.items() if _is_unread_article(dossier, slug)}
    for slug in dossier.articles:
        if dossier.is_printed_whole(slug):
            continue  # its capture is public, so every check can compare with it
        locked, capture = dossier.locked_articles.get(slug), dossier.captures.get(slug)
        changed = locked and capture and locked.capture != capture.sha256
        if capture and (slug in slugs or (not slugs and not changed)):
            renewed[slug] = _create_locked_article(dossier, slug, capture)
        elif locked and (capture or slugs):
            renewed[slug] = locked
        elif locked:
            used_ids = dossier.annotations_by_id.get(slug, {})
            quotations = {name: quotation for name, quotation in locked.quotations.items() if name in used_ids}
            renewed[slug] = replace(locked, quotations=quotations)
    return renewed


def _is_unread_article(dossier: Dossier, slug: str) -> bool:
    return slug not in dossier.articles and KINDS_BY_NAME["article"].get_path(slug) in dossier.unread_paths


def write_lock(file: Path, articles: Mapping[str, LockedArticle]) -> None:
    """Write the lock atomically; raises `UnreadableError` if it cannot."""
    write_atomically(file, format_lock(articles))


def format_lock(articles: Mapping[str, LockedArticle]) -> str:
    """The lock as JSON text: articles and quotations sorted by id, paragraphs by number, one a line."""
    blocks = [_format_locked_article(slug, articles[slug]) for slug in sorted(articles)]
    body = "\n" + ",\n".join(blocks) + "\n" if blocks else ""
    return f'{{\n"version": {LOCK_VERSION},\n"articles": {{{body}}}\n}}\n'


def _format_locked_article(slug: str, article: LockedArticle) -> str:
    values = asdict(article)
    paragraphs, quotations = values.pop("paragraphs"), values.pop("quotations")
    lines = [
        f"{encode_json(slug)}: {{",
        *(f"{encode_json(key)}: {encode_json(value)}," for key, value in values.items()),
        '"paragraphs": [',
        ",\n".join(map(encode_json, paragraphs)),
        "],",
        '"quotations": {',
        format_json_pairs(quotations),
        "}}",
    ]
    return "\n".join(filter(None, lines))


def _create_locked_article(dossier: Dossier, slug: str, capture: Capture) -> LockedArticle:
    title = dossier.articles[slug].title
    title_places = find_anchors(QuoteSelector(title), capture) if title else []
    return LockedArticle(
        capture=capture.sha256,
        converted=hash_content(capture.full_text),
        converter=capture.converter_version,
        title=title_places[0][0].span if title_places else None,
        paragraphs=tuple(paragraph.to_outline() for paragraph in capture.paragraphs),
        quotations={
            note.id: create_locked_quotation(note.quote_selector, anchor)
            for note in dossier.annotations.get(slug, ())
            if (anchor := dossier.find_anchor(note))
        },
    )


def _find_impossible_spans(articles: Mapping[str, LockedArticle]) -> Iterator[str]:
    """A message for each place that is outside its article."""
    for slug, article in articles.items():
        words_by_paragraph = {number: outline.words for number, outline in enumerate(article.paragraphs, 1)}
        spans = {name: entry.span for name, entry in article.quotations.items()}
        for name, span in (spans | {"title": article.title} if article.title else spans).items():
            last_word = words_by_paragraph.get(span.paragraph, -1)
            if not (0 <= span.start < span.end and 0 <= span.first <= span.last <= last_word):
                yield f"{slug}: the place of {name} is outside the article"


def _create_lock_problem(message: str, line: int = 1, column: int = 1) -> Problem:
    return Problem(Location(LOCK_FILE_NAME, line, column), "lock-unreadable", message, LOCK_REPAIR_HELP)
