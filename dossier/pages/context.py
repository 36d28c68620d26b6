"""The context on which pages are made: templates, and how records are said in words and linked to each other."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from dossier.model.base import Entry
from dossier.model.cache_sizes import MAX_CACHED_TEXTS
from dossier.model.dates.edtf import Edtf, SingleDate
from dossier.model.dossier import Dossier
from dossier.model.records import LAYER_WRITER_ID, Annotation, Source, Verdict, get_article_url, get_claim_url
from dossier.model.site.addresses import RECORD_PATH_TEMPLATES, SOURCE_KIND_HEADINGS, list_entry_corrections
from dossier.model.vocabulary import BEARING_LABELS, READING_EXTENT_LABELS, STANCE_MEANINGS
from dossier.pages.forge_links import build_edit_url, build_report_url
from dossier.pages.markdown import render_inline_markdown, render_markdown_html

TEMPLATES_DIRECTORY = Path(__file__).parent.parent / "templates"
NOT_ESTABLISHED_LABEL = "not established"


@lru_cache(maxsize=1)
def get_template_environment() -> Environment:
    """Our own templates with autoescape on; the theme's environment has it off."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES_DIRECTORY),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # else every part of every page asks the disk whether its template is still the same
    )
    made.filters["spoken"] = lambda name: str(name).replace("-", " ")
    return made


class PageContext:
    """Everything a template asks, for one page: `at` is the page's address.

    `shown` is the dossier as this site's readers get it; in a preview drafts are part of it and captures may be printed.
    """

    source_kinds, checked_labels, stances, bearings, not_established_label, text_speaker, record_files = (
        SOURCE_KIND_HEADINGS,
        READING_EXTENT_LABELS,
        STANCE_MEANINGS,
        BEARING_LABELS,
        NOT_ESTABLISHED_LABEL,
        LAYER_WRITER_ID,
        RECORD_PATH_TEMPLATES,
    )
    list_corrections = staticmethod(list_entry_corrections)
    build_edit_url, build_report_url = staticmethod(build_edit_url), staticmethod(build_report_url)

    def __init__(self, shown: Dossier, at: str, preview: bool = False) -> None:
        self.dossier, self.page_url, self.is_preview = shown, at, preview
        self.relative_root = "../" * at.count("/")

    def render_template(self, template: str, **values: Any) -> str:
        """A template of ours with this context at hand."""
        return get_template_environment().get_template(template).render(context=self, dossier=self.dossier, **values)

    def url_for(self, address: str, fragment: str = "") -> str:
        """A link from this page to an address of the site."""
        anchor = f"#{fragment}" if fragment else ""
        if address == self.page_url and anchor:
            return anchor
        return (self.relative_root or "./") + address + anchor

    def render_markdown(self, text: str | None) -> Markup:
        """Contributors' Markdown as HTML."""
        return render_markdown_html(text, self.relative_root) if text else Markup()

    def render_line(self, text: str | None, linked: bool = True) -> Markup:
        """One line of contributors' Markdown as HTML; unlinked inside what is a link itself."""
        return render_inline_markdown(text, self.relative_root, linked) if text else Markup()

    def render_date(self, date: Edtf | None) -> Markup:
        """A date in words, with `<time>` where HTML has a form for it."""
        return _render_date_markup(date) if date else _render_unknown_value("date not established")

    def render_party_link(self, party_id: str | None, fallback: str = NOT_ESTABLISHED_LABEL) -> Markup:
        """A party's name, linked to its entry."""
        party = self.dossier.parties.get(party_id or "")
        if not party:
            return _render_unknown_value(party_id or fallback)
        named = _build_link_markup(self.url_for("parties/", party.id), party.name)
        return named + Markup(' <span class="funded">(state-funded)</span>') if party.state_funded else named

    def render_speaker(self, note: Annotation) -> Markup:
        """Who says the quoted words; the writer of the layer where they are the text's own."""
        if note.speaker != LAYER_WRITER_ID:
            return self.render_party_link(note.speaker)
        article, found = self.dossier.articles.get(note.article), self.dossier.find_anchor(note)
        writer = article.get_writer_id(found.span.paragraph) if article and found else None
        return "In the words of " + self.render_party_link(writer, "the article")

    def format_topic(self, topic: str) -> str:
        """A topic in words, names in it spelt as the parties and the glossary spell them."""
        spelling, rest, words = self.dossier.spellings_by_lowercase_name, topic.split("-"), []
        while rest:
            length = next((length for length in range(len(rest), 1, -1) if " ".join(rest[:length]) in spelling), 1)
            name, rest = " ".join(rest[:length]), rest[length:]
            words.append(spelling.get(name, name))
        return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])

    def render_claim_link(self, claim_id: str | None) -> Markup:
        """A claim's statement, linked to its page."""
        claim = self.dossier.claims.get(claim_id or "")
        return (
            _build_link_markup(self.url_for(get_claim_url(claim.id)), self.render_line(claim.claim, linked=False))
            if claim
            else Markup()
        )

    def render_article_link(self, slug: str) -> Markup:
        """An article's name, linked to its page."""
        article = self.dossier.articles.get(slug)
        return _build_link_markup(self.url_for(get_article_url(slug)), article.name) if article else Markup()

    def render_quotation_link(self, spot: str) -> Markup:
        """The words of an annotation, `article#id`, linked to it; its article is the link's title."""
        slug, _, name = spot.partition("#")
        note, article = self.dossier.get_annotation(spot), self.dossier.articles.get(slug)
        return (
            _build_link_markup(self.url_for(get_article_url(slug), name), f"“{note.quote}”", article.name)
            if note and article
            else Markup()
        )

    def render_source_link(self, source_id: str) -> Markup:
        """A source in short, linked to its entry: publisher and date."""
        source = self.dossier.sources.get(source_id)
        if not source:
            return Markup()
        return _build_link_markup(self.url_for("sources/", source.id), self.format_source_label(source), source.title)

    def format_source_label(self, source: Source) -> str:
        """Publisher and date of a source in words, with a letter where another one has the same."""
        party, letter = self.dossier.parties.get(source.publisher or ""), self.dossier.citation_letters_by_source[source.id]
        name = party.name if party else source.title
        return ", ".join([name, *([source.published.date_in_words] if source.published else [])]) + (
            f" ({letter})" if letter else ""
        )

    def format_count(self, number: int, noun: str, plural: str = "") -> str:
        """A number with its noun: "1 note", "3 notes"."""
        return f"{number:,} {noun if number == 1 else plural or noun + 's'}"

    def get_tone(self, verdict: Verdict | None) -> str:
        """The colour that a verdict is shown in; `none` where there is no verdict."""
        return verdict.tone if verdict else "none"


def find_newest_review(entries: Iterable[Entry]) -> str:
    """Day of the newest review among some records; empty where none was reviewed."""
    days = [entry.reviewed.latest_day for entry in entries if entry.reviewed]
    return "{:04}-{:02}-{:02}".format(*max(days)) if days else ""


def _build_link_markup(address: str, words: str, title: str = "") -> Markup:
    """A link, put together by hand: `Markup.format` takes five times as long, and a site has tens of thousands."""
    more = f' title="{escape(title)}"' if title else ""
    return Markup(f'<a href="{escape(address)}"{more}>{escape(words)}</a>')


def _render_unknown_value(words: str) -> Markup:
    return Markup(f'<span class="unknown">{escape(words)}</span>')


@lru_cache(maxsize=MAX_CACHED_TEXTS)
def _render_date_markup(date: Edtf) -> Markup:
    return Markup(date.format_in_words(_render_time_element))


def _render_time_element(moment: SingleDate) -> Markup:
    return (
        Markup(f'<time datetime="{moment.html_datetime}">{escape(moment.date_in_words)}</time>')
        if moment.html_datetime
        else escape(moment.date_in_words)
    )


def render_plain_line(text: str) -> str:
    """One line of contributors' Markdown as plain text, for titles and descriptions."""
    return unescape(render_inline_markdown(text, "", linked=False).striptags())
