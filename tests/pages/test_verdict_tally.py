"""The tally of verdicts by claimant, and the words of a dossier in which nobody was asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace as changed
from pathlib import Path

from dossier.pages.directives import render_directive
from dossier.pages.verdict_tally import count_verdicts_by_claimant
from support.dossiers import read_example
from support.reading_pages import CLAIM, parse, words

Change = Callable[[Path, str, str], None]


def test_claims_count_with_the_organisation_that_their_claimant_speaks_for(example: Path, replace: Change) -> None:
    parties = example / "annotations/parties.yml"
    replace(parties, "  role: People who run the ferry\n", "  role: People\n  speaks_for: harbour-office\n")
    add_claims(example, ("a", "harbour-office", "figure", "imprecise"), ("b", "ferry-crew", "fact", "incorrect"))
    add_claims(example, ("c", "ferry-crew", "statement", "said"), ("d", "not-established", "fact", "supported"))
    tallies = count_verdicts_by_claimant(read_example(example))
    assert [(tally.claimant, tally.claim_count, tally.unjudged_count) for tally in tallies] == [
        ("harbour-office", 4, 1),
        (None, 1, 0),
    ]
    counts = [[(verdict.id, number) for verdict, number in tally.verdicts] for tally in tallies]
    assert counts == [[("supported", 1), ("imprecise", 1), ("incorrect", 1)], [("supported", 1)]]


def test_the_tally_says_who_was_asked_and_whether_a_second_person_read_the_claims(example: Path, replace: Change) -> None:
    shown = tally(example)
    assert "Harbour office: 1 claim Supported 1" in shown
    assert "No second person has compared a claim with its sources. Nobody named here has been asked about a verdict." in shown
    add_claims(example, ("a", "harbour-office", "figure", "imprecise"))
    replies = 'replies: [{party: harbour-office, asked: "2024-05-20"}]\nreviewer: Ben Tern\nreviewed:'
    replace(example / CLAIM, "reviewed:", replies)
    assert (
        "A second person has compared 1 of 2 claims with their sources. Parties were asked about our verdict on 1 claim."
        in tally(example)
    )


def test_without_claims_the_tally_says_so(example: Path) -> None:
    dossier = changed(read_example(example), claims={})
    assert "No claim has been checked yet." in words(parse(render_directive("tally", dossier, "method/")))


def tally(example: Path) -> str:
    return words(parse(render_directive("tally", read_example(example), "method/")))


def add_claims(example: Path, *claims: tuple[str, str, str, str]) -> None:
    """Write claims without figures: id, claimant, kind and verdict of each."""
    text = (example / CLAIM).read_text(encoding="utf-8").partition("context:")[0]
    for name, claimant, kind, verdict in claims:
        claim = text.replace("kind: figure", f"kind: {kind}").replace("verdict: supported", f"verdict: {verdict}")
        claim = claim.replace("claimant: harbour-office", f"claimant: {claimant}")
        (example / CLAIM).with_name(f"{name}.yml").write_text(claim, encoding="utf-8")
