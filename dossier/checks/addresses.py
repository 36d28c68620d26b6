"""Rules on addresses: no two pages or ids share one, and the target of every link and directive exists."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher, get_close_matches

from dossier.checks.rule import Violation, rule
from dossier.model.base import Entry
from dossier.model.dossier import Dossier
from dossier.model.kinds import KINDS_BY_NAME, RECORD_KINDS
from dossier.model.markdown import is_allowed_url
from dossier.model.page_html import is_allowed_page_url
from dossier.model.page_links import iter_page_links, resolve_page_link
from dossier.model.problems.problem import Location, suggest_line_edits
from dossier.model.site.addresses import (
    CHART_DIRECTIVE_PATTERN,
    DIRECTIVE_DESCRIPTIONS,
    DIRECTIVE_PATTERN,
    EDITOR_URL,
    RESERVED_IDS_BY_URL,
    collect_linkable_ids_by_url,
    is_reserved_id,
)
from dossier.model.site.facets import FACET_URL_FOLDERS
from dossier.model.site.text_links import iter_text_links

MIN_NAME_SIMILARITY = 0.7
"""How like the last part of a link, from 0 to 1, that of an address must be to be suggested."""


@rule("taken-address")
def check_taken_address(dossier: Dossier) -> Iterator[Violation]:
    for entry in dossier.iter_entries():
        address, name = entry.url_parts
        if is_reserved_id(address, name):
            key = "term" if entry.noun == "glossary entry" else "id"
            yield Violation(entry.locate(key), f"`#{name}` is an id that the page /{address} uses itself", "choose another")
    for claim in dossier.claims.values():
        for number, topic in enumerate(claim.topics):
            if topic in RESERVED_IDS_BY_URL["claims/"]:
                message = f"`#{topic}` is an id that the page /claims/ uses itself"
                yield Violation(claim.locate("topics", number), message, "give the topic another name")
    owners = dict.fromkeys((*collect_linkable_ids_by_url(dossier), EDITOR_URL), "a page made from the records")
    for page in dossier.handwritten_pages:
        if page.url in owners:
            message = f"/{page.url} is already the address of {owners[page.url]}"
            yield Violation(Location(page.path), message, "give the file another name")
        owners[page.url] = page.path


@rule("unknown-link")
def check_unknown_link(dossier: Dossier) -> Iterator[Violation]:
    published = dossier.only_published()
    ids_by_url = _collect_ids_by_url(dossier)
    published_ids_by_url = ids_by_url if published is dossier else _collect_ids_by_url(published)
    help = "link to https://… or to an address of this site, as in /claims/<id>/ or /timeline/#<id>"
    for record, place, link in iter_text_links(dossier):
        if _is_link_to_unread_file(link, dossier):
            continue
        if message := _describe_broken_link(link, ids_by_url):
            yield Violation(place, message, help, suggest_line_edits(link, _suggest_site_urls(link, ids_by_url)))
        elif (not isinstance(record, Entry) or record.is_published) and _describe_broken_link(link, published_ids_by_url):
            yield Violation(place, f"{link} is not published, but this is", "publish it too, or link to something else")
    yield from _check_page_links(dossier, ids_by_url, published_ids_by_url)


def _check_page_links(
    dossier: Dossier, ids_by_url: Mapping[str, set[str] | None], published_ids_by_url: Mapping[str, set[str] | None]
) -> Iterator[Violation]:
    """Links of pages written by hand: to Markdown files, seen from the page; to other files the finished site's rule looks."""
    help = "link to https://…, or to a file of docs/ as it is seen from here, as in claims/<id>.md or timeline/index.md#<id>"
    for page in dossier.handwritten_pages:
        for place, url, is_picture in iter_page_links(page):
            if not is_picture and not is_allowed_page_url(url):
                yield Violation(place, f"{url!r} is not an address that a link can have", help)
                continue
            link = resolve_page_link(page, url)
            if _is_page_address(link) and not _is_link_to_unread_file(link, dossier):
                if message := _describe_broken_link(link, ids_by_url):
                    yield Violation(place, message, help)
                elif _describe_broken_link(link, published_ids_by_url):
                    yield Violation(place, f"{url} is not published, but this page is", "publish it, or link to something else")


def _collect_ids_by_url(dossier: Dossier) -> Mapping[str, set[str] | None]:
    """Every URL of the site with the ids on its page; None for a hand-written page, whose ids are unknown."""
    return {**collect_linkable_ids_by_url(dossier), **dict.fromkeys(dossier.handwritten_page_urls)}


@rule("unknown-directive")
def check_unknown_directive(dossier: Dossier) -> Iterator[Violation]:
    for page in dossier.handwritten_pages:
        for match in DIRECTIVE_PATTERN.finditer(page.text):
            line = page.text.count("\n", 0, match.start()) + 1
            place = Location(page.path, line, match.group().index("<!--") + 1)
            if chart := CHART_DIRECTIVE_PATTERN.fullmatch(match[1]):
                yield from _check_chart_directive(dossier, chart[1], place)
            elif match[1] not in DIRECTIVE_DESCRIPTIONS:
                help = f"the parts are {', '.join(DIRECTIVE_DESCRIPTIONS)}, and `chart` with the id of a chart"
                close = suggest_line_edits(match[1], get_close_matches(match[1], DIRECTIVE_DESCRIPTIONS, 1))
                yield Violation(place, f"there is no part `{match[1]}`", help, close)


def _check_chart_directive(dossier: Dossier, name: str, place: Location) -> Iterator[Violation]:
    """Yield a violation if the chart of a directive does not exist or is not published."""
    chart, path = dossier.charts.get(name), KINDS_BY_NAME["chart"].get_path(name)
    if not chart and path not in dossier.unread_paths:
        close = get_close_matches(name, dossier.charts, 1)
        help = f"did you mean `{close[0]}`?" if close else f"write its record first, in {path}"
        yield Violation(place, f"there is no chart `{name}`", help, suggest_line_edits(name, close))
    elif chart and not chart.is_published:
        message = f"the chart `{name}` is `{chart.status}`, but this page is published"
        yield Violation(place, message, "publish it, or delete the line")


def _is_page_address(link: str) -> bool:
    """Whether a link leads to a page of this site, not to a file such as a picture."""
    return link.startswith("/") and "." not in posixpath.basename(link.partition("#")[0])


def iter_linked_record_ids(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Kind and id of each record that a link names by the fragment of its URL."""
    for _, _, link in iter_text_links(dossier):
        page, _, fragment = link.partition("#")
        yield from ((kind.name, fragment) for kind in RECORD_KINDS if fragment and page == f"/{kind.page_url}")


def _suggest_site_urls(link: str, ids_by_url: Mapping[str, set[str] | None]) -> list[str]:
    """Addresses of the site that may be meant: ids of the page, or pages."""
    page, _, fragment = link[1:].partition("#")
    if ids := ids_by_url.get(page):
        return [f"/{page}#{name}" for name in get_close_matches(fragment, ids, 3)]
    if not link.startswith("/"):
        return []
    # Addresses of one folder are alike by their folder alone, so their last parts must be alike too.
    name = page.strip("/").rpartition("/")[2]
    close = get_close_matches(page.strip("/") + "/", ids_by_url, 3)
    return [f"/{url}" for url in close if _calculate_similarity(name, url.rstrip("/").rpartition("/")[2]) >= MIN_NAME_SIMILARITY]


def _calculate_similarity(first: str, second: str) -> float:
    """Similarity of two texts, from 0 to 1, as `get_close_matches` measures it."""
    return SequenceMatcher(None, first, second).ratio()


def _describe_broken_link(link: str, ids_by_url: Mapping[str, set[str] | None]) -> str:
    """What is wrong with a link; empty if nothing is."""
    if not is_allowed_url(link) or link.startswith("#"):
        return f"{link!r} is not an address that a link can have"
    if not link.startswith("/"):
        return ""
    page, _, fragment = link[1:].partition("#")
    if page not in ids_by_url:
        return f"there is no page /{page} on this site"
    ids = ids_by_url[page]
    return f"there is no #{fragment} on /{page}" if fragment and ids is not None and fragment not in ids else ""


def _is_link_to_unread_file(link: str, dossier: Dossier) -> bool:
    """Whether a link may lead to what a file holds that could not be read; that file has its own problem."""
    page, _, fragment = link.lstrip("/").partition("#")
    folder, _, name = page.rstrip("/").rpartition("/")
    if page == "corrections/" or folder in FACET_URL_FOLDERS.values():
        return bool(dossier.unread_paths)  # any record may have the correction, the topic or the year
    url, record_id, page_path = f"{folder or name}/", name if folder else fragment, page.rstrip("/")
    paths = {kind.get_path(record_id) for kind in RECORD_KINDS if kind.page_url == url}
    return bool({*paths, f"docs/{page_path}.md", f"docs/{page_path}/index.md"} & dossier.unread_paths)
