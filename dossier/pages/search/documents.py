"""What the search finds: one record for each thing that a reader may look for, in plain words, with what it is narrowed by.

A record leads to its thing, a note to the note. Nothing of a capture that may not be printed is in any of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from typing import Any, NamedTuple

from markdown_it.token import Token

from dossier.model.base import Entry
from dossier.model.dates.edtf import Edtf
from dossier.model.dossier import Dossier
from dossier.model.introspection import iter_reader_texts
from dossier.model.kinds import RECORD_KINDS, RecordKind
from dossier.model.markdown import is_plain_line, parse_markdown
from dossier.model.records import Annotation, Article, Claim, Event, Source
from dossier.model.site.facets import FacetValue, list_facet_values


class SearchKind(NamedTuple):
    """A kind of thing that is found: how one and many are called, and the page that lists them, if one does."""

    singular: str
    plural: str
    url: str = ""


SEARCH_KINDS: Mapping[str, SearchKind] = {
    **{
        kind.search_labels.name: SearchKind(kind.search_labels.singular, kind.search_labels.plural, kind.list_page_url)
        for kind in RECORD_KINDS
        if kind.search_labels
    },
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
    for kind in RECORD_KINDS:
        if kind.search_labels:
            for entry in iter_searched_entries(shown, kind):
                yield SearchDocument(
                    entry.page_url,
                    _get_document_title(kind, entry),
                    _collect_entry_text(shown, kind, entry),
                    kind.search_labels.name,
                    list_facet_values(shown, entry),
                    list_article_slugs(shown, entry),
                )
    for page in written:
        yield from _iter_section_documents(page)


def iter_searched_entries(shown: Dossier, kind: RecordKind) -> Iterable[Entry]:
    """The records of a kind that have an address on the site: an annotation where it is printed, events in order of time."""
    if kind.model is Annotation:
        return shown.iter_printed_annotations()
    if kind.model is Event:
        return shown.sorted_events
    return (entry for entry in shown.iter_records(kind) if isinstance(entry, Entry))


def list_article_slugs(shown: Dossier, entry: Entry) -> Iterable[str]:
    """The articles that a record belongs to."""
    match entry:
        case Article():
            return [entry.slug]
        case Annotation():
            return [entry.article]
        case Claim():
            return dict.fromkeys(note.article for note in shown.annotations_by_claim.get(entry.id, ()))
        case Event():
            return [slug for slug in entry.articles if slug in shown.articles]
    return ()


def _get_document_title(kind: RecordKind, entry: Entry) -> str:
    """A record's title as plain words; a quotation in its marks."""
    if isinstance(entry, Annotation):
        return f"“{entry.quote}”"
    title = kind.get_title(entry)
    return extract_markdown_text(title) if kind.has_markdown_title else title


def _collect_entry_text(shown: Dossier, kind: RecordKind, entry: Entry) -> str:
    """The text of a record besides its title: what its fields mark as searched, and what is printed of an article."""
    texts = [
        _format_searched_value(value, marker.is_markdown)
        for path, marker, value in iter_reader_texts(entry)
        if marker.is_searched and path != (kind.title_key,)
    ]
    if isinstance(entry, Source) and (publisher := shown.parties.get(entry.publisher or "")):
        texts.insert(0, publisher.name)
    if isinstance(entry, Article):
        texts += _list_printed_texts(shown, entry)
    return " ".join(text for text in texts if text)


def _format_searched_value(value: Any, is_markdown: bool) -> str:
    """Plain words of a text, of several, or of a date."""
    if isinstance(value, Edtf):
        return value.date_in_words
    return extract_markdown_text(value) if is_markdown else value if isinstance(value, str) else " ".join(value)


def _list_printed_texts(shown: Dossier, article: Article) -> list[str]:
    """An article's digest; its own words only where they are printed."""
    digest = "" if article.print == "metadata" else extract_markdown_text(article.digest.text)
    capture = shown.captures.get(article.slug) if shown.is_printed_whole(article.slug) else None
    return [digest, *(paragraph.text for paragraph in (capture.paragraphs if capture else ()) if paragraph.kind != "furniture")]


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
