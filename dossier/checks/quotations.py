"""Quotations: each stands word for word in one place of its article, the lock knows it, and the budget holds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Literal, TypeVar

from dossier.checks.rule import Fault, rule
from dossier.model.dossier import Dossier
from dossier.model.problems.problem import Instead, Place
from dossier.model.quotations.anchoring import Absent, Ambiguous, CannotCheck, Found, OnlyFurniture, remember
from dossier.model.quotations.capture import LOCK, count_words, fingerprint
from dossier.model.records import Annotation

_ELLIPSIS = re.compile(r"…|\.\.\.|\[[.…]+\]")
Kind = TypeVar("Kind", Absent, Ambiguous, CannotCheck, Found, OnlyFurniture)


@rule("quote-absent")
def quote_absent(dossier: Dossier) -> Iterator[Fault]:
    for note, outcome in _outcomes(dossier, Absent):
        if _ELLIPSIS.search(note.quote):
            continue
        if outcome.cut:
            message = f"“{note.quote}” stands in {note.article} only inside a longer word or number"
            yield Fault(note.place("quote"), message, "quote the whole word or number")
        elif outcome.nearest == note.quote:
            yield _elsewhere(note, outcome.near)
        elif outcome.nearest:
            message = f"“{note.quote}” does not stand in {note.article}"
            help = f"the article says, nearest to it: “{outcome.nearest}” (paragraph {outcome.near}); quote these words"
            yield Fault(note.place("quote"), message, help, (_rewritten("maybe", note, outcome.words),))
        else:
            message = f"“{note.quote}” does not stand in {note.article}, nor anything near it"
            yield Fault(note.place("quote"), message, "copy the words from the capture; is it the right article?")


def _elsewhere(note: Annotation, near: int | None) -> Fault:
    """That the words stand in the article, but not where the annotation says."""
    message = f"“{note.quote}” stands in paragraph {near} of {note.article}, not where the annotation says"
    if note.paragraph in (None, near):
        return Fault(note.place("quote"), message, "correct or delete `prefix` or `suffix`")
    help = f"write `paragraph: {near}`, or delete the line"
    return Fault(note.place("paragraph"), message, help, (Instead("write", str(note.paragraph), str(near)),))


@rule("quote-ambiguous")
def quote_ambiguous(dossier: Dossier) -> Iterator[Fault]:
    for note, outcome in _outcomes(dossier, Ambiguous):
        numbers = [found.span.paragraph for found in outcome.places]
        message = f"“{note.quote}” stands in {len(numbers)} places of {note.article}: paragraphs {', '.join(map(str, numbers))}"
        help = "add `paragraph:` with the one that is meant, or quote a word more"
        instead = tuple(Instead("or" if place else "add", "", f"paragraph: {number}") for place, number in enumerate(numbers))
        if len(set(numbers)) < len(numbers) or note.paragraph:
            help = "add `prefix:` or `suffix:` with the words before or behind it, or quote a word more"
            instead = ()
        yield Fault(note.place("quote"), message, help, instead)


@rule("quote-furniture")
def quote_furniture(dossier: Dossier) -> Iterator[Fault]:
    for note, outcome in _outcomes(dossier, OnlyFurniture):
        message = f"“{note.quote}” stands only in paragraph {outcome.paragraph}, which is page furniture"
        yield Fault(note.place("quote"), message, "quote the article's own words, or correct `kinds:` in its record")


@rule("quote-ellipsis")
def quote_ellipsis(dossier: Dossier) -> Iterator[Fault]:
    for note in dossier.all_annotations():
        if _ELLIPSIS.search(note.quote):
            message = "the quotation leaves words out"
            help = "quote one unbroken run of words; a second annotation can hold the rest"
            parts = [part for piece in _ELLIPSIS.split(note.quote) if (part := piece.strip(" ,;"))]
            instead = tuple(_rewritten("or" if place else "maybe", note, part) for place, part in enumerate(parts[:2]))
            yield Fault(note.place("quote"), message, help, instead)


@rule("quote-unlocked")
def quote_unlocked(dossier: Dossier) -> Iterator[Fault]:
    if LOCK in dossier.unread:
        return
    for note, _ in _outcomes(dossier, CannotCheck):
        if note.article in dossier.articles:
            message = f"“{note.quote}” cannot be checked: there is no capture here, and {LOCK} does not know these words"
            help = f"an editor who holds the capture runs `dossier lock {note.article}` on this branch"
            yield Fault(note.place("quote"), message, help)
    for note, outcome in _outcomes(dossier, Found):
        private = note.article in dossier.captures and not dossier.whole(note.article)
        if private and not _locked(dossier, note, outcome):
            message = f"“{note.quote}” stands in the capture, but {LOCK} does not know it yet"
            yield Fault(note.place("quote"), message, f"run `dossier lock {note.article}` and commit {LOCK}")


@rule("quote-typography")
def quote_typography(dossier: Dossier) -> Iterator[Fault]:
    for note, outcome in _outcomes(dossier, Found):
        if not outcome.exact:
            help = f"write: {outcome.text}" if outcome.text else "copy the words from the capture"
            instead = (_rewritten("write", note, outcome.text),) if outcome.text else ()
            yield Fault(note.place("quote"), "the article has other quotation marks, dashes or spaces here", help, instead)


@rule("quote-length")
def quote_length(dossier: Dossier) -> Iterator[Fault]:
    most = dossier.settings.quote_words
    for note in dossier.all_annotations():
        if (words := count_words(note.quote)) > most:
            message = f"the quotation has {words} words; at most {most} may be quoted at once"
            yield Fault(note.place("quote"), message, "keep the words that carry the claim, three to eight of them")


@rule("quote-budget")
def quote_budget(dossier: Dossier) -> Iterator[Fault]:
    for slug, article in dossier.articles.items():
        printed, words, share = dossier.words_printed(slug), dossier.words(slug), dossier.settings.quote_share
        if words and printed * 100 > share * words and not dossier.whole(slug):
            message = f"quotations and title print {printed} of the article's {words} words, more than {share} %"
            yield Fault(article.place("title"), message, "shorten or drop quotations until they fit")


@rule("capture-changed")
def capture_changed(dossier: Dossier) -> Iterator[Fault]:
    for slug in dossier.captures:
        if _changed(dossier, slug):
            _, lost, _ = dossier.tally(slug)
            message = f"the capture of {slug} here is not the one that was locked"
            message += f"; {lost} of its quotations do not stand in it" if lost else ""
            help = f"if the new capture is meant, run `dossier lock {slug}`; else bring the old one back"
            yield Fault(dossier.articles[slug].place(), message, help)


@rule("lock-stale")
def lock_stale(dossier: Dossier) -> Iterator[Fault]:
    help = "run `dossier lock`, or let an editor run it"
    for slug, locked in dossier.lock.items():
        if slug not in dossier.articles or dossier.whole(slug):
            if f"docs/articles/{slug}.md" not in dossier.unread:
                yield Fault(Place(LOCK), f"{slug} is locked, but no private capture belongs to it", help)
            continue
        if f"annotations/articles/{slug}.yml" not in dossier.unread:
            for name in locked.quotations.keys() - dossier.annotation_ids.get(slug, {}).keys():
                yield Fault(Place(LOCK), f"{slug}#{name} is locked, but there is no such annotation", help)
        if slug not in dossier.captures and _kinds_moved(dossier, slug):
            place = dossier.articles[slug].place("kinds")
            yield Fault(place, f"`kinds` is not what {LOCK} was made from", help)


def _rewritten(how: Literal["write", "maybe", "or"], note: Annotation, words: str) -> Instead:
    """Other words for a quotation, as they are written in its file."""
    return Instead(how, note.quote, json.dumps(words, ensure_ascii=False))


def _outcomes(dossier: Dossier, kind: type[Kind]) -> Iterator[tuple[Annotation, Kind]]:
    """Annotations whose quotation has an outcome of a kind; a capture that has changed is told once, not for each."""
    changed = {slug for slug in dossier.captures if _changed(dossier, slug)}
    for note in dossier.all_annotations():
        outcome = dossier.outcomes[note.article, note.id]
        if isinstance(outcome, kind) and note.article not in changed:
            yield note, outcome


def _locked(dossier: Dossier, note: Annotation, found: Found) -> bool:
    locked = dossier.lock.get(note.article)
    return locked is not None and locked.quotations.get(note.id) == remember(note.words, found)


def _changed(dossier: Dossier, slug: str) -> bool:
    locked, capture = dossier.lock.get(slug), dossier.captures[slug]
    return locked is not None and (locked.capture != capture.sha256 or locked.converted != fingerprint(capture.text))


def _kinds_moved(dossier: Dossier, slug: str) -> bool:
    named, outlines = dossier.articles[slug].kind_of, dossier.lock[slug].paragraphs
    return bool(named) and any(outline.kind != named.get(number, "paragraph") for number, outline in enumerate(outlines, 1))
