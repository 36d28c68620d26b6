"""Rule on origins: the chain of origins of a source is no circle."""

from __future__ import annotations

from collections.abc import Iterator

from dossier.checks.rule import Violation, rule
from dossier.model.dossier import Dossier


@rule("origin-loop")
def check_origin_loop(dossier: Dossier) -> Iterator[Violation]:
    sources = dossier.sources
    for root in sorted(
        {root for root in dossier.root_ids_by_source.values() if root in sources and sources[root].origin != root}
    ):
        loop = [root]
        while (origin := sources[loop[-1]].origin) != root:
            loop.append(origin)
        message = f"the origins of these sources form a circle: {' → '.join([*loop, root])}"
        help = "give the first of them in time its own id as `origin:`"
        yield Violation(sources[root].locate("origin"), message, help)
