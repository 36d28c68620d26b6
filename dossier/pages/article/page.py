"""Article pages: digest with notes, what to take away, further quotations, the printed text if allowed, map, sources, record."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from dossier.model.dossier import Dossier
from dossier.model.problems.problem import Problem
from dossier.model.quotations.capture import ParagraphKind
from dossier.model.records import Annotation, Article, get_article_url
from dossier.pages.article.facts import list_article_facts
from dossier.pages.article.highlights import HighlightSegment, split_highlight_segments
from dossier.pages.article.paragraph_map import PARAGRAPH_KIND_LABELS, build_article_map
from dossier.pages.article.strip import build_article_strip
from dossier.pages.citing.page_citation import build_citation_metadata, build_page_citation
from dossier.pages.context import PageContext, find_newest_review
from dossier.pages.list_pages import count_verdicts
from dossier.pages.markdown import ResolvedReference, render_first_sentence, render_markdown_blocks
from dossier.pages.page import Page

PROBLEM_TONES = ("caution", "fails")
"""Tones of verdicts that count as problems in the page's "Notes" switch. `script/notes.js` has the same list."""


class DigestBlock(NamedTuple):
    """A block of the digest as HTML, and the annotations whose first link is in it; they are shown beside it."""

    html: str
    annotations: tuple[Annotation, ...]


class PrintedParagraph(NamedTuple):
    """A paragraph of the printed capture: number from 1, kind, text split at its quotations, and their annotations."""

    number: int
    kind: ParagraphKind
    segments: list[HighlightSegment]
    annotations: tuple[Annotation, ...]


def build_article_page(dossier: Dossier, article: Article, preview: bool = False) -> Page:
    """The page of one article. With `preview`, it also has the text of the capture, if that is available."""
    url = get_article_url(article.slug)
    notes = _sort_annotations_by_position(dossier, article)
    paragraph_numbers = range(1, len(dossier.get_paragraph_outlines(article.slug)) + 1)
    return Page(
        url=url,
        title=article.name,
        render_html=partial(_render_article_page, PageContext(dossier, url, preview), article, notes),
        description=f"Summary with {len(notes)} notes: {article.name}",
        source_path=article.path,
        parent_url="articles/",
        # The map has an element for each paragraph, so #p1 … exist even if the text itself is not printed.
        anchor_ids=frozenset({note.id for note in notes} | {f"p{number}" for number in paragraph_numbers}),
        last_reviewed=find_newest_review([article, *notes]),
        citation_metadata=build_citation_metadata(dossier, article),
        dependencies=(
            article,
            notes,
            tuple(dossier.claims.get(note.claim) for note in notes if note.claim),
            dossier.events_by_article.get(article.slug, ()),
            dossier.withdrawn_ids_by_url.get(url, ()),
        ),
    )


def build_unread_page(slug: str, problems: list[Problem]) -> Page:
    """The page of a preview for an article whose record could not be read; the template shows the problems at the top."""
    render_html = partial(
        PageContext(Dossier(), get_article_url(slug), preview=True).render_template,
        "unread.html",
        slug=slug,
        problems=problems,
    )
    return Page(get_article_url(slug), slug, render_html, source_path=f"docs/articles/{slug}.md", parent_url="articles/")


def _render_article_page(context: PageContext, article: Article, notes: tuple[Annotation, ...]) -> str:
    """The HTML of an article's page."""
    dossier = context.dossier
    is_whole = dossier.is_printed_whole(article.slug)
    printed = _build_printed_paragraphs(dossier, article, notes) if is_whole or context.is_preview else []
    # If the article is printed in full, its notes are beside that text and not beside the digest.
    digest = _render_digest_blocks(context, article, with_notes=not is_whole)
    groups = [block.annotations for block in digest] + [paragraph.annotations for paragraph in printed if is_whole]
    ids_beside_text = {note.id for group in groups for note in group}
    article_map = build_article_map(dossier, article, notes)
    capture = dossier.captures.get(article.slug)
    return context.render_template(
        "article.html",
        article=article,
        citation=build_page_citation(dossier, article),
        digest=digest,
        further=[note for note in notes if note.id not in ids_beside_text],
        lead=render_first_sentence(article.about or ""),
        tally=count_verdicts(dossier, notes),
        facts=list_article_facts(context, article),
        article_map=article_map,
        strip=build_article_strip(article_map),
        kind_labels=PARAGRAPH_KIND_LABELS,
        is_whole=is_whole,
        printed=printed,
        printed_numbers={paragraph.number for paragraph in printed},
        capture_hash=capture.sha256 if is_whole and capture else getattr(dossier.lock.articles.get(article.slug), "capture", ""),
        notes=notes,
        problem_count=sum(context.get_tone(dossier.get_verdict(note)) in PROBLEM_TONES for note in notes),
        sources=_list_article_sources(article, notes, dossier),
    )


def list_printed_notes(dossier: Dossier, slug: str) -> tuple[Annotation, ...]:
    """The notes on an article's page, in the order of their words; none of an article of which only the record is shown."""
    article = dossier.articles.get(slug)
    return _sort_annotations_by_position(dossier, article) if article and article.print != "metadata" else ()


def _sort_annotations_by_position(dossier: Dossier, article: Article) -> tuple[Annotation, ...]:
    """An article's annotations in the order of their quotations; those without a known position last."""

    def get_position(note: Annotation) -> tuple[int, int]:
        anchor = dossier.find_anchor(note)
        return (anchor.span.paragraph, anchor.span.start) if anchor else (10**9, 0)

    return tuple(sorted(dossier.annotations.get(article.slug, ()), key=get_position))


def _render_digest_blocks(context: PageContext, article: Article, with_notes: bool) -> list[DigestBlock]:
    """Render the digest. Links to annotations get the verdict's tone and, at their first occurrence, an id to return to.

    `with_notes`: give each annotation to the first block that links to it, to be shown beside that block.
    """
    notes = context.dossier.annotations_by_id.get(article.slug, {})
    linked: set[str] = set()

    def resolve_reference(note_id: str) -> ResolvedReference | None:
        # The roles are those of DPUB-ARIA 1.1 for notes; macros.html has the way back, `doc-backlink`.
        note = notes.get(note_id)
        if note is None:
            return None
        verdict = context.dossier.get_verdict(note)
        attributes = {"href": f"#{note_id}", "class": f"ref tone-{context.get_tone(verdict)}", "role": "doc-noteref"}
        if with_notes and note_id not in linked:
            attributes["id"] = f"ref-{note_id}"
        linked.add(note_id)
        return ResolvedReference(attributes, context.render_word_mark(verdict))

    placed: set[str] = set()
    digest = []
    for html, ids in render_markdown_blocks(article.digest.text, context.relative_root, resolve_reference):
        new_ids = [note_id for note_id in dict.fromkeys(ids) if note_id not in placed and with_notes]
        placed.update(new_ids)
        digest.append(DigestBlock(html, tuple(notes[note_id] for note_id in new_ids)))
    return digest


def _build_printed_paragraphs(dossier: Dossier, article: Article, notes: tuple[Annotation, ...]) -> list[PrintedParagraph]:
    """The paragraphs of an article's capture, empty without one.

    Furniture (navigation, advertisements …) is left out if the text is published; a private preview has it too.
    """
    capture = dossier.captures.get(article.slug)
    spans: dict[int, list[tuple[int, int, Annotation]]] = {}
    for note in notes:
        if anchor := dossier.find_anchor(note):
            spans.setdefault(anchor.span.paragraph, []).append((anchor.span.start, anchor.span.end, note))
    return [
        PrintedParagraph(
            paragraph.number,
            paragraph.kind,
            split_highlight_segments(paragraph.text, spans.get(paragraph.number, ())),
            tuple(note for _, _, note in spans.get(paragraph.number, ())),
        )
        for paragraph in (capture.paragraphs if capture else ())
        if paragraph.kind != "furniture" or not dossier.is_printed_whole(article.slug)
    ]


def _list_article_sources(article: Article, notes: tuple[Annotation, ...], dossier: Dossier) -> list[str]:
    """Ids of the sources that the article goes back to, then of those that its annotations cite; each once."""
    source_ids = dict.fromkeys([*article.origin, *(source_id for note in notes for source_id in note.sources)])
    return [source_id for source_id in source_ids if source_id in dossier.sources]
