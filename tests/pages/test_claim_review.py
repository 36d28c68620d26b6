"""A claim as ClaimReview: what search engines read of a verdict, and where there is nothing for them to read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace as changed
from pathlib import Path
from typing import Any

import pytest

from dossier.loading.running_markup import find_page_fault
from dossier.model import Dossier
from dossier.model.settings import HandwrittenPage
from dossier.model.site.release import ReleasedRecord
from dossier.output.csp import insert_csp
from dossier.output.head_elements import add_head_elements
from dossier.output.inline_scripts import TemplateScripts
from dossier.pages import Page, build_pages
from support.corrections import CLAIMED, NOTE, correct, correction
from support.reading_pages import CLAIM, DIGEST, HOSTILE, ISLAND, NOTES, at_address
from support.released import FIRST_DAY, LATER_DAY, change_released, read_released_example

Change = Callable[[Path, str, str], None]
ADDRESS = "claims/april-record/"
SITE = "https://ferry.example/count/"
SETTINGS = {"site_url": SITE, "site_name": "The ferry count", "publisher": "The Ferry Desk"}
GAZETTE_URL = "https://gazette.example/2024/05/02/ferry-record"


def test_a_review_names_claim_verdict_and_who_answers_for_it(example: Path) -> None:
    review = review_of(example)
    assert review["@context"] == "https://schema.org"
    assert review["@type"] == "ClaimReview"
    assert review["url"] == f"{SITE}claims/april-record/"
    assert review["claimReviewed"] == "The ferry carried 4,120 passengers in April 2024."
    assert review["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "Supported",
        "ratingValue": 5,
        "bestRating": 5,
        "worstRating": 1,
    }
    assert review["author"] == {
        "@type": "Organization",
        "name": "The Ferry Desk",
        "url": SITE,
        "correctionsPolicy": f"{SITE}corrections/",
    }


def test_the_claim_has_its_claimant_its_day_and_the_texts_that_print_it(example: Path, replace: Change) -> None:
    gazette = {
        "@type": "CreativeWork",
        "url": GAZETTE_URL,
        "headline": "Ferry carried a record 4,120 passengers in April",
        "publisher": {"@type": "Organization", "name": "Harbour Gazette"},
        "datePublished": "2024-05-02",
    }
    assert review_of(example)["itemReviewed"] == {
        "@type": "Claim",
        "author": {"@type": "Organization", "name": "Harbour office"},
        "datePublished": "2024-05-02",
        "appearance": [gazette],
        "firstAppearance": gazette,
    }
    replace(
        example / "annotations/parties.yml", "- id: harbour-office\n", "- id: harbour-office\n  url: https://harbour.example/\n"
    )
    assert review_of(example)["itemReviewed"]["author"]["sameAs"] == "https://harbour.example/"


def test_a_part_by_others_stands_under_its_own_address_else_under_the_articles(example: Path, replace: Change) -> None:
    replace(example / DIGEST, GAZETTE_URL, "not-established")
    [layer] = review_of(example)["itemReviewed"]["appearance"]
    assert (layer["url"], layer["publisher"]["name"], "headline" in layer) == (GAZETTE_URL, "Harbour Gazette", False)
    island = example / f"docs/articles/{ISLAND}.md"
    replace(island, f"url: {GAZETTE_URL}", "url: not-established")
    assert "appearance" not in review_of(example)["itemReviewed"]
    replace(island, "url: not-established", "url: https://island.example/ways")
    [whole] = review_of(example)["itemReviewed"]["appearance"]
    assert whole == {
        "@type": "CreativeWork",
        "url": "https://island.example/ways",
        "publisher": {"@type": "Organization", "name": "Island Digest"},
    }


def test_a_text_that_only_disputes_it_does_not_print_it(example: Path, replace: Change) -> None:
    for file in (NOTES, f"annotations/articles/{ISLAND}.yml"):
        notes = (example / file).read_text(encoding="utf-8")
        (example / file).write_text(re.sub("stance: .*", "stance: disputes", notes), encoding="utf-8")
    assert "appearance" not in review_of(example)["itemReviewed"]


@pytest.mark.parametrize("made", ["2024-05", "2024-05-02~", "2024-05-01", "not-established"])
def test_no_text_is_called_the_first_unless_it_is_of_the_day_of_the_claim(example: Path, replace: Change, made: str) -> None:
    replace(example / CLAIM, 'made: "2024-05-02"', f'made: "{made}"')
    item = review_of(example)["itemReviewed"]
    assert "firstAppearance" not in item
    assert item.get("datePublished", "") == (made if made == "2024-05-01" else "")


def test_no_text_is_called_the_first_after_an_older_one(example: Path, replace: Change) -> None:
    island = example / f"docs/articles/{ISLAND}.md"
    replace(island, 'writer: harbour-gazette, published: "2024-05-02"', 'writer: harbour-gazette, published: "2024-04"')
    replace(island, GAZETTE_URL, "https://gazette.example/2024/04/ferry")
    item = review_of(example)["itemReviewed"]
    assert [work["url"] for work in item["appearance"]] == ["https://gazette.example/2024/04/ferry", GAZETTE_URL]
    assert item["datePublished"] == "2024-05-02"
    assert "firstAppearance" not in item


def test_an_older_text_without_an_address_came_first_too(example: Path, replace: Change) -> None:
    island = example / f"docs/articles/{ISLAND}.md"
    replace(island, 'writer: harbour-gazette, published: "2024-05-02"', 'writer: harbour-gazette, published: "2024-04"')
    replace(island, f"url: {GAZETTE_URL}", "url: not-established")
    item = review_of(example)["itemReviewed"]
    assert [work["url"] for work in item["appearance"]] == [GAZETTE_URL]
    assert "firstAppearance" not in item


def test_what_could_not_be_checked_has_a_word_and_no_number(example: Path, replace: Change) -> None:
    replace(example / CLAIM, "verdict: supported", "verdict: unverifiable")
    assert review_of(example)["reviewRating"] == {"@type": "Rating", "alternateName": "Unverifiable"}


@pytest.mark.parametrize("kind", ["forecast", "judgement", "statement"])
def test_forecasts_judgements_and_what_somebody_said_have_no_review(example: Path, replace: Change, kind: str) -> None:
    replace(example / CLAIM, "kind: figure", f"kind: {kind}")
    assert page_of(read_released_example(example, **SETTINGS)).render_linked_data is None


@pytest.mark.parametrize("missing", ["publisher", "site_url"])
def test_without_address_or_anybody_who_answers_for_it_there_is_no_review(example: Path, missing: str) -> None:
    assert page_of(read_released_example(example, **SETTINGS | {missing: ""})).render_linked_data is None


def test_a_preview_and_an_unknown_verdict_have_no_review(example: Path, replace: Change) -> None:
    dossier = read_released_example(example, **SETTINGS)
    assert at_address(build_pages(dossier, preview=True), ADDRESS).render_linked_data is None
    replace(example / CLAIM, "verdict: supported", "verdict: unheard-of")
    assert page_of(read_released_example(example, **SETTINGS)).render_linked_data is None


def test_the_days_are_those_of_the_release_and_of_corrections(example: Path) -> None:
    dossier = read_released_example(example, **SETTINGS)
    assert days(dossier) == ("2024-06-03", None)
    assert days(change_released(dossier, ADDRESS, ReleasedRecord(FIRST_DAY, LATER_DAY, "0"))) == ("2024-06-03", "2024-07-01")
    assert days(change_released(dossier, ADDRESS, ReleasedRecord(None, LATER_DAY, "0"))) == (None, "2024-07-01")
    assert days(change_released(dossier, ADDRESS, None)) == (None, None)
    correct(example, CLAIMED, correction("2024-08-05"))
    dossier = changed(read_released_example(example, **SETTINGS), last_release=dossier.last_release)
    assert days(dossier) == ("2024-06-03", "2024-08-05")


def test_corrections_of_the_claim_are_in_it_and_others_are_not(example: Path) -> None:
    assert "correction" not in review_of(example)
    correct(example, CLAIMED, correction("2024-06-01", now="See [the *count*](/sources/#harbour-office-count) & that."))
    correct(example, NOTE, correction("2024-06-01"))
    assert review_of(example)["correction"] == [
        {
            "@type": "CorrectionComment",
            "url": f"{SITE}corrections/#2024-06-01.correction.claims.april-record",
            "datePublished": "2024-06-01",
            "text": "It said: One.\nIt now says: See the count & that.\nReason: A recount.",
        }
    ]


def test_pages_and_settings_that_say_how_the_site_works_are_named(example: Path) -> None:
    dossier = read_released_example(example, **SETTINGS, funding="Paid by [the harbour](https://harbour.example/) & friends.")
    dossier = changed(dossier, handwritten_pages=(*dossier.handwritten_pages, HandwrittenPage("docs/method.md", "# Method")))
    author = json.loads(rendered(dossier))["author"]
    assert author["publishingPrinciples"] == f"{SITE}method/"
    assert author["ownershipFundingInfo"] == "Paid by the harbour & friends."


@pytest.mark.parametrize(
    "hostile", [*HOSTILE, "</script><script>alert(1)</script>", "<!--<script>", "\u2028 & ' \\u003c href=javascript:alert(1)"]
)
def test_nothing_of_it_runs_or_ends_the_script_whatever_was_written(example: Path, hostile: str) -> None:
    dossier = read_released_example(example, **SETTINGS | {"publisher": hostile, "funding": hostile})
    claim = dossier.claims["april-record"].model_copy(update={"claim": hostile})
    page = page_of(changed(dossier, claims={claim.id: claim}))
    frame = '<!doctype html><html><head><meta charset="utf-8"><title>T</title></head><body><main>M</main></body></html>'
    html = insert_csp(add_head_elements(frame, page.url, page, ()), TemplateScripts(()))
    assert find_page_fault(html) == ""
    assert html.count("<script") == html.count("</script") == 1
    data = html.partition('type="application/ld+json">')[2].partition("</script>")[0]
    assert json.loads(data)["author"]["name"] == hostile
    assert not set("<>&'") & set(data)


def test_a_head_is_completed_once_and_anew(example: Path) -> None:
    page = page_of(read_released_example(example, **SETTINGS))
    theirs = '<script type="application/ld+json">{"@type": "Article"}</script>'
    frame = f"<html><head>{theirs}</head><body></body></html>"
    once = add_head_elements(frame, page.url, page, ())
    assert once.count("application/ld+json") == 2
    assert add_head_elements(once, page.url, page, ()) == once
    assert add_head_elements(once, page.url, None, ()) == frame


def page_of(dossier: Dossier) -> Page:
    return at_address(build_pages(dossier), ADDRESS)


def rendered(dossier: Dossier) -> str:
    render = page_of(dossier).render_linked_data
    assert render
    return render()


def review_of(example: Path) -> dict[str, Any]:
    review: dict[str, Any] = json.loads(rendered(read_released_example(example, **SETTINGS)))
    return review


def days(dossier: Dossier) -> tuple[str | None, str | None]:
    review = json.loads(rendered(dossier))
    return review.get("datePublished"), review.get("dateModified")
