"""The feeds of claims and events that were published or changed last, by the days that releases noted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeVar
from xml.etree.ElementTree import Element, SubElement

from markupsafe import Markup

from dossier.exports.atom import add_feed_day, add_xml_element, begin_feed, format_feed
from dossier.exports.registry import export
from dossier.model.base import Entry
from dossier.model.dossier import Dossier
from dossier.model.records import Claim
from dossier.model.site.export_files import CLAIMS_FEED_PATH, EVENTS_FEED_PATH
from dossier.model.site.release import get_released_record
from dossier.pages.context import render_plain_line
from dossier.pages.markdown import render_inline_markdown, render_markdown_html

MAX_FEED_ENTRIES = 100
"""Records in a feed, which its readers load again and again."""

EntryT = TypeVar("EntryT", bound=Entry)


class _FeedEntry(NamedTuple):
    """A record as a feed has it: plain title, and what it says as HTML with absolute links."""

    entry: Entry
    title: str
    content: Markup


@export(CLAIMS_FEED_PATH)
def build_claims_feed(published: Dossier) -> str:
    """The claims that were published or changed last, each with its verdict and what was found."""
    claims = _select_newest(published, published.claims.values())
    entries = [_FeedEntry(claim, render_plain_line(claim.claim), _render_finding(published, claim)) for claim in claims]
    return _format_change_feed(published, CLAIMS_FEED_PATH, "New and changed claims", "claims/", entries)


@export(EVENTS_FEED_PATH)
def build_events_feed(published: Dossier) -> str:
    """The events that were published or changed last, each with its date and text."""
    site_url = published.settings.site_url
    entries = [
        _FeedEntry(
            event,
            f"{event.date.date_in_words}: {render_plain_line(event.title)}",
            render_markdown_html(event.text, site_url),
        )
        for event in _select_newest(published, published.events.values())
    ]
    return _format_change_feed(published, EVENTS_FEED_PATH, "New and changed events", "timeline/", entries)


def _render_finding(published: Dossier, claim: Claim) -> Markup:
    """Verdict and summary of a claim as HTML."""
    verdict = published.verdicts.get(claim.verdict)
    summary = render_inline_markdown(claim.summary, published.settings.site_url)
    return Markup("<p>{}{}</p>").format(f"{verdict.label}: " if verdict else "", summary)


def _select_newest(published: Dossier, entries: Iterable[EntryT]) -> list[EntryT]:
    """The records that a release noted a day of, the newest first, those of a day by address; no more than a feed has."""
    dated = [(day, entry) for entry in entries if (day := _get_last_day(published, entry))]
    dated.sort(key=lambda pair: pair[1].page_url)
    dated.sort(key=lambda pair: pair[0], reverse=True)
    return [entry for _, entry in dated[:MAX_FEED_ENTRIES]]


def _get_last_day(published: Dossier, entry: Entry) -> str:
    day = get_released_record(published.last_release, entry).last_day
    return day.isoformat() if day else ""


def _format_change_feed(published: Dossier, path: str, title: str, page_url: str, entries: list[_FeedEntry]) -> str:
    days = [_get_last_day(published, described.entry) for described in entries]
    root = begin_feed(published, path, title, page_url, days)
    for described, day in zip(entries, days, strict=True):
        _add_change(root, described, published, day)
    return format_feed(root)


def _add_change(root: Element, described: _FeedEntry, published: Dossier, day: str) -> None:
    """Append a record. Its id is its address, which stays (RFC 4287, section 4.2.6)."""
    address = published.settings.site_url + described.entry.page_url
    first_day = get_released_record(published.last_release, described.entry).published
    entry = SubElement(root, "entry")
    add_xml_element(entry, "id", address)
    add_xml_element(entry, "title", described.title)
    if first_day:
        add_feed_day(entry, "published", first_day.isoformat())
    add_feed_day(entry, "updated", day)
    add_xml_element(entry, "link", rel="alternate", type="text/html", href=address)
    add_xml_element(entry, "content", described.content, type="html")
