"""EXPORTS: a dossier becomes files for other programs: tables, citations, annotations, feeds. Records in, files out.

`EXPORT_FILES` of the model lists the files; each module here builds some of them under `@export(path)`.
"""

from importlib import import_module
from pkgutil import walk_packages

from dossier.exports.registry import iter_export_files, iter_page_export_files

__all__ = ["iter_export_files", "iter_page_export_files"]

for _module in walk_packages(__path__, f"{__name__}."):
    import_module(_module.name)  # each registers its files with `@export`
