"""The editor's page: what is left to do, found from the records. It is made in a preview only; readers never see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import NamedTuple, TypeVar

from dossier.model.base import Entry
from dossier.model.dates.edtf import EARLIEST, Edtf
from dossier.model.dossier import Dossier
from dossier.model.problems.problem import Problem
from dossier.model.quotations.capture import Outline
from dossier.model.records import Article
from dossier.model.site.addresses import EDITOR
from dossier.pages.context import Desk
from dossier.pages.page import Heading, Page

UNANNOTATED = ("furniture", "heading")
"""Kinds of paragraphs that need no note."""

SECTIONS = {
    "by-rule": "Problems and notices",
    "unpublished": "Drafts and review copies",
    "paragraphs": "Paragraphs without a note",
    "origins": "Claims on one origin only",
    "archive": "Sources without an archived copy",
    "budget": "Quotation budget",
    "reviews": "Reviews that are missing or old",
}

AnyEntry = TypeVar("AnyEntry", bound=Entry)


class Gap(NamedTuple):
    """Paragraphs in a row that hold figures or quotations and no note; `first` may be `last`."""

    first: int
    last: int
    holds: str


class Budget(NamedTuple):
    """How many of an article's words are printed, of how many, and how many more may be."""

    article: Article
    printed: int
    words: int
    left: int

    @property
    def share(self) -> float:
        """What is printed, in percent."""
        return 100 * self.printed / self.words


def editor_page(dossier: Dossier, problems: Sequence[Problem] = ()) -> Page:
    """What is left to do, by kind; `problems` are those that the checks have found."""
    draw = partial(_drawn, Desk(dossier, EDITOR, preview=True), problems)
    headings = tuple(Heading(name, title) for name, title in SECTIONS.items())
    description = "What is left to do in this dossier, for its editors."
    return Page(EDITOR, "What is left to do", draw, description, headings=headings, in_nav=False)


def _drawn(desk: Desk, problems: Sequence[Problem]) -> str:
    """The HTML of the page."""
    dossier = desk.dossier
    gaps = {article.slug: list(_gaps(dossier, article.slug)) for article in _kept(dossier.articles.values())}
    claims = list(_kept(dossier.claims.values()))
    newest = max((entry.reviewed for entry in dossier.entries() if entry.reviewed), key=lambda day: day.latest, default=None)
    with_article = {slug: article.reviewed for slug, article in dossier.articles.items()}
    notes = {slug: list(_overdue(_kept(notes), newest, with_article.get(slug))) for slug, notes in dossier.annotations.items()}
    return desk.render(
        "editor.html",
        titles=SECTIONS,
        rules=_by_rule(problems),
        unpublished=[entry for entry in dossier.entries() if entry.status in ("draft", "review")],
        gaps={slug: found for slug, found in gaps.items() if found},
        bare=sum(gap.last - gap.first + 1 for found in gaps.values() for gap in found),
        lone=[claim for claim in claims if len(dossier.origins(claim)) == 1],
        unarchived=[source for source in _kept(dossier.sources.values()) if not source.archived],
        budgets=sorted(_budgets(dossier), key=lambda budget: -budget.share),
        newest=newest,
        old_claims=list(_overdue(claims, newest)),
        old_notes={slug: old for slug, old in notes.items() if old},
    )


def _kept(entries: Iterable[AnyEntry]) -> Iterator[AnyEntry]:
    """Records that somebody still works on."""
    return (entry for entry in entries if entry.status != "retired")


def _by_rule(problems: Iterable[Problem]) -> Mapping[str, list[Problem]]:
    """Problems by rule, errors before notices, the most frequent first."""
    rules: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        rules[problem.rule].append(problem)
    return dict(sorted(rules.items(), key=lambda rule: (rule[1][0].severity, -len(rule[1]), rule[0])))


def _gaps(dossier: Dossier, slug: str) -> Iterator[Gap]:
    """Where an article holds figures or quotations that no note is on; runs of a kind are taken together."""
    if dossier.articles[slug].print == "metadata":
        return
    found = [dossier.found(note) for note in _kept(dossier.annotations.get(slug, ()))]
    noted = {place.span.paragraph for place in found if place}
    bare = [
        (number, _holds(outline))
        for number, outline in enumerate(dossier.outline(slug), 1)
        if number not in noted and outline.kind not in UNANNOTATED and _holds(outline)
    ]
    for (holds, _), run in groupby(enumerate(bare), key=lambda placed: (placed[1][1], placed[1][0] - placed[0])):
        numbers = [number for _, (number, _) in run]
        yield Gap(numbers[0], numbers[-1], holds)


def _holds(outline: Outline) -> str:
    """What of a paragraph may call for a note, in words."""
    return " and ".join(["numbers"] * outline.numbers + ["quotation marks"] * outline.quotes)


def _budgets(dossier: Dossier) -> Iterator[Budget]:
    """The budgets of articles that are quoted from and whose words are known."""
    for article in _kept(dossier.articles.values()):
        words = dossier.words(article.slug)
        if words and article.print == "excerpts":
            printed = dossier.words_printed(article.slug)
            yield Budget(article, printed, words, dossier.settings.quote_share * words // 100 - printed)


def _overdue(entries: Iterable[AnyEntry], newest: Edtf | None, otherwise: Edtf | None = None) -> Iterator[AnyEntry]:
    """Records never reviewed, or more than a year before the newest review; `otherwise` is the review of their article."""
    year, month, day = newest.latest if newest else EARLIEST
    for entry in entries:
        reviewed = entry.reviewed or otherwise
        if not reviewed or reviewed.latest < (year - 1, month, day):
            yield entry
