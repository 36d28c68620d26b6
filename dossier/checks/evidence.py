"""Rules on evidence: the words of sources that claims quote, the figures in them, and what an editor last accepted.

The words are compared with a copy of the source where an editor holds one (`sources/<id>.txt` or `.html` beside the
captures); the lock answers for the others, and says which were compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from dossier.checks.absent_words import AbsentWords, ComparedText, create_absent_words_violation
from dossier.checks.quotations import ELLIPSIS_PATTERN
from dossier.checks.rule import Violation, rule
from dossier.model.dossier import Dossier
from dossier.model.numbers.evaluation import has_one_origin, is_number_in_evidence, list_quoted_words
from dossier.model.problems.problem import Location, suggest_line_edits
from dossier.model.quotations.anchoring import QuoteNotFound, QuoteSelector, anchor_quote, has_words
from dossier.model.quotations.capture import LOCK_FILE_NAME, LockedClaim, count_words, hash_content
from dossier.model.quotations.excerpts import select_showable_copy_spans
from dossier.model.records import Claim, Source
from dossier.model.records.figures import Figure
from dossier.model.yaml_node import YamlPath

MAX_EVIDENCE_WORDS = 20
"""Most words of one quotation from a source."""

KINDS_WITHOUT_FIGURES = frozenset({"opinion"})
"""Kinds of sources that no figure may be taken from."""


class _QuotedWords(NamedTuple):
    """Words of a source that a claim quotes, with their YAML path in the claim."""

    claim: Claim
    yaml_path: YamlPath
    source_id: str
    words: str

    @property
    def location(self) -> Location:
        """Where they are written."""
        return self.claim.locate(*self.yaml_path)


def _iter_quoted_words(dossier: Dossier) -> Iterator[_QuotedWords]:
    for claim in dossier.claims.values():
        for number, evidence in enumerate(claim.sources):
            for index, words in enumerate(evidence.words):
                yield _QuotedWords(claim, ("sources", number, "words", index), evidence.id, words)


@rule("evidence-words")
def check_evidence_words(dossier: Dossier) -> Iterator[Violation]:
    for quoted in _iter_quoted_words(dossier):
        count, source = count_words(quoted.words), dossier.sources.get(quoted.source_id)
        if not count or ELLIPSIS_PATTERN.search(quoted.words):
            message = "the quotation leaves words out" if count else "there are no words in this quotation"
            yield Violation(quoted.location, message, "quote one unbroken run of words, and the rest as a second quotation")
        elif count > MAX_EVIDENCE_WORDS:
            message = f"the quotation has {count} words; at most {MAX_EVIDENCE_WORDS} of a source may be quoted at once"
            yield Violation(quoted.location, message, "keep the words that bear on the claim")
        elif source and source.checked == "not-read":
            message = f"words of {source.id} are quoted, but nobody read it (`checked: not-read`)"
            help = f"delete the words, or correct `checked:` in {source.path}"
            yield Violation(quoted.location, message, help)


@rule("evidence-absent")
def check_evidence_absent(dossier: Dossier) -> Iterator[Violation]:
    absent_by_source = defaultdict[str, list[AbsentWords]](list)
    for quoted in _iter_quoted_words(dossier):
        copy = dossier.source_copies.get(quoted.source_id)
        if copy and not ELLIPSIS_PATTERN.search(quoted.words):
            found = anchor_quote(QuoteSelector(quoted.words), copy)
            if isinstance(found, QuoteNotFound):
                absent_by_source[quoted.source_id].append(AbsentWords(quoted.words, quoted.location, found))
    for source_id, absent in absent_by_source.items():
        spans = [item.found.nearest_span for item in absent if item.found.nearest_span]
        showable = select_showable_copy_spans(dossier, source_id, spans)
        copy_in_messages = ComparedText(f"the copy of {source_id}", "source", "copy", showable, dossier.is_output_public)
        yield from (create_absent_words_violation(item, copy_in_messages) for item in absent)


@rule("evidence-unlocked")
def check_evidence_unlocked(dossier: Dossier) -> Iterator[Violation]:
    if _is_lock_unknown(dossier):
        return
    by_editor = f"an editor compares the words with the source, runs `dossier lock` and commits {LOCK_FILE_NAME}"
    for quoted in _iter_unlocked_words(dossier):
        if quoted.source_id in dossier.source_copies:
            message = f"“{quoted.words}” is in the copy of {quoted.source_id}, but not in {LOCK_FILE_NAME} yet"
            yield Violation(quoted.location, message, f"run `dossier lock` and commit {LOCK_FILE_NAME}")
        elif quoted.source_id in dossier.unquoted_hashes_by_source:
            message = f"these words were changed: {LOCK_FILE_NAME} has other words of {quoted.source_id}"
            yield Violation(
                quoted.location, message, f"take the change back, unless the source has these words; then {by_editor}"
            )
        else:
            message = f"“{quoted.words}” ({quoted.source_id}) waits for an editor's lock"
            help = f"you have done nothing wrong: {by_editor}; until then, `dossier check --pending` passes"
            yield Violation(quoted.location, message, help)


def find_waiting_evidence(dossier: Dossier) -> frozenset[Location]:
    """Where new words of sources stand, which may wait for an editor's lock; of a source with changed words none may."""
    words = () if _is_lock_unknown(dossier) else _iter_unlocked_words(dossier)
    return frozenset(quoted.location for quoted in words if quoted.source_id not in dossier.unquoted_hashes_by_source)


def _is_lock_unknown(dossier: Dossier) -> bool:
    """Whether the lock is missing or could not be read, which has one problem of its own."""
    return LOCK_FILE_NAME in dossier.unread_paths | dossier.missing_paths or not dossier.are_settings_read


def _iter_unlocked_words(dossier: Dossier) -> Iterator[_QuotedWords]:
    """Words that the lock lacks, but for those that the copy here lacks too, which have a problem of their own."""
    for quoted in _iter_quoted_words(dossier):
        copy, locked = dossier.source_copies.get(quoted.source_id), dossier.lock.sources.get(quoted.source_id, {})
        if hash_content(quoted.words) not in locked and (not copy or has_words(copy, quoted.words)):
            yield quoted


@rule("evidence-changed")
def check_evidence_changed(dossier: Dossier) -> Iterator[Violation]:
    for claim in dossier.claims.values():
        locked = dossier.lock.claims.get(claim.id)
        if locked and claim.is_published:
            yield from _compare_with_locked_claim(claim, locked)


def _compare_with_locked_claim(claim: Claim, locked: LockedClaim) -> Iterator[Violation]:
    """Yield a violation for another kind, for each source with another bearing, and for each source that is gone."""
    help = f"undo it; if it is right, an editor runs `dossier lock` and commits {LOCK_FILE_NAME}"
    if claim.kind != locked.kind:
        message = f"the kind of {claim.id} was {locked.kind} when it was last locked"
        yield Violation(claim.locate("kind"), message, help, suggest_line_edits(claim.kind, [locked.kind]))
    now, was = defaultdict[str, list[tuple[int, str]]](list), defaultdict[str, list[str]](list)
    for number, evidence in enumerate(claim.sources):
        now[evidence.id].append((number, evidence.bearing))
    for source_id, bearing in locked.bearings:
        was[source_id].append(bearing)
    for source_id, bearings in was.items():
        yield from _compare_bearings(claim, source_id, now[source_id], bearings, help)


def _compare_bearings(claim: Claim, source_id: str, now: list[tuple[int, str]], was: list[str], help: str) -> Iterator[Violation]:
    """Yield a violation for each entry of a source whose bearing was another, and for each that is gone.

    `now` has the number and bearing of each entry, `was` the locked bearings. If entries were added or taken out, those with
    the same bearing are the same.
    """
    if len(now) != len(was):
        for entry in [*now]:
            if entry[1] in was:
                was.remove(entry[1])
                now.remove(entry)
    for (number, bearing), locked_bearing in zip(now, was, strict=False):
        if bearing != locked_bearing:
            message = f"the bearing of {source_id} was {locked_bearing} when {claim.id} was last locked"
            place = claim.locate("sources", number, "bearing")
            yield Violation(place, message, help, suggest_line_edits(bearing, [locked_bearing]))
    for bearing in was[len(now) :]:
        message = f"{claim.id} had the source {source_id} (`{bearing}`) when it was last locked, and does not have it now"
        yield Violation(claim.locate("sources"), message, help)


@rule("figure-source")
def check_figure_source(dossier: Dossier) -> Iterator[Violation]:
    for claim in dossier.claims.values():
        for name, figure in claim.figures.items():
            source = dossier.sources.get(figure.source or "")
            if source and has_one_origin(figure):
                yield from _check_sourced_figure(claim, name, figure, source)


def _check_sourced_figure(claim: Claim, name: str, figure: Figure, source: Source) -> Iterator[Violation]:
    """Yield at most one violation: the source cannot hold the figure, or the claim does not quote the words that do."""
    place, number = claim.locate("figures", name, "source"), figure.value.text
    if source.kind in KINDS_WITHOUT_FIGURES or source.checked == "not-read":
        reason = "nobody read it (`checked: not-read`)" if source.checked == "not-read" else f"it is of the kind {source.kind}"
        help = (
            f"name a source that was read and has the number, or delete the figure; `kind:` and `checked:` are in {source.path}"
        )
        yield Violation(place, f"the figure `{name}` is from {source.id}, but {reason}", help)
    elif all(evidence.id != source.id for evidence in claim.sources):
        message = f"the figure `{name}` is from {source.id}, which is not among the `sources:` of this claim"
        entry = f'`- {{id: {source.id}, bearing: context, words: ["…"]}}`'
        yield Violation(place, message, f"add {entry} there, with the words in which {number} stands")
    elif not list_quoted_words(claim, source.id):
        message = f"no words of {source.id} are quoted here, so nothing shows that `{name}` is in it"
        help = f'add `words: ["…"]` to it under `sources:`, with the words in which {number} stands'
        yield Violation(place, message, help)
    elif not is_number_in_evidence(figure.value, claim, source.id):
        message = f"{number} is not in the words that this claim quotes from {source.id}"
        help = f"correct the number, or add the words in which it stands to `words:` of {source.id}"
        yield Violation(claim.locate("figures", name, "value"), message, help)
