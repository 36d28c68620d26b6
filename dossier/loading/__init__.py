"""SOURCES IN: files become records, or problems. `read(root)` is the whole of it."""

from __future__ import annotations

from pathlib import Path

from dossier.loading.annotations import Listed, by_id, read_annotations, read_filed, read_list, refuse_strays, unrepeated
from dossier.loading.articles import captures_beside, read_articles, read_captures
from dossier.loading.lock import read_lock
from dossier.loading.reader import Memory, Reader
from dossier.loading.release import read_release
from dossier.loading.settings import read_settings
from dossier.model.dossier import Dossier
from dossier.model.evidence import Measure
from dossier.model.numbers.charts import Chart
from dossier.model.problems.problem import Unreadable
from dossier.model.quotations.capture import LOCK
from dossier.model.records import Claim, Event, Party, Source, Term, Verdict, Voice
from dossier.model.settings import HandPage, Settings
from dossier.model.site.release import RELEASE

__all__ = ["Memory", "is_dossier", "read"]


def is_dossier(root: Path) -> bool:
    """Whether a folder holds anything that a dossier is read from."""
    return (root / "docs").exists() or (root / "annotations").exists()


def read(root: Path, settings: Settings | None = None, memory: Memory | None = None) -> Dossier:
    """Read the dossier below a root; faults are in its `problems`. Without settings, those of `mkdocs.yml` hold.

    With the memory of an earlier reading, only files that have changed since are made into records again. Raises
    `Unreadable` where there is no dossier at all.
    """
    if not is_dossier(root):
        raise Unreadable(f"there is no dossier in {root.name or root}", "go to its folder, or name it with --root")
    reader = Reader(root, memory={} if memory is None else memory)
    if settings is None:
        settings, faults = read_settings(root)
        reader.problems.extend(faults)
    refuse_strays(reader)
    articles = read_articles(reader)
    lock, faults = read_lock(root / LOCK)
    reader.problems.extend(faults)
    released, more = read_release(root / RELEASE)
    reader.problems.extend(more)
    repeated: list[tuple[Listed, str]] = []
    return Dossier(
        articles=articles,
        annotations={slug: unrepeated(notes, repeated) for slug, notes in read_annotations(reader).items()},
        claims=read_filed(reader, "claims", Claim),
        events=read_filed(reader, "events", Event),
        charts=read_filed(reader, "charts", Chart),
        sources=read_filed(reader, "sources", Source),
        parties=by_id(unrepeated(read_list(reader, "parties.yml", Party), repeated)),
        verdicts=by_id(unrepeated(read_list(reader, "verdicts.yml", Verdict), repeated)),
        voices=by_id(unrepeated(read_list(reader, "voices.yml", Voice), repeated)),
        measures=by_id(unrepeated(read_list(reader, "measures.yml", Measure), repeated)),
        glossary=unrepeated(read_list(reader, "glossary.yml", Term), repeated),
        repeated=tuple(repeated),
        pages=_hand_pages(reader),
        beside=captures_beside(reader),
        captures=read_captures(reader, root / settings.captures, articles),
        lock=lock,
        released=released,
        settings=settings,
        problems=tuple(reader.problems),
        unread=frozenset(reader.unread | {problem.place.path for problem in (*faults, *more)}),
    )


def _hand_pages(reader: Reader) -> tuple[HandPage, ...]:
    """Every Markdown page below `docs/` that is not an article."""
    articles = reader.root / "docs" / "articles"
    files = (file for file in reader.files("docs", "**/*.md") if file.parent != articles or file.stem == "index")
    return tuple(HandPage(reader.path_of(file), text) for file in files if (text := reader.text(file)) is not None)
