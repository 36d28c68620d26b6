"""`dossier.lock`: what each capture was, and where each quotation stands in it. Read, renewed and written here.

JSON in a stable order, one paragraph or quotation a line, so that a change reads well in a pull request.
Words of a capture never enter it: only counts, flags, places and hashes.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from dossier.loading.files import content_of, write_whole
from dossier.model.dossier import Dossier
from dossier.model.problems.problem import Place, Problem, Unreadable
from dossier.model.quotations.anchoring import Words, occurrences, remember
from dossier.model.quotations.capture import LOCK, Capture, LockedArticle, LockedQuotation, Span, fingerprint

VERSION = 1
MAX_BYTES = 50_000_000
REPAIR = "take the file from the last commit, or run `dossier lock` where the captures are"

_ARTICLES: TypeAdapter[dict[str, LockedArticle]] = TypeAdapter(dict[str, LockedArticle])


def read_lock(file: Path) -> tuple[dict[str, LockedArticle], list[Problem]]:
    """The lock's articles by slug, and what is wrong with the file; no file is an empty lock."""
    if not file.exists():
        return {}, []
    try:
        content = json.loads(content_of(file, MAX_BYTES, file.parent).decode("utf-8"))
    except json.JSONDecodeError as error:
        return {}, [_unreadable(f"this is not JSON: {error.msg}", error.lineno, error.colno)]
    except Unreadable as error:
        return {}, [_unreadable(error.message)]
    except (UnicodeDecodeError, OSError, RecursionError, ValueError) as error:
        return {}, [_unreadable(f"the file cannot be read: {type(error).__name__}")]
    if not isinstance(content, dict) or content.get("version") is True or content.get("version") != VERSION:
        return {}, [_unreadable(f"this is not a lock of version {VERSION}")]
    try:
        articles = _ARTICLES.validate_json(json.dumps(content.get("articles")), strict=True)
        faults = [_unreadable(message) for message in _impossible(articles)]
        return ({}, faults) if faults else (articles, [])
    except ValidationError as error:
        first = error.errors()[0]
        where = " → ".join(str(step) for step in ("articles", *first["loc"]))
        return {}, [_unreadable(f"{where}: {first['msg']}")]


def renew(dossier: Dossier, named: Collection[str] = ()) -> dict[str, LockedArticle]:
    """The lock as the captures at hand say it should be; with names, only those articles are renewed.

    An article without a capture here keeps its entry, less quotations that no annotation uses. A capture that has
    changed is taken only where its article is named.
    """
    renewed: dict[str, LockedArticle] = {}
    for slug in dossier.articles:
        if dossier.whole(slug):
            continue  # its capture is public: whoever checks has it
        known, capture = dossier.lock.get(slug), dossier.captures.get(slug)
        changed = known and capture and known.capture != capture.sha256
        if capture and (slug in named or (not named and not changed)):
            renewed[slug] = _locked(dossier, slug, capture)
        elif known:
            renewed[slug] = known if capture or named else _pruned(known, dossier, slug)
    return renewed


def write_lock(file: Path, articles: Mapping[str, LockedArticle]) -> None:
    """Write the lock whole or not at all; raises `Unreadable` where it cannot."""
    write_whole(file, dump(articles))


def dump(articles: Mapping[str, LockedArticle]) -> str:
    """The lock as text: articles and quotations by id, paragraphs by number, one a line."""
    blocks = [_block(slug, articles[slug]) for slug in sorted(articles)]
    body = "\n" + ",\n".join(blocks) + "\n" if blocks else ""
    return f'{{\n"version": {VERSION},\n"articles": {{{body}}}\n}}\n'


def _block(slug: str, article: LockedArticle) -> str:
    quotations = sorted(article.quotations.items())
    lines = [
        f"{_json(slug)}: {{",
        f'"capture": {_json(article.capture)},',
        f'"converted": {_json(article.converted)},',
        f'"converter": {_json(article.converter)},',
        f'"title": {_json(asdict(article.title) if article.title else None)},',
        '"paragraphs": [',
        ",\n".join(_json(asdict(outline)) for outline in article.paragraphs),
        "],",
        '"quotations": {',
        ",\n".join(f"{_json(name)}: {_json(asdict(entry))}" for name, entry in quotations),
        "}}",
    ]
    return "\n".join(line for line in lines if line)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _locked(dossier: Dossier, slug: str, capture: Capture) -> LockedArticle:
    return LockedArticle(
        capture=capture.sha256,
        converted=fingerprint(capture.text),
        converter=capture.converter,
        title=_title(dossier.articles[slug].title, capture),
        paragraphs=tuple(paragraph.outline() for paragraph in capture.paragraphs),
        quotations=_quotations(dossier, slug),
    )


def _quotations(dossier: Dossier, slug: str) -> dict[str, LockedQuotation]:
    entries = {}
    for note in dossier.annotations.get(slug, ()):
        if found := dossier.found(note):
            entries[note.id] = remember(note.words, found)
    return entries


def _title(title: str | None, capture: Capture) -> Span | None:
    """Where the title stands first; None where there is none or it stands elsewhere."""
    places = occurrences(Words(title), capture) if title else []
    return places[0][0].span if places else None


def _pruned(known: LockedArticle, dossier: Dossier, slug: str) -> LockedArticle:
    used = dossier.annotation_ids.get(slug, {})
    return replace(known, quotations={name: entry for name, entry in known.quotations.items() if name in used})


def _impossible(articles: Mapping[str, LockedArticle]) -> Iterator[str]:
    """Places that no capture can have."""
    for slug, article in articles.items():
        named = {name: entry.span for name, entry in article.quotations.items()} | (
            {"title": article.title} if article.title else {}
        )
        for name, span in named.items():
            inside = (
                1 <= span.paragraph <= len(article.paragraphs) and 0 <= span.start < span.end and 0 <= span.first <= span.last
            )
            if not inside or span.last > article.paragraphs[span.paragraph - 1].words:
                yield f"{slug}: the place of {name} is outside the article"


def _unreadable(message: str, line: int = 1, column: int = 1) -> Problem:
    return Problem(Place(LOCK, line, column), "lock-unreadable", message, REPAIR)
