"""Bounds of an article's date: each says a day, none contradicts another, and the article is dated inside them."""

from __future__ import annotations

from collections.abc import Iterator

from dossier.checks.rule import Fault, rule
from dossier.model.dates.edtf import EARLIEST, LATEST, Day
from dossier.model.dossier import Dossier
from dossier.model.evidence import Bound
from dossier.model.records import Article


@rule("date-bounds")
def date_bounds(dossier: Dossier) -> Iterator[Fault]:
    for article in dossier.articles.values():
        faults = [*_empty(article), *_contradictions(article)]
        yield from faults
        if not faults:  # else the bounds are to be put right before anything is held against them
            yield from _outside(article)


def _empty(article: Article) -> Iterator[Fault]:
    """Bounds that leave every day open."""
    for number, bound in enumerate(article.bounds):
        if _first(bound) == EARLIEST and _last(bound) == LATEST:
            message = "this bound names no day that the article cannot be older or younger than"
            yield Fault(article.place("bounds", number), message, "give it `not_before:` or `not_after:` with a date")


def _contradictions(article: Article) -> Iterator[Fault]:
    """The two bounds that leave the article no day, where there are such; they may be one and the same."""
    if not article.bounds:
        return
    first = max(article.bounds, key=_first)
    number, last = min(enumerate(article.bounds), key=lambda numbered: _last(numbered[1]))
    if _first(first) > _last(last) and first.not_before and last.not_after:
        other = "" if first is last else f", where {_reason(first)}"
        message = f"not after {last.not_after.words} contradicts not before {first.not_before.words}{other}"
        yield Fault(article.place("bounds", number, "not_after"), message, "correct one of the two dates")


def _outside(article: Article) -> Iterator[Fault]:
    """The bounds that the article's date oversteps."""
    published = article.published
    for number, bound in enumerate(article.bounds if published else ()):
        help = f"narrow the date, or correct the bound in line {article.place('bounds', number).line}"
        if published and bound.not_before and published.earliest < _first(bound):
            message = f"{published.words} reaches back before {bound.not_before.words}, but {_reason(bound)}"
            yield Fault(article.place("published"), message, help)
        if published and bound.not_after and published.latest > _last(bound):
            message = f"{published.words} reaches beyond {bound.not_after.words}, but {_reason(bound)}"
            yield Fault(article.place("published"), message, help)


def _first(bound: Bound) -> Day:
    """First day that a bound allows."""
    return bound.not_before.earliest if bound.not_before else EARLIEST


def _last(bound: Bound) -> Day:
    """Last day that a bound allows."""
    return bound.not_after.latest if bound.not_after else LATEST


def _reason(bound: Bound) -> str:
    """Why a bound holds, on one line."""
    return "“" + " ".join(bound.because.split()).rstrip(".") + "”"
