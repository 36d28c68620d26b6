"""ClaimReview as others read it: schema.org's types, held against it by TypeScript, and extruct, which finds it in pages."""

from __future__ import annotations

import copy
import json
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dossier.loading import read_dossier
from dossier.pages.claim.review import build_claim_review
from support.built_site import verify_site
from support.corrections import CLAIMED, correct, correction
from support.reading_pages import CLAIM
from support.released import read_released_example
from support.schema_types import find_type_faults

Spoil = Callable[[dict[str, Any]], object]
SETTINGS = {"site_url": "https://ferry.example/count/", "publisher": "The Ferry Desk", "funding": "Paid by the harbour."}


def reviews_of(example: Path) -> list[dict[str, Any]]:
    """Reviews with all that one can have, and with a verdict that has no number."""
    correct(example, CLAIMED, correction("2024-06-01"))
    whole = build_claim_review(read_released_example(example, **SETTINGS), read_released_example(example).claims["april-record"])
    file = example / CLAIM
    file.write_text(file.read_text(encoding="utf-8").replace("verdict: supported", "verdict: unverifiable"), encoding="utf-8")
    dossier = read_released_example(example, **SETTINGS)
    return [whole, build_claim_review(dossier, dossier.claims["april-record"])]


def test_reviews_are_what_schema_org_says_they_are(example: Path, tmp_path: Path) -> None:
    reviews = reviews_of(example)
    assert {"datePublished", "dateModified", "correction"} <= reviews[0].keys()
    assert "ratingValue" not in reviews[1]["reviewRating"]
    assert find_type_faults(tmp_path, "ClaimReview", reviews) == []


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda review: review["reviewRating"].update(ratingvalue=3), "ratingvalue"),
        (lambda review: review["itemReviewed"].update(apearance=[]), "apearance"),
        (lambda review: review["itemReviewed"]["author"].update({"@type": "Organisation"}), "Organisation"),
        (lambda review: review["correction"][0].update({"@type": "Correction"}), "Correction"),
        (lambda review: review["author"].update(fundingInfo="x"), "fundingInfo"),
        (lambda review: review.update(claimReviewed={"@type": "Thing"}), "claimReviewed"),
    ],
)
def test_a_poisoned_review_is_refused(example: Path, tmp_path: Path, spoil: Spoil, told: str) -> None:
    poisoned = copy.deepcopy(reviews_of(example)[0])
    spoil(poisoned)
    assert told in "\n".join(find_type_faults(tmp_path, "ClaimReview", [poisoned]))


def extract(html: str) -> list[dict[str, Any]]:
    """What extruct finds in a page as JSON-LD; skips where it is not installed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it imports
        extruct: Any = pytest.importorskip("extruct", reason="extruct is not installed (`make test` does it)")
        found: list[dict[str, Any]] = extruct.extract(html, syntaxes=["json-ld"], errors="strict")["json-ld"]
    return found


@pytest.mark.site
def test_a_reader_of_pages_finds_the_review_on_the_claims_page_only(released_site: Path) -> None:
    html = (released_site / "claims/april-record/index.html").read_text(encoding="utf-8")
    [review] = extract(html)
    assert review == build_claim_review_of_site(released_site)
    assert review["datePublished"] == "2024-06-03"
    others = set(released_site.rglob("index.html")) - {released_site / "claims/april-record/index.html"}
    assert [file for file in others if 'type="application/ld+json"' in file.read_text(encoding="utf-8")] == []
    assert verify_site(released_site.parent, released_site) == (0, "0 errors, 0 notices\n")


@pytest.mark.site
def test_a_reader_of_pages_refuses_a_poisoned_review(released_site: Path) -> None:
    html = (released_site / "claims/april-record/index.html").read_text(encoding="utf-8")
    with pytest.raises(json.JSONDecodeError):
        extract(html.replace('"reviewRating": {', '"reviewRating": {{', 1))
    assert extract(html.replace("application/ld+json", "application/json", 1)) == []


def build_claim_review_of_site(site: Path) -> dict[str, Any]:
    dossier = read_dossier(site.parent)
    return build_claim_review(dossier, dossier.claims["april-record"])
