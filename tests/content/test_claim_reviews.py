"""The ClaimReviews of the real dossier, held against schema.org's types."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dossier.loading import read_dossier
from dossier.pages.claim.review import build_claim_review, has_claim_review
from support.dossiers import ROOT
from support.schema_types import find_type_faults


@pytest.mark.slow
def test_all_reviews_are_what_schema_org_says_they_are(tmp_path: Path) -> None:
    dossier = read_dossier(ROOT)
    settings = replace(dossier.settings, site_url="https://dossier.example/", publisher="The Desk")
    dossier = replace(dossier, settings=settings).only_published()
    reviews = [build_claim_review(dossier, claim) for claim in dossier.claims.values() if has_claim_review(dossier, claim)]
    assert len(reviews) > 10
    assert find_type_faults(tmp_path, "ClaimReview", reviews) == []
