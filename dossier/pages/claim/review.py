"""A claim as ClaimReview (https://schema.org/ClaimReview), the data by which fact-check search engines find a verdict.

Only facts and figures are reviewed. A forecast, a judgement and the fact that somebody said something are not rated here,
and a review would say that they are.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import unescape
from typing import Any
from urllib.parse import quote

from dossier.model.dossier import Dossier
from dossier.model.records import Article, Claim, Party, Verdict, get_claim_url
from dossier.model.site.addresses import CorrectedEntry, list_entry_corrections
from dossier.model.site.release import get_released_record
from dossier.pages.citing.items import drop_empty_values
from dossier.pages.compare.texts import ComparisonColumn, group_notes_by_text
from dossier.pages.context import render_plain_line
from dossier.pages.markdown import render_markdown_html

REVIEWED_KINDS = ("fact", "figure")
"""Kinds of claims that are reviewed."""

_WORST_RATING, _BEST_RATING = 1, 5
_MARKUP_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&='\u2028\u2029"}
"""With these the JSON can stand in a `<script>`, whatever a text in it says."""


def has_claim_review(dossier: Dossier, claim: Claim) -> bool:
    """Whether a claim is reviewed: a fact or figure with a verdict, on a site with an address that somebody answers for."""
    settings = dossier.settings
    return bool(settings.site_url and settings.publisher and claim.kind in REVIEWED_KINDS and claim.verdict in dossier.verdicts)


def render_claim_review(dossier: Dossier, claim: Claim) -> str:
    """The review of a claim as JSON-LD, for a `<script type="application/ld+json">`."""
    return json.dumps(build_claim_review(dossier, claim), ensure_ascii=False).translate(_MARKUP_ESCAPES)


def build_claim_review(dossier: Dossier, claim: Claim) -> dict[str, Any]:
    """The review of a claim. What the records leave open is not in it."""
    site_url, released = dossier.settings.site_url, get_released_record(dossier.last_release, claim)
    corrections = list_entry_corrections(claim)
    changes = [released.changed.isoformat()] if released.changed else []
    changes += [str(corrected.correction.date) for corrected in corrections]
    return drop_empty_values(
        {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "url": site_url + get_claim_url(claim.id),
            "claimReviewed": render_plain_line(claim.claim),
            "itemReviewed": _describe_reviewed_claim(dossier, claim),
            "reviewRating": _describe_rating(dossier.verdicts[claim.verdict]),
            "author": _describe_publisher(dossier),
            "datePublished": released.published.isoformat() if released.published else "",
            "dateModified": max(changes, default=""),
            "correction": [_describe_correction(corrected, site_url) for corrected in corrections],
        }
    )


def _describe_reviewed_claim(dossier: Dossier, claim: Claim) -> dict[str, Any]:
    texts = _list_printing_texts(dossier, claim)
    works: dict[str, dict[str, Any]] = {}
    for work in filter(None, (_describe_text(dossier, text) for text in texts)):
        works.setdefault(work["url"], work)
    made = claim.made.full_day if claim.made else ""
    return drop_empty_values(
        {
            "@type": "Claim",
            "author": _describe_party(dossier.parties.get(claim.claimant or "")),
            "datePublished": made,
            "appearance": [*works.values()],
            "firstAppearance": _describe_first_text(dossier, texts, made),
        }
    )


def _list_printing_texts(dossier: Dossier, claim: Claim) -> list[ComparisonColumn]:
    """The texts that print a claim, in order of lineage; not those that only dispute it."""
    notes_by_text = group_notes_by_text(dossier, claim)
    return [text for text, notes in notes_by_text.items() if any(note.stance != "disputes" for note in notes)]


def _describe_first_text(dossier: Dossier, texts: Sequence[ComparisonColumn], made: str) -> dict[str, Any] | None:
    """The oldest text, if it is of the day on which the claim was made: an older one has said the same before it."""
    date = texts[0].publication_date if texts else None
    if not (made and date and date.full_day == made):
        return None
    work = _describe_text(dossier, texts[0])
    return work if work and work.get("datePublished") == made else None


def _describe_text(dossier: Dossier, text: ComparisonColumn) -> dict[str, Any] | None:
    """A text under its own address, or a part by others under that of its article; None without an address."""
    if text.layer and text.layer.url:
        day = text.layer.published
        return _describe_work(text.layer.url, "", dossier.parties.get(text.layer.writer), day.full_day if day else "")
    return _describe_whole_article(dossier, text.article, text.article.url) if text.article.url else None


def _describe_whole_article(dossier: Dossier, article: Article, url: str) -> dict[str, Any]:
    day = article.published.full_day if article.published else ""
    return _describe_work(url, article.title or "", dossier.parties.get(article.publisher or ""), day)


def _describe_work(url: str, headline: str, publisher: Party | None, day: str) -> dict[str, Any]:
    return drop_empty_values(
        {
            "@type": "CreativeWork",
            "url": url,
            "headline": headline,
            "publisher": _describe_party(publisher),
            "datePublished": day,
        }
    )


def _describe_party(party: Party | None) -> dict[str, Any] | None:
    if not party:
        return None
    kind = "Person" if party.kind == "person" else "Organization"
    return drop_empty_values({"@type": kind, "name": party.name, "sameAs": party.url})


def _describe_rating(verdict: Verdict) -> dict[str, Any]:
    """The verdict's word, and its number on the scale where it has one: what could not be checked has none."""
    numbers = {"ratingValue": verdict.rating, "bestRating": _BEST_RATING, "worstRating": _WORST_RATING} if verdict.rating else {}
    return {"@type": "Rating", "alternateName": verdict.label, **numbers}


def _describe_publisher(dossier: Dossier) -> dict[str, Any]:
    """Who answers for the site, and the pages that say how it works, where it has them."""
    settings = dossier.settings
    return drop_empty_values(
        {
            "@type": "Organization",
            "name": settings.publisher,
            "url": settings.site_url,
            "publishingPrinciples": f"{settings.site_url}method/" if "method/" in dossier.handwritten_page_urls else "",
            "correctionsPolicy": f"{settings.site_url}corrections/",
            "ownershipFundingInfo": _render_plain_text(settings.funding),
        }
    )


def _describe_correction(corrected: CorrectedEntry, site_url: str) -> dict[str, Any]:
    correction = corrected.correction
    texts = (("It said", correction.was), ("It now says", correction.now), ("Reason", correction.reason))
    return {
        "@type": "CorrectionComment",
        "url": f"{site_url}corrections/#{quote(corrected.id)}",
        "datePublished": str(correction.date),
        "text": "\n".join(f"{label}: {_render_plain_text(text)}" for label, text in texts),
    }


def _render_plain_text(markdown: str) -> str:
    """Markdown as plain text, on one line. Not escaped."""
    return unescape(render_markdown_html(markdown, "").striptags()) if markdown else ""
