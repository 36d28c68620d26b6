"""The three facts at the head of an article page: kind of article, precision of its date, quoted share.

All are taken from the record and the capture's lock; nothing is guessed, missing facts are shown as not established.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from markupsafe import Markup, escape

from dossier.model.dates.date_parts import CalendarDay, SingleDate
from dossier.model.dates.edtf import Edtf
from dossier.model.records import Article
from dossier.pages.context import PageContext
from dossier.pages.markdown import insert_nonbreaking_spaces

DATE_UNITS_BY_MONTHS = {1: "month", 3: "season", 12: "year", 120: "decade", 1200: "century"}
"""Name of the unit that an EDTF date covers, by its number of months; a single day is handled separately."""


class ArticleFact(NamedTuple):
    """A fact: label, answer, and further lines of text or HTML.

    If `percent` is set, a meter shows it, with a line at `percent_limit` unless that is 0. Both are in percent (0 to 100).
    """

    label: str
    answer: str
    details: tuple[str, ...]
    percent: float | None = None
    percent_limit: int = 0


def list_article_facts(context: PageContext, article: Article) -> tuple[ArticleFact, ...]:
    """Kind, date precision and quoted share of an article, in the order in which the page shows them."""
    return (
        _describe_article_kind(context, article),
        _describe_article_dating(context, article),
        _describe_quoted_share(context, article),
    )


def _describe_article_kind(context: PageContext, article: Article) -> ArticleFact:
    """Publisher; authors of layers; sources that the article goes back to; licence if it is printed in full."""
    dossier, publisher = context.dossier, context.dossier.parties.get(article.publisher or "")
    answer = Markup("Article of ") + context.render_party_link(article.publisher, "a publisher not established")
    details = [escape(publisher.role)] if publisher else []
    if article.layers:
        answer += ", with parts by " + context.format_count(len({layer.writer for layer in article.layers}), "other writer")
        layer_texts = (
            context.render_party_link(layer.writer) + ", " + context.render_date(layer.published) for layer in article.layers
        )
        details.append(Markup("Parts by ") + Markup("; ").join(layer_texts))
    if source_ids := [source_id for source_id in article.origin if source_id in dossier.sources]:
        details.append(Markup("Based on ") + Markup("; ").join(map(context.render_source_link, source_ids)))
    if dossier.is_printed_whole(article.slug):
        details.append(Markup("Printed whole under its licence: {}").format(article.licence or context.not_established_label))
    return ArticleFact("What it is", answer, tuple(details))


def _describe_article_dating(context: PageContext, article: Article) -> ArticleFact:
    """How precisely the date of publication is known; links to the record if it was inferred from bounds."""
    inferred = Markup('Inferred, not printed: <a href="#record">the reasons</a>') if article.bounds else Markup()
    answer = _describe_date_precision(article.published) if article.published else context.not_established_label.capitalize()
    dates = [context.render_date(article.published)] if article.published else []
    return ArticleFact("How well it is dated", answer, tuple(filter(None, [*dates, inferred])))


def _describe_quoted_share(context: PageContext, article: Article) -> ArticleFact:
    """Words that the site prints of the article, in percent of its words, with the limit of the settings."""
    label, dossier = "How much we quote", context.dossier
    if dossier.is_printed_whole(article.slug):
        return ArticleFact(label, "The whole article", (), 100)
    word_count, printed_count = dossier.count_article_words(article.slug), dossier.count_printed_words(article.slug)
    if not word_count:
        return ArticleFact(label, "Not known", ("No saved copy has been recorded",))
    share, limit = 100 * printed_count / word_count, dossier.settings.quote_share
    answer = insert_nonbreaking_spaces(f"{printed_count:,} of {word_count:,} words ({share:.0f} %)")
    return ArticleFact(
        label, answer, (insert_nonbreaking_spaces(f"Title included; our limit is {limit} %"),), round(share, 1), limit
    )


def _describe_date_precision(published: Edtf) -> str:
    """The precision of an EDTF date in words: "To the day", "Within 38 days", "Only its earliest day"."""
    start, end = published.start, published.end
    qualifiers = {moment.text[-1] for moment in (start, end) if moment}
    # EDTF level 1 qualifiers: "~" approximate, "?" uncertain, "%" both.
    is_approximate, uncertain = bool(qualifiers & {"~", "%"}), ", uncertain" if qualifiers & {"?", "%"} else ""
    if start and end:
        days = _count_days_between(start.earliest_day, end.latest_day)
        if start is end or days == 1:
            precision = f"To {'about a' if is_approximate else 'the'} {_get_date_unit(start)}"
        else:
            precision = f"Within {'about ' if is_approximate else ''}{days:,} days" if days else "Between two dates"
    else:
        known_end = f"earliest {_get_date_unit(start)}" if start else f"latest {_get_date_unit(end)}" if end else ""
        precision = f"Only {'about ' if is_approximate else ''}its {known_end}"
    return precision + uncertain


def _count_days_between(first: CalendarDay, last: CalendarDay) -> int:
    """Number of days from `first` to `last`, both included; 0 for years outside of Python's calendar (1 to 9999)."""
    try:
        return date(*last).toordinal() - date(*first).toordinal() + 1
    except (ValueError, OverflowError):
        return 0


def _get_date_unit(moment: SingleDate) -> str:
    """The unit that a date covers: "day", "month", "season", "year", "decade" or "century"."""
    (year, month, day), (last_year, last_month, last_day) = moment.earliest_day, moment.latest_day
    if (year, month, day) == (last_year, last_month, last_day):
        return "day"
    return DATE_UNITS_BY_MONTHS[12 * (last_year - year) + last_month - month + 1]
