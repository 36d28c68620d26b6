"""Reads, updates and writes `dossier.lock`: what was compared with captures and copies, and what an editor last accepted.

JSON in a stable order, one paragraph, quotation or claim a line, so that a pull request shows small differences:

{"version": 2,
 "articles": {slug: hashes of its capture, its outlines, and the place and hashes of each quotation},
 "sources": {id of a source: {hash of words that a claim quotes: whether they were compared with a copy of the source}},
 "claims": {id of a claim: its kind, and the bearing of each of its sources}}

It never contains words of a capture, only counts, flags, places and hashes. Version 1 had articles only; it is read too.
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
from dossier.model.evidence import create_locked_claim
from dossier.model.kinds import KINDS_BY_NAME
from dossier.model.problems.problem import Location, Problem, UnreadableError
from dossier.model.quotations.anchoring import QuoteSelector, create_locked_quotation, find_anchors
from dossier.model.quotations.capture import LOCK_FILE_NAME, Capture, Lock, LockedArticle, LockedClaim, hash_content
from dossier.model.quotations.copied_words import find_copied_runs

LOCK_VERSION = 2
READABLE_LOCK_VERSIONS = (1, LOCK_VERSION)
MAX_LOCK_BYTES = 3_000_000
"""Bytes of a lock, which has some ten thousand for an article."""
LOCK_REPAIR_HELP = (
    f"take it from the last commit (`git checkout HEAD -- {LOCK_FILE_NAME}`), then run `dossier lock` where the captures are"
)

_LOCK_ADAPTER = TypeAdapter(Lock)


def read_lock(file: Path) -> tuple[Lock, list[Problem]]:
    """The lock, and the problems of its file; an empty lock without a file, and with problems."""
    if not os.path.lexists(file):
        return Lock(), []
    try:
        text = read_limited_bytes(file, MAX_LOCK_BYTES, file.parent).decode("utf-8")
        if start := find_merge_conflict(text):
            line = text.count("\n", 0, start) + 1
            return Lock(), [_create_lock_problem("git could not merge two versions of this file, and both are in it", line)]
        content = json.loads(text)
    except json.JSONDecodeError as error:
        return Lock(), [_create_lock_problem(f"this is not JSON: {error.msg}", error.lineno, error.colno)]
    except UnreadableError as error:
        return Lock(), [_create_lock_problem(error.message)]
    except (UnicodeDecodeError, OSError, RecursionError, ValueError) as error:
        return Lock(), [_create_lock_problem(f"the file cannot be read: {type(error).__name__}")]
    version = content.pop("version", None) if isinstance(content, dict) else None
    if type(version) is not int or version not in READABLE_LOCK_VERSIONS:
        return Lock(), [_create_lock_problem(f"this is not a lock of version {LOCK_VERSION}")]
    try:
        lock = _LOCK_ADAPTER.validate_json(json.dumps(content), strict=True)
    except ValidationError as error:
        keys, reason = get_first_error(error)
        return Lock(), [_create_lock_problem(f"{' → '.join(keys)}: {reason}")]
    problems = [_create_lock_problem(message) for message in _find_impossible_spans(lock.articles)]
    return (Lock(), problems) if problems else (lock, [])


def update_lock(dossier: Dossier, slugs: Collection[str] = ()) -> Lock:
    """The lock that matches records, captures and copies at hand; with `slugs`, only those articles are updated."""
    articles = _update_locked_articles(dossier, slugs)
    if slugs:
        return replace(dossier.lock, articles=articles)
    return Lock(articles, _update_locked_sources(dossier), _update_locked_claims(dossier))


def _update_locked_articles(dossier: Dossier, slugs: Collection[str]) -> dict[str, LockedArticle]:
    """The locked articles, by slug.

    An article without a capture here keeps its entry, without quotations that no annotation uses. A changed capture is
    accepted only if its article is named. An article that cannot be read keeps its entry as it is.
    """
    renewed = {slug: locked for slug, locked in dossier.lock.articles.items() if _is_unread_article(dossier, slug)}
    for slug in dossier.articles:
        if dossier.is_printed_whole(slug):
            continue  # its capture is public, so every check can compare with it
        locked, capture = dossier.lock.articles.get(slug), dossier.captures.get(slug)
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


def _update_locked_sources(dossier: Dossier) -> dict[str, dict[str, bool]]:
    """By source the hashes of the words that claims quote, and whether each was compared with a copy, now or earlier.

    Words that the copy here lacks are left out. If a claim cannot be read, all entries stay.
    """
    renewed: dict[str, dict[str, bool]] = {}
    if _is_any_claim_unread(dossier):
        renewed = {name: dict(entries) for name, entries in dossier.lock.sources.items()}
    for claim in dossier.claims.values():
        for evidence in claim.sources:
            for words in evidence.words:
                compared = dossier.are_words_compared(evidence.id, words)
                if compared or evidence.id not in dossier.source_copies:
                    renewed.setdefault(evidence.id, {})[hash_content(words)] = compared
    return renewed


def _update_locked_claims(dossier: Dossier) -> dict[str, LockedClaim]:
    """What the verdict of each claim is put on and rests on; a claim that cannot be read keeps its entry."""
    unread = {name: entry for name, entry in dossier.lock.claims.items() if name not in dossier.claims}
    renewed = unread if _is_any_claim_unread(dossier) else {}
    return renewed | {claim.id: create_locked_claim(claim) for claim in dossier.claims.values()}


def _is_any_claim_unread(dossier: Dossier) -> bool:
    folder = KINDS_BY_NAME["claim"].list_path
    return any(path.startswith(folder) for path in dossier.unread_paths)


def _is_unread_article(dossier: Dossier, slug: str) -> bool:
    return slug not in dossier.articles and KINDS_BY_NAME["article"].get_path(slug) in dossier.unread_paths


def write_lock(file: Path, lock: Lock) -> None:
    """Write the lock atomically; raises `UnreadableError` if it cannot."""
    write_atomically(file, format_lock(lock))


def format_lock(lock: Lock) -> str:
    """The lock as JSON text: everything sorted by id, paragraphs by number, one paragraph, quotation or claim a line."""
    articles = [_format_locked_article(slug, lock.articles[slug]) for slug in sorted(lock.articles)]
    sources = [f"{encode_json(name)}: {{\n{format_json_pairs(lock.sources[name])}}}" for name in sorted(lock.sources)]
    claims = format_json_pairs({name: asdict(entry) for name, entry in lock.claims.items()})
    blocks = {"articles": ",\n".join(articles), "sources": ",\n".join(sources), "claims": claims}
    objects = (f'"{key}": {{{block and f"{chr(10)}{block}{chr(10)}"}}}' for key, block in blocks.items())
    return f'{{\n"version": {LOCK_VERSION},\n' + ",\n".join(objects) + "\n}\n"


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
    title, digest = dossier.articles[slug].title, dossier.articles[slug].digest
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
        digest="" if find_copied_runs(digest, capture) else hash_content(digest.text),
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
