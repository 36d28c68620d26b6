"""What a dossier is: all its records, the captures at hand, the lock, and look-ups between them.

A value: it reads and writes nothing. Look-ups are computed once and cached, so that no check or page searches a list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

from dossier.model.base import Entry, Record, select_published_entries
from dossier.model.citations import assign_citation_letters
from dossier.model.dates.edtf import Edtf
from dossier.model.evidence import EvidenceBalance, EvidenceScale, find_unquoted_hashes, trace_chains
from dossier.model.kinds import ENTRY_KINDS, RecordKind
from dossier.model.numbers.evaluation import Evaluator
from dossier.model.problems.problem import Problem
from dossier.model.quotations.anchoring import (
    Anchor,
    AnchorResult,
    QuoteUnverifiable,
    anchor_quote,
    find_locked_anchor,
    has_words,
)
from dossier.model.quotations.capture import Capture, Lock, ParagraphOutline, TextSpan, count_words, hash_content
from dossier.model.records import Annotation, Article, Chart, Claim, Event, Measure, Party, Source, Term, Verdict, Voice
from dossier.model.records.table import QuotationTable
from dossier.model.settings import MKDOCS_CONFIG_NAME, PROPERDOCS_CONFIG_NAME, HandwrittenPage, Settings
from dossier.model.site.release import LastRelease
from dossier.model.site.revision import Revision

GroupedItemT = TypeVar("GroupedItemT")


@dataclass(frozen=True)
class Dossier:
    """Everything that was read; `problems` were found while reading, in the files of `unread_paths`."""

    articles: Mapping[str, Article] = field(default_factory=dict)
    annotations: Mapping[str, tuple[Annotation, ...]] = field(default_factory=dict)
    """By article slug, in the order of their file."""
    claims: Mapping[str, Claim] = field(default_factory=dict)
    events: Mapping[str, Event] = field(default_factory=dict)
    charts: Mapping[str, Chart] = field(default_factory=dict)
    tables: Mapping[str, QuotationTable] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    parties: Mapping[str, Party] = field(default_factory=dict)
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    voices: Mapping[str, Voice] = field(default_factory=dict)
    measures: Mapping[str, Measure] = field(default_factory=dict)
    glossary: tuple[Term, ...] = ()
    adjacent_capture_paths: tuple[str, ...] = ()
    """Paths of captures that lie beside a record."""
    repeated_records: tuple[tuple[Any, str], ...] = ()
    """Records whose id another one of their file has already taken, with that id."""
    withdrawn_ids_by_url: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """In a published dossier: ids of retired records, by the page that had them, so that links to them stay valid."""
    handwritten_pages: tuple[HandwrittenPage, ...] = ()
    captures: Mapping[str, Capture] = field(default_factory=dict)
    source_copies: Mapping[str, Capture] = field(default_factory=dict)
    """Private copies of sources at hand, by source, to compare the words of evidence with."""
    lock: Lock = field(default_factory=Lock)
    last_release: LastRelease | None = None
    """None before the first release."""
    revision: Revision | None = None
    """What a site is built from; None in a preview, and where git does not have it as it is."""
    settings: Settings = field(default_factory=Settings)
    problems: tuple[Problem, ...] = ()
    unread_paths: frozenset[str] = frozenset()
    missing_paths: frozenset[str] = field(default=frozenset(), compare=False)
    """Of the lock, the settings and the folder of captures that they name (ending in a slash), those that do not exist."""
    is_output_public: bool = field(default=False, compare=False)
    """Whether anybody may read what is printed, as on a forge: then no message shows words of a private capture."""
    known_anchor_results: dict[tuple[str, str], AnchorResult] = field(default_factory=dict, compare=False, repr=False)
    """Results computed so far; the published part of a dossier shares them."""

    def iter_annotations(self) -> Iterator[Annotation]:
        """Every annotation, article by article."""
        for notes in self.annotations.values():
            yield from notes

    def iter_printed_annotations(self) -> Iterator[Annotation]:
        """Every annotation that is printed on its article's page: none of an article with `print: metadata`."""
        for slug, notes in self.annotations.items():
            if slug in self.articles and self.articles[slug].print != "metadata":
                yield from notes

    def iter_records(self, *kinds: RecordKind) -> Iterator[Record]:
        """Every record of some kinds, kind by kind."""
        for kind in kinds:
            yield from self.iter_annotations() if kind.model is Annotation else self.index_records(kind).values()

    def iter_entries(self) -> Iterator[Entry]:
        """Every record that has a status of its own."""
        return (entry for entry in self.iter_records(*ENTRY_KINDS) if isinstance(entry, Entry))

    def index_records(self, kind: RecordKind) -> Mapping[str, Record]:
        """Records of a kind by the id that names them elsewhere: annotations by `article#id`."""
        if kind.model is Annotation:
            return {f"{note.article}#{note.id}": note for note in self.iter_annotations()}
        records = getattr(self, kind.dossier_attribute)
        return records if isinstance(records, Mapping) else {record.id: record for record in records}

    @property
    def are_settings_read(self) -> bool:
        """Whether the settings could be read; otherwise the defaults apply."""
        return not self.unread_paths & {MKDOCS_CONFIG_NAME, PROPERDOCS_CONFIG_NAME}

    @cached_property
    def handwritten_page_urls(self) -> frozenset[str]:
        """Addresses of the pages written by hand."""
        return frozenset(page.url for page in self.handwritten_pages)

    @cached_property
    def annotations_by_id(self) -> Mapping[str, Mapping[str, Annotation]]:
        """Annotations by article and id."""
        return {slug: {note.id: note for note in notes} for slug, notes in self.annotations.items()}

    def get_annotation(self, spot: str) -> Annotation | None:
        """The annotation at `article#id`."""
        slug, _, name = spot.partition("#")
        return self.annotations_by_id.get(slug, {}).get(name)

    @cached_property
    def evaluator(self) -> Evaluator:
        """What the figures of all claims come to."""
        return Evaluator(self.claims, self.get_annotation)

    @cached_property
    def annotations_by_claim(self) -> Mapping[str, tuple[Annotation, ...]]:
        """Annotations by the claim they make."""
        return _group_items_by_key((note.claim, note) for note in self.iter_annotations() if note.claim)

    @cached_property
    def charts_by_claim(self) -> Mapping[str, tuple[Chart, ...]]:
        """Charts by the claims whose figures they draw."""
        return _group_items_by_key((claim, chart) for chart in self.charts.values() for claim in chart.claim_ids)

    @cached_property
    def events_by_claim(self) -> Mapping[str, tuple[Event, ...]]:
        """Events by the claims they name, in order of time."""
        return _group_items_by_key((claim, event) for event in self.sorted_events for claim in event.claims)

    @cached_property
    def events_by_article(self) -> Mapping[str, tuple[Event, ...]]:
        """Events by the articles they name, in order of time."""
        return _group_items_by_key((slug, event) for event in self.sorted_events for slug in event.articles)

    @cached_property
    def claims_by_source(self) -> Mapping[str, tuple[Claim, ...]]:
        """Claims by the sources they rest on."""
        return _group_items_by_key((evidence.id, claim) for claim in self.claims.values() for evidence in claim.sources)

    @cached_property
    def root_ids_by_source(self) -> Mapping[str, str]:
        """Id of the source that each source goes back to in the end; of a circle, the same member for all."""
        return trace_chains({name: source.origin for name, source in self.sources.items()})

    @cached_property
    def descendants_by_root(self) -> Mapping[str, tuple[Source, ...]]:
        """Sources by the source that they go back to in the end, without that source itself."""
        return _group_items_by_key((root, self.sources[name]) for name, root in self.root_ids_by_source.items() if name != root)

    @cached_property
    def evidence_scale(self) -> EvidenceScale:
        """What weighs the evidence of claims."""
        return EvidenceScale(self.sources, self.root_ids_by_source, self.parties)

    @cached_property
    def balances_by_claim(self) -> Mapping[str, EvidenceBalance]:
        """What counts for each claim and against it, each collector once."""
        return {claim.id: self.evidence_scale.weigh_claim(claim) for claim in self.claims.values()}

    @cached_property
    def unquoted_hashes_by_source(self) -> Mapping[str, frozenset[str]]:
        """Hashes of words that the lock has of a source and that no claim quotes any more; sources without any are left out."""
        return find_unquoted_hashes(self.lock, self.claims.values())

    def are_words_compared(self, source_id: str, words: str) -> bool:
        """Whether words of a source were compared with a copy of it: with the one here, or by who locked them."""
        copy = self.source_copies.get(source_id)
        return has_words(copy, words) if copy else self.lock.sources.get(source_id, {}).get(hash_content(words), False)

    @cached_property
    def citation_letters_by_source(self) -> Mapping[str, str]:
        """Letters that distinguish sources of one publisher and date, by source: `a`, `b`; empty if none is needed."""
        return assign_citation_letters(self.sources.values())

    @cached_property
    def spellings_by_lowercase_name(self) -> Mapping[str, str]:
        """How parties and terms are spelt, by their names in lower case."""
        names = [*(party.name for party in self.parties.values()), *(term.term for term in self.glossary)]
        return {name.lower(): name for name in names}

    @cached_property
    def sorted_events(self) -> tuple[Event, ...]:
        """Events by earliest bound, latest bound, id."""
        return tuple(sorted(self.events.values(), key=lambda event: (*event.date.sort_key, event.id)))

    @cached_property
    def anchor_results(self) -> Mapping[tuple[str, str], AnchorResult]:
        """Whether and where each quotation was found, by article and annotation id."""
        for note in self.iter_annotations():
            if (note.article, note.id) not in self.known_anchor_results:
                self.known_anchor_results[note.article, note.id] = self._compute_anchor_result(note)
        return self.known_anchor_results

    def find_anchor(self, note: Annotation) -> Anchor | None:
        """The place of an annotation's quotation, if that is known."""
        result = self.anchor_results[note.article, note.id]
        return result if isinstance(result, Anchor) else None

    def is_printed_whole(self, slug: str) -> bool:
        """Whether an article is printed whole: its capture is public, so that nothing of it needs a lock or a budget."""
        return slug in self.articles and self.articles[slug].print == "full"

    def count_quotations(self, slug: str) -> tuple[int, int, int]:
        """Numbers of an article's quotations that its capture has, that it lacks, and that no capture is here for."""
        notes = self.annotations.get(slug, ())
        if slug not in self.captures:
            return 0, 0, len(notes)
        found_count = sum(self.find_anchor(note) is not None for note in notes)
        return found_count, len(notes) - found_count, 0

    def get_verdict(self, note: Annotation) -> Verdict | None:
        """The verdict on an annotation's wording: its own, or its claim's if the stance is `as-stated`."""
        claim = self.claims.get(note.claim) if note.claim else None
        return self.verdicts.get(note.verdict or (claim.verdict if claim and note.stance == "as-stated" else ""))

    def get_printing_date(self, note: Annotation) -> Edtf | None:
        """When an annotation's words were printed: the date of the layer that they are in, or of the article."""
        article, anchor = self.articles.get(note.article), self.find_anchor(note)
        layer = article.get_layer(anchor.span.paragraph) if article and anchor else None
        return layer.published if layer else article.published if article else None

    def get_paragraph_outlines(self, slug: str) -> tuple[ParagraphOutline, ...]:
        """The outlines of an article's paragraphs: from the capture here, else from the lock, else none."""
        if slug in self.captures:
            return self.captures[slug].paragraph_outlines
        return self.lock.articles[slug].paragraphs if slug in self.lock.articles else ()

    def count_article_words(self, slug: str) -> int:
        """Number of an article's words without furniture; 0 if its paragraphs are not known."""
        return sum(outline.words for outline in self.get_paragraph_outlines(slug) if outline.kind != "furniture")

    def list_printed_spans(self, slug: str) -> list[TextSpan]:
        """The places of an article's quotations, and of its title if the lock has it."""
        locked = self.lock.articles.get(slug)
        anchors = (self.find_anchor(note) for note in self.annotations.get(slug, ()))
        return [*(anchor.span for anchor in anchors if anchor), *([locked.title] if locked and locked.title else [])]

    def count_printed_words(self, slug: str) -> int:
        """Number of an article's words that quotations and title print, overlaps counted once."""
        locked, title = self.lock.articles.get(slug), self.articles[slug].title or ""
        words = {(span.paragraph, word) for span in self.list_printed_spans(slug) for word in range(span.first, span.last)}
        return len(words) + (0 if locked and locked.title else count_words(title))

    def only_published(self) -> Dossier:
        """The dossier as readers get it: without drafts, review copies and what is retired."""
        return self._published_part

    @cached_property
    def _published_part(self) -> Dossier:
        if all(entry.is_published for entry in self.iter_entries()):
            return self  # with every look-up that is cached already
        published: dict[str, Any] = {
            kind.dossier_attribute: select_published_entries(getattr(self, kind.dossier_attribute)) for kind in ENTRY_KINDS
        }
        published["annotations"] = {
            slug: notes for slug, notes in published["annotations"].items() if slug in published["articles"]
        }
        return replace(
            self,
            **published,
            withdrawn_ids_by_url=_group_items_by_key(
                entry.url_parts for entry in self.iter_entries() if entry.status == "retired" and entry.url_parts[1]
            ),
        )

    def _compute_anchor_result(self, note: Annotation) -> AnchorResult:
        if note.article in self.captures:
            return anchor_quote(note.quote_selector, self.captures[note.article])
        locked = self.lock.articles.get(note.article)
        ids = [note.id, *(other.id for other in self.annotations[note.article] if other.quote_selector == note.quote_selector)]
        for annotation_id in ids if locked else ():  # two notes may be on the same words, of which one is locked
            result = find_locked_anchor(note.quote_selector, locked, annotation_id)
            if isinstance(result, Anchor):
                return result
        return QuoteUnverifiable()


def _group_items_by_key(pairs: Iterable[tuple[str, GroupedItemT]]) -> Mapping[str, tuple[GroupedItemT, ...]]:
    groups: defaultdict[str, dict[int, GroupedItemT]] = defaultdict(dict)
    for key, item in pairs:
        groups[key].setdefault(id(item), item)
    return {key: tuple(items.values()) for key, items in groups.items()}
