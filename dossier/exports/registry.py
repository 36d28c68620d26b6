"""The registry of files: `@export("corrections.xml")` registers the function that builds the file of that path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from dossier.model.dossier import Dossier
from dossier.model.site.export_files import EXPORT_FILES

ExportBuilder = Callable[[Dossier], str | bytes | Iterable[tuple[str, str | bytes]]]
"""Takes the published part of a dossier; returns the file, or for a path with `{id}` pairs of an id and its file."""

PageExportBuilder = Callable[[Dossier, str, str], str]
"""Takes the published part of a dossier, the id of a record and the content of its page; returns the file, empty for none."""

EXPORT_BUILDERS: dict[str, ExportBuilder] = {}
PAGE_EXPORT_BUILDERS: dict[str, PageExportBuilder] = {}
"""Builders by path."""

_PAGE_EXPORT_FILES = {
    folder: [file for file in EXPORT_FILES if file.of_page and file.path.startswith(f"{folder}/{{id}}/")]
    for folder in {file.path.partition("/{id}/")[0] for file in EXPORT_FILES if file.of_page}
}
"""The files that are made of a page, by the folder above that page."""


def export(path: str) -> Callable[[ExportBuilder], ExportBuilder]:
    """Register a function as the builder of the file at a path.

    Raises `KeyError` for a path that is not in `EXPORT_FILES` or has a builder already.
    """
    if path not in {file.path for file in EXPORT_FILES if not file.of_page}:
        raise KeyError(f'@export("{path}"): add it to EXPORT_FILES in dossier/model/site/export_files.py, or correct it')
    if path in EXPORT_BUILDERS:
        raise KeyError(f'@export("{path}") stands twice below dossier/exports/: a file has one builder')

    def register(build: ExportBuilder) -> ExportBuilder:
        EXPORT_BUILDERS[path] = build
        return build

    return register


def page_export(path: str) -> Callable[[PageExportBuilder], PageExportBuilder]:
    """Register a function as the builder of the file that is made of the page beside it.

    Raises `KeyError` for a path that `EXPORT_FILES` does not have as such or that has a builder already.
    """
    if path not in {file.path for file in EXPORT_FILES if file.of_page}:
        raise KeyError(f'@page_export("{path}"): add it to EXPORT_FILES in dossier/model/site/export_files.py, with `of_page`')
    if path in PAGE_EXPORT_BUILDERS:
        raise KeyError(f'@page_export("{path}") stands twice below dossier/exports/: a file has one builder')

    def register(build: PageExportBuilder) -> PageExportBuilder:
        PAGE_EXPORT_BUILDERS[path] = build
        return build

    return register


def iter_page_export_files(dossier: Dossier, page_url: str, content_html: str) -> Iterator[tuple[str, str]]:
    """Yield path and content of the files that are made of the content of a page, as it is written into the site.

    Raises `KeyError` for a path without a builder.
    """
    folder, _, record_id = page_url.rstrip("/").rpartition("/")
    for file in _PAGE_EXPORT_FILES.get(folder, ()):
        if file.path not in PAGE_EXPORT_BUILDERS:
            raise KeyError(f'nothing builds it: add a function with @page_export("{file.path}") in a module of dossier/exports/')
        if content := PAGE_EXPORT_BUILDERS[file.path](dossier.only_published(), record_id, content_html):
            yield file.path.replace("{id}", record_id), content


def iter_export_files(dossier: Dossier) -> Iterator[tuple[str, str | bytes]]:
    """Yield path in the site and content of every file but those of a page, in the order of `EXPORT_FILES`.

    Raises `KeyError` for a path without a builder.
    """
    published = dossier.only_published()
    for file in EXPORT_FILES:
        if file.of_page:
            continue
        if file.path not in EXPORT_BUILDERS:
            raise KeyError(f'nothing builds it: add a function with @export("{file.path}") in a module of dossier/exports/')
        if file.needs_site_url and not published.settings.site_url:
            continue
        built = EXPORT_BUILDERS[file.path](published)
        if isinstance(built, str | bytes):
            yield file.path, built
        else:
            yield from ((file.path.replace("{id}", record_id), content) for record_id, content in built)
