"""The HTML by which another site shows the card of a claim in a frame."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from dossier.model.records import Claim, get_claim_url
from dossier.model.site.export_files import CLAIM_CARD_NAME
from dossier.pages.context import render_plain_line

CARD_WIDTH, CARD_HEIGHT = 560, 380
"""Pixels of the frame, high enough for a claim in a column of 288 pixels, as on a small phone; a longer card is scrolled."""


class EmbedCode(NamedTuple):
    """The code to copy, in three parts, since a site may not know its own address: only its page does, in a browser."""

    start: str
    address: str
    """Of the claim's page; the card is beside it."""
    end: str


def build_embed_code(claim: Claim, site_url: str) -> EmbedCode:
    """The code for a claim, with its address from the site's root if `site_url` is empty."""
    end = Markup('{}" title="{}" width="{}" height="{}" loading="lazy" style="border: 0; max-width: 100%"></iframe>').format(
        CLAIM_CARD_NAME, f"Claim: {render_plain_line(claim.claim)}", CARD_WIDTH, CARD_HEIGHT
    )
    return EmbedCode('<iframe src="', site_url + get_claim_url(claim.id), str(end))
