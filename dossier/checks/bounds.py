"""Rules on the bounds of an article's date: each has a date, no two contradict each other, and the date is within them."""

from __future__ import annotations

from collections.abc import Iterator

from dossier.checks.rule import Violation, rule
from dossier.model.dates.date_parts import CalendarDay
from dossier.model.dates.edtf import EARLIEST_DAY, LATEST_DAY
from dossier.model.dossier import Dossier
from dossier.model.records import Article
from dossier.model.records.article import PublicationBound


@rule("date-bounds")
def check_date_bounds(dossier: Dossier) -> Iterator[Violation]:
    for article in dossier.articles.values():
        violations = [*_check_bounds_have_dates(article), *_check_bounds_contradiction(article)]
        yield from violations
        if not violations:  # the date can be compared only with bounds that are right
            yield from _check_date_within_bounds(article)


def _check_bounds_have_dates(article: Article) -> Iterator[Violation]:
    """Yield a violation for each bound that allows every day."""
    for number, bound in enumerate(article.bounds):
        if _get_first_allowed_day(bound) == EARLIEST_DAY and _get_last_allowed_day(bound) == LATEST_DAY:
            message = "this bound has neither `not_before` nor `not_after`"
            yield Violation(article.locate("bounds", number), message, "add one of them, with a date")


def _check_bounds_contradiction(article: Article) -> Iterator[Violation]:
    """Yield a violation if the latest `not_before` is after the earliest `not_after`; both may be in one bound."""
    if not article.bounds:
        return
    first = max(article.bounds, key=_get_first_allowed_day)
    number, last = min(enumerate(article.bounds), key=lambda numbered: _get_last_allowed_day(numbered[1]))
    if _get_first_allowed_day(first) > _get_last_allowed_day(last) and first.not_before and last.not_after:
        reason = "" if first is last else f", where {_format_bound_reason(first)}"
        message = f"not after {last.not_after.date_in_words} contradicts not before {first.not_before.date_in_words}{reason}"
        yield Violation(article.locate("bounds", number, "not_after"), message, "correct one of the two dates")


def _check_date_within_bounds(article: Article) -> Iterator[Violation]:
    """Yield a violation for each bound that the article's date exceeds."""
    if not (date := article.published):
        return
    for number, bound in enumerate(article.bounds):
        place, reason = article.locate("published"), _format_bound_reason(bound)
        help = f"narrow the date, or correct the bound in line {article.locate('bounds', number).line}"
        if bound.not_before and date.earliest_day < _get_first_allowed_day(bound):
            limit = f"back before {bound.not_before.date_in_words}"
            yield Violation(place, f"{date.date_in_words} extends {limit}, but {reason}", help)
        if bound.not_after and date.latest_day > _get_last_allowed_day(bound):
            yield Violation(place, f"{date.date_in_words} extends beyond {bound.not_after.date_in_words}, but {reason}", help)


def _get_first_allowed_day(bound: PublicationBound) -> CalendarDay:
    """The first day that a bound allows."""
    return bound.not_before.earliest_day if bound.not_before else EARLIEST_DAY


def _get_last_allowed_day(bound: PublicationBound) -> CalendarDay:
    """The last day that a bound allows."""
    return bound.not_after.latest_day if bound.not_after else LATEST_DAY


def _format_bound_reason(bound: PublicationBound) -> str:
    """The reason of a bound (`because`) as a quotation on one line."""
    return "“" + " ".join(bound.because.split()).rstrip(".") + "”"
