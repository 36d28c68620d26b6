"""Origins: what a source goes back to ends somewhere."""

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
        message = f"these sources go back to each other in a circle: {' → '.join([*loop, root])}"
        help = "let the one that goes back to nothing else name itself as its origin"
        yield Violation(sources[root].locate("origin"), message, help)
