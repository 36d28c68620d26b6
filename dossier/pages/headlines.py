"""Headlines for a front page, each with the words that notes judge, and what the notes say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from dossier.model.dossier import Dossier
from dossier.model.headlines import QuotedHeadline, find_quoted_headline, iter_headline_notes
from dossier.model.records import Annotation
from dossier.pages.article.highlights import HighlightSegment, split_highlight_segments
from dossier.pages.context import PageContext


class AnnotatedHeadline(NamedTuple):
    """A headline, cut where judged words begin and end, and the annotations on them in the order in which they were named."""

    headline: QuotedHeadline
    segments: list[HighlightSegment]
    annotations: list[Annotation]


def render_headlines_part(context: PageContext, spots: Iterable[str] = ()) -> str:
    """Render headlines for a hand-written page: those with the annotations that are named, `article#id`, else the newest."""
    dossier = context.dossier
    named = [note for spot in spots if (note := dossier.get_annotation(spot))]
    headlines = collect_annotated_headlines(dossier, named or iter_headline_notes(dossier))
    return context.render_template("parts/headlines.html", headlines=headlines)


def collect_annotated_headlines(dossier: Dossier, notes: Iterable[Annotation]) -> list[AnnotatedHeadline]:
    """The headlines with the words of some annotations, in their order, each once; annotations on none are left out."""
    places: dict[tuple[str, str], list[tuple[QuotedHeadline, Annotation]]] = {}
    for note in notes:
        if place := find_quoted_headline(dossier, note):
            places.setdefault((note.article, place.layer.id if place.layer else ""), []).append((place, note))
    return [
        AnnotatedHeadline(
            found[0][0],
            split_highlight_segments(found[0][0].title, ((place.start, place.end, note) for place, note in found)),
            [note for _, note in found],
        )
        for found in places.values()
    ]
