"""The addresses of the site, the ids that pages reserve, and the directives that hand-written pages may use.

Addresses are from the site's root and end with a slash: `claims/one-in-ten/`, `timeline/`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from dossier.model.base import Correction, Entry
from dossier.model.dossier import Dossier
from dossier.model.kinds import RECORD_KINDS
from dossier.model.records import get_article_url, get_claim_url
from dossier.model.site.facets import group_by_facet

SEARCH_URL = "search/"
"""The page of the search."""

ORIGINAL_NOTES_URL = "on-the-original/"
"""The page that tells how to read our notes on the publisher's page."""

INDEX_PAGE_URLS = (
    *("articles/", "claims/", "compare/", "timeline/", "charts/", "sources/", "parties/", "glossary/"),
    *("corrections/", "data/", ORIGINAL_NOTES_URL, SEARCH_URL),
)
"""Pages that exist even without records; `dossier.pages` has a builder for each."""

PAGE_DATA_NAME = "data.json"
"""Name of the file beside a claim's page that has what the page says, for programs."""

SEARCH_SCRIPT_PATH, FILTER_SCRIPT_PATH = CONTENT_SCRIPT_PATHS = ("assets/search.js", "assets/filters.js")
"""The scripts of the search page and of lists with filters, which stand in the content of those pages; others load neither."""

EDITOR_URL = "editor/"
"""The page for editors, in previews only, so no link of the site may lead there."""

CONTENT_ELEMENT_ID = "page"
"""Id of a page's content, the target of the skip link."""

_IDS_RESERVED_EVERYWHERE = frozenset({CONTENT_ELEMENT_ID, "problems"})

RESERVED_IDS_BY_URL: Mapping[str, frozenset[str]] = {
    url: _IDS_RESERVED_EVERYWHERE.union(*(kind.reserved_ids for kind in RECORD_KINDS if kind.page_url == url))
    for url in dict.fromkeys(kind.page_url for kind in RECORD_KINDS if kind.page_url)
}
"""Ids that pages need for their own parts."""

ARTICLE_PAGE_ID_PATTERN = re.compile(r"p\d+|ref-.*")
"""Ids that an article's page gives its paragraphs (`p15`) and its links to notes."""


def is_reserved_id(page_url: str, name: str) -> bool:
    """Whether the page at a URL uses an id itself, so no record on it may have it."""
    folder = page_url.partition("/")[0] + "/"
    is_article_part = folder == "articles/" and ARTICLE_PAGE_ID_PATTERN.fullmatch(name) is not None
    return is_article_part or name in RESERVED_IDS_BY_URL.get(folder, ())


DIRECTIVE_DESCRIPTIONS: Mapping[str, str] = {
    "articles": "the list of articles",
    "claims": "the list of claims",
    "ways": "the ways in: articles, topics of claims, years",
    "headlines": "the newest headlines that a note judges",
    "since": "what is new since the reader's last visit",
    "verdicts": "the verdict scale with definitions",
    "tally": "how often each claimant got which verdict",
    "voices": "the voices of the timeline and who is meant",
    "stances": "how an article may put a claim",
    "glossary": "the glossary",
    "rules": "the rules that every build checks",
    "numbers": "what a printed number can stand for",
    "measures": "what the figures count",
    "responsible": "who publishes the dossier and how to reach them",
    "report": "how to report an error, or that nobody can be reached",
}
CHART_DIRECTIVE_PATTERN = re.compile(r"chart\s+(\S+)")
"""A directive for a chart, with its id."""
TABLE_DIRECTIVE_PATTERN = re.compile(r"table\s+(\S+)")
"""A directive for a table of words, with its id."""
HEADLINES_DIRECTIVE_PATTERN = re.compile(r"headlines(?:\s+(.+))?")
"""A directive for headlines, with the annotations on their words, `article#id`, if it names any."""
# Words and the spaces between them are possessive (`++`, since Python 3.11), so that spaces without end take no time.
DIRECTIVE_PATTERN = re.compile(
    r"^[ \t]*<!--\s*dossier:\s*+((?:(?!-->)\S)*+(?:[^\S\n]++(?:(?!-->)\S)++)*+)\s*+-->[ \t]*$", re.MULTILINE
)


class CorrectedEntry(NamedTuple):
    """A correction with its record, and its id on the page of corrections."""

    id: str
    entry: Entry
    correction: Correction


def list_entry_corrections(entry: Entry) -> list[CorrectedEntry]:
    """The corrections of a record, newest first.

    An id has the day and kind of the correction and the address of the record: `2026-12-02.correction.claims.april-record`.
    Further ones of the same day and kind are numbered in the order of the file. No other id has a dot, so none is equal.
    """
    address, name = entry.url_parts
    home = ".".join(part for part in (*address.split("/"), name) if part)
    numbers: Counter[str] = Counter()
    corrected = []
    for correction in entry.corrections:
        stem = f"{correction.date}.{correction.kind}.{home}"
        numbers[stem] += 1
        corrected.append(CorrectedEntry(stem if numbers[stem] == 1 else f"{stem}.{numbers[stem]}", entry, correction))
    return _sort_newest_first(corrected)


def list_all_corrections(dossier: Dossier) -> list[CorrectedEntry]:
    """Every correction of a dossier, newest first."""
    return _sort_newest_first(corrected for entry in dossier.iter_entries() for corrected in list_entry_corrections(entry))


def _sort_newest_first(corrections: Iterable[CorrectedEntry]) -> list[CorrectedEntry]:
    return sorted(corrections, key=lambda corrected: corrected.correction.date.sort_key, reverse=True)


def collect_linkable_ids_by_url(dossier: Dossier) -> dict[str, set[str]]:
    """Every URL of a page built from the records, with the ids on it that can be linked to."""
    ids_by_url: dict[str, set[str]] = {url: set() for url in INDEX_PAGE_URLS}
    ids_by_url |= {get_claim_url(claim): set() for claim in dossier.claims}
    ids_by_url |= {facet_value.url: set() for facet_value in group_by_facet(dossier)}
    for entry in dossier.iter_entries():
        url, own_id = entry.url_parts
        if url in INDEX_PAGE_URLS:
            ids_by_url[url].add(own_id)
    ids_by_url["corrections/"] |= {corrected.id for corrected in list_all_corrections(dossier)}
    for slug in dossier.articles:
        paragraphs = {f"p{number}" for number, _ in enumerate(dossier.get_paragraph_outlines(slug), 1)}
        ids_by_url[get_article_url(slug)] = paragraphs | dossier.annotations_by_id.get(slug, {}).keys()
    for url, ids in dossier.withdrawn_ids_by_url.items():
        if url in ids_by_url:
            ids_by_url[url].update(ids)
    return ids_by_url


@dataclass(frozen=True)
class BuiltSitePage:
    """One HTML page of a finished site: its ids in order, what it links to and what it loads."""

    path: str
    ids: tuple[str, ...]
    linked_urls: tuple[str, ...]
    loaded_urls: tuple[str, ...]


@dataclass(frozen=True)
class BuiltSite:
    """A finished site: its HTML pages by path, the paths of all files, and the texts of text files by path."""

    page_by_path: Mapping[str, BuiltSitePage]
    file_paths: frozenset[str]
    text_by_path: Mapping[str, str]
    running_faults: tuple[tuple[str, str], ...] = ()
    """What would run in it though it should not: path of the file, and what it is in words."""
    base_path: str = "/"
    """Path under which the site is published, from its pages."""
