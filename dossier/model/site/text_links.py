"""The links in the texts of records, with the locations where they are written."""

from __future__ import annotations

from collections.abc import Iterator

from dossier.model.base import Record
from dossier.model.dossier import Dossier
from dossier.model.introspection import iter_reader_texts
from dossier.model.kinds import RECORD_KINDS
from dossier.model.markdown import list_link_urls
from dossier.model.problems.problem import Location


def iter_text_links(dossier: Dossier) -> Iterator[tuple[Record, Location, str]]:
    """Every link in the texts, except links from digests to their notes: record, location and URL."""
    for record in dossier.iter_records(*RECORD_KINDS):
        for steps, marker, text in iter_reader_texts(record):
            for link in list_link_urls(text) if marker.has_links else ():
                before, separator, _ = text.partition(f"]({link}")
                yield record, record.locate_after_text(before + "](" if separator else "", *steps), link
    for article in dossier.articles.values():
        for passage in article.digest.passages:
            if passage.link_url and passage.annotation_id is None:
                yield article, passage.location, passage.link_url
