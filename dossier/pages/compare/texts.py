"""The texts that are compared: articles without their layers, and the layers; grouped by them, annotations; and their order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from dossier.model.dates.edtf import Edtf
from dossier.model.dossier import Dossier
from dossier.model.records import Annotation, Article, Claim, Layer


@dataclass(frozen=True)
class ComparisonColumn:
    """A text that makes claims: an article without its layers (`layer` is None), or one of its layers.

    A dictionary key: two are the same text if their `ids`, article slug and layer id, are equal.
    """

    ids: tuple[str, str]
    article: Article = field(compare=False)
    layer: Layer | None = field(compare=False)

    @property
    def writer_id(self) -> str | None:
        """Id of the party that wrote the text; None if not established."""
        return self.layer.writer if self.layer else self.article.publisher

    @property
    def publication_date(self) -> Edtf | None:
        """Date of publication; None if not established."""
        return self.layer.published if self.layer else self.article.published


def group_notes_by_text(dossier: Dossier, claim: Claim) -> Mapping[ComparisonColumn, list[Annotation]]:
    """The annotations of a claim by text, texts in order of lineage."""
    return sort_notes_by_text(dossier, dossier.annotations_by_claim.get(claim.id, ()))


def sort_notes_by_text(dossier: Dossier, notes: Iterable[Annotation]) -> Mapping[ComparisonColumn, list[Annotation]]:
    """Annotations by text, texts in order of lineage."""
    texts: defaultdict[ComparisonColumn, list[Annotation]] = defaultdict(list)
    for note in notes:
        if article := dossier.articles.get(note.article):
            anchor = dossier.find_anchor(note)
            layer = article.get_layer(anchor.span.paragraph) if anchor else None  # of unknown position: the article's own
            texts[ComparisonColumn((article.slug, layer.id if layer else ""), article, layer)].append(note)
    return {column: texts[column] for column in sorted(texts, key=partial(get_lineage_key, dossier))}


def get_lineage_key(dossier: Dossier, column: ComparisonColumn) -> tuple[object, ...]:
    """Sort key: the earliest possible publication date, but not earlier than the publication of the text's own sources.

    Undated texts sort last. On the same day: more precise dates first, then articles before layers.
    """
    article, layer, date = column.article, column.layer, column.publication_date
    sources = [dossier.sources[source_id] for source_id in article.origin if source_id in dossier.sources] if not layer else []
    origin_days = [known_from.earliest_day for source in sources if (known_from := source.known_from or source.published)]
    days = (max([date.earliest_day, *origin_days]), date.latest_day) if date else ()
    return (date is None, days, layer is not None, bool(sources), column.ids)
