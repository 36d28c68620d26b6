"""An article's page: its record, our digest with its notes, further quotations, the map, and its sources."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from dossier.model.dossier import Dossier
from dossier.model.problems.problem import Problem
from dossier.model.quotations.capture import Kind
from dossier.model.records import Annotation, Article, article_address
from dossier.pages.article.facts import glance
from dossier.pages.article.highlights import Segment, segments
from dossier.pages.article.paragraph_map import KINDS, map_of
from dossier.pages.context import Desk, newest
from dossier.pages.markdown import blocks
from dossier.pages.page import Page

PROBLEMS = ("caution", "fails")
"""Tones of the verdicts that a reader who asks for problems only is shown."""


class Block(NamedTuple):
    """A paragraph of the digest and the notes that it is the first to link to."""

    html: str
    notes: tuple[Annotation, ...]


class Ways(NamedTuple):
    """The notes before and after a note, in the order of the page."""

    before: Annotation | None = None
    after: Annotation | None = None


class Printed(NamedTuple):
    """One paragraph of a capture as it is printed: its text cut at its quotations, and the notes on them."""

    number: int
    kind: Kind
    segments: list[Segment]
    notes: tuple[Annotation, ...]


def article_page(shown: Dossier, article: Article, preview: bool = False) -> Page:
    """The page of one article; with `preview` the whole capture is on it, where one is here."""
    address = article_address(article.slug)
    notes = _in_order(shown, article)
    numbers = range(1, len(shown.outline(article.slug)) + 1)
    return Page(
        address=address,
        title=article.name,
        draw=partial(_drawn, Desk(shown, address, preview), article, notes),
        description=f"Annotated digest with {len(notes)} notes: {article.name}",
        source=article.path,
        section="articles/",
        ids=frozenset({note.id for note in notes} | {f"p{number}" for number in numbers}),
        reviewed=newest([article, *notes]),
        made_of=(
            article,
            notes,
            tuple(shown.claims.get(note.claim) for note in notes if note.claim),
            shown.events_by_article.get(article.slug, ()),
            shown.withdrawn.get(address, ()),
        ),
    )


def unread_page(slug: str, problems: list[Problem]) -> Page:
    """Stands in a preview for an article whose record could not be read; the problems are on top of it."""
    draw = partial(Desk(Dossier(), article_address(slug), preview=True).render, "unread.html", slug=slug, problems=problems)
    return Page(article_address(slug), slug, draw, source=f"docs/articles/{slug}.md", section="articles/")


def _drawn(desk: Desk, article: Article, notes: tuple[Annotation, ...]) -> str:
    """The HTML of an article's page."""
    shown = desk.dossier
    whole = shown.whole(article.slug)
    printed = _printed(shown, article, notes) if whole or desk.preview else []
    digest = _digest(desk, article, woven=not whole)
    beside = [block.notes for block in digest] + [paragraph.notes for paragraph in printed if whole]
    woven = {note.id: note for notes_beside in beside for note in notes_beside}
    further = [note for note in notes if note.id not in woven]
    capture = shown.captures.get(article.slug)
    return desk.render(
        "article.html",
        article=article,
        digest=digest,
        further=further,
        ways=_ways([*woven.values(), *further]),
        glance=glance(desk, article),
        map=map_of(shown, article, notes),
        kinds=KINDS,
        whole=whole,
        printed=printed,
        printed_numbers={paragraph.number for paragraph in printed},
        fingerprint=capture.sha256 if whole and capture else getattr(shown.lock.get(article.slug), "capture", ""),
        notes=notes,
        problems=sum(desk.tone(shown.verdict_of(note)) in PROBLEMS for note in notes),
        sources=_sources(article, notes, shown),
    )


def _in_order(shown: Dossier, article: Article) -> tuple[Annotation, ...]:
    """An article's annotations by the places of their quotations; unplaced ones last."""

    def place(note: Annotation) -> tuple[int, int]:
        found = shown.found(note)
        return (found.span.paragraph, found.span.start) if found else (10**9, 0)

    return tuple(sorted(shown.annotations.get(article.slug, ()), key=place))


def _digest(desk: Desk, article: Article, woven: bool) -> list[Block]:
    """The digest with its links as references; where notes are woven in, each beside the first paragraph that links to it."""
    notes = desk.dossier.annotation_ids.get(article.slug, {})
    linked: set[str] = set()

    def reference(note_id: str) -> dict[str, str] | None:
        note = notes.get(note_id)
        if note is None:
            return None
        tone = desk.tone(desk.dossier.verdict_of(note))
        attributes = {"href": f"#{note_id}", "class": f"ref tone-{tone}", "role": "doc-noteref"}
        if woven and note_id not in linked:
            attributes["id"] = f"ref-{note_id}"
        linked.add(note_id)
        return attributes

    placed: set[str] = set()
    digest = []
    for html, ids in blocks(article.digest.text, desk.root, reference):
        fresh = [name for name in dict.fromkeys(ids) if name not in placed and woven]
        placed.update(fresh)
        digest.append(Block(html, tuple(notes[name] for name in fresh)))
    return digest


def _ways(notes: Sequence[Annotation]) -> dict[str, Ways]:
    """The ways from each note to its neighbours, by id."""
    ways = {note.id: Ways() for note in notes}
    for before, after in pairwise(notes):
        ways[before.id] = ways[before.id]._replace(after=after)
        ways[after.id] = Ways(before=before)
    return ways


def _printed(shown: Dossier, article: Article, notes: tuple[Annotation, ...]) -> list[Printed]:
    """The paragraphs of an article's capture, without furniture where readers get them; none without a capture."""
    capture = shown.captures.get(article.slug)
    spans: dict[int, list[tuple[int, int, Annotation]]] = {}
    for note in notes:
        if found := shown.found(note):
            spans.setdefault(found.span.paragraph, []).append((found.span.start, found.span.end, note))
    return [
        Printed(
            paragraph.number,
            paragraph.kind,
            segments(paragraph.text, spans.get(paragraph.number, ())),
            tuple(note for _, _, note in spans.get(paragraph.number, ())),
        )
        for paragraph in (capture.paragraphs if capture else ())
        if paragraph.kind != "furniture" or not shown.whole(article.slug)
    ]


def _sources(article: Article, notes: tuple[Annotation, ...], shown: Dossier) -> list[str]:
    """Ids of the sources that the article goes back to or its notes name."""
    named = dict.fromkeys([*article.origin, *(source for note in notes for source in note.sources)])
    return [source for source in named if source in shown.sources]
