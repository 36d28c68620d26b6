"""The registry of files: `@export("corrections.xml")` registers the function that builds the file of that path.

A file is made of the records (`export`), of the page beside it (`page_export`), or of the other files of the data
(`data_list_export`), as `EXPORT_FILES` says of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from dossier.model.dossier import Dossier
from dossier.model.site.export_files import DATA_URL, EXPORT_FILES, ExportFile, ExportMaterial

ExportBuilder = Callable[[Dossier], str | bytes | Iterable[tuple[str, str | bytes]]]
"""Takes the published part of a dossier; returns the file, or for a path with `{id}` pairs of an id and its file."""

PageExportBuilder = Callable[[Dossier, str, str], str]
"""Takes the published part of a dossier, the id of a record and the content of its page; returns the file, empty for none."""

DataListBuilder = Callable[[Dossier, Mapping[str, bytes]], str | bytes]
"""Takes the published part of a dossier and the files of its data so far, by path; returns the file that lists or packs them."""

EXPORT_BUILDERS: dict[str, Callable[..., Any]] = {}
"""Builders by path."""

_BuilderT = TypeVar("_BuilderT", bound=Callable[..., Any])
_FILES_OF_PAGES = {
    folder: [file for file in EXPORT_FILES if file.made_of == "page" and file.path.startswith(f"{folder}/{{id}}/")]
    for folder in {file.path.partition("/{id}/")[0] for file in EXPORT_FILES if file.made_of == "page"}
}
"""The files that are made of a page, by the folder above that page."""


def export(path: str) -> Callable[[ExportBuilder], ExportBuilder]:
    """Register a function as the builder of the file at a path.

    Raises `KeyError`, as the two below, for a path that `EXPORT_FILES` does not have as such, or that has a builder already.
    """
    return _register_builder(path, "records")


def page_export(path: str) -> Callable[[PageExportBuilder], PageExportBuilder]:
    """Register a function as the builder of the file that is made of the page beside it."""
    return _register_builder(path, "page")


def data_list_export(path: str) -> Callable[[DataListBuilder], DataListBuilder]:
    """Register a function as the builder of a file that lists or packs the data; it is built behind all others."""
    return _register_builder(path, "data")


def iter_export_files(dossier: Dossier) -> Iterator[tuple[str, str | bytes]]:
    """Yield path in the site and content of every file but those of a page, in the order of `EXPORT_FILES`, last what lists data.

    Raises `KeyError` for a path without a builder.
    """
    published = dossier.only_published()
    data: dict[str, bytes] = {}
    for path, content in _iter_files_of_records(published):
        if path.startswith(DATA_URL):
            data[path] = encode_content(content)
        yield path, content
    for file in EXPORT_FILES:
        if file.made_of == "data":
            content = _get_builder(file)(published, data)
            data[file.path] = encode_content(content)
            yield file.path, content


def iter_page_export_files(dossier: Dossier, page_url: str, content_html: str) -> Iterator[tuple[str, str]]:
    """Yield path and content of the files that are made of the content of a page, as it is written into the site.

    Raises `KeyError` for a path without a builder.
    """
    folder, _, record_id = page_url.rstrip("/").rpartition("/")
    for file in _FILES_OF_PAGES.get(folder, ()):
        if content := _get_builder(file)(dossier.only_published(), record_id, content_html):
            yield file.path.replace("{id}", record_id), content


def encode_content(content: str | bytes) -> bytes:
    """The bytes of a file. Halves of a character, which records cannot have and no encoding knows, become question marks."""
    return content.encode("utf-8", "replace") if isinstance(content, str) else content


def _iter_files_of_records(published: Dossier) -> Iterator[tuple[str, str | bytes]]:
    for file in EXPORT_FILES:
        if file.made_of != "records" or (file.needs_site_url and not published.settings.site_url):
            continue
        built = _get_builder(file)(published)
        if isinstance(built, str | bytes):
            yield file.path, built
        else:
            yield from ((file.path.replace("{id}", record_id), content) for record_id, content in built)


def _register_builder(path: str, made_of: ExportMaterial) -> Callable[[_BuilderT], _BuilderT]:
    if not any(file.path == path and file.made_of == made_of for file in EXPORT_FILES):
        raise KeyError(
            f'"{path}" made of "{made_of}": add it to EXPORT_FILES in dossier/model/site/export_files.py, or correct it'
        )
    if path in EXPORT_BUILDERS:
        raise KeyError(f'"{path}" is built twice below dossier/exports/: a file has one builder')

    def register(build: _BuilderT) -> _BuilderT:
        EXPORT_BUILDERS[path] = build
        return build

    return register


def _get_builder(file: ExportFile) -> Callable[..., Any]:
    if file.path not in EXPORT_BUILDERS:
        raise KeyError(f'nothing builds {file.path}: add a function with @export("{file.path}") in a module of dossier/exports/')
    return EXPORT_BUILDERS[file.path]
