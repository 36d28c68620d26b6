"""Bounds of an article's date: each says a day, none contradicts another, and the article is dated inside them."""

from __future__ import annotations

from collections.abc import Iterator

from dossier.checks.rule import Violation, rule
from dossier.model.dates.edtf import EARLIEST_DAY, LATEST_DAY, CalendarDay
from dossier.model.dossier import Dossier
from dossier.model.evidence import PublicationBound
from dossier.model.records import Article


@rule("date-bounds")
def check_date_bounds(dossier: Dossier) -> Iterator[Violation]:
    for article in dossier.articles.values():
        faults = [*_check_bounds_have_dates(article), *_check_bounds_contradiction(article)]
        yield from faults
        if not faults:  # else the bounds are to be put right before anything is held against them
            yield from _check_date_within_bounds(article)


def _check_bounds_have_dates(article: Article) -> Iterator[Violation]:
    """Bounds that leave every day open."""
    for number, bound in enumerate(article.bounds):
        if _get_first_allowed_day(bound) == EARLIEST_DAY and _get_last_allowed_day(bound) == LATEST_DAY:
            message = "this bound names no day that the article cannot be older or younger than"
            yield Violation(article.locate("bounds", number), message, "give it `not_before:` or `not_after:` with a date")


def _check_bounds_contradiction(article: Article) -> Iterator[Violation]:
    """The two bounds that leave the article no day, where there are such; they may be one and the same."""
    if not article.bounds:
        return
    first = max(article.bounds, key=_get_first_allowed_day)
    number, last = min(enumerate(article.bounds), key=lambda numbered: _get_last_allowed_day(numbered[1]))
    if _get_first_allowed_day(first) > _get_last_allowed_day(last) and first.not_before and last.not_after:
        other = "" if first is last else f", where {_format_bound_reason(first)}"
        message = f"not after {last.not_after.date_in_words} contradicts not before {first.not_before.date_in_words}{other}"
        yield Violation(article.locate("bounds", number, "not_after"), message, "correct one of the two dates")


def _check_date_within_bounds(article: Article) -> Iterator[Violation]:
    """The bounds that the article's date oversteps."""
    published = article.published
    for number, bound in enumerate(article.bounds if published else ()):
        help = f"narrow the date, or correct the bound in line {article.locate('bounds', number).line}"
        if published and bound.not_before and published.earliest_day < _get_first_allowed_day(bound):
            span = f"{published.date_in_words} reaches back before {bound.not_before.date_in_words}"
            message = f"{span}, but {_format_bound_reason(bound)}"
            yield Violation(article.locate("published"), message, help)
        if published and bound.not_after and published.latest_day > _get_last_allowed_day(bound):
            message = (
                f"{published.date_in_words} reaches beyond {bound.not_after.date_in_words}, but {_format_bound_reason(bound)}"
            )
            yield Violation(article.locate("published"), message, help)


def _get_first_allowed_day(bound: PublicationBound) -> CalendarDay:
    """First day that a bound allows."""
    return bound.not_before.earliest_day if bound.not_before else EARLIEST_DAY


def _get_last_allowed_day(bound: PublicationBound) -> CalendarDay:
    """Last day that a bound allows."""
    return bound.not_after.latest_day if bound.not_after else LATEST_DAY


def _format_bound_reason(bound: PublicationBound) -> str:
    """Why a bound holds, on one line."""
    return "“" + " ".join(bound.because.split()).rstrip(".") + "”"
