"""How the articles printed a claim: the verdicts on their wordings, computed from the notes, headlines apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dossier.model.dossier import Dossier
from dossier.model.headlines import is_in_heading
from dossier.model.records import Annotation, Claim, Verdict
from dossier.model.wording import format_count

FAULT_WORDS_BY_TONE = {"fails": "wrong", "caution": "inexact"}
"""What an article's wording is called by the tone of its verdict, the worst first."""


class PrintedTally(NamedTuple):
    """Where an article has the words ("Headlines"), and the number of wordings with each verdict, in the order of the scale."""

    place: str
    verdicts: tuple[tuple[Verdict, int], ...]


def list_printed_tallies(dossier: Dossier, claim: Claim) -> list[PrintedTally]:
    """The verdicts on the wordings of a claim in headlines and in running text; places without any are left out."""
    notes = dossier.annotations_by_claim.get(claim.id, ())
    headlines = _count_wordings(dossier, (note for note in notes if is_in_heading(dossier, note)))
    texts = _count_wordings(dossier, (note for note in notes if not is_in_heading(dossier, note)))
    rated = [verdict for verdict, _ in headlines if verdict.rating]
    is_none_right = rated and all(verdict.tone in FAULT_WORDS_BY_TONE for verdict in rated)
    tallies = (
        PrintedTally("No headline holds as printed" if is_none_right else "In headlines", headlines),
        PrintedTally("In the text", texts),
    )
    return [tally for tally in tallies if tally.verdicts]


class FaultyPrintings(NamedTuple):
    """In how many articles a claim was printed wrongly or inexactly, in words, and the tone of the worst of them."""

    description: str
    """ "Wrong in 1 article, inexact in 2 articles"; empty if in none."""
    tone: str


def describe_faulty_printings(dossier: Dossier, claim: Claim) -> FaultyPrintings:
    """Count the articles in which a claim was printed wrongly or inexactly, each once and by the worst of its wordings."""
    tones: dict[str, set[str]] = {tone: set() for tone in FAULT_WORDS_BY_TONE}
    for note in dossier.annotations_by_claim.get(claim.id, ()):
        verdict = dossier.get_verdict(note)
        if verdict and verdict.tone in tones:
            tones[verdict.tone].add(note.article)
    tones["caution"] -= tones["fails"]
    counts = {tone: len(articles) for tone, articles in tones.items() if articles}
    words = (f"{FAULT_WORDS_BY_TONE[tone]} in {format_count(number, 'article')}" for tone, number in counts.items())
    return FaultyPrintings(", ".join(words).capitalize(), next(iter(counts), "none"))


def _count_wordings(dossier: Dossier, notes: Iterable[Annotation]) -> tuple[tuple[Verdict, int], ...]:
    counts = Counter(_iter_verdict_ids(dossier, notes))
    return tuple((verdict, counts[verdict.id]) for verdict in dossier.verdicts.values() if counts[verdict.id])


def _iter_verdict_ids(dossier: Dossier, notes: Iterable[Annotation]) -> Iterator[str]:
    for note in notes:
        if verdict := dossier.get_verdict(note):
            yield verdict.id
