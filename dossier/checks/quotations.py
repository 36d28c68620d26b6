"""Rules on quotations: each is word for word in one place of its article and in the lock, and all fit the budget."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal, TypeVar

from dossier.checks.absent_words import AbsentWords, ComparedText, create_absent_words_violation
from dossier.checks.rule import Violation, rule
from dossier.model.dossier import Dossier
from dossier.model.kinds import KINDS_BY_NAME
from dossier.model.problems.problem import LineEdit, Location
from dossier.model.quotations.anchoring import (
    AmbiguousQuote,
    Anchor,
    QuoteInFurniture,
    QuoteNotFound,
    QuoteUnverifiable,
    create_locked_quotation,
)
from dossier.model.quotations.capture import LOCK_FILE_NAME, LockedQuotation, count_words, hash_content
from dossier.model.quotations.excerpts import select_showable_spans
from dossier.model.quotations.invisible_characters import describe_invisible_difference
from dossier.model.quotations.typography import strip_curly_marks
from dossier.model.records import Annotation
from dossier.model.wording import format_count
from dossier.model.yaml_text import quote_yaml_text

ELLIPSIS_PATTERN = re.compile(r"…|\.\.\.|\[[.…]+\]")
AnchorResultType = TypeVar("AnchorResultType", QuoteNotFound, AmbiguousQuote, QuoteUnverifiable, Anchor, QuoteInFurniture)


@rule("quote-absent")
def check_quote_absent(dossier: Dossier) -> Iterator[Violation]:
    absent_by_article = defaultdict[str, list[AbsentWords]](list)
    for note, outcome in _iter_anchor_results(dossier, QuoteNotFound):
        if outcome.is_misplaced and outcome.nearest_span:
            yield _create_misplaced_quote_violation(note, outcome.nearest_span.paragraph)
        elif not ELLIPSIS_PATTERN.search(note.quote):
            absent_by_article[note.article].append(AbsentWords(note.quote, note.locate("quote"), outcome))
    for slug, absent in absent_by_article.items():
        showable = select_showable_spans(dossier, slug, [item.found.nearest_span for item in absent if item.found.nearest_span])
        is_secret = dossier.is_output_public and not dossier.is_printed_whole(slug)
        article = ComparedText(slug, "article", "capture", showable, is_secret)
        yield from (create_absent_words_violation(item, article) for item in absent)


def _create_misplaced_quote_violation(note: Annotation, paragraph: int) -> Violation:
    """The violation for words that are in the article, but not where the annotation says."""
    message = f"“{note.quote}” is in paragraph {paragraph} of {note.article}, not where the annotation says"
    if note.paragraph in (None, paragraph):
        return Violation(note.locate("quote"), message, "correct or delete `prefix` or `suffix`")
    help = f"write `paragraph: {paragraph}`, or delete the line"
    return Violation(note.locate("paragraph"), message, help, (LineEdit("write", str(note.paragraph), str(paragraph)),))


@rule("quote-ambiguous")
def check_quote_ambiguous(dossier: Dossier) -> Iterator[Violation]:
    for note, outcome in _iter_anchor_results(dossier, AmbiguousQuote):
        numbers = [anchor.span.paragraph for anchor in outcome.anchors]
        message = f"“{note.quote}” is in {len(numbers)} places of {note.article}: paragraphs {', '.join(map(str, numbers))}"
        help = "add `paragraph:` with the one you mean, or quote a word more"
        instead = tuple(LineEdit("or" if index else "add", "", f"paragraph: {number}") for index, number in enumerate(numbers))
        if len(set(numbers)) < len(numbers):
            help = "add `prefix:` or `suffix:` with the words before or behind it, or quote a word more"
            instead = ()
        yield Violation(note.locate("quote"), message, help, instead)


@rule("quote-furniture")
def check_quote_furniture(dossier: Dossier) -> Iterator[Violation]:
    for note, outcome in _iter_anchor_results(dossier, QuoteInFurniture):
        message = f"“{note.quote}” is only in paragraph {outcome.paragraph}, which is page furniture"
        yield Violation(note.locate("quote"), message, "quote the article's own words, or correct `kinds:` in its record")


@rule("quote-ellipsis")
def check_quote_ellipsis(dossier: Dossier) -> Iterator[Violation]:
    for note in dossier.iter_annotations():
        if ELLIPSIS_PATTERN.search(note.quote):
            message = "the quotation leaves words out"
            help = "quote one unbroken run of words; quote the rest in a second annotation"
            parts = [part for piece in ELLIPSIS_PATTERN.split(note.quote) if (part := piece.strip(" ,;"))]
            instead = tuple(_create_quote_edit("or" if index else "maybe", note, part) for index, part in enumerate(parts[:2]))
            yield Violation(note.locate("quote"), message, help, instead)


@rule("quote-unlocked")
def check_quote_unlocked(dossier: Dossier) -> Iterator[Violation]:
    if LOCK_FILE_NAME in dossier.unread_paths or not dossier.are_settings_read:
        return  # the lock, or the setting with the folder of captures, could not be read
    if LOCK_FILE_NAME in dossier.missing_paths:
        yield from _check_missing_lock(dossier)
        return
    for note, _ in _iter_anchor_results(dossier, QuoteUnverifiable):
        if note.article in dossier.articles:
            yield _create_unverified_quote_violation(dossier, note)
    for note, outcome in _iter_anchor_results(dossier, Anchor):
        is_private = note.article in dossier.captures and not dossier.is_printed_whole(note.article)
        if is_private and _get_locked_quotation(dossier, note) != create_locked_quotation(note.quote_selector, outcome):
            message = f"“{note.quote}” is in the capture, but not in {LOCK_FILE_NAME} yet"
            yield Violation(note.locate("quote"), message, f"run `dossier lock {note.article}` and commit {LOCK_FILE_NAME}")


def _check_missing_lock(dossier: Dossier) -> Iterator[Violation]:
    """One violation for all quotations of private captures and of sources, if there are any."""
    notes = [note for note in dossier.iter_annotations() if note.article in dossier.articles]
    quoted = [words for claim in dossier.claims.values() for evidence in claim.sources for words in evidence.words]
    if count := sum(not dossier.is_printed_whole(note.article) for note in notes) + len(quoted):
        noun = "quotation is" if count == 1 else "quotations are"
        message = f"{LOCK_FILE_NAME} is missing, so {count} {noun} not verified"
        yield Violation(Location(LOCK_FILE_NAME), message, "run `dossier lock` where the captures are, and commit the file")


def find_waiting_quotations(dossier: Dossier) -> frozenset[Location]:
    """Where new quotations stand, which only an editor can compare, so that they may wait for the lock.

    A quotation in curly marks and a locked one that was changed do not wait: they may be slips, which would pass unseen.
    """
    unverified = [note for note, _ in _iter_anchor_results(dossier, QuoteUnverifiable)]
    return frozenset(note.locate("quote") for note in unverified if _is_new_quotation(dossier, note))


def _is_new_quotation(dossier: Dossier, note: Annotation) -> bool:
    return not strip_curly_marks(note.quote) and not _find_changed_quotation(dossier, note)


def _find_changed_quotation(dossier: Dossier, note: Annotation) -> LockedQuotation | None:
    """What the lock has of an annotation whose quotation was changed since; None if it was not, or is new."""
    entry = _get_locked_quotation(dossier, note)
    return entry if entry and entry.written != hash_content(note.quote_selector.selector_text) else None


def _create_unverified_quote_violation(dossier: Dossier, note: Annotation) -> Violation:
    """The violation for a quotation without a capture: it is new, changed since it was locked, or in curly marks."""
    place = note.locate("quote")
    by_editor = f"an editor who holds the capture runs `dossier lock {note.article}` on this branch"
    if words := strip_curly_marks(note.quote):
        message = f"the curly quotation marks are a part of this quotation, which is not in {LOCK_FILE_NAME}"
        help = f"write straight ones, unless the article has curly ones there; then {by_editor}"
        return Violation(place, message, help, (_create_quote_edit("maybe", note, words),))
    if entry := _find_changed_quotation(dossier, note):
        message = f"this quotation was changed: {LOCK_FILE_NAME} has other words for `{note.id}`, and no capture is here"
        help = f"take the change back, unless the article has these words; then {by_editor}"
        return Violation(place, message, help, _suggest_locked_quote(dossier, note, entry))
    message = f"“{note.quote}” waits for an editor's lock: no capture is here to compare it with"
    return Violation(place, message, f"you have done nothing wrong: {by_editor}; until then, `dossier check --pending` passes")


def _suggest_locked_quote(dossier: Dossier, note: Annotation, entry: LockedQuotation) -> tuple[LineEdit, ...]:
    """The edit that restores the locked words, if the last release has them; the lock has only their hash."""
    released = dossier.last_release.annotations.get(f"{note.article}#{note.id}") if dossier.last_release else None
    same = released and entry.written == hash_content(replace(note.quote_selector, quote=released.quote).selector_text)
    return (_create_quote_edit("maybe", note, released.quote),) if released and same else ()


@rule("quote-typography")
def check_quote_typography(dossier: Dossier) -> Iterator[Violation]:
    for note, outcome in _iter_anchor_results(dossier, Anchor):
        message, words = "the article has other quotation marks, dashes or spaces here", outcome.matched_text
        is_private = dossier.is_output_public and not dossier.is_printed_whole(note.article)
        if not outcome.is_exact and (not words or is_private):
            yield Violation(note.locate("quote"), message, "copy the words from the capture")
        elif not outcome.is_exact and words:
            invisible = describe_invisible_difference(note.quote, words)
            help = "write it as an escape, so that it can be seen" if invisible else f"write: {words}"
            yield Violation(note.locate("quote"), invisible or message, help, (_create_quote_edit("write", note, words),))


@rule("quote-length")
def check_quote_length(dossier: Dossier) -> Iterator[Violation]:
    for note in dossier.iter_annotations() if dossier.are_settings_read else ():
        if fault := find_quote_length_fault(note.quote, dossier.settings.quote_words):
            yield Violation(note.locate("quote"), *fault)


def find_quote_length_fault(quote: str, limit: int) -> tuple[str, str] | None:
    """Message and cure for a quotation of more than `limit` words; None for a shorter one."""
    words = count_words(quote)
    message = f"the quotation has {words} words; at most {limit} may be quoted at once"
    return (message, "keep the three to eight words that matter") if words > limit else None


@rule("capture-changed")
def check_capture_changed(dossier: Dossier) -> Iterator[Violation]:
    for slug in dossier.captures:
        if _has_capture_changed(dossier, slug):
            _, lost, _ = dossier.count_quotations(slug)
            message = f"the capture of {slug} here is not the one that was locked"
            message += f"; {lost} of its quotations are not in it" if lost else ""
            help = f"if the new capture is right, run `dossier lock {slug}`; otherwise restore the old one"
            yield Violation(dossier.articles[slug].locate(), message, help)


@rule("capture-doubtful")
def check_capture_doubtful(dossier: Dossier) -> Iterator[Violation]:
    for slug, capture in dossier.captures.items():
        differences = (capture.difference,) if capture.difference and not dossier.is_printed_whole(slug) else ()
        for notice in (*capture.notices, *differences):
            help = "compare it with the article as published; if words are missing, save it again"
            yield Violation(dossier.articles[slug].locate(), f"the capture of {slug}: {notice}", help)


@rule("lock-stale")
def check_lock_stale(dossier: Dossier) -> Iterator[Violation]:
    help = "run `dossier lock`, or ask an editor to"
    for slug, locked in dossier.lock.articles.items():
        if slug not in dossier.articles or dossier.is_printed_whole(slug):
            if f"docs/articles/{slug}.md" not in dossier.unread_paths:
                yield Violation(Location(LOCK_FILE_NAME), f"{slug} is locked, but has no article with a private capture", help)
            continue
        if f"annotations/articles/{slug}.yml" not in dossier.unread_paths:
            for name in locked.quotations.keys() - dossier.annotations_by_id.get(slug, {}).keys():
                yield Violation(Location(LOCK_FILE_NAME), f"{slug}#{name} is locked, but there is no such annotation", help)
        if slug not in dossier.captures and _has_outdated_paragraph_kinds(dossier, slug):
            place = dossier.articles[slug].locate("kinds")
            yield Violation(place, f"`kinds` differs from the one in {LOCK_FILE_NAME}", help)
    yield from _check_stale_evidence(dossier, help)


def _check_stale_evidence(dossier: Dossier, help: str) -> Iterator[Violation]:
    """Yield a violation for each source and each claim of which the lock has what no claim has any more."""
    if any(path.startswith(KINDS_BY_NAME["claim"].list_path) for path in dossier.unread_paths):
        return
    for source_id, hashes in dossier.unquoted_hashes_by_source.items():
        message = f"{source_id}: {format_count(len(hashes), 'quotation')} locked that no claim has"
        yield Violation(Location(LOCK_FILE_NAME), message, help)
    for name in dossier.lock.claims:
        if name not in dossier.claims:
            yield Violation(Location(LOCK_FILE_NAME), f"the claim {name} is locked, but there is no such claim", help)


def _create_quote_edit(how: Literal["write", "maybe", "or"], note: Annotation, words: str) -> LineEdit:
    """The edit that replaces a quotation by other words, written as YAML."""
    return LineEdit(how, note.quote, quote_yaml_text(words))


def _iter_anchor_results(dossier: Dossier, kind: type[AnchorResultType]) -> Iterator[tuple[Annotation, AnchorResultType]]:
    """Annotations with an anchoring result of one class; those of a changed capture are left out, which has one problem."""
    changed = {slug for slug in dossier.captures if _has_capture_changed(dossier, slug)}
    for note in dossier.iter_annotations():
        outcome = dossier.anchor_results[note.article, note.id]
        if isinstance(outcome, kind) and note.article not in changed:
            yield note, outcome


def _get_locked_quotation(dossier: Dossier, note: Annotation) -> LockedQuotation | None:
    locked = dossier.lock.articles.get(note.article)
    return locked.quotations.get(note.id) if locked else None


def _has_capture_changed(dossier: Dossier, slug: str) -> bool:
    locked, capture = dossier.lock.articles.get(slug), dossier.captures[slug]
    return locked is not None and (locked.capture != capture.sha256 or locked.converted != hash_content(capture.full_text))


def _has_outdated_paragraph_kinds(dossier: Dossier, slug: str) -> bool:
    kinds, outlines = dossier.articles[slug].kind_by_paragraph, dossier.lock.articles[slug].paragraphs
    return bool(kinds) and any(outline.kind != kinds.get(number, "paragraph") for number, outline in enumerate(outlines, 1))
