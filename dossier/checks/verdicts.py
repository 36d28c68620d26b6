"""Rules on verdicts: combinations of verdict and evidence that are excluded. No verdict is computed from evidence.

They apply to published records; drafts may have any verdict.

| rule | excluded combination | what satisfies it |
|---|---|---|
| verdict-arithmetic | `supported`, and a stated number that does not hold | another verdict, or other figures |
| verdict-evidence | `incorrect`, and no source or calculation contradicts | a source that does, or another verdict |
| verdict-evidence | `supported`, even with a caveat, and sources that only contradict | a source that supports |
| verdict-sources | any verdict but `unverifiable` and `opinion`, and no source | a source |
| verdict-origins | "independent" or "several" in the text, and one origin | a source of another origin, or other words |
| verdict-measure | the stance `other-measure`, another verdict than `conflated`, and no note | a note, or `conflated` |
| verdict-hindsight | evidence published after the article, and no `hindsight` | a sentence under `hindsight:` |
| verdict-changed | a verdict, figure or quotation that differs from the last release (`checks/release.py`) | a correction |
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeVar

from dossier.checks.rule import Violation, rule
from dossier.model.base import Entry
from dossier.model.dossier import Dossier
from dossier.model.numbers.evaluation import iter_claim_expressions
from dossier.model.records import Annotation, Claim
from dossier.model.records.figures import Calculation

PublishableEntry = TypeVar("PublishableEntry", bound=Entry)

SUPPORTED_VERDICTS = frozenset({"supported", "supported-with-caveat"})
VERDICTS_WITHOUT_SOURCE = frozenset({"unverifiable", "opinion"})
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


@rule("verdict-evidence")
def check_verdict_evidence(dossier: Dossier) -> Iterator[Violation]:
    for claim in _filter_published_entries(dossier.claims.values()):
        bearings = {evidence.bearing for evidence in claim.sources}
        tested = list(_iter_tested_calculations(dossier, claim))
        testable = [calculation for calculation in claim.calculations if calculation.states or calculation.expression.comparison]
        all_hold = len(tested) == len(testable) and all(holds for _, holds in tested)
        if claim.verdict == "incorrect" and "contradicts" not in bearings and claim.sources and all_hold:
            message = f"{claim.id} is called incorrect, but neither a source nor its arithmetic contradicts it"
            help = "add a source with `bearing: contradicts`, or choose another verdict"
            yield Violation(claim.locate("verdict"), message, help)
        if claim.verdict in SUPPORTED_VERDICTS and "contradicts" in bearings and "supports" not in bearings:
            message = f"{claim.id} is called {claim.verdict}, but its sources only contradict it"
            yield Violation(claim.locate("verdict"), message, "add a source with `bearing: supports`, or choose another verdict")


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
        match, origins = _SEVERAL_ORIGINS_PATTERN.search(claim.explanation), dossier.collect_independent_source_ids(claim)
        all_sources_exist = all(evidence.id in dossier.sources for evidence in claim.sources)
        if match and len(origins) == 1 and all_sources_exist:
            message = f"{claim.id} ({claim.verdict}) says “{match[0]}”, but its sources have one origin, {', '.join(origins)}"
            help = "add a source with another origin, or say that they are copies of one"
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
