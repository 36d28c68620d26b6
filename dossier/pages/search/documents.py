"""What the search finds: one record for each thing that a reader may look for, in plain words, with what it is narrowed by.

A record leads to its thing, a note to the note. Nothing of a capture that may not be printed is in any of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from typing import NamedTuple

from markdown_it.token import Token

from dossier.model.dossier import Dossier
from dossier.model.markdown import is_plain_line, parse_markdown
from dossier.model.numbers.charts import Chart
from dossier.model.records import Article, Claim, Source, get_article_url, get_claim_url
from dossier.model.site.facets import (
    FacetValue,
    list_annotation_facet_values,
    list_article_facet_values,
    list_claim_facet_values,
    list_event_facet_values,
)


class SearchKind(NamedTuple):
    """A kind of thing that is found: how one and many are called, and the page that lists them, if one does."""

    singular: str
    plural: str
    url: str = ""


SEARCH_KINDS: Mapping[str, SearchKind] = {
    "article": SearchKind("Article", "Articles", "articles/"),
    "note": SearchKind("Note", "Notes on quotations"),
    "claim": SearchKind("Claim", "Claims", "claims/"),
    "event": SearchKind("Event", "Events", "timeline/"),
    "chart": SearchKind("Chart", "Charts", "charts/"),
    "source": SearchKind("Source", "Sources", "sources/"),
    "party": SearchKind("Who is who", "People and organisations", "parties/"),
    "term": SearchKind("Glossary", "Terms", "glossary/"),
    "page": SearchKind("Page", "Other pages"),
}


class SearchDocument(NamedTuple):
    """One thing that the search finds; all of it is plain text."""

    url: str
    """From the site's root, with the place on the page: `articles/x/#one-in-ten`."""
    title: str
    text: str
    kind: str
    facet_values: Iterable[FacetValue] = ()
    """Its verdict, topics and years."""
    article_slugs: Iterable[str] = ()
    """Slugs of the articles it belongs to."""


class HandwrittenPageText(NamedTuple):
    """A page written by hand: its address, its title, and its HTML without the parts that are made."""

    url: str
    title: str
    html: str


def iter_search_documents(shown: Dossier, written: Iterable[HandwrittenPageText] = ()) -> Iterator[SearchDocument]:
    """Every record of what is shown, and every section of the pages written by hand."""
    for article in shown.articles.values():
        yield SearchDocument(
            get_article_url(article.slug),
            article.name,
            _collect_article_text(shown, article),
            "article",
            list_article_facet_values(article),
            [article.slug],
        )
    for note in shown.iter_printed_annotations():
        text = _join_nonempty_texts(extract_markdown_text(note.note), extract_markdown_text(note.hindsight))
        address, name = note.url_parts
        yield SearchDocument(
            f"{address}#{name}", f"“{note.quote}”", text, "note", list_annotation_facet_values(shown, note), [note.article]
        )
    for claim in shown.claims.values():
        articles = dict.fromkeys(note.article for note in shown.annotations_by_claim.get(claim.id, ()))
        yield SearchDocument(
            get_claim_url(claim.id),
            extract_markdown_text(claim.claim),
            _collect_claim_text(claim),
            "claim",
            list_claim_facet_values(claim),
            articles,
        )
    yield from _iter_index_page_documents(shown)
    for page in written:
        yield from _iter_section_documents(page)


def _iter_index_page_documents(shown: Dossier) -> Iterator[SearchDocument]:
    """What stands on a page with others of its kind."""
    for event in shown.sorted_events:
        articles = [slug for slug in event.articles if slug in shown.articles]
        yield SearchDocument(
            f"timeline/#{event.id}",
            extract_markdown_text(event.title),
            extract_markdown_text(event.text),
            "event",
            list_event_facet_values(shown, event),
            articles,
        )
    for chart in shown.charts.values():
        yield SearchDocument(f"charts/#{chart.id}", extract_markdown_text(chart.title), _collect_chart_text(chart), "chart")
    for source in shown.sources.values():
        yield SearchDocument(f"sources/#{source.id}", source.title, _collect_source_text(shown, source), "source")
    for party in shown.parties.values():
        yield SearchDocument(f"parties/#{party.id}", party.name, _join_nonempty_texts(party.role, *party.aliases), "party")
    for term in shown.glossary:
        yield SearchDocument(f"glossary/#{term.id}", term.term, extract_markdown_text(term.means), "term")


def extract_markdown_text(text: str | None) -> str:
    """Contributors' Markdown as plain words on one line."""
    if not text or is_plain_line(text):
        return " ".join((text or "").split())
    said = " ".join(
        _extract_block_text(token) for token in parse_markdown(text).tokens if token.type in ("inline", "fence", "code_block")
    )
    return " ".join(said.split())


def _extract_block_text(block: Token) -> str:
    if block.children is None:
        return block.content
    return "".join(" " if child.type.endswith("break") else child.content for child in block.children)


def _join_nonempty_texts(*texts: str) -> str:
    return " ".join(text for text in texts if text)


def _collect_article_text(shown: Dossier, article: Article) -> str:
    """An article's digest; its own words only where they are printed."""
    digest = "" if article.print == "metadata" else extract_markdown_text(article.digest.text)
    capture = shown.captures.get(article.slug) if shown.is_printed_whole(article.slug) else None
    printed = (paragraph.text for paragraph in (capture.paragraphs if capture else ()) if paragraph.kind != "furniture")
    return _join_nonempty_texts(extract_markdown_text(article.about), digest, *printed)


def _collect_claim_text(claim: Claim) -> str:
    beside = (extract_markdown_text(text) for evidence in claim.sources for text in (evidence.note, evidence.hindsight) if text)
    return _join_nonempty_texts(
        extract_markdown_text(claim.summary),
        extract_markdown_text(claim.explanation),
        extract_markdown_text(claim.would_change),
        *beside,
    )


def _collect_chart_text(chart: Chart) -> str:
    labels = (drawn.label for drawn in chart.figures if drawn.label)
    return _join_nonempty_texts(
        extract_markdown_text(chart.text), *labels, *(extract_markdown_text(cut.because) for cut in chart.breaks)
    )


def _collect_source_text(shown: Dossier, source: Source) -> str:
    publisher = shown.parties.get(source.publisher or "")
    date = source.published.date_in_words if source.published else ""
    return _join_nonempty_texts(publisher.name if publisher else "", *source.authors, date, extract_markdown_text(source.note))


def _iter_section_documents(page: HandwrittenPageText) -> Iterator[SearchDocument]:
    """A page's opening, and each of its sections that has an address of its own."""
    reader = _HtmlSectionParser()
    reader.feed(page.html)
    reader.close()
    for section in reader.sections:
        title, text = (" ".join("".join(said).split()) for said in (section.title, section.text))
        if section.id:
            yield SearchDocument(f"{page.url}#{section.id}", f"{page.title}: {title}", text, "page")
        elif text:
            yield SearchDocument(page.url, page.title, text, "page")


class _HtmlSection(NamedTuple):
    id: str
    title: list[str]
    text: list[str]


class _HtmlSectionParser(HTMLParser):
    """Cuts a page at its headings of the second level; its title is known already."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sections = [_HtmlSection("", [], [])]
        self.heading: str = ""
        """The heading that is being read: `h1` or `h2`."""
        self.unread = False
        """Whether this is no text, but a style or a script."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = dict(attrs).get("id")
        self.unread = tag in self.CDATA_CONTENT_ELEMENTS
        if tag == "h2" and name:
            self.sections.append(_HtmlSection(name, [], []))
        if tag == "h1" or (tag == "h2" and name):
            self.heading = tag
        elif tag in _WORD_BREAKING_TAGS:
            self.sections[-1].text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.heading = "" if tag == self.heading else self.heading
        self.unread = False

    def handle_data(self, data: str) -> None:
        if self.heading != "h1" and not self.unread:
            (self.sections[-1].title if self.heading else self.sections[-1].text).append(data)


_WORD_BREAKING_TAGS = frozenset({"p", "li", "h2", "h3", "h4", "td", "th", "dt", "dd", "br", "pre", "blockquote"})
"""Tags that part words."""
