"""What the search finds: one record for each thing that a reader may look for, in plain words, with what it is narrowed by.

A record leads to its thing, a note to the note. Nothing of a capture that may not be printed is in any of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from typing import NamedTuple

from markdown_it.token import Token

from dossier.model.dossier import Dossier
from dossier.model.markdown import MARKDOWN, plain
from dossier.model.numbers.charts import Chart
from dossier.model.records import Article, Claim, Source, article_address, claim_address
from dossier.model.site.facets import Shared, of_article, of_claim, of_event, of_note


class Kind(NamedTuple):
    """A kind of thing that is found: how one and many are called, and the page that lists them, if one does."""

    one: str
    many: str
    address: str = ""


KINDS: Mapping[str, Kind] = {
    "article": Kind("Article", "Articles", "articles/"),
    "note": Kind("Note", "Notes on quotations"),
    "claim": Kind("Claim", "Claims", "claims/"),
    "event": Kind("Event", "Events", "timeline/"),
    "chart": Kind("Chart", "Charts", "charts/"),
    "source": Kind("Source", "Sources", "sources/"),
    "party": Kind("Who is who", "People and organisations", "parties/"),
    "term": Kind("Glossary", "Terms", "glossary/"),
    "page": Kind("Page", "Other pages"),
}


class Found(NamedTuple):
    """One thing that the search finds; all of it is plain text."""

    address: str
    """From the site's root, with the place on the page: `articles/x/#one-in-ten`."""
    title: str
    text: str
    kind: str
    shared: Iterable[Shared] = ()
    """Its verdict, topics and years."""
    articles: Iterable[str] = ()
    """Slugs of the articles it belongs to."""


class Written(NamedTuple):
    """A page written by hand: its address, its title, and its HTML without the parts that are made."""

    address: str
    title: str
    html: str


def found(shown: Dossier, written: Iterable[Written] = ()) -> Iterator[Found]:
    """Every record of what is shown, and every section of the pages written by hand."""
    for article in shown.articles.values():
        yield Found(
            article_address(article.slug),
            article.name,
            _of_article(shown, article),
            "article",
            of_article(article),
            [article.slug],
        )
    for note in shown.quoted_annotations():
        text = _joined(words(note.note), words(note.hindsight))
        address, name = note.home
        yield Found(f"{address}#{name}", f"“{note.quote}”", text, "note", of_note(shown, note), [note.article])
    for claim in shown.claims.values():
        articles = dict.fromkeys(note.article for note in shown.appearances.get(claim.id, ()))
        yield Found(claim_address(claim.id), words(claim.claim), _of_claim(claim), "claim", of_claim(claim), articles)
    yield from _listed(shown)
    for page in written:
        yield from _sections(page)


def _listed(shown: Dossier) -> Iterator[Found]:
    """What stands on a page with others of its kind."""
    for event in shown.chronology:
        articles = [slug for slug in event.articles if slug in shown.articles]
        yield Found(f"timeline/#{event.id}", words(event.title), words(event.text), "event", of_event(shown, event), articles)
    for chart in shown.charts.values():
        yield Found(f"charts/#{chart.id}", words(chart.title), _of_chart(chart), "chart")
    for source in shown.sources.values():
        yield Found(f"sources/#{source.id}", source.title, _of_source(shown, source), "source")
    for party in shown.parties.values():
        yield Found(f"parties/#{party.id}", party.name, _joined(party.role, *party.aliases), "party")
    for term in shown.glossary:
        yield Found(f"glossary/#{term.id}", term.term, words(term.means), "term")


def words(text: str | None) -> str:
    """Contributors' Markdown as plain words on one line."""
    if not text or plain(text):
        return " ".join((text or "").split())
    said = " ".join(_said(token) for token in MARKDOWN.parse(text) if token.type in ("inline", "fence", "code_block"))
    return " ".join(said.split())


def _said(block: Token) -> str:
    if block.children is None:
        return block.content
    return "".join(" " if child.type.endswith("break") else child.content for child in block.children)


def _joined(*texts: str) -> str:
    return " ".join(text for text in texts if text)


def _of_article(shown: Dossier, article: Article) -> str:
    """An article's digest; its own words only where they are printed."""
    digest = "" if article.print == "metadata" else words(article.digest.text)
    capture = shown.captures.get(article.slug) if shown.whole(article.slug) else None
    printed = (paragraph.text for paragraph in (capture.paragraphs if capture else ()) if paragraph.kind != "furniture")
    return _joined(words(article.about), digest, *printed)


def _of_claim(claim: Claim) -> str:
    beside = (words(text) for evidence in claim.sources for text in (evidence.note, evidence.hindsight) if text)
    return _joined(words(claim.summary), words(claim.explanation), words(claim.would_change), *beside)


def _of_chart(chart: Chart) -> str:
    labels = (drawn.label for drawn in chart.figures if drawn.label)
    return _joined(words(chart.text), *labels, *(words(cut.because) for cut in chart.breaks))


def _of_source(shown: Dossier, source: Source) -> str:
    publisher = shown.parties.get(source.publisher or "")
    date = source.published.words if source.published else ""
    return _joined(publisher.name if publisher else "", *source.authors, date, words(source.note))


def _sections(page: Written) -> Iterator[Found]:
    """A page's opening, and each of its sections that has an address of its own."""
    reader = _Reader()
    reader.feed(page.html)
    reader.close()
    for section in reader.sections:
        title, text = (" ".join("".join(said).split()) for said in (section.title, section.text))
        if section.id:
            yield Found(f"{page.address}#{section.id}", f"{page.title}: {title}", text, "page")
        elif text:
            yield Found(page.address, page.title, text, "page")


class _Section(NamedTuple):
    id: str
    title: list[str]
    text: list[str]


class _Reader(HTMLParser):
    """Cuts a page at its headings of the second level; its title is known already."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sections = [_Section("", [], [])]
        self.heading: str = ""
        """The heading that is being read: `h1` or `h2`."""
        self.unread = False
        """Whether this is no text, but a style or a script."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = dict(attrs).get("id")
        self.unread = tag in self.CDATA_CONTENT_ELEMENTS
        if tag == "h2" and name:
            self.sections.append(_Section(name, [], []))
        if tag == "h1" or (tag == "h2" and name):
            self.heading = tag
        elif tag in _BLOCKS:
            self.sections[-1].text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.heading = "" if tag == self.heading else self.heading
        self.unread = False

    def handle_data(self, data: str) -> None:
        if self.heading != "h1" and not self.unread:
            (self.sections[-1].title if self.heading else self.sections[-1].text).append(data)


_BLOCKS = frozenset({"p", "li", "h2", "h3", "h4", "td", "th", "dt", "dd", "br", "pre", "blockquote"})
"""Tags that part words."""
