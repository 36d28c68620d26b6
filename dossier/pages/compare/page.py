"""The pages that hold the articles against each other: claims as rows, texts in order of lineage as columns.

A column is an article's own words or one of its layers; a cell holds the annotations in which that text puts the claim.
Work and memory grow with claims and appearances; the full table, which grows with their product, is kept to few of them.
Few claims share one page; of many, each topic has pages of its own and `compare/` leads to them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from dossier.model.dates.edtf import Edtf
from dossier.model.dossier import Dossier
from dossier.model.records import Annotation, Article, Claim, Layer
from dossier.model.site.addresses import COMPARED_TOGETHER, compare_address, compared
from dossier.pages.context import Desk, newest
from dossier.pages.list_facets import Facet, Filters, YesNo, filters
from dossier.pages.list_pages import claims_by_topic, topic_words, verdict_words
from dossier.pages.page import Page

MOST_COLUMNS = 40
MOST_CELLS = 20_000
"""Columns and cells up to which there is a table; beyond, each claim has a list of the texts that mention it."""

FITTING = 8
"""Columns that fit on a wide screen; a table with more scrolls in a box of its own."""


@dataclass(frozen=True, eq=False)
class Column:
    """A text that puts claims: an article's own words, or a layer of it."""

    article: Article
    layer: Layer | None

    @property
    def writer(self) -> str | None:
        """Id of the party that wrote it; None where it is not established."""
        return self.layer.writer if self.layer else self.article.publisher

    @property
    def published(self) -> Edtf | None:
        """When it was published, as well as that is known."""
        return self.layer.published if self.layer else self.article.published


class Row(NamedTuple):
    """A claim and its appearances, by the text they stand in, texts in order of lineage."""

    claim: Claim
    cells: Mapping[Column, list[Annotation]]

    @property
    def differs(self) -> bool:
        """Whether some text departs from the claim; only then can two texts differ from each other."""
        return any(note.stance not in (None, "as-stated") for notes in self.cells.values() for note in notes)


class Leaf(NamedTuple):
    """One of the pages on which the claims of a topic are compared, counted from 1."""

    topic: str
    number: int
    of: int


def compare_pages(shown: Dossier, preview: bool = False) -> Iterator[Page]:
    """Which text puts which claim, and how: one page, or one that leads to those of each topic."""
    description = "How each article puts each claim, side by side in order of lineage."
    pages = compared(shown)
    leaves = _leaves(pages)
    for address, claims in pages.items():
        desk, leaf = Desk(shown, address, preview), leaves.get(address)
        notes = [note for claim in claims for note in shown.appearances.get(claim.id, ())]
        reviewed = newest([*(claims or shown.claims.values()), *notes])
        if leaf:
            title = f"Compare: {desk.topic(leaf.topic)}" + (f" ({leaf.number} of {leaf.of})" if leaf.of > 1 else "")
            draw, made_of = partial(_drawn, desk, claims, leaf), (leaf, claims, tuple(notes))
            yield Page(address, title, draw, description, section="compare/", reviewed=reviewed, made_of=made_of)
        else:
            draw = partial(_drawn, desk, claims) if len(pages) == 1 else partial(_topics_drawn, desk, pages, leaves)
            yield Page(address, "Compare", draw, description, reviewed=reviewed)


def _leaves(pages: Mapping[str, Sequence[Claim]]) -> dict[str, Leaf]:
    """The pages of the topics by address."""
    split = [address.removeprefix("compare/").strip("/").split("/") for address in pages if address != "compare/"]
    parts = Counter(topic for topic, *_ in split)
    numbered = [(topic, int(number[0]) if number else 1) for topic, *number in split]
    return {compare_address(topic, number): Leaf(topic, number, parts[topic]) for topic, number in numbered}


def comparison(shown: Dossier, claims: Iterable[Claim]) -> tuple[tuple[Column, ...], Mapping[str, Row]]:
    """Of some claims, the columns in order of lineage, and the rows by the claim's id."""
    made: dict[tuple[str, str], Column] = {}
    rows = {claim.id: claim for claim in claims}
    cells = {name: _by_text(shown, shown.appearances.get(name, ()), made) for name in rows}
    columns = tuple(sorted(made.values(), key=partial(_lineage, shown)))
    rank = {column: place for place, column in enumerate(columns)}

    def row(claim: Claim) -> Row:
        of_claim = cells[claim.id]
        return Row(claim, {column: of_claim[column] for column in sorted(of_claim, key=rank.__getitem__)})

    return columns, {name: row(claim) for name, claim in rows.items()}


def in_lineage(shown: Dossier, claim: Claim) -> Mapping[Column, list[Annotation]]:
    """The appearances of one claim by the text they stand in, texts in order of lineage."""
    texts = _by_text(shown, shown.appearances.get(claim.id, ()), {})
    return {column: texts[column] for column in sorted(texts, key=partial(_lineage, shown))}


def _by_text(
    shown: Dossier, notes: Iterable[Annotation], made: dict[tuple[str, str], Column]
) -> Mapping[Column, list[Annotation]]:
    """Annotations by the text they stand in; columns that have been made serve again."""
    texts: defaultdict[Column, list[Annotation]] = defaultdict(list)
    for note in notes:
        if article := shown.articles.get(note.article):
            layer = _layer(shown, article, note)
            texts[made.setdefault((article.slug, layer.id if layer else ""), Column(article, layer))].append(note)
    return texts


def _drawn(desk: Desk, claims: Sequence[Claim], leaf: Leaf | None = None) -> str:
    """The HTML of a page that compares claims: those of a topic, or all, each under its first topic."""
    shown = desk.dossier
    columns, rows = comparison(shown, claims)
    judged = {row.claim.verdict for row in rows.values()}
    judged |= {note.verdict for row in rows.values() for notes in row.cells.values() for note in notes if note.verdict}
    grouped = {leaf.topic: claims} if leaf else claims_by_topic(shown)
    return desk.render(
        "compare.html",
        leaf=leaf,
        next_to=_next_to(leaf) if leaf else [],
        columns=columns,
        numbers=_numbers(columns),
        rows={topic: [rows[claim.id] for claim in of_topic] for topic, of_topic in grouped.items()},
        number=len(rows),
        tabular=len(columns) <= MOST_COLUMNS and len(columns) * len(rows) <= MOST_CELLS,
        scrolls=len(columns) > FITTING,
        filters=_filters(desk, rows, leaf),
        verdicts=[verdict for verdict in shown.verdicts.values() if verdict.id in judged],
    )


def _filters(desk: Desk, rows: Mapping[str, Row], leaf: Leaf | None) -> Filters:
    facets = [
        Facet[Row]("topic", "Topic", lambda row: row.claim.listed_under, topic_words(desk, (row.claim for row in rows.values()))),
        Facet[Row]("verdict", "Verdict", lambda row: (row.claim.verdict,), verdict_words(desk.dossier)),
        YesNo[Row]("differ", "Only where they differ", lambda row: row.differs),
    ]
    on_page = " on this page" if leaf and leaf.of > 1 else ""
    return filters(rows, facets, f"claim{on_page}", f"claims{on_page}")


def _topics_drawn(desk: Desk, pages: Mapping[str, Sequence[Claim]], leaves: Mapping[str, Leaf]) -> str:
    """The HTML of the page that leads to the topics: how many claims each has, and how often each verdict."""
    claims: defaultdict[str, list[Claim]] = defaultdict(list)
    for address, leaf in leaves.items():
        claims[leaf.topic] += pages[address]
    counts = {topic: Counter(claim.verdict for claim in of_topic) for topic, of_topic in claims.items()}
    tallies = {
        topic: [(verdict, count[name]) for name, verdict in desk.dossier.verdicts.items() if count[name]]
        for topic, count in counts.items()
    }
    return desk.render("compare_topics.html", topics=claims, tallies=tallies, together=COMPARED_TOGETHER)


def _next_to(leaf: Leaf) -> list[tuple[int, str]]:
    """All pages of a topic, where it has several."""
    numbers = range(1, leaf.of + 1) if leaf.of > 1 else range(0)
    return [(number, compare_address(leaf.topic, number)) for number in numbers]


def _layer(shown: Dossier, article: Article, note: Annotation) -> Layer | None:
    """The layer that a quotation stands in; none where its place is not known."""
    found = shown.found(note)
    return article.layer_of(found.span.paragraph) if found else None


def _lineage(shown: Dossier, column: Column) -> tuple[object, ...]:
    """Sorts by the first day a text can date from, which is not before what it goes back to was public; undated texts last.

    On the same day the more exactly dated comes first, then what stands on its own before what is printed in another.
    """
    article, layer, date = column.article, column.layer, column.published
    sources = [shown.sources[name] for name in article.origin if name in shown.sources] if not layer else []
    public = [known.earliest for source in sources if (known := source.known_from or source.published)]
    days = (max([date.earliest, *public]), date.latest) if date else ()
    return (date is None, days, layer is not None, bool(sources), article.slug, layer.id if layer else "")


def _numbers(columns: Iterable[Column]) -> Mapping[Column, int]:
    """Numbers that tell apart texts of the same writer and date, from 1; 0 where none is needed."""
    alike: defaultdict[tuple[object, ...], list[Column]] = defaultdict(list)
    for column in columns:
        alike[
            column.writer or column.article.name, str(column.published), column.article.publisher if column.layer else ""
        ].append(column)
    return {column: place if len(group) > 1 else 0 for group in alike.values() for place, column in enumerate(group, 1)}
