"""Rules on verdicts: combinations of verdict and evidence that are excluded. No verdict is computed from evidence.

They apply to published records; drafts may have any verdict.

| rule | excluded combination | what satisfies it |
|---|---|---|
| verdict-arithmetic | `supported`, and a stated number that does not hold | another verdict, or other figures |
| verdict-kind | a verdict on a claim of a kind that its record does not name | another verdict, or the true kind |
| verdict-scale | a tick, a tone `holds` or a rating for what is not judged | `tone: open`, or fewer kinds |
| verdict-evidence | `incorrect`, and no counted source or calculation against | a source that is, or another verdict |
| verdict-evidence | `supported`, even with a caveat, and no counted source or calculation for | a source that is |
| verdict-evidence | `said`, and the words are neither in a counted source nor the claimant's in a note | either of them |
| verdict-sources | any verdict but `unverifiable` and `opinion`, and no source | a source |
| verdict-origins | "independent" or "several" in the text, and one origin or collector | another source, or other words |
| verdict-measure | the stance `other-measure`, another verdict than `conflated`, and no note | a note, or `conflated` |
| verdict-hindsight | evidence published after the article, and no `hindsight` | a sentence under `hindsight:` |
| verdict-changed | a verdict, figure or quotation that differs from the last release (`checks/release.py`) | a correction |
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from dossier.checks.rule import Violation, rule
from dossier.model.base import Entry
from dossier.model.dossier import Dossier
from dossier.model.evidence import EvidenceGroup
from dossier.model.numbers.evaluation import iter_claim_expressions
from dossier.model.problems.problem import suggest_line_edits
from dossier.model.records import LAYER_WRITER_ID, Annotation, Claim
from dossier.model.records.figures import Calculation

PublishableEntry = TypeVar("PublishableEntry", bound=Entry)

SUPPORTED_VERDICTS = frozenset({"supported", "supported-with-caveat"})
VERDICTS_WITHOUT_SOURCE = frozenset({"unverifiable", "opinion"})
SAID_VERDICT = "said"
"""The verdict on claims that somebody said something: the words are theirs, and their truth is not judged."""

_UNRATED_KINDS = frozenset({"forecast", "judgement"})
_KINDS_WITHOUT_APPROVAL = _UNRATED_KINDS | {"statement"}
_TICKS = frozenset({"tick", "tick-open"})
_ARTICLE_FOLDERS = ("annotations/articles", "docs/articles")
"""Folders of the files with the words that a claim judges and their dates."""

_SEVERAL_ORIGINS_PATTERN = re.compile(r"\b(?:independent(?:ly)?|several)\b", re.IGNORECASE)


@rule("verdict-arithmetic")
def check_verdict_arithmetic(dossier: Dossier) -> Iterator[Violation]:
    for claim in _filter_published_entries(dossier.claims.values()):
        tested = list(_iter_tested_calculations(dossier, claim))
        failed = next((calculation for calculation, holds in tested if not holds), None)
        if claim.verdict == "supported" and failed:
            message = f"{claim.id} is called supported, but {_format_stated_value(failed)} does not hold (`{failed.id}`)"
            yield Violation(claim.locate("verdict"), message, "choose another verdict, or correct the figures")
        for calculation, holds in tested:
            note = dossier.get_annotation(calculation.at) if calculation.at and not holds else None
            if note and note.verdict == "supported":
                stated = _format_stated_value(calculation)
                message = f"the wording of `{note.id}` is called supported, but {stated} does not hold ({claim.id})"
                yield Violation(note.locate("verdict"), message, "choose another verdict, or correct the figures")


@rule("verdict-kind")
def check_verdict_kind(dossier: Dossier) -> Iterator[Violation]:
    for claim in _filter_published_entries(dossier.claims.values()):
        if fault := _find_kind_fault(dossier, claim.verdict, claim):
            yield Violation(claim.locate("verdict"), *fault)
    for note in _filter_published_entries(dossier.iter_annotations()):
        judged_claim = dossier.claims.get(note.claim or "")
        if note.verdict and judged_claim and (fault := _find_kind_fault(dossier, note.verdict, judged_claim)):
            yield Violation(note.locate("verdict"), *fault)


def _find_kind_fault(dossier: Dossier, verdict_id: str, claim: Claim) -> tuple[str, str] | None:
    """Message and cure where a verdict may not stand on claims of a claim's kind; None where it may, or does not exist."""
    verdict = dossier.verdicts.get(verdict_id)
    if not verdict or claim.kind in verdict.kinds:
        return None
    allowed = [other.id for other in dossier.verdicts.values() if claim.kind in other.kinds]
    message = f"the verdict {verdict.id} is for {', '.join(verdict.kinds)}, and {claim.id} is of the kind {claim.kind}"
    return message, f"write {' or '.join(allowed) or 'a verdict for this kind'}, or correct `kind:` in {claim.path}"


@rule("verdict-scale")
def check_verdict_scale(dossier: Dossier) -> Iterator[Violation]:
    for verdict in dossier.verdicts.values():
        unjudged = [kind for kind in verdict.kinds if kind in _KINDS_WITHOUT_APPROVAL]
        is_unrated = verdict.id == SAID_VERDICT or not _UNRATED_KINDS.isdisjoint(verdict.kinds)
        if is_unrated and verdict.rating:
            help = "delete `rating:`, or take these kinds out of `kinds:`"
            yield Violation(verdict.locate("rating"), f"{verdict.id} may stand on a {unjudged[0]}, which is not rated", help)
        if unjudged and verdict.shape in _TICKS:
            help = "draw another shape, or take these kinds out of `kinds:`"
            yield Violation(verdict.locate("shape"), f"{verdict.id} may stand on a {unjudged[0]}, which gets no tick", help)
        if (is_unrated and verdict.tone != "open") or (unjudged and verdict.tone == "holds"):
            message = f"{verdict.id} may stand on a {unjudged[0]}, whose truth it does not judge"
            help = "write `tone: open`, or take these kinds out of `kinds:`"
            yield Violation(verdict.locate("tone"), message, help, suggest_line_edits(verdict.tone, ["open"]))


@rule("verdict-evidence")
def check_verdict_evidence(dossier: Dossier) -> Iterator[Violation]:
    for claim in _filter_published_entries(dossier.claims.values()):
        tested = list(_iter_tested_calculations(dossier, claim))
        testable = [calculation for calculation in claim.calculations if calculation.states or calculation.expression.comparison]
        if len(tested) < len(testable) or not claim.sources or any(item.id not in dossier.sources for item in claim.sources):
            continue  # a wrong calculation, a source that does not exist and a claim without sources have their own problems
        results, balance = {holds for _, holds in tested}, dossier.balances_by_claim[claim.id]
        if claim.verdict == "incorrect" and not balance.counted_against and False not in results:
            message = f"{claim.id} is called incorrect, but neither a source nor its arithmetic contradicts it"
            yield Violation(claim.locate("verdict"), message, _describe_cure(balance.contradicting, "contradicts"))
        is_upheld = balance.counted_for or (True in results and not balance.contradicting)
        if claim.verdict in SUPPORTED_VERDICTS and not is_upheld:
            message = f"{claim.id} is called {claim.verdict}, but nothing counts for it"
            yield Violation(claim.locate("verdict"), message, _describe_cure(balance.supporting, "supports"))
    yield from _check_said_claims(dossier)


def _describe_cure(groups: Sequence[EvidenceGroup], bearing: str) -> str:
    """What to do where nothing counts: what the sources with that bearing lack, or that there is none."""
    unread = [item.source.id for group in groups for item in group.items if item.discount == "not-read"]
    unquoted = [item.source.id for group in groups for item in group.items if item.discount == "no-words"]
    if unquoted:
        return f"quote {' or '.join(unquoted)} with `words:`, without which it does not count; or choose another verdict"
    if unread:
        return f"read {' or '.join(unread)} and quote it with `words:`; or choose another verdict"
    return f"add a source with `bearing: {bearing}` and `words:`, or choose another verdict"


def _check_said_claims(dossier: Dossier) -> Iterator[Violation]:
    """Yield a violation for each claim that is called said, and whose words stand nowhere."""
    for claim in _filter_published_entries(dossier.claims.values()):
        notes = _filter_published_entries(dossier.annotations_by_claim.get(claim.id, ()))
        if claim.verdict == SAID_VERDICT and not (
            dossier.balances_by_claim[claim.id].counted_for or any(_is_said_in(dossier, note, claim) for note in notes)
        ):
            message = f"{claim.id} is called {claim.verdict}, but the words stand nowhere"
            help = (
                "quote a source that was read and has them (`bearing: supports`, `words:`), or a note with `stance: as-stated` "
                "in which the claimant is the speaker"
            )
            yield Violation(claim.locate("verdict"), message, help)


def _is_said_in(dossier: Dossier, note: Annotation, claim: Claim) -> bool:
    """Whether a note quotes the claimant, or somebody who speaks for the same organisation, with the claim as it is stated."""
    article, anchor, speaker = dossier.articles.get(note.article), dossier.find_anchor(note), note.speaker
    if speaker == LAYER_WRITER_ID:
        speaker = (article.get_writer_id(anchor.span.paragraph) if article and anchor else None) or ""
    find_organisation = dossier.evidence_scale.find_organisation
    return note.stance == "as-stated" and bool(speaker) and find_organisation(speaker) == find_organisation(claim.claimant)


@rule("verdict-sources")
def check_verdict_sources(dossier: Dossier) -> Iterator[Violation]:
    for claim in _filter_published_entries(dossier.claims.values()):
        if _is_claim_unsourced(claim):
            message = f"{claim.id} is called {claim.verdict}, but has no source"
            yield Violation(claim.locate("verdict"), message, "add a source, or choose unverifiable or opinion")
    for note in _filter_published_entries(dossier.iter_annotations()):
        judged_claim = dossier.claims.get(note.claim or "")
        if note.claim and (not judged_claim or judged_claim.sources or _is_claim_unsourced(judged_claim)):
            continue  # the sources of its claim apply; a missing claim and a claim without sources have their own problems
        if note.verdict and note.verdict not in VERDICTS_WITHOUT_SOURCE and not note.sources:
            message = f"the wording of `{note.id}` is called {note.verdict}, but has no source"
            help = "add a source here or to the claim, or choose unverifiable or opinion"
            yield Violation(note.locate("verdict"), message, help)


@rule("verdict-origins")
def check_verdict_origins(dossier: Dossier) -> Iterator[Violation]:
    for claim in _filter_published_entries(dossier.claims.values()):
        match, origins = _SEVERAL_ORIGINS_PATTERN.search(claim.explanation), dossier.evidence_scale.list_origins(claim)
        all_sources_exist = all(evidence.id in dossier.sources for evidence in claim.sources)
        if match and len(origins) == 1 and all_sources_exist:
            message = f"{claim.id} ({claim.verdict}) says “{match[0]}”, but all its sources go back to the {origins[0]}"
            help = "add a source with another origin and another collector, or say that they are copies of one"
            yield Violation(claim.locate("explanation"), message, help)


@rule("verdict-measure")
def check_verdict_measure(dossier: Dossier) -> Iterator[Violation]:
    for note in _filter_published_entries(dossier.iter_annotations()):
        if note.stance == "other-measure" and note.verdict and note.verdict != "conflated" and not note.note:
            message = f"`{note.id}` has another measure than {note.claim}, is called {note.verdict}, and has no `note:` on that"
            yield Violation(note.locate("verdict"), message, "add `note:`, or choose conflated")


@rule("verdict-hindsight")
def check_verdict_hindsight(dossier: Dossier) -> Iterator[Violation]:
    help = "add `hindsight:` with a sentence for readers on what was not known then"
    needless = "no source here was published after the text that it is used to judge"
    all_articles_read = not any(path.startswith(_ARTICLE_FOLDERS) for path in dossier.unread_paths)
    for claim in _filter_published_entries(dossier.claims.values()):
        for number, evidence in enumerate(claim.sources):
            notes = dossier.annotations_by_claim.get(claim.id, ()) if evidence.bearing != "context" else ()
            note_by_lateness = {_is_source_later_than_print(dossier, evidence.id, note): note for note in notes}
            if True in note_by_lateness and not evidence.hindsight:
                judged_words = f"{note_by_lateness[True].article}, whose words it is used to judge ({claim.id}, {claim.verdict})"
                yield Violation(claim.locate("sources", number, "id"), f"{evidence.id} was published after {judged_words}", help)
            elif evidence.hindsight and all_articles_read and note_by_lateness.keys() <= {False}:
                yield Violation(claim.locate("sources", number, "hindsight"), needless, "delete `hindsight:`")
    for note in _filter_published_entries(dossier.iter_annotations()):
        judging = note.sources if note.claim or note.verdict else ()
        source_by_lateness = {_is_source_later_than_print(dossier, source, note): source for source in judging}
        if True in source_by_lateness and not note.hindsight:
            judged_words = f"{note.article}, whose words it is used to judge (`{note.id}`)"
            yield Violation(note.locate("sources"), f"{source_by_lateness[True]} was published after {judged_words}", help)
        elif note.hindsight and source_by_lateness.keys() <= {False}:
            yield Violation(note.locate("hindsight"), needless, "delete `hindsight:`")


def _filter_published_entries(entries: Iterable[PublishableEntry]) -> Iterator[PublishableEntry]:
    return (entry for entry in entries if entry.is_published)


def _iter_tested_calculations(dossier: Dossier, claim: Claim) -> Iterator[tuple[Calculation, bool]]:
    """The calculations of a claim that test a statement, and whether it holds; wrong ones have their own problems."""
    for formula in iter_claim_expressions(claim):
        holds = dossier.evaluator.is_statement_true(formula)
        if isinstance(formula.owner, Calculation) and holds is not None and holds == formula.owner.holds:
            yield formula.owner, holds


def _format_stated_value(calculation: Calculation) -> str:
    return f"“{calculation.states.text}”" if calculation.states else f"`{calculation.expression.text}`"


def _is_claim_unsourced(claim: Claim) -> bool:
    """Whether a claim has a verdict that needs a source, and has none."""
    return not claim.sources and claim.verdict not in VERDICTS_WITHOUT_SOURCE


def _is_source_later_than_print(dossier: Dossier, source_id: str, note: Annotation) -> bool | None:
    """Whether a source was published after the words of a note were; None if the dates do not decide it."""
    source, printed = dossier.sources.get(source_id), dossier.get_printing_date(note) if dossier.find_anchor(note) else None
    if not source or not source.known_from or not printed:
        return None
    if source.known_from.earliest_day > printed.latest_day:
        return True
    return False if source.known_from.latest_day <= printed.earliest_day else None
