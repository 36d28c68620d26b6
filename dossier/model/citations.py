"""Letters that tell sources of one publisher and day apart where they are cited: "Harbour office, 2 May 2024 (b)"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from dossier.model.records import Source


def assign_citation_letters(sources: Iterable[Source]) -> Mapping[str, str]:
    """Letters by source: `a`, `b` in the order of ids for those of one publisher and date; empty if none is needed."""
    ids_by_citation: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for source in sources:
        ids_by_citation[source.publisher or source.title, str(source.published)].append(source.id)
    return {
        name: _format_citation_letters(index) if len(names) > 1 else ""
        for names in ids_by_citation.values()
        for index, name in enumerate(sorted(names))
    }


def _format_citation_letters(index: int) -> str:
    """Letters that count: `a` to `z` for 0 to 25, then `aa`, `ab`."""
    letters = ""
    while index >= 0:
        letters = chr(ord("a") + index % 26) + letters
        index = index // 26 - 1
    return letters
