"""Search documents: one for each record that has an address, and one for each section of a hand-written page.

A document links to its record: that of an annotation to the note. It has no text of a capture that may not be printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from markdown_it.token import Token

from dossier.model.base import Entry
from dossier.model.dates.edtf import Edtf
from dossier.model.dossier import Dossier
from dossier.model.introspection import iter_reader_texts
from dossier.model.kinds import RECORD_KINDS, RecordKind
from dossier.model.markdown import is_plain_line, parse_markdown
from dossier.model.records import Annotation, Article, Claim, Event, Source
from dossier.model.site.addresses import SEARCH_URL
from dossier.model.site.facets import FACET_URL_FOLDERS, FacetValue, list_facet_values
from dossier.pages.page_registry import build_index_pages
from dossier.pages.search.html_sections import iter_html_sections
from dossier.pages.search.names import collect_names
from dossier.pages.search.search_codes import code_name, find_codes, list_date_codes


class SearchKind(NamedTuple):
    """A kind of document: what one and several are called, and the address of the page that lists them, if there is one."""

    singular: str
    plural: str
    url: str = ""


SEARCH_KINDS: Mapping[str, SearchKind] = {
    labels.name: SearchKind(labels.singular, labels.plural, kind.list_page_url)
    for kind in RECORD_KINDS
    if (labels := kind.search_labels)
} | {"list": SearchKind("List", "Lists"), "page": SearchKind("Page", "Other pages")}
"""The kinds of documents by the name that addresses have for them (`?kind=claim`)."""


LEAD_CHARACTERS = 160
"""The beginning of a text: about a line, a claim's finding in short."""


MAX_NAME_WORDS = 8
"""A longer title is a sentence, which nobody types whole."""


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
    aliases: tuple[str, ...] = ()
    """Other names of the same thing, by which readers look for it."""
    related: tuple[str, ...] = ()
    """What belongs to it and is not in its text: the names of who published, wrote or said it, its verdict and topics."""
    date: Edtf | None = None

    def list_own_codes(self) -> list[str]:
        """Search codes of its title, its names and its date, and of the beginning of its text, which says most."""
        beginning = self.text[:LEAD_CHARACTERS].rpartition(" ")[0] if len(self.text) > LEAD_CHARACTERS else self.text
        names = [code_name(name) for name in (self.title, *self.aliases) if name.count(" ") < MAX_NAME_WORDS]
        return _drop_repeated(names + (list_date_codes(self.date) if self.date else []) + find_codes(f"{self.title} {beginning}"))

    def list_other_codes(self) -> list[str]:
        """Search codes of the whole text."""
        return find_codes(self.text)


def _drop_repeated(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, texts)))


class HandwrittenPageText(NamedTuple):
    """A hand-written page: address, title, and HTML without the parts that are generated from records."""

    url: str
    title: str
    html: str
    aliases: tuple[str, ...] = ()
    """Words by which readers look for the page: `search: {aliases: […]}` in its front matter."""
    has_sections: bool = True
    """Whether its sections are found too, and not only what stands above them: `search: {sections: false}` without."""


def iter_search_documents(dossier: Dossier, handwritten: Iterable[HandwrittenPageText] = ()) -> Iterator[SearchDocument]:
    """Yield the documents of a dossier that is filtered already, then those of its hand-written pages."""
    for kind in RECORD_KINDS:
        if kind.search_labels:
            for entry in iter_searched_entries(dossier, kind):
                names = collect_names(dossier, entry)
                yield SearchDocument(
                    entry.page_url,
                    _get_document_title(kind, entry),
                    _collect_entry_text(dossier, kind, entry),
                    kind.search_labels.name,
                    list_facet_values(dossier, entry),
                    _list_article_slugs(dossier, entry),
                    names.aliases,
                    (kind.search_labels.singular, *names.related),
                    names.date,
                )
    yield from _iter_list_documents(dossier)
    for page in handwritten:
        yield from _iter_section_documents(page)


def _iter_list_documents(dossier: Dossier) -> Iterator[SearchDocument]:
    """Yield a document for each page that lists records: all of a kind, or those with one verdict, topic or year."""
    for page in build_index_pages(dossier, preview=False):
        if page.url == SEARCH_URL:
            continue
        folder, _, value = page.url.rstrip("/").partition("/")
        verdict = dossier.verdicts.get(value) if folder == FACET_URL_FOLDERS["verdict"] else None
        texts, aliases = [page.description], [page.title.rpartition(": ")[2], *page.search_aliases]
        if verdict:
            texts.append(verdict.definition)
            aliases += [value, *verdict.aliases]
        yield SearchDocument(page.url, page.title, " ".join(texts), "list", aliases=tuple(aliases))


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
    for section in iter_html_sections(page.html):
        if section.id and page.has_sections:
            yield SearchDocument(f"{page.url}#{section.id}", f"{page.title}: {section.title}", section.text, "page")
        elif not section.id and (section.text or page.aliases):
            yield SearchDocument(page.url, page.title, section.text, "page", aliases=page.aliases)
