"""What can be cited, as items of CSL-JSON: other people's sources and articles, and our pages about claims and articles.

Format: https://docs.citationstyles.org/en/stable/specification.html, appendices III and IV. What is not established is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from dossier.model.dossier import Dossier
from dossier.model.records import Article, Claim, Source
from dossier.model.records.article import Archived
from dossier.model.site.release import get_released_record
from dossier.model.vocabulary import READING_EXTENT_LABELS, SOURCE_KIND_NAMES
from dossier.model.wording import quote_title
from dossier.pages.citing.dates import build_csl_date
from dossier.pages.citing.names import split_name
from dossier.pages.context import render_plain_line

CslItem = dict[str, Any]
"""An item of CSL-JSON: names of variables with texts, lists of names, and dates."""

SITE_LANGUAGE = "en"
"""The language of our texts, and of titles that name no other: so far the words of every site are English."""

TYPE_BY_SOURCE_KIND = {
    "primary": "webpage",
    "research": "report",
    "law": "legislation",
    "agency-copy": "article-newspaper",
    "press-release-copy": "article-newspaper",
    "news": "article-newspaper",
    "opinion": "article-newspaper",
}
"""CSL's types by kind of source. Whether research came out in a journal no record says: `report` claims the least."""

CONTAINED_TYPES = ("article-newspaper", "webpage")
"""Types whose publisher's name is that of the newspaper or site which they are a part of."""


class CitationBuilder:
    """Builds the items of a dossier, which is filtered already."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier

    @cached_property
    def organisation_names(self) -> frozenset[str]:
        """The names of organisations, which are not to be split as a person's are."""
        parties = (party for party in self.dossier.parties.values() if party.kind == "organisation")
        return frozenset(name for party in parties for name in (party.name, *party.aliases))

    def iter_items(self) -> Iterator[CslItem]:
        """Yield every source, then every article."""
        yield from map(self.build_item, self.dossier.sources.values())
        yield from map(self.build_item, self.dossier.articles.values())

    def build_item(self, record: Source | Article) -> CslItem:
        """A source, or an article itself, which others published."""
        return self._build_source_item(record) if isinstance(record, Source) else self._build_article_item(record)

    def _build_source_item(self, source: Source) -> CslItem:
        item_type = TYPE_BY_SOURCE_KIND[source.kind]
        kind, extent = SOURCE_KIND_NAMES[source.kind], READING_EXTENT_LABELS[source.checked]
        place = f", at {source.read_at}" if source.read_at else ""
        return self._build_published_item(
            source,
            id=source.id,
            type="document" if item_type == "webpage" and not source.url else item_type,
            title=source.title,
            author=[split_name(name, self.organisation_names) for name in source.authors],
            language=source.language or SITE_LANGUAGE,
            accessed=build_csl_date(source.read_on) if source.read_on else None,
            note=" ".join(filter(None, [f"{kind}, {extent}{place}.", _describe_archive_day(_get_whole_copy(source))])),
        )

    def _build_article_item(self, article: Article) -> CslItem:
        return self._build_published_item(
            article,
            id=f"article:{article.slug}",  # no source's id has a colon
            type="article-newspaper",
            title=article.cited_title,
            author=[split_name(name, self.organisation_names) for name in article.authors or ()],
            language=article.language,
            note=_describe_archive_day(_get_whole_copy(article)),
        )

    def _build_published_item(self, record: Source | Article, **values: Any) -> CslItem:
        """An item with what articles and sources have in common."""
        party, archived = self.dossier.parties.get(record.publisher or ""), _get_whole_copy(record)
        name_variable = "container-title" if values["type"] in CONTAINED_TYPES else "publisher"
        return drop_empty_values(
            {
                **values,
                name_variable: party.name if party else "",
                "issued": build_csl_date(record.published) if record.published else None,
                "URL": record.url or "",
                "archive": archived.url.split("/")[2] if archived else "",
                "archive_location": archived.url if archived else "",
            }
        )


def build_page_item(dossier: Dossier, record: Claim | Article) -> CslItem:
    """Our page about a claim, whose `genre` is the verdict, or about an article, which is the `reviewed-title`.

    It is of the day of its first release, if one noted it; `note` is the day of its last review. Its author is who wrote a
    claim and who answers for the site; a site that names nobody speaks for itself.
    """
    settings, url = dossier.settings, record.page_url
    published = get_released_record(dossier.last_release, record).published
    author = [split_name(record.author)] if isinstance(record, Claim) and record.author else []
    publisher = settings.publisher or ("" if author else settings.site_name)
    if publisher:
        author.append({"literal": publisher})
    described = _describe_claim(dossier, record) if isinstance(record, Claim) else _describe_article(dossier, record)
    return drop_empty_values(
        {
            "id": f"{record.noun}-page:{url.strip('/').split('/')[-1]}",
            "type": "webpage",
            **described,
            "author": author,
            "issued": {"date-parts": [[published.year, published.month, published.day]]} if published else None,
            "container-title": settings.site_name,
            "URL": f"{settings.site_url}{url}" if settings.site_url else "",
            "language": SITE_LANGUAGE,
            "note": f"Last reviewed {record.reviewed.date_in_words}" if record.reviewed else "",
        }
    )


def _describe_claim(dossier: Dossier, claim: Claim) -> CslItem:
    verdict = dossier.verdicts.get(claim.verdict)
    return {"title": render_plain_line(claim.claim), "genre": f"Verdict: {verdict.label.lower()}" if verdict else "Claim"}


def _describe_article(dossier: Dossier, article: Article) -> CslItem:
    """A title of its own, so that nobody takes our page for the article."""
    party = dossier.parties.get(article.publisher or "")
    publisher = party.name if party else "publisher not established"
    date = article.published.date_in_words if article.published else "date not established"
    title = article.cited_title
    return {"title": f"Annotated summary of {quote_title(title)} ({publisher}, {date})", "reviewed-title": title}


def _get_whole_copy(record: Source | Article) -> Archived | None:
    """The archived copy of a record; not one that has a part of it only, which is of another page."""
    return record.archived if record.archived and not record.archived.covers else None


def _describe_archive_day(archived: Archived | None) -> str:
    return f"Archived {archived.date.date_in_words}." if archived and archived.date else ""


def drop_empty_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that say something, by name."""
    return {name: value for name, value in values.items() if value}
