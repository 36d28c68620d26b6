"""What an article's page tells at a glance: what kind of article this is, how well it is dated, how much of it is quoted.

Only what its record says; where the record says nothing, so does the page.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from markupsafe import Markup, escape

from dossier.model.dates.edtf import CalendarDay, Edtf, SingleDate
from dossier.model.records import Article
from dossier.pages.context import PageContext
from dossier.pages.markdown import insert_nonbreaking_spaces

DATE_UNITS_BY_MONTHS = {1: "month", 3: "season", 12: "year", 120: "decade", 1200: "century"}
"""What a date that is no day covers, by its number of months."""


class ArticleFact(NamedTuple):
    """One thing to know at a glance: the question, the answer in a few words, and what belongs to it.

    `share` is the answer in percent and `limit` the most that is allowed, where a meter shows them.
    """

    label: str
    answer: str
    details: tuple[str, ...]
    percent: float | None = None
    percent_limit: int = 0


def list_article_facts(context: PageContext, article: Article) -> tuple[ArticleFact, ...]:
    """The three facts at the head of an article's page."""
    return (
        _describe_article_kind(context, article),
        _describe_article_dating(context, article),
        _describe_quoted_share(context, article),
    )


def _describe_article_kind(context: PageContext, article: Article) -> ArticleFact:
    shown, publisher = context.dossier, context.dossier.parties.get(article.publisher or "")
    said = Markup("Article of ") + context.render_party_link(article.publisher, "a publisher not established")
    more = [escape(publisher.role)] if publisher else []
    if article.layers:
        said += ", with texts of " + context.format_count(len({layer.writer for layer in article.layers}), "other writer")
        texts = (
            context.render_party_link(layer.writer) + ", " + context.render_date(layer.published) for layer in article.layers
        )
        more.append(Markup("Inside it: ") + Markup("; ").join(texts))
    if sources := [source for source in article.origin if source in shown.sources]:
        more.append(Markup("Goes back to ") + Markup("; ").join(map(context.render_source_link, sources)))
    if shown.is_printed_whole(article.slug):
        more.append(Markup("Printed whole under its licence: {}").format(article.licence or context.not_established_label))
    return ArticleFact("What it is", said, tuple(more))


def _describe_article_dating(context: PageContext, article: Article) -> ArticleFact:
    inferred = Markup('Inferred, not printed: <a href="#record">the reasons</a>') if article.bounds else Markup()
    said = _describe_date_precision(article.published) if article.published else context.not_established_label.capitalize()
    dates = [context.render_date(article.published)] if article.published else []
    return ArticleFact("How well it is dated", said, tuple(filter(None, [*dates, inferred])))


def _describe_quoted_share(context: PageContext, article: Article) -> ArticleFact:
    label, shown = "How much we quote", context.dossier
    if shown.is_printed_whole(article.slug):
        return ArticleFact(label, "The whole article", (), 100)
    words, printed = shown.count_article_words(article.slug), shown.count_printed_words(article.slug)
    if not words:
        return ArticleFact(label, "Not known", ("No capture has been locked",))
    share, limit = 100 * printed / words, shown.settings.quote_share
    said = insert_nonbreaking_spaces(f"{printed:,} of {words:,} words ({share:.0f} %)")
    return ArticleFact(
        label, said, (insert_nonbreaking_spaces(f"Title included; our limit is {limit} %"),), round(share, 1), limit
    )


def _describe_date_precision(published: Edtf) -> str:
    """How closely a date is known: "To the day", "Within 38 days", "Only its earliest day"."""
    start, end = published.start, published.end
    marks = {moment.text[-1] for moment in (start, end) if moment}
    about, uncertain = bool(marks & {"~", "%"}), ", uncertain" if marks & {"?", "%"} else ""
    if start and end:
        days = _count_days_between(start.earliest_day, end.latest_day)
        if start is end or days == 1:
            said = f"To {'about a' if about else 'the'} {_get_date_unit(start)}"
        else:
            said = f"Within {'about ' if about else ''}{days:,} days" if days else "Between two dates"
    else:
        side = f"earliest {_get_date_unit(start)}" if start else f"latest {_get_date_unit(end)}" if end else ""
        said = f"Only {'about ' if about else ''}its {side}"
    return said + uncertain


def _count_days_between(first: CalendarDay, last: CalendarDay) -> int:
    """Number of days from one to another, both counted; 0 where the calendar does not reach."""
    try:
        return date(*last).toordinal() - date(*first).toordinal() + 1
    except (ValueError, OverflowError):
        return 0


def _get_date_unit(moment: SingleDate) -> str:
    """What one date covers: a day, a month, a season, a year, a decade, a century."""
    (year, month, day), (last_year, last_month, last_day) = moment.earliest_day, moment.latest_day
    if (year, month, day) == (last_year, last_month, last_day):
        return "day"
    return DATE_UNITS_BY_MONTHS[12 * (last_year - year) + last_month - month + 1]
