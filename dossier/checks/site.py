"""The finished site: everything published is in it, nothing else is, every link resolves, nothing is loaded from afar."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urlsplit

from dossier.checks.rule import Fault, rule
from dossier.model.base import Entry
from dossier.model.dossier import Dossier
from dossier.model.problems.problem import Place
from dossier.model.quotations.capture import fold_words
from dossier.model.site.addresses import EDITOR, Site, SitePage, addresses

LONGEST_RUN = 25
"""Words in a row of a capture that may stand anywhere in the site."""


@dataclass(frozen=True)
class Finished:
    """A finished site beside the dossier that it was built from; `root` is the site's folder as problems name it."""

    dossier: Dossier
    site: Site
    root: str

    @cached_property
    def expected(self) -> dict[str, set[str]]:
        """Every address that readers must find, each with the ids on it."""
        retired = {entry.home[0]: set[str]() for entry in self.dossier.entries() if _tombstone(entry) and not entry.home[1]}
        return {**addresses(self.dossier.published()), **retired}

    def place(self, path: str) -> Place:
        """A file of the site as a place."""
        return Place(posixpath.join(self.root, path))


@rule("site-missing")
def site_missing(finished: Finished) -> Iterator[Fault]:
    help = "build the site again with the `dossier` plugin in mkdocs.yml; another generator may have skipped it"
    for address, ids in finished.expected.items():
        page = finished.site.pages.get(address + "index.html")
        if page is None:
            yield Fault(finished.place(address + "index.html"), f"the page /{address} is missing from the site", help)
            continue
        for name in sorted(ids - set(page.ids)):
            yield Fault(finished.place(page.path), f"#{name} is missing from the page /{address}", help)


@rule("site-repeated")
def site_repeated(finished: Finished) -> Iterator[Fault]:
    for page in finished.site.pages.values():
        for name, times in Counter(page.ids).items():
            if times > 1 and not name.startswith("__"):
                message = f"the id `{name}` occurs {times} times on this page"
                yield Fault(finished.place(page.path), message, "give one of the two things another id")


@rule("site-unpublished")
def site_unpublished(finished: Finished) -> Iterator[Fault]:
    help = "build the site again; if it stays, report it as a fault of the program"
    for entry in finished.dossier.entries():
        address, fragment = entry.home
        page = finished.site.pages.get(address + "index.html")
        if page and not entry.published_here and not _tombstone(entry) and (not fragment or fragment in page.ids):
            name = f"#{fragment} on /{address}" if fragment else f"/{address}"
            yield Fault(finished.place(page.path), f"{name} is not published ({entry.path}), but is in the site", help)
    if page := finished.site.pages.get(EDITOR + "index.html"):
        yield Fault(finished.place(page.path), f"/{EDITOR} is for a preview only, but is in the site", help)


@rule("site-link")
def site_link(finished: Finished) -> Iterator[Fault]:
    for page in finished.site.pages.values():
        for link in page.links:
            if message := _dead(finished, page, link):
                yield Fault(finished.place(page.path), message, "correct the link where it is written, or add what it means")


@rule("site-request")
def site_request(finished: Finished) -> Iterator[Fault]:
    for page in finished.site.pages.values():
        for address in page.loads:
            if urlsplit(address).netloc or urlsplit(address).scheme not in ("", "data"):
                message = f"the page loads {address} from another address"
                yield Fault(finished.place(page.path), message, "serve the file with the site, or leave it out")


@rule("site-capture")
def site_capture(finished: Finished) -> Iterator[Fault]:
    private = {slug: capture for slug, capture in finished.dossier.captures.items() if not finished.dossier.whole(slug)}
    runs = {run: slug for slug, capture in private.items() for run in _runs(fold_words(capture.text))}
    for path, text in finished.site.texts.items() if runs else ():
        if hit := next((run for run in _runs(fold_words(text)) if run in runs), None):
            message = f"more than {LONGEST_RUN} words in a row of {runs[hit]} stand here: {' '.join(hit[:6])} …"
            yield Fault(finished.place(path), message, "shorten the quotation")


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[shift:] for shift in range(LONGEST_RUN + 1)), strict=False)


def _tombstone(entry: Entry) -> bool:
    """Whether its address stays, to say that this was retired."""
    return entry.status == "retired"


def _dead(finished: Finished, page: SitePage, link: str) -> str:
    """What is wrong with a link inside the site, or nothing; what is missing from the site is told by its own rule."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return ""
    if parts.path.startswith(finished.site.base):
        parts = parts._replace(path="/" + parts.path.removeprefix(finished.site.base))
    target = unquote(posixpath.normpath(posixpath.join(posixpath.dirname("/" + page.path), parts.path))).lstrip("/")
    path = target if parts.path else page.path
    if parts.path.endswith("/") or path in ("", "."):
        path = posixpath.join(path, "index.html").removeprefix("./")
    expected = finished.expected.get(path.removesuffix("index.html"))
    if path not in finished.site.files:
        return "" if expected is not None else f"the link {link} leads to /{path}, which is not in the site"
    known, fragment = finished.site.pages.get(path), unquote(parts.fragment)
    if fragment and known and fragment not in known.ids and fragment not in (expected or ()) and not fragment.startswith(":~:"):
        return f"the link {link} leads to #{fragment}, which is not on that page"
    return ""
