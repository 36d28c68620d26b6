"""The editor's page: what is left to do, found from the records. It is made in a preview only; readers never see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import NamedTuple, TypeVar

from dossier.model.base import Entry
from dossier.model.dates.edtf import EARLIEST_DAY, Edtf
from dossier.model.dossier import Dossier
from dossier.model.problems.problem import Problem
from dossier.model.quotations.capture import ParagraphOutline
from dossier.model.records import Article
from dossier.model.site.addresses import EDITOR_URL
from dossier.pages.context import PageContext
from dossier.pages.page import Page, PageHeading

UNANNOTATED_PARAGRAPH_KINDS = ("furniture", "heading")
"""Kinds of paragraphs that need no note."""

EDITOR_SECTION_TITLES = {
    "by-rule": "Problems and notices",
    "unpublished": "Drafts and review copies",
    "paragraphs": "Paragraphs without a note",
    "origins": "Claims on one origin only",
    "archive": "Sources without an archived copy",
    "budget": "Quotation budget",
    "reviews": "Reviews that are missing or old",
}

EditorEntryT = TypeVar("EditorEntryT", bound=Entry)


class AnnotationGap(NamedTuple):
    """Paragraphs in a row that hold figures or quotations and no note; `first` may be `last`."""

    first_paragraph: int
    last_paragraph: int
    content_description: str


class QuotationBudget(NamedTuple):
    """How many of an article's words are printed, of how many, and how many more may be."""

    article: Article
    printed_words: int
    total_words: int
    words_left: int

    @property
    def printed_percent(self) -> float:
        """What is printed, in percent."""
        return 100 * self.printed_words / self.total_words


def build_editor_page(dossier: Dossier, problems: Sequence[Problem] = ()) -> Page:
    """What is left to do, by kind; `problems` are those that the checks have found."""
    draw = partial(_render_editor_page, PageContext(dossier, EDITOR_URL, preview=True), problems)
    headings = tuple(PageHeading(name, title) for name, title in EDITOR_SECTION_TITLES.items())
    description = "What is left to do in this dossier, for its editors."
    return Page(EDITOR_URL, "What is left to do", draw, description, headings=headings, in_nav=False)


def _render_editor_page(context: PageContext, problems: Sequence[Problem]) -> str:
    """The HTML of the page."""
    dossier = context.dossier
    gaps = {
        article.slug: list(_find_annotation_gaps(dossier, article.slug))
        for article in _iter_active_entries(dossier.articles.values())
    }
    claims = list(_iter_active_entries(dossier.claims.values()))
    newest = max(
        (entry.reviewed for entry in dossier.iter_entries() if entry.reviewed), key=lambda day: day.latest_day, default=None
    )
    with_article = {slug: article.reviewed for slug, article in dossier.articles.items()}
    notes = {
        slug: list(_find_overdue_reviews(_iter_active_entries(notes), newest, with_article.get(slug)))
        for slug, notes in dossier.annotations.items()
    }
    return context.render_template(
        "editor.html",
        titles=EDITOR_SECTION_TITLES,
        rules=_group_problems_by_rule(problems),
        unpublished=[entry for entry in dossier.iter_entries() if entry.status in ("draft", "review")],
        gaps={slug: found for slug, found in gaps.items() if found},
        bare=sum(gap.last_paragraph - gap.first_paragraph + 1 for found in gaps.values() for gap in found),
        lone=[claim for claim in claims if len(dossier.collect_independent_source_ids(claim)) == 1],
        unarchived=[source for source in _iter_active_entries(dossier.sources.values()) if not source.archived],
        budgets=sorted(_compute_quotation_budgets(dossier), key=lambda budget: -budget.printed_percent),
        newest=newest,
        old_claims=list(_find_overdue_reviews(claims, newest)),
        old_notes={slug: old for slug, old in notes.items() if old},
    )


def _iter_active_entries(entries: Iterable[EditorEntryT]) -> Iterator[EditorEntryT]:
    """Records that somebody still works on."""
    return (entry for entry in entries if entry.status != "retired")


def _group_problems_by_rule(problems: Iterable[Problem]) -> Mapping[str, list[Problem]]:
    """Problems by rule, errors before notices, the most frequent first."""
    rules: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        rules[problem.rule].append(problem)
    return dict(sorted(rules.items(), key=lambda rule: (rule[1][0].severity, -len(rule[1]), rule[0])))


def _find_annotation_gaps(dossier: Dossier, slug: str) -> Iterator[AnnotationGap]:
    """Where an article holds figures or quotations that no note is on; runs of a kind are taken together."""
    if dossier.articles[slug].print == "metadata":
        return
    found = [dossier.find_anchor(note) for note in _iter_active_entries(dossier.annotations.get(slug, ()))]
    noted = {place.span.paragraph for place in found if place}
    bare = [
        (number, _describe_paragraph_content(outline))
        for number, outline in enumerate(dossier.get_paragraph_outlines(slug), 1)
        if number not in noted and outline.kind not in UNANNOTATED_PARAGRAPH_KINDS and _describe_paragraph_content(outline)
    ]
    for (holds, _), run in groupby(enumerate(bare), key=lambda placed: (placed[1][1], placed[1][0] - placed[0])):
        numbers = [number for _, (number, _) in run]
        yield AnnotationGap(numbers[0], numbers[-1], holds)


def _describe_paragraph_content(outline: ParagraphOutline) -> str:
    """What of a paragraph may call for a note, in words."""
    return " and ".join(["numbers"] * outline.numbers + ["quotation marks"] * outline.quotes)


def _compute_quotation_budgets(dossier: Dossier) -> Iterator[QuotationBudget]:
    """The budgets of articles that are quoted from and whose words are known."""
    for article in _iter_active_entries(dossier.articles.values()):
        words = dossier.count_article_words(article.slug)
        if words and article.print == "excerpts":
            printed = dossier.count_printed_words(article.slug)
            yield QuotationBudget(article, printed, words, dossier.settings.quote_share * words // 100 - printed)


def _find_overdue_reviews(
    entries: Iterable[EditorEntryT], newest: Edtf | None, otherwise: Edtf | None = None
) -> Iterator[EditorEntryT]:
    """Records never reviewed, or more than a year before the newest review; `otherwise` is the review of their article."""
    year, month, day = newest.latest_day if newest else EARLIEST_DAY
    for entry in entries:
        reviewed = entry.reviewed or otherwise
        if not reviewed or reviewed.latest_day < (year - 1, month, day):
            yield entry
