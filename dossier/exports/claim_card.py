"""The card of a claim that other sites show in a frame, and how programs learn of it (https://oembed.com).

A page by itself: one file with its own style, no script, no font, no picture. Which sites may frame it is a header's matter
(`frame-ancestors` means nothing in a `<meta>` tag), so a server that forbids frames for the whole site forbids these too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

from dossier.exports.registry import export
from dossier.loading.running_markup import hash_csp_source
from dossier.model.dossier import Dossier
from dossier.model.records import Claim
from dossier.model.site.export_files import CLAIM_CARD_PATH, OEMBED_PATH
from dossier.pages.context import TEMPLATES_DIRECTORY, PageContext, render_plain_line
from dossier.pages.embed import CARD_HEIGHT, CARD_WIDTH, build_embed_code

_STYLE_PATH = TEMPLATES_DIRECTORY / "claim-card.css"


@export(CLAIM_CARD_PATH)
def build_claim_cards(published: Dossier) -> Iterator[tuple[str, str]]:
    """The card of each claim."""
    for claim in published.claims.values():
        yield claim.id, render_embedded_card(published, claim)


def render_embedded_card(published: Dossier, claim: Claim) -> str:
    """The card of a claim as a whole page."""
    context = PageContext(published, claim.page_url)
    style = _read_card_style(_STYLE_PATH)
    return context.render_template(
        "claim-card.html",
        claim=claim,
        verdict=published.verdicts.get(claim.verdict),
        style=Markup(style),
        policy=Markup(build_card_policy(style)),
        claim_url=(published.settings.site_url + claim.page_url) if published.settings.site_url else "./",
        last_correction=max((correction.date for correction in claim.corrections), key=lambda day: day.sort_key, default=None),
    )


def build_card_policy(style: str) -> str:
    """The policy of a card: its style, and nothing else."""
    return f"default-src 'none'; script-src 'none'; style-src {hash_csp_source(style)}; base-uri 'none'; form-action 'none'"


@lru_cache(maxsize=1)
def _read_card_style(path: Path) -> str:
    return re.sub(r"/\*.*?\*/|(?<=[;{}])\s+|\n", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


@export(OEMBED_PATH)
def build_oembed_files(published: Dossier) -> Iterator[tuple[str, str]]:
    """The answer of oEmbed about each claim, of the type `rich` (section 2.3.4.4)."""
    settings = published.settings
    for claim in published.claims.values():
        answer = {
            "version": "1.0",
            "type": "rich",
            "title": render_plain_line(claim.claim),
            "author_name": claim.author or settings.publisher,
            "provider_name": settings.site_name,
            "provider_url": settings.site_url,
            "html": "".join(build_embed_code(claim, settings.site_url)),
            "width": CARD_WIDTH,
            "height": CARD_HEIGHT,
        }
        yield claim.id, json.dumps({name: value for name, value in answer.items() if value}, ensure_ascii=False) + "\n"
