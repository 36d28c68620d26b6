"""LOADING: the files of a dossier become records, or problems. The entry point is `read_dossier(root)`."""

from __future__ import annotations

from pathlib import Path

from dossier.loading.annotations import (
    RecordWithId,
    check_stray_files,
    index_by_id,
    read_annotations,
    read_record_files,
    read_record_list,
    remove_repeated_ids,
)
from dossier.loading.articles import list_article_folder_captures, read_articles, read_captures
from dossier.loading.lock import read_lock
from dossier.loading.reader import ReadCache, RecordReader
from dossier.loading.release import read_release
from dossier.loading.settings import read_settings
from dossier.model.dossier import Dossier
from dossier.model.evidence import Measure
from dossier.model.numbers.charts import Chart
from dossier.model.problems.problem import UnreadableError
from dossier.model.quotations.capture import LOCK_FILE_NAME
from dossier.model.records import Claim, Event, Party, Source, Term, Verdict, Voice
from dossier.model.settings import HandwrittenPage, Settings
from dossier.model.site.release import RELEASE_FILE_NAME

__all__ = ["ReadCache", "is_dossier", "read_dossier"]


def is_dossier(root: Path) -> bool:
    """Whether a folder has `docs/` or `annotations/`, which a dossier is read from."""
    return (root / "docs").exists() or (root / "annotations").exists()


def read_dossier(root: Path, settings: Settings | None = None, memory: ReadCache | None = None) -> Dossier:
    """Read the dossier below a root; what is wrong with its files is in its `problems`.

    Settings default to those of `mkdocs.yml`. `memory` is the cache of an earlier call: only files that have changed
    since are parsed again. Raises `UnreadableError` if there is no dossier.
    """
    if not is_dossier(root):
        raise UnreadableError(f"there is no dossier in {root.name or root}", "go to its folder, or name it with --root")
    reader = RecordReader(root, cache={} if memory is None else memory)
    if settings is None:
        settings, faults = read_settings(root)
        for fault in faults:
            reader.add_problem(fault)
    check_stray_files(reader)
    articles = read_articles(reader)
    lock, faults = read_lock(root / LOCK_FILE_NAME)
    reader.problems.extend(faults)
    released, more = read_release(root / RELEASE_FILE_NAME)
    reader.problems.extend(more)
    repeated: list[tuple[RecordWithId, str]] = []
    return Dossier(
        articles=articles,
        annotations={slug: remove_repeated_ids(notes, repeated) for slug, notes in read_annotations(reader).items()},
        claims=read_record_files(reader, "claims", Claim),
        events=read_record_files(reader, "events", Event),
        charts=read_record_files(reader, "charts", Chart),
        sources=read_record_files(reader, "sources", Source),
        parties=index_by_id(remove_repeated_ids(read_record_list(reader, "parties.yml", Party), repeated)),
        verdicts=index_by_id(remove_repeated_ids(read_record_list(reader, "verdicts.yml", Verdict), repeated)),
        voices=index_by_id(remove_repeated_ids(read_record_list(reader, "voices.yml", Voice), repeated)),
        measures=index_by_id(remove_repeated_ids(read_record_list(reader, "measures.yml", Measure), repeated)),
        glossary=remove_repeated_ids(read_record_list(reader, "glossary.yml", Term), repeated),
        repeated_records=tuple(repeated),
        handwritten_pages=_read_handwritten_pages(reader),
        adjacent_capture_paths=list_article_folder_captures(reader),
        captures=read_captures(reader, root / settings.captures, articles),
        locked_articles=lock,
        last_release=released,
        settings=settings,
        problems=tuple(reader.problems),
        unread_paths=frozenset(reader.unread_paths | {problem.location.path for problem in (*faults, *more)}),
    )


def _read_handwritten_pages(reader: RecordReader) -> tuple[HandwrittenPage, ...]:
    """Every Markdown page below `docs/` that is not an article."""
    articles = reader.root / "docs" / "articles"
    files = (file for file in reader.list_files("docs", "**/*.md") if file.parent != articles or file.stem == "index")
    return tuple(
        HandwrittenPage(reader.get_display_path(file), text) for file in files if (text := reader.read_text(file)) is not None
    )
