"""Reads a finished site: ids, links and loaded files of its HTML pages, and the text of all its text files."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from dossier.loading.files import is_inside
from dossier.loading.running_markup import find_file_fault, find_page_fault
from dossier.model.page_html import split_url
from dossier.model.problems.problem import UnreadableError
from dossier.model.site.addresses import BuiltSite, BuiltSitePage

_TAGS_WITH_SRC = frozenset({"script", "img", "iframe", "audio", "video", "source", "embed"})
_RESOURCE_LINK_TYPES = frozenset({"stylesheet", "icon", "preload", "modulepreload", "preconnect", "dns-prefetch", "manifest"})

PAGEFIND_FRAGMENT_SUFFIX = ".pf_fragment"
"""Suffix of a search result of Pagefind: JSON behind the mark of its packed files."""

PACKED_FILE_MARK = b"pagefind_dcd"
"""Stands before the content of each file that Pagefind packs, within the gzip."""


def read_site(folder: Path) -> BuiltSite:
    """Read the finished site in a folder; raises `UnreadableError` if there is none, or a link in it leads out of it."""
    files = sorted(file for file in folder.rglob("*") if file.is_file()) if folder.is_dir() else []
    if not files:
        raise UnreadableError(f"there is no finished site in {folder}", "build it first: `mkdocs build --strict`", "site-missing")
    if outside := next((file for file in files if file.is_symlink() and not is_inside(file, folder)), None):
        help = "delete it: whoever uploads the site would publish what it leads to"
        raise UnreadableError(f"{outside} is a link that leads out of the site", help, "site-unpublished")
    pages, texts, faults, base = {}, {}, [], "/"
    for file in files:
        path = file.relative_to(folder).as_posix()
        if fault := find_file_fault(path, file.read_bytes()):
            faults.append((path, fault))
        if (content := _read_site_text(file)) is None:
            continue  # a picture or a font
        texts[path] = _extract_json_text(content) if file.suffix in (".json", PAGEFIND_FRAGMENT_SUFFIX) else content
        if file.suffix == ".html":
            if fault := find_page_fault(content):
                faults.append((path, fault))
            parser = _SitePageParser()
            parser.feed(content)
            texts[path] = " ".join(parser.text_parts)
            pages[path] = BuiltSitePage(path, tuple(parser.ids), tuple(parser.link_urls), tuple(parser.resource_urls))
            base = split_url(parser.canonical_url).path if path == "index.html" and parser.canonical_url else base
    return BuiltSite(pages, frozenset(file.relative_to(folder).as_posix() for file in files), texts, tuple(faults), base)


def _read_site_text(file: Path) -> str | None:
    """The text of a file, gzipped or not; None if it is not UTF-8 text."""
    content = file.read_bytes()
    try:
        text = (gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content).decode("utf-8")
    except (UnicodeDecodeError, EOFError, OSError, zlib.error):
        return None
    return text.removeprefix(PACKED_FILE_MARK.decode()) if file.suffix == PAGEFIND_FRAGMENT_SUFFIX else text


def _extract_json_text(content: str) -> str:
    """The strings of a JSON file, without escapes; the content itself if it is not JSON."""
    try:
        return " ".join(_iter_json_strings(json.loads(content)))
    except (ValueError, RecursionError):
        return content


def _iter_json_strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _iter_json_strings(part)


class _SitePageParser(HTMLParser):
    """Collects the ids, URLs and text of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.canonical_url = ""
        self.ids: list[str] = []
        self.link_urls: list[str] = []
        self.resource_urls: list[str] = []
        self.text_parts: list[str] = []

    def parse_html_declaration(self, i: int) -> int:
        """Read `<![…>` as browsers do, as a comment: with some, `HTMLParser` ends in an AssertionError (gh-77057)."""
        return self.parse_bogus_comment(i) if self.rawdata.startswith("<![", i) else super().parse_html_declaration(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids.append(values["id"])
        if tag in ("a", "area") and "href" in values:
            self.link_urls.append(values["href"])
        if tag == "link" and values.get("rel") == "canonical":
            self.canonical_url = values.get("href", "")
        if tag == "link" and _RESOURCE_LINK_TYPES & set(values.get("rel", "").split()):
            self.resource_urls.append(values.get("href", ""))
        if tag in _TAGS_WITH_SRC and values.get("src"):
            self.resource_urls.append(values["src"])
        self.text_parts += [values[name] for name in ("alt", "title", "content", "aria-label") if name in values]

    def handle_data(self, data: str) -> None:
        self.text_parts.append(data)
