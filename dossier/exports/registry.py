"""The registry of files: `@export("corrections.xml")` registers the function that builds the file of that path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from dossier.model.dossier import Dossier
from dossier.model.site.export_files import DATA_URL, EXPORT_FILES

ExportBuilder = Callable[[Dossier], str | bytes | Iterable[tuple[str, str | bytes]]]
"""Takes the published part of a dossier; returns the file, or for a path with `{id}` pairs of an id and its file."""

DataListBuilder = Callable[[Dossier, Mapping[str, bytes]], str | bytes]
"""Takes the published part of a dossier and the files of its data so far, by path; returns the file that lists or packs them."""

EXPORT_BUILDERS: dict[str, ExportBuilder] = {}
"""Builders by path."""

DATA_LIST_BUILDERS: dict[str, DataListBuilder] = {}
"""Builders of what lists the data, by path."""


def export(path: str) -> Callable[[ExportBuilder], ExportBuilder]:
    """Register a function as the builder of the file at a path.

    Raises `KeyError` for a path that is not in `EXPORT_FILES` or has a builder already.
    """
    if path not in {file.path for file in EXPORT_FILES}:
        raise KeyError(f'@export("{path}"): add it to EXPORT_FILES in dossier/model/site/export_files.py, or correct it')
    if path in EXPORT_BUILDERS:
        raise KeyError(f'@export("{path}") stands twice below dossier/exports/: a file has one builder')

    def register(build: ExportBuilder) -> ExportBuilder:
        EXPORT_BUILDERS[path] = build
        return build

    return register


def export_data_list(path: str) -> Callable[[DataListBuilder], DataListBuilder]:
    """Register a function as the builder of a file that lists or packs the data; it is built behind all others.

    Raises `KeyError` for a path that is not in `EXPORT_FILES` with `lists_data`, or has a builder already.
    """
    if path not in {file.path for file in EXPORT_FILES if file.lists_data}:
        raise KeyError(f'@export_data_list("{path}"): add it to EXPORT_FILES in dossier/model/site/export_files.py')
    if path in DATA_LIST_BUILDERS:
        raise KeyError(f'@export_data_list("{path}") stands twice below dossier/exports/: a file has one builder')

    def register(build: DataListBuilder) -> DataListBuilder:
        DATA_LIST_BUILDERS[path] = build
        return build

    return register


def iter_export_files(dossier: Dossier) -> Iterator[tuple[str, str | bytes]]:
    """Yield path in the site and content of every file, in the order of `EXPORT_FILES`, and last what lists the data.

    Raises `KeyError` for a path without a builder.
    """
    published = dossier.only_published()
    data: dict[str, bytes] = {}
    for path, content in _iter_built_files(published):
        if path.startswith(DATA_URL):
            data[path] = encode_content(content)
        yield path, content
    for path in (file.path for file in EXPORT_FILES if file.lists_data):
        if path not in DATA_LIST_BUILDERS:
            raise KeyError(f'nothing builds it: add a function with @export_data_list("{path}") in a module of dossier/exports/')
        content = DATA_LIST_BUILDERS[path](published, data)
        data[path] = encode_content(content)
        yield path, content


def encode_content(content: str | bytes) -> bytes:
    """The bytes of a file. Halves of a character, which records cannot have and no encoding knows, become question marks."""
    return content.encode("utf-8", "replace") if isinstance(content, str) else content


def _iter_built_files(published: Dossier) -> Iterator[tuple[str, str | bytes]]:
    """Path and content of every file but those that list the data."""
    for file in EXPORT_FILES:
        if file.lists_data:
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
