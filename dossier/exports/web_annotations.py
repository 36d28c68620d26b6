"""Our notes as W3C annotations (https://www.w3.org/TR/annotation-model/): over our page of an article, and over the publisher's.

Two files, since a position counts characters of one text only. On our page both selectors are known. Of the publisher's page
the quoted words alone are: how many characters stand before them there nobody knows who has only our lock, and programs
believe a position before they read the words. What stood around the words is the publisher's, and in neither file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any, NamedTuple

from dossier.exports.registry import export, page_export
from dossier.model.dossier import Dossier
from dossier.model.records import Annotation, Article, get_article_url, get_claim_url
from dossier.model.site.addresses import CONTENT_ELEMENT_ID
from dossier.model.site.export_files import ANNOTATIONS_PATH, ORIGINAL_ANNOTATIONS_PATH
from dossier.pages.article.page import list_printed_notes
from dossier.pages.context import PageContext, render_plain_line
from dossier.pages.markdown import render_markdown_html

ANNOTATION_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
ROOT_FROM_FILE = "../../"
"""The site's root as seen from the files of an article, for a site that does not know its address."""

CONTEXT_CHARACTERS = 32
"""Characters of our page before and behind the words that a selector has, so that programs can tell two places apart."""

_ANY_TAG_PATTERN = re.compile(r"<[^>]*>")
_NOTE_PATTERN = re.compile(r'<div class="note [^>]*\bid="([^"]+)" data-note="\1"')
_PRINTED_WORDS_PATTERN = re.compile(r'<span id="ref-([^"]+)"></span>')
_QUOTED_WORDS_PATTERN = re.compile(r"<q\b[^>]*>(.*?)</q>", re.DOTALL)


class PagePlace(NamedTuple):
    """Where the words of a note are in the text of its page: `[start, end)` in code points."""

    start: int
    end: int


@page_export(ANNOTATIONS_PATH)
def build_page_annotations(published: Dossier, slug: str, content_html: str) -> str:
    """The notes over our page of an article: with its words where it is printed whole, or else with their line in the note."""
    article = published.articles.get(slug)
    notes = {note.id: note for note in list_printed_notes(published, slug)}
    text, places = locate_notes(content_html, {name: len(_find_printed_words(published, note)) for name, note in notes.items()})
    if not article or not places:
        return ""
    root = published.settings.site_url or ROOT_FROM_FILE
    source = root + get_article_url(slug)
    items = [
        _build_annotation(published, notes[name], root, ANNOTATIONS_PATH)
        | {"target": {"source": source, "selector": _build_selectors(text, places[name])}}
        for name in notes
        if name in places
    ]
    return _format_annotation_page(root + ANNOTATIONS_PATH.replace("{id}", slug), items)


@export(ORIGINAL_ANNOTATIONS_PATH)
def build_original_annotations(published: Dossier) -> Iterator[tuple[str, str]]:
    """The notes over the publisher's page of each article whose address is established."""
    root = published.settings.site_url or ROOT_FROM_FILE
    for slug, article in published.articles.items():
        notes = list_printed_notes(published, slug)
        if notes and article.reading_url:
            items = [
                _build_annotation(published, note, root, ORIGINAL_ANNOTATIONS_PATH)
                | {
                    "target": {
                        "source": article.reading_url,
                        "selector": {"type": "TextQuoteSelector", "exact": note.quote},
                        **_build_time_state(published, article, note),
                    }
                }
                for note in notes
            ]
            yield slug, _format_annotation_page(root + ORIGINAL_ANNOTATIONS_PATH.replace("{id}", slug), items)


def locate_notes(content_html: str, printed_lengths: dict[str, int]) -> tuple[str, dict[str, PagePlace]]:
    """The text of a page's content, from the element `#page` on, and the places of the words of its notes in it by id.

    The text is what a browser counts: everything between tags, hidden or not, with each space. `printed_lengths` has the
    number of characters of quotations in an article that is printed whole, 0 of one that is not.
    """
    start = max(content_html.find(f'<div id="{CONTENT_ELEMENT_ID}"'), 0)
    spans = [(*span.span(1), note[1]) for note in _NOTE_PATTERN.finditer(content_html, start) if (span := _find_words(note))]
    printed = {place[1]: place.end() for place in _PRINTED_WORDS_PATTERN.finditer(content_html, start)}
    cuts = sorted(
        {start, *printed.values(), *(offset for first, last, _ in spans for offset in (first, last)), len(content_html)}
    )
    pieces, offsets, length = [], {}, 0
    for cut, following in zip(cuts, [*cuts[1:], len(content_html)], strict=True):
        offsets[cut] = length
        pieces.append(_read_text(content_html[cut:following]))
        length += len(pieces[-1])
    places = {name: PagePlace(offsets[first], offsets[last]) for first, last, name in spans}
    places |= {
        name: PagePlace(offsets[offset], offsets[offset] + printed_lengths[name])
        for name, offset in printed.items()
        if printed_lengths.get(name)
    }
    return "".join(pieces), places


def _find_words(note: re.Match[str]) -> re.Match[str] | None:
    """The quotation of a note, the first in it."""
    return _QUOTED_WORDS_PATTERN.search(note.string, note.end())


def _read_text(html: str) -> str:
    # What we make escapes `<` and `>` everywhere but in tags, in attributes too.
    return unescape(_ANY_TAG_PATTERN.sub("", html))


def _find_printed_words(published: Dossier, note: Annotation) -> str:
    """The words of a note as its article prints them; empty where the article is not printed whole."""
    anchor = published.find_anchor(note) if published.is_printed_whole(note.article) else None
    return (anchor.matched_text or "") if anchor else ""


def _build_selectors(text: str, place: PagePlace) -> list[dict[str, Any]]:
    before, behind = text[: place.start][-CONTEXT_CHARACTERS:], text[place.end : place.end + CONTEXT_CHARACTERS]
    return [
        {"type": "TextQuoteSelector", "exact": text[place.start : place.end], "prefix": before, "suffix": behind},
        {"type": "TextPositionSelector", **place._asdict()},
    ]


def _build_time_state(published: Dossier, article: Article, note: Annotation) -> dict[str, Any]:
    """The state of the publisher's page that an archive kept, if it kept the paragraph of the note on a day that is known."""
    archived, anchor = article.archived, published.find_anchor(note)
    if not archived or (archived.covers and not (anchor and anchor.span.paragraph in archived.covers)):
        return {}
    state: dict[str, Any] = {"type": "TimeState", "cached": archived.url}
    # A day is not a moment, so it is given from its beginning to its end.
    if archived.date and archived.date.start and archived.date.end:
        first, last = ("{:04}-{:02}-{:02}".format(*day) for day in (archived.date.earliest_day, archived.date.latest_day))
        state |= {"sourceDateStart": f"{first}T00:00:00Z", "sourceDateEnd": f"{last}T23:59:59Z"}
    return {"state": state}


def _build_annotation(published: Dossier, note: Annotation, root: str, path: str) -> dict[str, Any]:
    """An annotation without its target: who says it, and what."""
    bodies = list(_iter_bodies(published, note, root))
    purposes = dict.fromkeys(body["purpose"] for body in bodies)
    creator = published.settings.publisher or published.settings.site_name
    return {
        "id": f"{root}{path.replace('{id}', note.article)}#{note.id}",
        "type": "Annotation",
        "motivation": [purpose for purpose in purposes if purpose != "linking"] or ["highlighting"],
        **({"creator": {"name": creator}} if creator else {}),
        "body": bodies,
    }


def _iter_bodies(published: Dossier, note: Annotation, root: str) -> Iterator[dict[str, Any]]:
    """Yield the note, the verdict on the words, and links to the note, its claim and its sources."""
    context = PageContext(published, get_article_url(note.article))
    said = [text for text in (note.note, note.hindsight) if text]
    if said:
        html = "".join(render_markdown_html(text, root) for text in said)
        yield {"type": "TextualBody", "purpose": "commenting", "format": "text/html", "language": "en", "value": html}
    if verdict := published.get_verdict(note):
        yield {
            "type": "TextualBody",
            "purpose": "classifying",
            "format": "text/plain",
            "language": "en",
            "value": verdict.label,
        }
    links = {root + note.page_url: "This note"}
    if claim := published.claims.get(note.claim or ""):
        links[root + get_claim_url(claim.id)] = f"The claim: {render_plain_line(claim.claim)}"
    sources = (published.sources[source_id] for source_id in note.sources if source_id in published.sources)
    links |= {root + source.page_url: f"Source: {context.format_source_label(source)}" for source in sources}
    for address, label in links.items():
        yield {"type": "SpecificResource", "purpose": "linking", "source": {"id": address, "label": label}}


def _format_annotation_page(address: str, items: list[dict[str, Any]]) -> str:
    page = {"@context": ANNOTATION_CONTEXT, "id": address, "type": "AnnotationPage", "items": items}
    return json.dumps(page, ensure_ascii=False) + "\n"
