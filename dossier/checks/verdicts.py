"""Verdict gates: what cannot stand together. No verdict is computed; a gate only says which ones the evidence leaves open.

| gate | cannot stand together | what satisfies it |
|---|---|---|
| verdict-arithmetic | `supported`, and a number as stated that does not hold | another verdict, or other figures |
| verdict-arithmetic | `incorrect`, where all stated holds and no source contradicts | a source that does, or another verdict |
| verdict-sources | any verdict but `unverifiable` and `opinion`, and no source | a source |
| verdict-origins | "independent" or "several" in the text, and sources of one origin | sources of other origins, or other words |
| verdict-measure | the stance `other-measure`, another verdict than `conflated`, and no note | a note, or `conflated` |
| verdict-hindsight | evidence that became public only after the article, and no `hindsight` | a sentence under `hindsight:` |
| verdict-changed | a verdict, figure or quotation other than at the last release (`checks/release.py`) | a correction |
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dossier.checks.rule import Fault, rule
from dossier.model.dossier import Dossier
from dossier.model.evidence import Calculation
from dossier.model.problem import Unreadable
from dossier.model.records import Annotation, Claim
from dossier.model.workings import formulas

NEEDS_NO_SOURCE = frozenset({"unverifiable", "opinion"})
_MANY = re.compile(r"\b(?:independent(?:ly)?|several)\b", re.IGNORECASE)


@rule("verdict-arithmetic")
def verdict_arithmetic(dossier: Dossier) -> Iterator[Fault]:
    for claim in dossier.claims.values():
        tested = list(_tested(dossier, claim))
        failed = next((calculation for calculation, holds in tested if not holds), None)
        if claim.verdict == "supported" and failed:
            message = f"{claim.id} is called supported, but {_stated(failed)} does not hold (`{failed.id}`)"
            yield Fault(claim.place("verdict"), message, "choose a verdict that says so, or correct the figures")
        contradicted = any(evidence.bearing == "contradicts" for evidence in claim.sources)
        if claim.verdict == "incorrect" and tested and not failed and not contradicted:
            message = f"{claim.id} is called incorrect, but {_stated(tested[0][0])} holds, and no source contradicts it"
            yield Fault(claim.place("verdict"), message, "choose another verdict, or name a source with `bearing: contradicts`")


@rule("verdict-sources")
def verdict_sources(dossier: Dossier) -> Iterator[Fault]:
    for claim in dossier.claims.values():
        if not claim.sources and claim.verdict not in NEEDS_NO_SOURCE:
            message = f"{claim.id} is called {claim.verdict}, but rests on no source"
            yield Fault(claim.place("verdict"), message, "name a source, or choose unverifiable or opinion")
    for note in dossier.all_annotations():
        claim_of = dossier.claims.get(note.claim or "")
        if note.verdict and note.verdict not in NEEDS_NO_SOURCE and not note.sources and not (claim_of and claim_of.sources):
            message = f"the wording of `{note.id}` is called {note.verdict}, but rests on no source"
            yield Fault(note.place("verdict"), message, "name a source here or on the claim, or choose unverifiable or opinion")


@rule("verdict-origins")
def verdict_origins(dossier: Dossier) -> Iterator[Fault]:
    for claim in dossier.claims.values():
        said, origins = _MANY.search(claim.explanation), dossier.origins(claim)
        if said and len(origins) == 1:
            message = f"“{said[0]}”, says {claim.id} ({claim.verdict}), but its sources all go back to {', '.join(origins)}"
            yield Fault(
                claim.place("explanation"), message, "name a source of another origin, or say that they are copies of one"
            )


@rule("verdict-measure")
def verdict_measure(dossier: Dossier) -> Iterator[Fault]:
    for note in dossier.all_annotations():
        if note.stance == "other-measure" and note.verdict and note.verdict != "conflated" and not note.note:
            message = f"`{note.id}` puts {note.claim} in another measure, is called {note.verdict}, and nothing explains it"
            yield Fault(note.place("verdict"), message, "explain it in `note:`, or choose conflated")


@rule("verdict-hindsight")
def verdict_hindsight(dossier: Dossier) -> Iterator[Fault]:
    help = "add `hindsight:` with a sentence that tells readers what was not known then"
    stale = "every source named here was public before what it judges"
    for claim in dossier.claims.values():
        for number, evidence in enumerate(claim.sources):
            notes = dossier.appearances.get(claim.id, ()) if evidence.bearing != "context" else ()
            late = [note for note in notes if dossier.verdict_of(note) and _known_only_after(dossier, evidence.id, note)]
            if late and not evidence.hindsight:
                judged = f"{late[0].article}, whose words it judges ({claim.id}, {claim.verdict})"
                message = f"{evidence.id} became public only after {judged}"
                yield Fault(claim.place("sources", number, "id"), message, help)
            elif evidence.hindsight and not late:
                yield Fault(claim.place("sources", number, "hindsight"), stale, "delete the line")
    for note in dossier.all_annotations():
        judging = note.sources if dossier.verdict_of(note) else ()
        later = [source for source in judging if _known_only_after(dossier, source, note)]
        if later and not note.hindsight:
            message = f"{later[0]} became public only after {note.article}, whose words it judges (`{note.id}`)"
            yield Fault(note.place("sources"), message, help)
        elif note.hindsight and not later:
            yield Fault(note.place("hindsight"), stale, "delete the line")


def _tested(dossier: Dossier, claim: Claim) -> Iterator[tuple[Calculation, bool]]:
    """The calculations of a claim that test something stated, and whether it holds, by the arithmetic itself."""
    for formula in formulas(claim):
        try:
            holds = dossier.workings.holds(formula)
        except Unreadable:
            continue
        if holds is not None and isinstance(formula.owner, Calculation):
            yield formula.owner, holds


def _stated(calculation: Calculation) -> str:
    return f"“{calculation.states.text}”" if calculation.states else f"`{calculation.expression.text}`"


def _known_only_after(dossier: Dossier, source_id: str, note: Annotation) -> bool:
    """Whether a source became public after the words of a note had been printed; where a day is not known, no."""
    source, printed = dossier.sources.get(source_id), dossier.printed(note)
    return bool(source and source.known_from and printed and source.known_from.earliest > printed.latest)
