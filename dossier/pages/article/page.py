"""An article's page: its record, our digest with its notes, further quotations, the map, and its sources."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from dossier.model.dossier import Dossier
from dossier.model.problems.problem import Problem
from dossier.model.quotations.capture import ParagraphKind
from dossier.model.records import Annotation, Article, get_article_url
from dossier.pages.article.facts import list_article_facts
from dossier.pages.article.highlights import HighlightSegment, split_highlight_segments
from dossier.pages.article.paragraph_map import PARAGRAPH_KIND_LABELS, build_article_map
from dossier.pages.context import PageContext, find_newest_review
from dossier.pages.markdown import render_markdown_blocks
from dossier.pages.page import Page

PROBLEM_TONES = ("caution", "fails")
"""Tones of the verdicts that a reader who asks for problems only is shown."""


class DigestBlock(NamedTuple):
    """A paragraph of the digest and the notes that it is the first to link to."""

    html: str
    annotations: tuple[Annotation, ...]


class NeighbourAnnotations(NamedTuple):
    """The notes before and after a note, in the order of the page."""

    previous: Annotation | None = None
    following: Annotation | None = None


class PrintedParagraph(NamedTuple):
    """One paragraph of a capture as it is printed: its text cut at its quotations, and the notes on them."""

    number: int
    kind: ParagraphKind
    segments: list[HighlightSegment]
    annotations: tuple[Annotation, ...]


def build_article_page(shown: Dossier, article: Article, preview: bool = False) -> Page:
    """The page of one article; with `preview` the whole capture is on it, where one is here."""
    address = get_article_url(article.slug)
    notes = _sort_annotations_by_position(shown, article)
    numbers = range(1, len(shown.get_paragraph_outlines(article.slug)) + 1)
    return Page(
        url=address,
        title=article.name,
        render_html=partial(_render_article_page, PageContext(shown, address, preview), article, notes),
        description=f"Annotated digest with {len(notes)} notes: {article.name}",
        source_path=article.path,
        parent_url="articles/",
        anchor_ids=frozenset({note.id for note in notes} | {f"p{number}" for number in numbers}),
        last_reviewed=find_newest_review([article, *notes]),
        dependencies=(
            article,
            notes,
            tuple(shown.claims.get(note.claim) for note in notes if note.claim),
            shown.events_by_article.get(article.slug, ()),
            shown.withdrawn_ids_by_url.get(address, ()),
        ),
    )


def build_unread_page(slug: str, problems: list[Problem]) -> Page:
    """Stands in a preview for an article whose record could not be read; the problems are on top of it."""
    draw = partial(
        PageContext(Dossier(), get_article_url(slug), preview=True).render_template,
        "unread.html",
        slug=slug,
        problems=problems,
    )
    return Page(get_article_url(slug), slug, draw, source_path=f"docs/articles/{slug}.md", parent_url="articles/")


def _render_article_page(context: PageContext, article: Article, notes: tuple[Annotation, ...]) -> str:
    """The HTML of an article's page."""
    shown = context.dossier
    whole = shown.is_printed_whole(article.slug)
    printed = _build_printed_paragraphs(shown, article, notes) if whole or context.is_preview else []
    digest = _render_digest_blocks(context, article, woven=not whole)
    beside = [block.annotations for block in digest] + [paragraph.annotations for paragraph in printed if whole]
    woven = {note.id: note for notes_beside in beside for note in notes_beside}
    further = [note for note in notes if note.id not in woven]
    capture = shown.captures.get(article.slug)
    return context.render_template(
        "article.html",
        article=article,
        digest=digest,
        further=further,
        ways=_find_neighbour_annotations([*woven.values(), *further]),
        glance=list_article_facts(context, article),
        map=build_article_map(shown, article, notes),
        kinds=PARAGRAPH_KIND_LABELS,
        whole=whole,
        printed=printed,
        printed_numbers={paragraph.number for paragraph in printed},
        fingerprint=capture.sha256 if whole and capture else getattr(shown.locked_articles.get(article.slug), "capture", ""),
        notes=notes,
        problems=sum(context.get_tone(shown.get_verdict(note)) in PROBLEM_TONES for note in notes),
        sources=_list_article_sources(article, notes, shown),
    )


def _sort_annotations_by_position(shown: Dossier, article: Article) -> tuple[Annotation, ...]:
    """An article's annotations by the places of their quotations; unplaced ones last."""

    def place(note: Annotation) -> tuple[int, int]:
        found = shown.find_anchor(note)
        return (found.span.paragraph, found.span.start) if found else (10**9, 0)

    return tuple(sorted(shown.annotations.get(article.slug, ()), key=place))


def _render_digest_blocks(context: PageContext, article: Article, woven: bool) -> list[DigestBlock]:
    """The digest with its links as references; where notes are woven in, each beside the first paragraph that links to it."""
    notes = context.dossier.annotations_by_id.get(article.slug, {})
    linked: set[str] = set()

    def reference(note_id: str) -> dict[str, str] | None:
        note = notes.get(note_id)
        if note is None:
            return None
        tone = context.get_tone(context.dossier.get_verdict(note))
        attributes = {"href": f"#{note_id}", "class": f"ref tone-{tone}", "role": "doc-noteref"}
        if woven and note_id not in linked:
            attributes["id"] = f"ref-{note_id}"
        linked.add(note_id)
        return attributes

    placed: set[str] = set()
    digest = []
    for html, ids in render_markdown_blocks(article.digest.text, context.relative_root, reference):
        fresh = [name for name in dict.fromkeys(ids) if name not in placed and woven]
        placed.update(fresh)
        digest.append(DigestBlock(html, tuple(notes[name] for name in fresh)))
    return digest


def _find_neighbour_annotations(notes: Sequence[Annotation]) -> dict[str, NeighbourAnnotations]:
    """The ways from each note to its neighbours, by id."""
    ways = {note.id: NeighbourAnnotations() for note in notes}
    for before, after in pairwise(notes):
        ways[before.id] = ways[before.id]._replace(following=after)
        ways[after.id] = NeighbourAnnotations(previous=before)
    return ways


def _build_printed_paragraphs(shown: Dossier, article: Article, notes: tuple[Annotation, ...]) -> list[PrintedParagraph]:
    """The paragraphs of an article's capture, without furniture where readers get them; none without a capture."""
    capture = shown.captures.get(article.slug)
    spans: dict[int, list[tuple[int, int, Annotation]]] = {}
    for note in notes:
        if found := shown.find_anchor(note):
            spans.setdefault(found.span.paragraph, []).append((found.span.start, found.span.end, note))
    return [
        PrintedParagraph(
            paragraph.number,
            paragraph.kind,
            split_highlight_segments(paragraph.text, spans.get(paragraph.number, ())),
            tuple(note for _, _, note in spans.get(paragraph.number, ())),
        )
        for paragraph in (capture.paragraphs if capture else ())
        if paragraph.kind != "furniture" or not shown.is_printed_whole(article.slug)
    ]


def _list_article_sources(article: Article, notes: tuple[Annotation, ...], shown: Dossier) -> list[str]:
    """Ids of the sources that the article goes back to or its notes name."""
    named = dict.fromkeys([*article.origin, *(source for note in notes for source in note.sources)])
    return [source for source in named if source in shown.sources]
