"""The desk on which pages are made: templates, and how records are said in words and linked to each other."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from dossier.model.base import Entry
from dossier.model.dates.edtf import Edtf, Moment
from dossier.model.dossier import Dossier
from dossier.model.records import TEXT, Annotation, Source, Verdict, article_address, claim_address
from dossier.model.site.addresses import FILES, SOURCE_KINDS, corrections_of
from dossier.model.vocabulary import BEARINGS, CHECKED, STANCES
from dossier.pages.forge_links import correction, report
from dossier.pages.markdown import line, prose

TEMPLATES = Path(__file__).parent.parent / "templates"
UNKNOWN = "not established"


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Our own templates with autoescape on; the theme's environment has it off."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # else every part of every page asks the disk whether its template is still the same
    )
    made.filters["spoken"] = lambda name: str(name).replace("-", " ")
    return made


class Desk:
    """Everything a template asks, for one page: `at` is the page's address.

    `shown` is the dossier as this site's readers get it; in a preview drafts are part of it and captures may be printed.
    """

    kinds, checked, stances, bearings, unknown, text, files = SOURCE_KINDS, CHECKED, STANCES, BEARINGS, UNKNOWN, TEXT, FILES
    corrections = staticmethod(corrections_of)
    correction, report = staticmethod(correction), staticmethod(report)

    def __init__(self, shown: Dossier, at: str, preview: bool = False) -> None:
        self.dossier, self.at, self.preview = shown, at, preview
        self.root = "../" * at.count("/")

    def render(self, template: str, **context: Any) -> str:
        """A template of ours with this desk at hand."""
        return environment().get_template(template).render(desk=self, dossier=self.dossier, **context)

    def to(self, address: str, fragment: str = "") -> str:
        """A link from this page to an address of the site."""
        anchor = f"#{fragment}" if fragment else ""
        if address == self.at and anchor:
            return anchor
        return (self.root or "./") + address + anchor

    def prose(self, text: str | None) -> Markup:
        """Contributors' Markdown as HTML."""
        return prose(text, self.root) if text else Markup()

    def line(self, text: str | None, linked: bool = True) -> Markup:
        """One line of contributors' Markdown as HTML; unlinked inside what is a link itself."""
        return line(text, self.root, linked) if text else Markup()

    def date(self, date: Edtf | None) -> Markup:
        """A date in words, with `<time>` where HTML has a form for it."""
        return _said(date) if date else _unknown("date not established")

    def party(self, party_id: str | None, fallback: str = UNKNOWN) -> Markup:
        """A party's name, linked to its entry."""
        party = self.dossier.parties.get(party_id or "")
        if not party:
            return _unknown(party_id or fallback)
        named = _link(self.to("parties/", party.id), party.name)
        return named + Markup(' <span class="funded">(state-funded)</span>') if party.state_funded else named

    def speaker(self, note: Annotation) -> Markup:
        """Who says the quoted words; the writer of the layer where they are the text's own."""
        if note.speaker != TEXT:
            return self.party(note.speaker)
        article, found = self.dossier.articles.get(note.article), self.dossier.found(note)
        writer = article.writer_of(found.span.paragraph) if article and found else None
        return "In the words of " + self.party(writer, "the article")

    def topic(self, topic: str) -> str:
        """A topic in words, names in it spelt as the parties and the glossary spell them."""
        spelling, rest, words = self.dossier.spelling, topic.split("-"), []
        while rest:
            length = next((length for length in range(len(rest), 1, -1) if " ".join(rest[:length]) in spelling), 1)
            name, rest = " ".join(rest[:length]), rest[length:]
            words.append(spelling.get(name, name))
        return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])

    def claim(self, claim_id: str | None) -> Markup:
        """A claim's statement, linked to its page."""
        claim = self.dossier.claims.get(claim_id or "")
        return _link(self.to(claim_address(claim.id)), self.line(claim.claim, linked=False)) if claim else Markup()

    def article(self, slug: str) -> Markup:
        """An article's name, linked to its page."""
        article = self.dossier.articles.get(slug)
        return _link(self.to(article_address(slug)), article.name) if article else Markup()

    def quotation(self, spot: str) -> Markup:
        """The words of an annotation, `article#id`, linked to it; its article is the link's title."""
        slug, _, name = spot.partition("#")
        note, article = self.dossier.note(spot), self.dossier.articles.get(slug)
        return _link(self.to(article_address(slug), name), f"“{note.quote}”", article.name) if note and article else Markup()

    def cite(self, source_id: str) -> Markup:
        """A source in short, linked to its entry: publisher and date."""
        source = self.dossier.sources.get(source_id)
        if not source:
            return Markup()
        return _link(self.to("sources/", source.id), self.short(source), source.title)

    def short(self, source: Source) -> str:
        """Publisher and date of a source in words, with a letter where another one has the same."""
        party, letter = self.dossier.parties.get(source.publisher or ""), self.dossier.letters[source.id]
        name = party.name if party else source.title
        return ", ".join([name, *([source.published.words] if source.published else [])]) + (f" ({letter})" if letter else "")

    def count(self, number: int, noun: str, plural: str = "") -> str:
        """A number with its noun: "1 note", "3 notes"."""
        return f"{number:,} {noun if number == 1 else plural or noun + 's'}"

    def tone(self, verdict: Verdict | None) -> str:
        """The colour that a verdict is shown in; `none` where there is no verdict."""
        return verdict.tone if verdict else "none"


def newest(entries: Iterable[Entry]) -> str:
    """Day of the newest review among some records; empty where none was reviewed."""
    days = [entry.reviewed.latest for entry in entries if entry.reviewed]
    return "{:04}-{:02}-{:02}".format(*max(days)) if days else ""


def _link(address: str, words: str, title: str = "") -> Markup:
    """A link, put together by hand: `Markup.format` takes five times as long, and a site has tens of thousands."""
    more = f' title="{escape(title)}"' if title else ""
    return Markup(f'<a href="{escape(address)}"{more}>{escape(words)}</a>')


def _unknown(words: str) -> Markup:
    return Markup(f'<span class="unknown">{escape(words)}</span>')


@lru_cache(maxsize=4096)
def _said(date: Edtf) -> Markup:
    return Markup(date.spoken(_time))


def _time(moment: Moment) -> Markup:
    return Markup(f'<time datetime="{moment.html}">{escape(moment.words)}</time>') if moment.html else escape(moment.words)


def plain(text: str) -> str:
    """One line of contributors' Markdown as plain text, for titles and descriptions."""
    return unescape(line(text, "", linked=False).striptags())
