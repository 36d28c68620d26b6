"""Directives: parts of index pages, charts, tables and headlines that a hand-written page includes with `<!-- dossier: name -->`.

Their names are `DIRECTIVE_DESCRIPTIONS` of the model, which the checks need too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dossier.model.dossier import Dossier
from dossier.model.numbers.printed import INTERVAL_DESCRIPTIONS_BY_FORM
from dossier.model.problems.rules import RULES
from dossier.model.site.addresses import (
    CHART_DIRECTIVE_PATTERN,
    DIRECTIVE_DESCRIPTIONS,
    HEADLINES_DIRECTIVE_PATTERN,
    TABLE_DIRECTIVE_PATTERN,
)
from dossier.pages.charts.page import render_chart_part
from dossier.pages.compare.quotation_table import render_table_part
from dossier.pages.context import PageContext
from dossier.pages.forge_links import build_commit_url
from dossier.pages.headlines import render_headlines_part
from dossier.pages.list_order import get_date_sort_key, list_topics
from dossier.pages.list_pages import collect_articles_context, collect_claims_context
from dossier.pages.timeline.page import group_events_by_year
from dossier.pages.verdict_tally import count_verdicts_by_claimant


def _collect_entry_links(context: PageContext) -> dict[str, Any]:
    """Template context: links into the dossier for its front page, articles by date, topics, events by year."""
    dossier = context.dossier
    articles = sorted(dossier.articles.values(), key=get_date_sort_key)
    return {"articles": articles, "topics": list_topics(dossier), "years": group_events_by_year(dossier)}


def _collect_claimant_tallies(context: PageContext) -> dict[str, Any]:
    """Template context: verdicts by claimant, and on how many claims a second person or a party was asked."""
    claims = context.dossier.claims.values()
    return {
        "tallies": count_verdicts_by_claimant(context.dossier),
        "reviewed_count": sum(claim.reviewer is not None for claim in claims),
        "asked_count": sum(bool(claim.replies) for claim in claims),
    }


DIRECTIVE_CONTEXTS: Mapping[str, Callable[[PageContext], dict[str, Any]]] = {
    "articles": collect_articles_context,
    "claims": collect_claims_context,
    "ways": _collect_entry_links,
    "tally": _collect_claimant_tallies,
    "rules": lambda context: {"rules": RULES},
    "numbers": lambda context: {"interval_descriptions": INTERVAL_DESCRIPTIONS_BY_FORM},
    "responsible": lambda context: {"commit_url": build_commit_url(context.dossier)},
    "measures": lambda context: {"measures": context.dossier.measures.values()},
}
"""Template contexts of the directives whose templates need more than the dossier."""


def render_directive(name: str, dossier: Dossier, page_url: str, preview: bool = False) -> str:
    """Render the directive `<!-- dossier: name -->` of the hand-written page at `page_url`; empty for an unknown name."""
    context = PageContext(dossier, page_url, preview)
    if chart := CHART_DIRECTIVE_PATTERN.fullmatch(name):
        return render_chart_part(context, chart[1])
    if table := TABLE_DIRECTIVE_PATTERN.fullmatch(name):
        return render_table_part(context, table[1])
    if headlines := HEADLINES_DIRECTIVE_PATTERN.fullmatch(name):
        return render_headlines_part(context, (headlines[1] or "").split())
    values = DIRECTIVE_CONTEXTS[name](context) if name in DIRECTIVE_CONTEXTS else {}
    return context.render_template(f"parts/{name}.html", **values) if name in DIRECTIVE_DESCRIPTIONS else ""
