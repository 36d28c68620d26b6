"""Search documents: one for each record that has an address, and one for each section of a hand-written page.

A document links to its record: that of an annotation to the note. It has no text of a capture that may not be printed.
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
    """A kind of document: what one and several are called, and the address of the page that lists them, if there is one."""

    singular: str
    plural: str
    url: str = ""


SEARCH_KINDS: Mapping[str, SearchKind] = {
    labels.name: SearchKind(labels.singular, labels.plural, kind.list_page_url)
    for kind in RECORD_KINDS
    if (labels := kind.search_labels)
} | {"page": SearchKind("Page", "Other pages")}
"""The kinds of documents by the name that addresses have for them (`?kind=claim`)."""


class SearchDocument(NamedTuple):
    """A document of the search; all of its texts are plain text."""

    url: str
    """From the site's root, with the fragment: `articles/x/#one-in-ten`."""
    title: str
    text: str
    kind: str
    facet_values: Iterable[FacetValue] = ()
    """Its verdict, topics and years, by which the search can be narrowed."""
    article_slugs: Iterable[str] = ()
    """Slugs of the articles it belongs to."""


class HandwrittenPageText(NamedTuple):
    """A hand-written page: address, title, and HTML without the parts that are generated from records."""

    url: str
    title: str
    html: str


def iter_search_documents(dossier: Dossier, handwritten: Iterable[HandwrittenPageText] = ()) -> Iterator[SearchDocument]:
    """Yield the documents of a dossier that is filtered already, then those of its hand-written pages."""
    for kind in RECORD_KINDS:
        if kind.search_labels:
            for entry in iter_searched_entries(dossier, kind):
                yield SearchDocument(
                    entry.page_url,
                    _get_document_title(kind, entry),
                    _collect_entry_text(dossier, kind, entry),
                    kind.search_labels.name,
                    list_facet_values(dossier, entry),
                    _list_article_slugs(dossier, entry),
                )
    for page in handwritten:
        yield from _iter_section_documents(page)


def iter_searched_entries(dossier: Dossier, kind: RecordKind) -> Iterable[Entry]:
    """The records of a kind that have an address on the site: annotations as far as they are printed, events by date."""
    if kind.model is Annotation:
        return dossier.iter_printed_annotations()
    if kind.model is Event:
        return dossier.sorted_events
    return (entry for entry in dossier.iter_records(kind) if isinstance(entry, Entry))


def _list_article_slugs(dossier: Dossier, entry: Entry) -> Iterable[str]:
    """Slugs of the articles that a record belongs to."""
    match entry:
        case Article():
            return [entry.slug]
        case Annotation():
            return [entry.article]
        case Claim():
            return dict.fromkeys(note.article for note in dossier.annotations_by_claim.get(entry.id, ()))
        case Event():
            return [slug for slug in entry.articles if slug in dossier.articles]
    return ()


def _get_document_title(kind: RecordKind, entry: Entry) -> str:
    """A record's title as plain text; that of an annotation is its quotation, in quotation marks."""
    if isinstance(entry, Annotation):
        return f"“{entry.quote}”"
    title = kind.get_title(entry)
    return extract_markdown_text(title) if kind.has_markdown_title else title


def _collect_entry_text(dossier: Dossier, kind: RecordKind, entry: Entry) -> str:
    """The text of a record besides its title: fields that are marked as searched, and what is printed of an article."""
    texts = [
        _format_searched_value(value, marker.is_markdown)
        for path, marker, value in iter_reader_texts(entry)
        if marker.is_searched and path != (kind.title_key,)
    ]
    if isinstance(entry, Source) and (publisher := dossier.parties.get(entry.publisher or "")):
        texts.insert(0, publisher.name)
    if isinstance(entry, Article):
        texts += _list_printed_texts(dossier, entry)
    return " ".join(filter(None, texts))


def _format_searched_value(value: Any, is_markdown: bool) -> str:
    """The plain text of a field: a text, several texts, or a date."""
    if isinstance(value, Edtf):
        return value.date_in_words
    return extract_markdown_text(value) if is_markdown else value if isinstance(value, str) else " ".join(value)


def _list_printed_texts(dossier: Dossier, article: Article) -> list[str]:
    """The digest of an article, and the paragraphs of its capture if that is printed in full."""
    digest = "" if article.print == "metadata" else extract_markdown_text(article.digest.text)
    capture = dossier.captures.get(article.slug) if dossier.is_printed_whole(article.slug) else None
    return [digest, *(paragraph.text for paragraph in (capture.paragraphs if capture else ()) if paragraph.kind != "furniture")]


def extract_markdown_text(text: str | None) -> str:
    """Contributors' Markdown as plain text on one line."""
    if text and not is_plain_line(text):
        tokens = parse_markdown(text).tokens
        text = " ".join(_extract_block_text(token) for token in tokens if token.type in ("inline", "fence", "code_block"))
    return " ".join((text or "").split())


def _extract_block_text(block: Token) -> str:
    """The text of a block; line breaks become spaces."""
    if block.children is None:
        return block.content
    return "".join(" " if child.type.endswith("break") else child.content for child in block.children)


def _iter_section_documents(page: HandwrittenPageText) -> Iterator[SearchDocument]:
    """Yield the text above a page's first section, if there is any, and each section whose heading has an id."""
    parser = _HtmlSectionParser()
    parser.feed(page.html)
    parser.close()
    for section in parser.sections:
        title, text = (" ".join("".join(pieces).split()) for pieces in (section.title, section.text))
        if section.id:
            yield SearchDocument(f"{page.url}#{section.id}", f"{page.title}: {title}", text, "page")
        elif text:
            yield SearchDocument(page.url, page.title, text, "page")


class _HtmlSection(NamedTuple):
    """A section: the id of its heading, and pieces of its heading's and its own text."""

    id: str
    title: list[str]
    text: list[str]


class _HtmlSectionParser(HTMLParser):
    """Divides a page at `<h2 id>`. The text of `<h1>` is left out: it is the page's title."""

    def __init__(self) -> None:
        super().__init__()
        self.sections = [_HtmlSection("", [], [])]
        self.heading = ""
        """The heading that is being read: `h1`, `h2` or none."""
        self.is_code = False
        """Whether the parser is inside of a style or a script."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        section_id = dict(attrs).get("id")
        self.is_code = tag in self.CDATA_CONTENT_ELEMENTS
        if tag == "h2" and section_id:
            self.sections.append(_HtmlSection(section_id, [], []))
        if tag == "h1" or (tag == "h2" and section_id):
            self.heading = tag
        elif tag in _WORD_BREAKING_TAGS:
            self.sections[-1].text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.heading = "" if tag == self.heading else self.heading
        self.is_code = False

    def handle_data(self, data: str) -> None:
        if self.heading != "h1" and not self.is_code:
            (self.sections[-1].title if self.heading else self.sections[-1].text).append(data)


_WORD_BREAKING_TAGS = frozenset({"p", "li", "h2", "h3", "h4", "td", "th", "dt", "dd", "br", "pre", "blockquote"})
"""Elements at whose beginning a word ends."""
