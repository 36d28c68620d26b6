"""The template context: Jinja environment, and methods that render records as links, dates and labels for one page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any, ClassVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from dossier.model.base import Entry
from dossier.model.cache_sizes import MAX_CACHED_TEXTS
from dossier.model.dates.date_parts import SingleDate
from dossier.model.dates.edtf import Edtf
from dossier.model.dossier import Dossier
from dossier.model.kinds import RECORD_KINDS
from dossier.model.records import LAYER_WRITER_ID, Annotation, Source, Verdict, get_article_url, get_claim_url
from dossier.model.site.addresses import list_entry_corrections
from dossier.model.vocabulary import (
    CLAIM_KIND_LABELS,
    READING_EXTENT_LABELS,
    SOURCE_KIND_HEADINGS,
    SOURCE_KIND_NAMES,
    STANCE_MEANINGS,
)
from dossier.model.wording import format_count, quote_title
from dossier.pages.forge_links import build_edit_url, build_report_url
from dossier.pages.markdown import render_first_sentence, render_inline_markdown, render_markdown_html
from dossier.pages.since_visit import SinceVisit, build_since_visit, render_day_attributes

TEMPLATES_DIRECTORY = Path(__file__).parent.parent / "templates"
NOT_ESTABLISHED_LABEL = "not established"
"""Shown for a fact that the record leaves open."""

_LIST_URL_BY_NOUN = {"claim": "claims/", "event": "timeline/", "article": "articles/"}


@lru_cache(maxsize=1)
def get_template_environment() -> Environment:
    """The Jinja environment of our templates. Not the theme's: MkDocs creates that one without autoescape."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES_DIRECTORY),
        autoescape=True,
        undefined=StrictUndefined,  # a misspelt name raises an error instead of rendering as nothing
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # otherwise every include and import of every page calls stat() on the template's file
    )
    environment.filters["as_title"] = quote_title
    environment.filters["with_spaces"] = lambda name: str(name).replace("-", " ")
    return environment


class PageContext:
    """What templates call, for the page at `page_url`; passed to each of them as `context`.

    `dossier` must be filtered already: only published records, unless `preview` is set, in which case templates may show drafts
    and captures.
    """

    # As class attributes, so that templates read vocabularies and functions from `context` like everything else.
    source_kinds, checked_labels = SOURCE_KIND_HEADINGS, READING_EXTENT_LABELS
    stances, claim_kinds, source_kind_names = STANCE_MEANINGS, CLAIM_KIND_LABELS, SOURCE_KIND_NAMES
    not_established_label, text_speaker = NOT_ESTABLISHED_LABEL, LAYER_WRITER_ID
    record_files: ClassVar[Mapping[str, str]] = {kind.name: kind.path_template for kind in RECORD_KINDS}
    list_corrections = staticmethod(list_entry_corrections)
    render_first_sentence = staticmethod(render_first_sentence)
    build_edit_url, build_report_url = staticmethod(build_edit_url), staticmethod(build_report_url)

    def __init__(self, dossier: Dossier, page_url: str, preview: bool = False) -> None:
        self.dossier, self.page_url, self.is_preview = dossier, page_url, preview
        self.relative_root = "../" * page_url.count("/")

    def render_template(self, template: str, **values: Any) -> str:
        """Render a template with `context`, `dossier` and the given values. Raises Jinja's `UndefinedError` for unknown names."""
        return get_template_environment().get_template(template).render(context=self, dossier=self.dossier, **values)

    def url_for(self, address: str, fragment: str = "") -> str:
        """Relative link from this page to an address of the site (`claims/x/`); only the fragment if it is on this page."""
        suffix = f"#{fragment}" if fragment else ""
        if address == self.page_url and suffix:
            return suffix
        # "./" on the root page: an empty href would keep the query string of the current address.
        return (self.relative_root or "./") + address + suffix

    def render_markdown(self, text: str | None) -> Markup:
        """Render contributors' Markdown as HTML blocks; empty for None."""
        return render_markdown_html(text, self.relative_root) if text else Markup()

    def render_line(self, text: str | None, linked: bool = True) -> Markup:
        """Render one line of Markdown as inline HTML. Use `linked=False` inside of a link: links must not nest."""
        return render_inline_markdown(text, self.relative_root, linked) if text else Markup()

    def render_date(self, date: Edtf | None) -> Markup:
        """Render a date in words, with `<time datetime>` for dates that HTML can express (day, month, year)."""
        return _render_date_markup(date) if date else _render_unknown_value("date not established")

    def render_days(self, entry: Entry) -> Markup:
        """The days of a record as attributes, for what is new since a reader's last visit; a preview has none."""
        return Markup() if self.is_preview else render_day_attributes(self.dossier, entry)

    def build_since_visit(self, *nouns: str) -> SinceVisit | None:
        """What is new among the records of this page, or in the lists of these kinds where it has none; a preview has none."""
        url_by_noun = {noun: self.url_for(url) for noun, url in _LIST_URL_BY_NOUN.items() if url != self.page_url}
        return None if self.is_preview else build_since_visit(self.dossier, nouns, url_by_noun)

    def render_party_link(self, party_id: str | None, fallback: str = NOT_ESTABLISHED_LABEL) -> Markup:
        """A party's name, linked to its entry, marked if state-funded. An unknown id is shown as it is, None as `fallback`."""
        party = self.dossier.parties.get(party_id or "")
        if not party:
            return _render_unknown_value(party_id or fallback)
        link = _build_link_markup(self.url_for("parties/", party.id), party.name)
        return link + Markup(' <span class="funded">(state-funded)</span>') if party.state_funded else link

    def render_word_mark(self, verdict: Verdict | None) -> Markup:
        """The shape of a verdict for the end of the quoted words that it is put on, named for screen readers."""
        return _render_word_mark(verdict.shape, verdict.label) if verdict else _render_word_mark("note", "Note")

    def render_speaker(self, note: Annotation) -> Markup:
        """The speaker of a quotation, linked: a party, or "In the words of" the writer of the layer or article."""
        if note.speaker != LAYER_WRITER_ID:
            return self.render_party_link(note.speaker)
        article, anchor = self.dossier.articles.get(note.article), self.dossier.find_anchor(note)
        writer_id = article.get_writer_id(anchor.span.paragraph) if article and anchor else None
        return "In the words of " + self.render_party_link(writer_id, "the article")

    def format_topic(self, topic: str) -> str:
        """A topic id in words, with the spelling of names taken from parties and glossary: `health-canada` as "Health Canada"."""
        spellings, rest, words = self.dossier.spellings_by_lowercase_name, topic.split("-"), []
        while rest:
            # The longest name that the remaining words begin with, so that "new york" is found before "new".
            length = next((length for length in range(len(rest), 1, -1) if " ".join(rest[:length]) in spellings), 1)
            name, rest = " ".join(rest[:length]), rest[length:]
            words.append(spellings.get(name, name))
        return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])

    def render_claim_link(self, claim_id: str | None) -> Markup:
        """A claim's statement, linked to its page; empty for an unknown id."""
        claim = self.dossier.claims.get(claim_id or "")
        if not claim:
            return Markup()
        return _build_link_markup(self.url_for(get_claim_url(claim.id)), self.render_line(claim.claim, linked=False))

    def render_article_link(self, slug: str) -> Markup:
        """An article's name, linked to its page; empty for an unknown slug."""
        article = self.dossier.articles.get(slug)
        return _build_link_markup(self.url_for(get_article_url(slug)), article.name) if article else Markup()

    def render_quotation_link(self, annotation_ref: str) -> Markup:
        """The quotation of an annotation (`article-slug#id`), linked to it; the article's name is the title. Empty if unknown."""
        slug, _, annotation_id = annotation_ref.partition("#")
        note, article = self.dossier.get_annotation(annotation_ref), self.dossier.articles.get(slug)
        if not note or not article:
            return Markup()
        return _build_link_markup(self.url_for(get_article_url(slug), annotation_id), f"“{note.quote}”", article.name)

    def render_source_link(self, source_id: str) -> Markup:
        """A source's publisher and date, linked to its entry, with the source's title as title; empty for an unknown id."""
        source = self.dossier.sources.get(source_id)
        if not source:
            return Markup()
        return _build_link_markup(self.url_for("sources/", source.id), self.format_source_label(source), source.title)

    def format_source_label(self, source: Source) -> str:
        """Publisher and date of a source: "Reuters, 3 May 2019 (b)", with a letter if another source has the same two."""
        party, letter = self.dossier.parties.get(source.publisher or ""), self.dossier.citation_letters_by_source[source.id]
        name = party.name if party else source.title
        date = f", {source.published.date_in_words}" if source.published else ""
        return f"{name}{date}" + (f" ({letter})" if letter else "")

    def format_count(self, number: int, noun: str, plural: str = "") -> str:
        """A number with its noun, as readers see it: "1 note", "3,000 notes". The plural defaults to the noun with an "s"."""
        return format_count(number, noun, plural, thousands_separator=",")

    def get_tone(self, verdict: Verdict | None) -> str:
        """Suffix of the CSS class `tone-…` of a verdict; `none` without a verdict."""
        return verdict.tone if verdict else "none"


def find_newest_review(entries: Iterable[Entry]) -> str:
    """ISO date of the newest review among some records; empty if none was reviewed."""
    days = [entry.reviewed.latest_day for entry in entries if entry.reviewed]
    return "{:04}-{:02}-{:02}".format(*max(days)) if days else ""


def _build_link_markup(url: str, text: str, title: str = "") -> Markup:
    """A link as HTML. Concatenated instead of `Markup.format`, which takes five times as long; a site has tens of thousands."""
    title_attribute = f' title="{escape(title)}"' if title else ""
    return Markup(f'<a href="{escape(url)}"{title_attribute}>{escape(text)}</a>')


def _render_unknown_value(text: str) -> Markup:
    """A fact that is not established, in the style of such facts."""
    return Markup(f'<span class="unknown">{escape(text)}</span>')


@lru_cache(maxsize=MAX_CACHED_TEXTS)
def _render_word_mark(shape: str, label: str) -> Markup:
    """A shape with its label, from the macro that draws all of them."""
    macros: Any = get_template_environment().get_template("macros.html").module
    return Markup(macros.word_mark(shape, label))


# Cached, since the same dates are on many pages, and equal dates look the same on all of them.
@lru_cache(maxsize=MAX_CACHED_TEXTS)
def _render_date_markup(date: Edtf) -> Markup:
    """A date in words with a `<time>` for each of its moments."""
    return Markup(date.format_in_words(_render_time_element))


def _render_time_element(moment: SingleDate) -> Markup:
    """`<time datetime>` for a date that is valid there; plain text for seasons, decades and uncertain digits."""
    words = escape(moment.date_in_words)
    return Markup(f'<time datetime="{moment.html_datetime}">{words}</time>') if moment.html_datetime else words


# Cached, since the title of a page is in its head, its citation, the code of its card, and what lists and files say of it.
@lru_cache(maxsize=MAX_CACHED_TEXTS)
def render_plain_line(text: str) -> str:
    """One line of Markdown as plain text, for titles and descriptions. Not escaped: whoever puts it into HTML must escape it."""
    return unescape(render_inline_markdown(text, "", linked=False).striptags())
