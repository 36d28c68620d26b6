"""The registry of files: `@export("corrections.xml")` registers the function that builds the file of that path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from dossier.model.dossier import Dossier
from dossier.model.site.export_files import EXPORT_FILES

ExportBuilder = Callable[[Dossier], str | bytes | Iterable[tuple[str, str | bytes]]]
"""Takes the published part of a dossier; returns the file, or for a path with `{id}` pairs of an id and its file."""

EXPORT_BUILDERS: dict[str, ExportBuilder] = {}
"""Builders by path."""


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


def iter_export_files(dossier: Dossier) -> Iterator[tuple[str, str | bytes]]:
    """Yield path in the site and content of every file, in the order of `EXPORT_FILES`.

    Raises `KeyError` for a path without a builder.
    """
    published = dossier.only_published()
    for file in EXPORT_FILES:
        if file.path not in EXPORT_BUILDERS:
            raise KeyError(f'nothing builds it: add a function with @export("{file.path}") in a module of dossier/exports/')
        if file.needs_site_url and not published.settings.site_url:
            continue
        built = EXPORT_BUILDERS[file.path](published)
        if isinstance(built, str | bytes):
            yield file.path, built
        else:
            yield from ((file.path.replace("{id}", record_id), content) for record_id, content in built)
