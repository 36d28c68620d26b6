"""The editor's page: what is left to do, computed from the records. Only a preview has it; it is never published."""

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
"""Kinds of paragraphs that are not listed as lacking a note."""

EDITOR_SECTION_TITLES = {
    "by-rule": "Problems and notices",
    "unpublished": "Drafts and review copies",
    "paragraphs": "Paragraphs without a note",
    "origins": "Claims on one origin only",
    "archive": "Sources without an archived copy",
    "budget": "Quotation budget",
    "reviews": "Reviews that are missing or old",
}
"""Headings of the page by element id, in order."""

EditorEntryT = TypeVar("EditorEntryT", bound=Entry)


class AnnotationGap(NamedTuple):
    """Consecutive paragraphs with numbers or quotation marks and without a note. Both numbers are inclusive, from 1."""

    first_paragraph: int
    last_paragraph: int
    content_description: str


class QuotationBudget(NamedTuple):
    """Words of an article that the site prints, all its words, and how many more may be printed (negative: too many)."""

    article: Article
    printed_words: int
    total_words: int
    words_left: int

    @property
    def printed_percent(self) -> float:
        """Printed words in percent of all words."""
        return 100 * self.printed_words / self.total_words


def build_editor_page(dossier: Dossier, problems: Sequence[Problem] = ()) -> Page:
    """The editor's page. `problems` are the results of the checks, errors and notices."""
    render_html = partial(_render_editor_page, PageContext(dossier, EDITOR_URL, preview=True), problems)
    headings = tuple(PageHeading(section_id, title) for section_id, title in EDITOR_SECTION_TITLES.items())
    description = "What is left to do in this dossier, for its editors."
    return Page(EDITOR_URL, "What is left to do", render_html, description, headings=headings, in_nav=False)


def _render_editor_page(context: PageContext, problems: Sequence[Problem]) -> str:
    """Collect the tasks of every section and render the page."""
    dossier = context.dossier
    gaps_by_article = {
        article.slug: gaps
        for article in _iter_active_entries(dossier.articles.values())
        if (gaps := list(_find_annotation_gaps(dossier, article.slug)))
    }
    claims = list(_iter_active_entries(dossier.claims.values()))
    reviews = [entry.reviewed for entry in dossier.iter_entries() if entry.reviewed]
    newest_review = max(reviews, key=lambda date: date.latest_day, default=None)
    reviews_by_article = {slug: article.reviewed for slug, article in dossier.articles.items()}
    overdue_notes = {
        slug: overdue
        for slug, notes in dossier.annotations.items()
        if (overdue := list(_find_overdue_reviews(_iter_active_entries(notes), newest_review, reviews_by_article.get(slug))))
    }
    return context.render_template(
        "editor.html",
        titles=EDITOR_SECTION_TITLES,
        problems_by_rule=_group_problems_by_rule(problems),
        unpublished=[entry for entry in dossier.iter_entries() if entry.status in ("draft", "review")],
        gaps_by_article=gaps_by_article,
        gap_paragraphs=sum(gap.last_paragraph - gap.first_paragraph + 1 for gaps in gaps_by_article.values() for gap in gaps),
        single_origin_claims=[claim for claim in claims if len(dossier.evidence_scale.list_origins(claim)) == 1],
        unarchived_sources=[source for source in _iter_active_entries(dossier.sources.values()) if not source.archived],
        budgets=sorted(_compute_quotation_budgets(dossier), key=lambda budget: -budget.printed_percent),
        newest_review=newest_review,
        overdue_claims=list(_find_overdue_reviews(claims, newest_review)),
        overdue_notes=overdue_notes,
    )


def _iter_active_entries(entries: Iterable[EditorEntryT]) -> Iterator[EditorEntryT]:
    """All records but retired ones."""
    return (entry for entry in entries if entry.status != "retired")


def _group_problems_by_rule(problems: Iterable[Problem]) -> Mapping[str, list[Problem]]:
    """Group problems by rule: rules with errors first, then by falling number of problems."""
    by_rule: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_rule[problem.rule].append(problem)
    # "error" sorts before "notice".
    return dict(sorted(by_rule.items(), key=lambda group: (group[1][0].severity, -len(group[1]), group[0])))


def _find_annotation_gaps(dossier: Dossier, slug: str) -> Iterator[AnnotationGap]:
    """Yield the paragraphs of an article that may need a note; consecutive ones with the same content are merged."""
    if dossier.articles[slug].print == "metadata":
        return
    anchors = [dossier.find_anchor(note) for note in _iter_active_entries(dossier.annotations.get(slug, ()))]
    annotated = {anchor.span.paragraph for anchor in anchors if anchor}
    unannotated = [
        (number, _describe_paragraph_content(outline))
        for number, outline in enumerate(dossier.get_paragraph_outlines(slug), 1)
        if number not in annotated and outline.kind not in UNANNOTATED_PARAGRAPH_KINDS and _describe_paragraph_content(outline)
    ]
    # Number minus index is the same for all paragraphs of a run without a gap in their numbers.
    for (content, _), run in groupby(enumerate(unannotated), key=lambda indexed: (indexed[1][1], indexed[1][0] - indexed[0])):
        numbers = [number for _, (number, _) in run]
        yield AnnotationGap(numbers[0], numbers[-1], content)


def _describe_paragraph_content(outline: ParagraphOutline) -> str:
    """What makes a paragraph worth a note: "numbers", "quotation marks", both with "and", or an empty string."""
    return " and ".join(["numbers"] * outline.numbers + ["quotation marks"] * outline.quotes)


def _compute_quotation_budgets(dossier: Dossier) -> Iterator[QuotationBudget]:
    """Yield the budget of each article that is printed in excerpts and whose number of words is known."""
    for article in _iter_active_entries(dossier.articles.values()):
        word_count = dossier.count_article_words(article.slug)
        if word_count and article.print == "excerpts":
            printed = dossier.count_printed_words(article.slug)
            yield QuotationBudget(article, printed, word_count, dossier.settings.quote_share * word_count // 100 - printed)


def _find_overdue_reviews(
    entries: Iterable[EditorEntryT], newest_review: Edtf | None, default_review: Edtf | None = None
) -> Iterator[EditorEntryT]:
    """Yield records that were never reviewed, or more than a year before the newest review of the dossier.

    `default_review` counts for records without a review of their own: for annotations, the review of their article.
    """
    year, month, day = newest_review.latest_day if newest_review else EARLIEST_DAY
    for entry in entries:
        reviewed = entry.reviewed or default_review
        if not reviewed or reviewed.latest_day < (year - 1, month, day):
            yield entry
