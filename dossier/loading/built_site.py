"""A finished site in: its HTML pages' ids, links and loaded files, and the text of everything that holds text."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dossier.model.problems.problem import Unreadable
from dossier.model.site.addresses import Site, SitePage

_LOADING = {"script": "src", "img": "src", "iframe": "src", "audio": "src", "video": "src", "source": "src", "embed": "src"}
_LOADED_LINKS = frozenset({"stylesheet", "icon", "preload", "modulepreload", "preconnect", "dns-prefetch", "manifest"})

FRAGMENT = ".pf_fragment"
"""The ending of what Pagefind keeps of each thing that can be found: JSON behind a mark, packed."""


def read_site(folder: Path) -> Site:
    """Read a finished site below a folder; raises `Unreadable` when there is none."""
    files = sorted(file for file in folder.rglob("*") if file.is_file()) if folder.is_dir() else []
    if not files:
        raise Unreadable(f"there is no finished site in {folder}", "build it first: `mkdocs build --strict`", "site-missing")
    pages, texts, base = {}, {}, "/"
    for file in files:
        path = file.relative_to(folder).as_posix()
        content = _text(file)
        if content is None:
            continue  # a picture or a font
        texts[path] = _strings(content) if file.suffix in (".json", FRAGMENT) else content
        if file.suffix == ".html":
            parser = _Parser()
            parser.feed(content)
            texts[path], pages[path] = " ".join(parser.words), parser.page(path)
            base = urlsplit(parser.canonical).path if path == "index.html" and parser.canonical else base
    return Site(pages, frozenset(file.relative_to(folder).as_posix() for file in files), texts, base)


def _text(file: Path) -> str | None:
    """The text of a file, packed or not; None where it holds something else."""
    content = file.read_bytes()
    try:
        text = (gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content).decode("utf-8")
    except (UnicodeDecodeError, EOFError, OSError, zlib.error):
        return None
    return text.removeprefix("pagefind_dcd") if file.suffix == FRAGMENT else text


def _strings(content: str) -> str:
    """The texts in a JSON file, their escapes undone."""
    try:
        return " ".join(_leaves(json.loads(content)))
    except (ValueError, RecursionError):
        return content


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _leaves(part)


class _Parser(HTMLParser):
    """Gathers what the checks ask of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.canonical = ""
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids.append(values["id"])
        if tag in ("a", "area") and "href" in values:
            self.links.append(values["href"])
        if tag == "link" and values.get("rel") == "canonical":
            self.canonical = values.get("href", "")
        if tag == "link" and _LOADED_LINKS & set(values.get("rel", "").split()):
            self.loads.append(values.get("href", ""))
        if tag in _LOADING and values.get(_LOADING[tag]):
            self.loads.append(values[_LOADING[tag]])
        self.words += [values[name] for name in ("alt", "title", "content", "aria-label") if name in values]

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def page(self, path: str) -> SitePage:
        """The page as the checks see it."""
        return SitePage(path, tuple(self.ids), tuple(self.links), tuple(self.loads))
