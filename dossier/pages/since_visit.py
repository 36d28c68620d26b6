"""What `assets/script/since.js` needs to say what is new since a reader's last visit: the days of the records on a page.

The days are those of releases. The page is the same for every reader; the comparison is made on the reader's own device.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from markupsafe import Markup

from dossier.model.base import Entry
from dossier.model.dates.edtf import Edtf, parse_edtf
from dossier.model.dossier import Dossier
from dossier.model.site.release import get_released_record


class SinceVisit(NamedTuple):
    """The line that says what is new: the newest day of the site, and the counts by kind of record, as JSON.

    The JSON is a list of `{"noun", "plural", "url", "days"}`; `days` is what `_count_by_days` returns.
    """

    newest: Edtf
    counts: str


def render_day_attributes(dossier: Dossier, entry: Entry) -> Markup:
    """The days of a record as `data-*` attributes, without those that no release noted."""
    released = get_released_record(dossier.last_release, entry)
    attributes = (("published", released.published), ("changed", released.changed))
    return Markup("".join(f' data-{name}="{day.isoformat()}"' for name, day in attributes if day))


def build_since_visit(dossier: Dossier, nouns: Iterable[str], url_by_noun: Mapping[str, str] | None = None) -> SinceVisit | None:
    """The line for a page that has records of some kinds (`claim`, `event`, `article`); None before the first release.

    `url_by_noun`: where the records of a kind are listed, seen from the page, if not on the page itself.
    """
    entries_by_noun: Mapping[str, Iterable[Entry]] = {
        "claim": dossier.claims.values(),
        "event": dossier.events.values(),
        "article": dossier.articles.values(),
    }
    newest = dossier.last_release.newest_day if dossier.last_release else None
    if not newest:
        return None
    counts = [
        {
            "noun": noun,
            "plural": f"{noun}s",
            "url": (url_by_noun or {}).get(noun, ""),
            "days": _count_by_days(dossier, entries_by_noun[noun]),
        }
        for noun in nouns
    ]
    return SinceVisit(parse_edtf(newest.isoformat()), json.dumps(counts, separators=(",", ":")))


def _count_by_days(dossier: Dossier, entries: Iterable[Entry]) -> dict[str, int]:
    """How many records were published and last changed on which days: `{"2026-11-26/2026-12-01": 3, "2026-11-26/": 20}`."""
    records = (get_released_record(dossier.last_release, entry) for entry in entries)
    counts = Counter(f"{record.published or ''}/{record.changed or ''}" for record in records if record.last_day)
    return dict(sorted(counts.items()))
