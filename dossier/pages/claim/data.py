"""What a claim's page says, as JSON for programs and for readers who compute with it. Numbers are texts, as they were printed."""

from __future__ import annotations

import json
from typing import Any

from dossier.model.evidence import EvidenceGroup
from dossier.model.records import Annotation, Claim, get_article_url, get_claim_url
from dossier.model.vocabulary import BEARING_LABELS
from dossier.pages.claim.calculations import CalculationTable, FigureRow, build_claim_arithmetic, build_figure_row
from dossier.pages.compare.texts import ComparisonColumn, group_notes_by_text
from dossier.pages.context import PageContext, render_plain_line


def render_claim_data(context: PageContext, claim: Claim) -> str:
    """A claim with its verdict, the words of the articles, the evidence and the numbers."""
    dossier, settings = context.dossier, context.dossier.settings
    verdict, balance = dossier.verdicts.get(claim.verdict), dossier.balances_by_claim[claim.id]
    sides = {"supports": balance.supporting, "contradicts": balance.contradicting, "context": balance.context}
    data = {
        "address": settings.site_url + get_claim_url(claim.id),
        "site": settings.site_name,
        "claim": render_plain_line(claim.claim),
        "kind": claim.kind,
        "claimant": _name_party(context, claim.claimant),
        "made": _write(claim.made),
        "verdict": verdict and verdict.label,
        "finding": render_plain_line(claim.summary),
        "author": claim.author or settings.publisher or None,
        "reviewed": _write(claim.reviewed),
        "as_printed": [
            _describe_wording(context, text, note)
            for text, notes in group_notes_by_text(dossier, claim).items()
            for note in notes
        ],
        "evidence": [
            source for bearing, groups in sides.items() for group in groups for source in _describe_group(context, bearing, group)
        ],
        "figures": [_describe_figure(context, build_figure_row(context, claim, key)) for key in claim.figures],
        "calculations": [_describe_calculation(context, table) for table in build_claim_arithmetic(context, claim).calculations],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _describe_wording(context: PageContext, text: ComparisonColumn, note: Annotation) -> dict[str, Any]:
    verdict = context.dossier.get_verdict(note)
    return {
        "writer": _name_party(context, text.writer_id),
        "published": _write(text.publication_date),
        "article": text.article.name,
        "words": note.quote,
        "verdict": verdict and verdict.label,
        "relation": context.stances[note.stance].phrase if note.stance else None,
        "address": f"{context.dossier.settings.site_url}{get_article_url(note.article)}#{note.id}",
    }


def _describe_group(context: PageContext, bearing: str, group: EvidenceGroup) -> list[dict[str, Any]]:
    return [
        {
            "bearing": BEARING_LABELS[bearing],
            "collector": _name_party(context, group.collector),
            "is_claimants_own": group.is_claimants_own,
            "is_counted": bearing != "context" and not item.discount,
            "title": item.source.title,
            "publisher": _name_party(context, item.source.publisher),
            "published": _write(item.source.published),
            "address": item.source.url,
            "words": list(item.evidence.words),
        }
        for item in group.items
    ]


def _describe_figure(context: PageContext, row: FigureRow) -> dict[str, Any]:
    measure = context.dossier.measures.get(row.figure.measure)
    return {
        "name": row.name,
        "value": row.figure.value.text,
        "unit": measure and measure.unit,
        "population": measure and measure.population,
        "area": measure and measure.area,
        "period": _write(measure.period) if measure else None,
        "stands_in": row.figure.at or row.figure.source,
        "derived": row.derivation or None,
    }


def _describe_calculation(context: PageContext, table: CalculationTable) -> dict[str, Any]:
    calculation = table.calculation
    return {
        "name": calculation.label or context.format_topic(calculation.id),
        "formula": table.operation_text,
        "result": table.result_text,
        "as_stated": calculation.states and calculation.states.text,
        "holds_as_stated": table.holds_as_stated,
        "not_comparable": calculation.reason,
    }


def _name_party(context: PageContext, party_id: str | None) -> str | None:
    party = context.dossier.parties.get(party_id or "")
    return party.name if party else party_id


def _write(value: object) -> str | None:
    """A date in EDTF, as in the record; None for one that is not established."""
    return str(value) if value else None
