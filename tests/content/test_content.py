"""The real dossier is whole: what its readers are promised is there, and stays there."""

from __future__ import annotations

import os

import pytest

from dossier.checks import check_dossier
from dossier.loading import read_dossier
from dossier.model import Dossier
from dossier.model.quotations.capture import count_words
from support.dossiers import ROOT

PENDING = os.environ.get("DOSSIER_PENDING")
"""Set where quotations may wait for an editor's lock: on a pull request, which has a job of its own for them."""

UNANNOTATED = ("furniture", "caption")
"""Kinds of paragraphs whose digits need no note."""


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    """The real dossier as everybody has it, without captures."""
    return read_dossier(ROOT)


def test_it_is_clean_to_the_last_notice(dossier: Dossier) -> None:
    assert [problem for problem in check_dossier(dossier) if not (PENDING and problem.rule == "quote-unlocked")] == []


@pytest.mark.parametrize(("records", "least"), [("claims", 50), ("events", 45), ("sources", 100), ("parties", 35)])
def test_it_has_as_many_records_as_its_subject_needs(dossier: Dossier, records: str, least: int) -> None:
    assert len(getattr(dossier, records)) >= least


def test_every_verdict_has_a_word_and_a_shape_of_its_own(dossier: Dossier) -> None:
    verdicts = dossier.verdicts.values()
    assert len({verdict.label for verdict in verdicts}) == len({verdict.shape for verdict in verdicts}) == len(verdicts)


def test_the_articles_are_annotated_claim_by_claim(dossier: Dossier) -> None:
    assert sum(map(len, dossier.annotations.values())) >= 100
    assert len({(note.claim, note.article) for note in dossier.iter_annotations() if note.claim}) >= 90


def test_a_digest_is_long_enough_to_say_who_says_what(dossier: Dossier) -> None:
    said = {slug: "".join(passage.text for passage in article.digest.passages) for slug, article in dossier.articles.items()}
    lengths = {slug: count_words(text) for slug, text in said.items()}
    assert {slug: length for slug, length in lengths.items() if length < 120} == {}


def test_every_claim_rests_on_a_source_or_is_an_opinion_or_unverifiable(dossier: Dossier) -> None:
    bare = [claim.id for claim in dossier.claims.values() if not claim.sources]
    assert [name for name in bare if dossier.claims[name].verdict not in ("opinion", "unverifiable")] == []


@pytest.mark.parametrize("slug", sorted(read_dossier(ROOT).articles))
def test_every_paragraph_with_a_digit_has_a_note(dossier: Dossier, slug: str) -> None:
    if PENDING and not all(map(dossier.find_anchor, dossier.annotations[slug])):
        return  # the editor who locks the quotation sees where it stands
    noted = {found.span.paragraph for note in dossier.annotations[slug] if (found := dossier.find_anchor(note))}
    outlines = enumerate(dossier.get_paragraph_outlines(slug), 1)
    with_digits = {number for number, outline in outlines if outline.numbers and outline.kind not in UNANNOTATED}
    assert with_digits - noted == set()


def test_both_sides_speak_on_the_timeline_in_every_year(dossier: Dossier) -> None:
    for year in (2019, 2020, 2021):
        voices = {voice for event in dossier.events.values() if event.date.earliest_day[0] == year for voice in event.voices}
        assert {"company", "child-safety", "government"} <= voices
        assert voices & {"privacy", "research"}
