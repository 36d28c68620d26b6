"""A dossier as a folder of Markdown pages, from which any generator of static sites can build its site.

The folder holds, beside a marker file:

- `docs/`: every page as `<address>/index.md`, front matter and one block of HTML, or a hand-written page's Markdown;
  style, scripts, pictures and fonts below `assets/`; the files for other programs (`dossier.exports`); the numbers and the
  picture of each chart; beside a claim its data and, where the site has an address, its picture; all other files of the
  dossier's `docs/`.
- `theme/`: templates for hosts that read Material's (`custom_dir`).
- `mkdocs.yml`: the site's settings without our plugin, for hosts that read that file.
- `search.json`: `{"version": 1, "documents": […]}`; each document has `url` (from the site's root), `title` and `text`
  (plain), `kind`, `facets` (lists of `verdict`, `topic` and `year`) and `articles` (slugs).
- `404.md`: the page for addresses that lead nowhere; its links begin with the site's path.
- `csp.txt`: the Content-Security-Policy that pages without inline scripts need; `finish_site` adds what a host's need.

What readers do not get is not in it: drafts, captures, records, and what git does not keep.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from dossier.exports import iter_export_files
from dossier.git.revision import read_revision
from dossier.loading.files import is_inside
from dossier.loading.settings import get_custom_templates_folder, read_mkdocs_config
from dossier.loading.templates import THEME_FOLDER
from dossier.loading.tree import walk_tree
from dossier.model import Dossier, UnreadableError
from dossier.model.page_html import split_url
from dossier.model.settings import MKDOCS_CONFIG_NAME, HandwrittenPage
from dossier.output.assets import FAVICON_PATH, SCRIPT_PATH, STYLESHEET_PATH, asset_files, asset_texts
from dossier.output.csp import build_csp
from dossier.output.footer import build_footer
from dossier.output.handwritten import fill_handwritten_page, get_output_path, iter_handwritten_page_texts, join_html_block
from dossier.output.output_folder import OutputFile, check_output_folder, check_output_place, replace_output_folder
from dossier.output.page_files import iter_page_files
from dossier.output.page_metadata import build_page_metadata, clean_site_options, neutralize_metadata
from dossier.pages import (
    SearchDocument,
    build_pages,
    iter_chart_files,
    iter_search_documents,
)
from dossier.pages.context import PageContext

_SITE_OPTION_NAMES = ("site_name", "site_description", "site_url", "repo_url", "copyright")
"""Options of `mkdocs.yml` that are taken over as they are."""

_TEMPLATE_SUFFIXES = (".html", ".css", ".js", ".svg", ".png", ".jpg", ".webp", ".ico", ".woff", ".woff2")
"""What a folder of templates may hold."""


def write_pages(dossier: Dossier, root: Path, folder: Path) -> int:
    """Write the dossier below `root` into a folder, whole or not at all; returns the number of pages.

    Raises `UnreadableError` where the folder holds anything but an earlier output, or cannot be written.
    """
    check_output_place(root, folder, root / dossier.settings.captures)
    check_output_folder(folder)
    built = replace(dossier, revision=read_revision(root, folder))
    return replace_output_folder(folder, iter_output_files(built, root))


def iter_output_files(dossier: Dossier, root: Path) -> Iterator[OutputFile]:
    """Every file of the folder, but for the marker."""
    published, settings = dossier.only_published(), dossier.settings
    yield from _iter_page_files(dossier, published)
    for path, text in asset_texts().items():
        yield f"docs/{path}", text
    for path, file in asset_files().items():
        yield f"docs/{path}", file
    yield from ((f"docs/{path}", file) for path, file in (*iter_chart_files(dossier), *iter_export_files(dossier)))
    yield from _iter_theme_files(root, root / settings.captures)
    yield from ((f"docs/{path}", file) for path, file in _iter_other_files(root, root / settings.captures))
    if content := read_mkdocs_config(root):
        options = _build_site_options(content, build_footer(dossier))
        yield MKDOCS_CONFIG_NAME, yaml.safe_dump(options, allow_unicode=True, sort_keys=False)
    documents = iter_search_documents(published, iter_handwritten_page_texts(dossier))
    yield "search.json", format_search_documents(documents)
    yield "404.md", _render_missing_page(published)
    yield "csp.txt", f"{build_csp()}\n"


def format_search_documents(documents: Iterable[SearchDocument]) -> str:
    """Search documents as JSON, in the shape that this module's docstring gives."""
    converted = [_convert_search_document(document) for document in documents]
    return json.dumps({"version": 1, "documents": converted}, ensure_ascii=False, indent=1)


def _convert_search_document(document: SearchDocument) -> dict[str, Any]:
    facets: dict[str, list[str]] = {}
    for facet_value in document.facet_values:
        facets.setdefault(facet_value.facet, []).append(facet_value.value)
    texts = {"url": document.url, "title": document.title, "text": document.text, "kind": document.kind}
    return {**texts, "facets": facets, "articles": [*document.article_slugs]}


def _iter_page_files(dossier: Dossier, published: Dossier) -> Iterator[OutputFile]:
    for handwritten in dossier.handwritten_pages:
        yield f"docs/{get_output_path(handwritten.url)}", fill_handwritten_page(handwritten, published)
    for page in build_pages(dossier):
        metadata = neutralize_metadata(build_page_metadata(page))
        yield f"docs/{get_output_path(page.url)}", _join_front_matter(metadata, join_html_block(page.content_html))
        yield from ((f"docs/{path}", content) for path, content in iter_page_files(page))


def _join_front_matter(metadata: dict[str, Any], body: str) -> str:
    # Plain YAML: each value on a line of its own, as JSON, which every reader of front matter takes.
    lines = (f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in metadata.items())
    return f"---\n{''.join(lines)}---\n\n{body}\n"


def _iter_theme_files(root: Path, captures: Path) -> Iterator[OutputFile]:
    """Our templates, and over them the site's own; nothing private, whatever folder the site calls its templates."""
    ours = (file for file in sorted(THEME_FOLDER.rglob("*")) if file.is_file() and "__pycache__" not in file.parts)
    yield from ((f"theme/{file.relative_to(THEME_FOLDER).as_posix()}", file) for file in ours)
    if folder := get_custom_templates_folder(root):
        for path, file in _iter_visible_files(root, folder):
            if file.suffix in _TEMPLATE_SUFFIXES and not is_inside(file, captures):
                yield f"theme/{path}", file


def _iter_other_files(root: Path, captures: Path) -> Iterator[tuple[str, Path]]:
    """What lies in `docs/` beside pages, by its path there; nothing of an article's folder, since captures may be in it."""
    for path, file in _iter_visible_files(root, root / "docs"):
        if not path.startswith("articles/") and not is_inside(file, captures) and file.suffix != ".md":
            yield path, file


def _iter_visible_files(root: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    """The files of a folder of the dossier that may be published, each after its path there."""
    if not is_inside(folder, root):
        return
    for path, is_folder, fault in walk_tree(root, os.path.relpath(folder, root)):
        if not is_folder and not fault and not any(part.startswith((".", "__pycache__")) for part in path.split("/")):
            yield path, folder / path


def _build_site_options(content: dict[str, Any], footer: dict[str, Any]) -> dict[str, Any]:
    """The options of `mkdocs.yml` that any host may read, with our style sheet, script, templates and foot."""
    try:
        content = content | clean_site_options(content)
        converted_nav = _convert_nav(content.get("nav"))
    except RecursionError as error:
        raise UnreadableError("the navigation in mkdocs.yml contains itself", "write it out, without aliases") from error
    theme, extra = content.get("theme"), content.get("extra")
    theme = dict(theme) if isinstance(theme, dict) else {"name": theme or "material"}
    return {
        **{name: content[name] for name in _SITE_OPTION_NAMES if content.get(name)},
        "extra": {**(extra if isinstance(extra, dict) else {}), "dossier": footer},
        "docs_dir": "docs",
        "site_dir": "site",
        "theme": {"favicon": FAVICON_PATH, **theme, "custom_dir": "theme"},
        # Those that MkDocs has of itself; without any, a host may have others, and other ids and links with them.
        "markdown_extensions": content.get("markdown_extensions") or ["toc", "tables", "fenced_code"],
        **({"nav": converted_nav} if converted_nav else {}),
        "extra_css": [*_as_list(content.get("extra_css")), STYLESHEET_PATH],
        "extra_javascript": [*_as_list(content.get("extra_javascript")), {"path": SCRIPT_PATH, "type": "module"}],
    }


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _convert_nav(entry: Any) -> Any:
    """The navigation with each page at its path in the folder."""
    if isinstance(entry, list):
        return [_convert_nav(part) for part in entry]
    if isinstance(entry, dict):
        return {title: _convert_nav(part) for title, part in entry.items()}
    is_page = isinstance(entry, str) and entry.endswith(".md") and not split_url(entry).scheme
    return get_output_path(HandwrittenPage(f"docs/{entry}", "").url) if is_page else entry


def _render_missing_page(published: Dossier) -> str:
    """The 404 page. A server returns it at addresses of any depth, so its links begin with the site's path."""
    context = PageContext(published, "")
    context.relative_root = urlsplit(published.settings.site_url).path or "/"
    ways = [(page.url, page.title) for page in build_pages(published) if page.in_nav and not page.parent_url]
    html = context.render_template("missing.html", ways=ways)
    return _join_front_matter({"title": "Page not found"}, join_html_block(html))
