"""What an article's page tells at a glance: what kind of article this is, how well it is dated, how much of it is quoted.

Only what its record says; where the record says nothing, so does the page.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from markupsafe import Markup, escape

from dossier.model.dates.edtf import Day, Edtf, Moment
from dossier.model.records import Article
from dossier.pages.context import Desk
from dossier.pages.markdown import unbroken

UNITS = {1: "month", 3: "season", 12: "year", 120: "decade", 1200: "century"}
"""What a date that is no day covers, by its number of months."""


class Fact(NamedTuple):
    """One thing to know at a glance: the question, the answer in a few words, and what belongs to it.

    `share` is the answer in percent and `limit` the most that is allowed, where a meter shows them.
    """

    label: str
    said: str
    more: tuple[str, ...]
    share: float | None = None
    limit: int = 0


def glance(desk: Desk, article: Article) -> tuple[Fact, ...]:
    """The three facts at the head of an article's page."""
    return _what(desk, article), _dated(desk, article), _quoted(desk, article)


def _what(desk: Desk, article: Article) -> Fact:
    shown, publisher = desk.dossier, desk.dossier.parties.get(article.publisher or "")
    said = Markup("Article of ") + desk.party(article.publisher, "a publisher not established")
    more = [escape(publisher.role)] if publisher else []
    if article.layers:
        said += ", with texts of " + desk.count(len({layer.writer for layer in article.layers}), "other writer")
        texts = (desk.party(layer.writer) + ", " + desk.date(layer.published) for layer in article.layers)
        more.append(Markup("Inside it: ") + Markup("; ").join(texts))
    if sources := [source for source in article.origin if source in shown.sources]:
        more.append(Markup("Goes back to ") + Markup("; ").join(map(desk.cite, sources)))
    if shown.whole(article.slug):
        more.append(Markup("Printed whole under its licence: {}").format(article.licence or desk.unknown))
    return Fact("What it is", said, tuple(more))


def _dated(desk: Desk, article: Article) -> Fact:
    inferred = Markup('Inferred, not printed: <a href="#record">the reasons</a>') if article.bounds else Markup()
    said = _closeness(article.published) if article.published else desk.unknown.capitalize()
    dates = [desk.date(article.published)] if article.published else []
    return Fact("How well it is dated", said, tuple(filter(None, [*dates, inferred])))


def _quoted(desk: Desk, article: Article) -> Fact:
    label, shown = "How much we quote", desk.dossier
    if shown.whole(article.slug):
        return Fact(label, "The whole article", (), 100)
    words, printed = shown.words(article.slug), shown.words_printed(article.slug)
    if not words:
        return Fact(label, "Not known", ("No capture has been locked",))
    share, limit = 100 * printed / words, shown.settings.quote_share
    said = unbroken(f"{printed:,} of {words:,} words ({share:.0f} %)")
    return Fact(label, said, (unbroken(f"Title included; our limit is {limit} %"),), round(share, 1), limit)


def _closeness(published: Edtf) -> str:
    """How closely a date is known: "To the day", "Within 38 days", "Only its earliest day"."""
    start, end = published.start, published.end
    marks = {moment.text[-1] for moment in (start, end) if moment}
    about, uncertain = bool(marks & {"~", "%"}), ", uncertain" if marks & {"?", "%"} else ""
    if start and end:
        days = _days(start.earliest, end.latest)
        if start is end or days == 1:
            said = f"To {'about a' if about else 'the'} {_unit(start)}"
        else:
            said = f"Within {'about ' if about else ''}{days:,} days" if days else "Between two dates"
    else:
        side = f"earliest {_unit(start)}" if start else f"latest {_unit(end)}" if end else ""
        said = f"Only {'about ' if about else ''}its {side}"
    return said + uncertain


def _days(first: Day, last: Day) -> int:
    """Number of days from one to another, both counted; 0 where the calendar does not reach."""
    try:
        return date(*last).toordinal() - date(*first).toordinal() + 1
    except (ValueError, OverflowError):
        return 0


def _unit(moment: Moment) -> str:
    """What one date covers: a day, a month, a season, a year, a decade, a century."""
    (year, month, day), (last_year, last_month, last_day) = moment.earliest, moment.latest
    if (year, month, day) == (last_year, last_month, last_day):
        return "day"
    return UNITS[12 * (last_year - year) + last_month - month + 1]
