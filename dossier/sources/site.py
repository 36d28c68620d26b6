"""A finished site in: its HTML pages' ids, links and loaded files, and the text of everything that holds text."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from dossier.model.problem import Unreadable
from dossier.model.site import Site, SitePage

TEXTS = frozenset({".html", ".xml", ".json", ".txt", ".js", ".css", ".svg", ".md", ".webmanifest"})
_LOADING = {"script": "src", "img": "src", "iframe": "src", "audio": "src", "video": "src", "source": "src", "embed": "src"}
_LOADED_LINKS = frozenset({"stylesheet", "icon", "preload", "modulepreload", "preconnect", "dns-prefetch", "manifest"})


def read_site(folder: Path) -> Site:
    """Read a finished site below a folder; raises `Unreadable` when there is none."""
    files = sorted(file for file in folder.rglob("*") if file.is_file()) if folder.is_dir() else []
    if not files:
        raise Unreadable(f"there is no finished site in {folder}", "build it first: `make site`", "site-missing")
    pages, texts = {}, {}
    for file in files:
        path = file.relative_to(folder).as_posix()
        if file.suffix in TEXTS:
            content = file.read_text(encoding="utf-8", errors="replace")
            parser = _Parser(path)
            texts[path] = content
            if file.suffix == ".html":
                parser.feed(content)
                texts[path] = " ".join(parser.words)
                pages[path] = parser.page()
    return Site(pages, frozenset(file.relative_to(folder).as_posix() for file in files), texts)


class _Parser(HTMLParser):
    """Gathers what the checks ask of a page."""

    def __init__(self, path: str) -> None:
        super().__init__(convert_charrefs=True)
        self.path = path
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
        if tag == "link" and _LOADED_LINKS & set(values.get("rel", "").split()):
            self.loads.append(values.get("href", ""))
        if tag in _LOADING and values.get(_LOADING[tag]):
            self.loads.append(values[_LOADING[tag]])
        self.words += [values[name] for name in ("alt", "title", "content", "aria-label") if name in values]

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def page(self) -> SitePage:
        """The page as the checks see it."""
        return SitePage(self.path, tuple(self.ids), tuple(self.links), tuple(self.loads))
