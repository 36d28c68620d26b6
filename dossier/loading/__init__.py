"""LOADING: the files of a dossier become records, or problems. The entry point is `read_dossier(root)`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from dossier.loading.annotations import check_stray_files, read_records
from dossier.loading.articles import list_article_folder_captures, read_articles, read_captures, read_source_copies
from dossier.loading.handwritten import read_handwritten_pages
from dossier.loading.lock import read_lock
from dossier.loading.markdown_extensions import check_markdown_extensions
from dossier.loading.named_files import check_named_files
from dossier.loading.reader import ReadCache, RecordReader
from dossier.loading.release import read_release
from dossier.loading.settings import find_config_file, read_settings
from dossier.loading.site_config import check_config_texts
from dossier.loading.site_files import check_site_files
from dossier.model.dossier import Dossier
from dossier.model.kinds import RECORD_KINDS
from dossier.model.problems.problem import Problem, UnreadableError
from dossier.model.quotations.capture import LOCK_FILE_NAME
from dossier.model.settings import Settings
from dossier.model.site.release import RELEASE_FILE_NAME

__all__ = ["ReadCache", "is_dossier", "read_dossier"]

PUBLIC_OUTPUT_VARIABLE = "CI"
"""The environment variable that forges set, whose logs anybody may read. Not a setting: a proposal could change that."""


def is_dossier(root: Path) -> bool:
    """Whether a folder has `docs/` or `annotations/`, which a dossier is read from."""
    return (root / "docs").exists() or (root / "annotations").exists()


def read_dossier(root: Path, settings: Settings | None = None, memory: ReadCache | None = None) -> Dossier:
    """Read the dossier below a root; what is wrong with its files is in its `problems`.

    Settings default to those of `mkdocs.yml`. `memory` is the cache of an earlier call: only files that have changed
    since are parsed again. Raises `UnreadableError` if there is no dossier.
    """
    if not is_dossier(root):
        raise UnreadableError(f"there is no dossier in {root}", "go to its folder, or name it with --root")
    reader = RecordReader(root, cache={} if memory is None else memory)
    settings_problems: list[Problem] = []
    missing_paths = {path for path in (LOCK_FILE_NAME, find_config_file(root).name) if not os.path.lexists(root / path)}
    if settings is None:
        settings, settings_problems = read_settings(root)
        if settings.captures != Settings.captures and not (root / settings.captures).is_dir():
            missing_paths.add(f"{settings.captures}/")
        check_named_files(reader)
    lock, lock_problems = read_lock(root / LOCK_FILE_NAME)
    released, release_problems = read_release(root / RELEASE_FILE_NAME)
    for problem in (*settings_problems, *lock_problems, *release_problems):
        reader.add_problem(problem)
    check_config_texts(reader)
    check_markdown_extensions(reader, root / settings.captures)
    check_stray_files(reader)
    check_site_files(reader)
    articles = read_articles(reader)
    repeated: list[tuple[Any, str]] = []
    records = {kind.dossier_attribute: read_records(reader, kind, repeated) for kind in RECORD_KINDS if kind.layout != "page"}
    quoted_ids = {evidence.id for claim in records["claims"].values() for evidence in claim.sources if evidence.words}
    quoted_sources = [source for source in records["sources"].values() if source.id in quoted_ids]
    captures_folder = root / settings.captures
    return Dossier(
        articles=articles,
        **records,
        repeated_records=tuple(repeated),
        handwritten_pages=read_handwritten_pages(reader, captures_folder),
        adjacent_capture_paths=list_article_folder_captures(reader),
        captures=read_captures(reader, captures_folder, articles),
        source_copies=read_source_copies(reader, captures_folder, quoted_sources),
        lock=lock,
        last_release=released,
        settings=settings,
        problems=tuple(reader.problems),
        unread_paths=frozenset(reader.unread_paths),
        missing_paths=frozenset(missing_paths),
        is_output_public=bool(os.environ.get(PUBLIC_OUTPUT_VARIABLE)),
    )
