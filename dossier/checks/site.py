"""Rules on the finished site: it has all that is published and nothing else, its links resolve, it loads nothing external."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from dossier.checks.rule import Violation, rule
from dossier.model.base import Entry
from dossier.model.dossier import Dossier
from dossier.model.page_html import split_url
from dossier.model.problems.problem import Location
from dossier.model.quotations.capture import MAX_CAPTURE_RUN_WORDS, fold_words
from dossier.model.site.addresses import EDITOR_URL, BuiltSite, BuiltSitePage, collect_linkable_ids_by_url


@dataclass(frozen=True)
class SiteCheckInput:
    """A finished site and the dossier it was built from; `site_folder` is its path in messages."""

    dossier: Dossier
    site: BuiltSite
    site_folder: str

    @cached_property
    def expected_ids_by_url(self) -> dict[str, set[str]]:
        """The URLs that the site must have, each with the ids on its page."""
        urls = [entry.url_parts for entry in self.dossier.iter_entries() if _has_tombstone_page(entry)]
        tombstones = {page_url: set[str]() for page_url, fragment in urls if not fragment}
        return collect_linkable_ids_by_url(self.dossier.only_published()) | tombstones

    def locate_file(self, path: str) -> Location:
        """The location of a file of the site."""
        return Location(posixpath.join(self.site_folder, path))


@rule("site-missing")
def check_site_missing(finished: SiteCheckInput) -> Iterator[Violation]:
    help = "build the site again with the `dossier` plugin in mkdocs.yml; another generator may have skipped it"
    for address, ids in finished.expected_ids_by_url.items():
        page = finished.site.page_by_path.get(address + "index.html")
        if page is None:
            yield Violation(finished.locate_file(address + "index.html"), f"the page /{address} is missing from the site", help)
            continue
        for name in sorted(ids - set(page.ids)):
            yield Violation(finished.locate_file(page.path), f"#{name} is missing from the page /{address}", help)


@rule("site-repeated")
def check_site_repeated(finished: SiteCheckInput) -> Iterator[Violation]:
    for page in finished.site.page_by_path.values():
        for name, times in Counter(page.ids).items():
            if times > 1 and not name.startswith("__"):
                message = f"the id `{name}` occurs {times} times on this page"
                yield Violation(finished.locate_file(page.path), message, "give one of them another id")


@rule("site-unpublished")
def check_site_unpublished(finished: SiteCheckInput) -> Iterator[Violation]:
    help = "build the site again; if the problem remains, report it as a bug"
    for entry in finished.dossier.iter_entries():
        address, fragment = entry.url_parts
        page = finished.site.page_by_path.get(address + "index.html")
        if page and not entry.is_published and not _has_tombstone_page(entry) and (not fragment or fragment in page.ids):
            name = f"#{fragment} on /{address}" if fragment else f"/{address}"
            message = f"{name} is not published ({entry.path}), but it is in the site"
            yield Violation(finished.locate_file(page.path), message, help)
    if page := finished.site.page_by_path.get(EDITOR_URL + "index.html"):
        yield Violation(finished.locate_file(page.path), f"/{EDITOR_URL} is for previews only, but it is in the site", help)


@rule("site-link")
def check_site_link(finished: SiteCheckInput) -> Iterator[Violation]:
    for page in finished.site.page_by_path.values():
        for link in page.linked_urls:
            if message := _describe_dead_link(finished, page, link):
                help = "correct the link where it is written, or add its target"
                yield Violation(finished.locate_file(page.path), message, help)


@rule("site-request")
def check_site_request(finished: SiteCheckInput) -> Iterator[Violation]:
    for page in finished.site.page_by_path.values():
        for address in page.loaded_urls:
            if split_url(address).netloc or split_url(address).scheme not in ("", "data"):
                message = f"the page loads {address} from another site"
                yield Violation(finished.locate_file(page.path), message, "add the file to the site, or remove what loads it")


@rule("site-script")
def check_site_script(finished: SiteCheckInput) -> Iterator[Violation]:
    help = "`dossier check` says where; build the site again, and finish it with `dossier finish` where the host is not MkDocs"
    for path, message in finished.site.running_faults:
        yield Violation(finished.locate_file(path), message, help)


@rule("site-capture")
def check_site_capture(finished: SiteCheckInput) -> Iterator[Violation]:
    dossier = finished.dossier
    captures = [(slug, capture) for slug, capture in dossier.captures.items() if not dossier.is_printed_whole(slug)]
    private = [*captures, *dossier.source_copies.items()]
    name_by_run = {run: name for name, capture in private for run in _iter_word_runs(capture.full_text)}
    for path, text in finished.site.text_by_path.items() if name_by_run else ():
        if run := next((run for run in _iter_word_runs(text) if run in name_by_run), None):
            message = f"more than {MAX_CAPTURE_RUN_WORDS} words in a row of {name_by_run[run]} are here: {' '.join(run[:6])} …"
            yield Violation(finished.locate_file(path), message, "shorten the quotation")


def _iter_word_runs(text: str) -> Iterator[tuple[str, ...]]:
    words = fold_words(text)
    return zip(*(words[shift:] for shift in range(MAX_CAPTURE_RUN_WORDS + 1)), strict=False)


def _has_tombstone_page(entry: Entry) -> bool:
    """Whether the site keeps a page at the record's URL that says it was retired."""
    return entry.status == "retired"


def _describe_dead_link(finished: SiteCheckInput, page: BuiltSitePage, link: str) -> str:
    """What is wrong with a link inside the site, or an empty text. Missing pages are left to `site-missing`."""
    parts = split_url(link)
    if parts.scheme or parts.netloc:
        return ""
    if parts.path.startswith(finished.site.base_path):
        parts = parts._replace(path="/" + parts.path.removeprefix(finished.site.base_path))
    target = unquote(posixpath.normpath(posixpath.join(posixpath.dirname(page.path), parts.path)))
    if target.split("/")[0] == "..":
        return f"the link {link} leads out of the site"
    target = target.lstrip("/")
    path = target if parts.path else page.path
    if parts.path.endswith("/") or path in ("", "."):
        path = posixpath.join(path, "index.html").removeprefix("./")
    expected = finished.expected_ids_by_url.get(path.removesuffix("index.html"))
    if path not in finished.site.file_paths:
        return "" if expected is not None else f"the link {link} leads to /{path}, which is not in the site"
    target_page, fragment = finished.site.page_by_path.get(path), unquote(parts.fragment)
    is_there = not target_page or fragment in target_page.ids or fragment in (expected or ())
    if not fragment or is_there or fragment.startswith(":~:"):
        return ""
    return f"the link {link} leads to #{fragment}, which is not on that page"
