"""Columns that no record has as a key: what follows from several records, computed as the pages compute it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

from dossier.model.dossier import Dossier
from dossier.model.evidence import find_discount
from dossier.model.records import LAYER_WRITER_ID, Article, get_claim_url
from dossier.model.site.facets import FacetValue
from dossier.model.site.release import get_released_record
from dossier.model.tables.columns import Column

_NOTE_LINK_PATTERN = re.compile(r"\[([^][]*)\]\(#([a-z0-9-]+)\)")


class TableRow(NamedTuple):
    """What the columns of a row are read from.

    A record with its id; or what a record holds or names, with the record's id, the place or key of it there, and the record.
    """

    id: str
    place: int | str
    record: Any
    owner: Any = None


@dataclass(frozen=True)
class DerivedColumn:
    """A column, and what computes its value; with `is_date` that is a date, which has the columns of one."""

    column: Column
    compute: Callable[[Dossier, TableRow], Any]
    is_date: bool = False


def write_digest(published: Dossier, article: Article) -> str:
    """The digest of an article, in Markdown; of a link to a note that is not published its words, as on the page."""
    notes = published.annotations_by_id.get(article.slug, {})
    return _NOTE_LINK_PATTERN.sub(lambda link: link[0] if link[2] in notes else link[1], article.printed_digest)


def _find_paragraph(dossier: Dossier, row: TableRow) -> int | None:
    anchor = dossier.find_anchor(row.record)
    return anchor.span.paragraph if anchor else None


def _find_writer(dossier: Dossier, row: TableRow) -> str | None:
    article = dossier.articles.get(row.record.article)
    return article.get_writer_id(_find_paragraph(dossier, row) or 0) if article else None


def _find_speaker(dossier: Dossier, row: TableRow) -> str | None:
    speaker: str = row.record.speaker
    return _find_writer(dossier, row) if speaker == LAYER_WRITER_ID else speaker


def _find_verdict(dossier: Dossier, row: TableRow) -> str | None:
    verdict = dossier.get_verdict(row.record)
    return verdict.id if verdict else None


def _is_counted(dossier: Dossier, row: TableRow) -> bool:
    source = dossier.sources.get(row.record.id)
    return source is not None and not find_discount(row.record, source)


def _find_collector(dossier: Dossier, row: TableRow) -> str | None:
    return dossier.evidence_scale.find_collector(row.record) if row.record.id in dossier.sources else None


def _is_claimants_own(dossier: Dossier, row: TableRow) -> bool:
    collector = _find_collector(dossier, row)
    return collector is not None and collector == dossier.evidence_scale.find_organisation(row.owner.claimant)


def _find_verdict_page(dossier: Dossier, row: TableRow) -> str | None:
    """The page that lists what has a verdict; None where nothing has it."""
    on_claims = (claim.verdict for claim in dossier.claims.values())
    on_notes = (verdict.id for note in dossier.iter_printed_annotations() if (verdict := dossier.get_verdict(note)))
    return FacetValue("verdict", row.id).url if row.id in chain(on_claims, on_notes) else None


ROW_URLS: Mapping[str, Callable[[Dossier, TableRow], str | None]] = {
    "verdicts": _find_verdict_page,
    "calculations": lambda dossier, row: f"{get_claim_url(row.id)}#calculation-{row.record.id}",
    "corrections": lambda dossier, row: f"corrections/#{row.id}",
}
"""Where rows stand that are no records with an address of their own, from the site's root; by the name of the table."""


def _read_released_day(name: str) -> Callable[[Dossier, TableRow], str | None]:
    def read_day(dossier: Dossier, row: TableRow) -> str | None:
        day = getattr(get_released_record(dossier.last_release, row.record), name)
        return day.isoformat() if day else None

    return read_day


RELEASE_COLUMNS = (
    DerivedColumn(
        Column("first_published", "the first day on which it stood on this site; empty where no release noted it", "day"),
        _read_released_day("published"),
    ),
    DerivedColumn(
        Column("last_changed", "the last day on which what it says changed after that; empty where it never did", "day"),
        _read_released_day("changed"),
    ),
)
"""The days of each record with an address, as releases noted them."""

DERIVED_COLUMNS: Mapping[str, tuple[DerivedColumn, ...]] = {
    "articles": (
        DerivedColumn(
            Column("digest", "the article retold in our words, in Markdown; a link to # leads to a note"),
            lambda dossier, row: write_digest(dossier, row.record) or None,
        ),
        DerivedColumn(
            Column("words", "how many words the article has, where its text is known", "integer"),
            lambda dossier, row: dossier.count_article_words(row.id) or None,
        ),
    ),
    "notes": (
        DerivedColumn(
            Column("article", "the article that has the words", reference="articles", is_required=True),
            lambda dossier, row: row.record.article,
        ),
        DerivedColumn(
            Column("in_paragraph", "the number of the paragraph with the words, where that is known", "integer"),
            _find_paragraph,
        ),
        DerivedColumn(
            Column("printed_by", "who wrote the part of the article with the words, or published it", reference="parties"),
            _find_writer,
        ),
        DerivedColumn(
            Column("printed", "when the words were printed"),
            lambda dossier, row: dossier.get_printing_date(row.record),
            is_date=True,
        ),
        DerivedColumn(
            Column("said_by", "who says the words: `speaker`, or who printed them where that is the writer", reference="parties"),
            _find_speaker,
        ),
        DerivedColumn(
            Column("finding", "the verdict on this wording: its own, or the claim's if it says the same", reference="verdicts"),
            _find_verdict,
        ),
    ),
    "claims": (
        DerivedColumn(
            Column("counted_for", "how many who do not depend on each other count for the claim", "integer"),
            lambda dossier, row: len(dossier.balances_by_claim[row.record.id].counted_for),
        ),
        DerivedColumn(
            Column("counted_against", "how many who do not depend on each other count against it", "integer"),
            lambda dossier, row: len(dossier.balances_by_claim[row.record.id].counted_against),
        ),
    ),
    "claim_sources": (
        DerivedColumn(
            Column("counted", "whether it counts: it bears on the claim, was read and is quoted", "boolean"),
            _is_counted,
        ),
        DerivedColumn(
            Column("counted_as", "who counted or said what it has; sources of one such party count once", reference="parties"),
            _find_collector,
        ),
        DerivedColumn(
            Column("claimants_own", "whether that party is the claimant, or whom the claimant speaks for", "boolean"),
            _is_claimants_own,
        ),
    ),
    "sources": (
        DerivedColumn(
            Column("root", "the source that it goes back to in the end; its own id where to none", reference="sources"),
            lambda dossier, row: dossier.root_ids_by_source[row.id],
        ),
    ),
}
"""By the name of the table."""
