"""The Atom feeds of new and changed claims and events."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest

from dossier.exports.atom import FALLBACK_FEED_DATE
from dossier.exports.change_feeds import MAX_FEED_ENTRIES
from dossier.model import Dossier
from dossier.model.site.release import ReleasedRecord
from support.dossiers import read_example
from support.exports import SITE, export_text
from support.reading_pages import HOSTILE, harmless, links, parse, words
from support.released import FIRST_DAY, LATER_DAY, change_released, read_released_example

ATOM = "{http://www.w3.org/2005/Atom}"
CLAIMS, EVENTS = "claims.xml", "events.xml"
CLAIM_ADDRESS, EVENT_ADDRESS = "claims/april-record/", "timeline/#count-published"


def test_a_claim_stands_with_verdict_finding_days_and_address(example: Path) -> None:
    made = fromstring(export_text(read_released_example(example), CLAIMS))
    assert texts(made, "id", "title", "updated") == [
        f"{SITE}claims.xml",
        "New and changed claims: The ferry count",
        "2024-06-03T00:00:00Z",
    ]
    assert targets(made) == {"self": f"{SITE}claims.xml", "alternate": f"{SITE}claims/"}
    (entry,) = made.findall(f"{ATOM}entry")
    assert texts(entry, "id", "title", "published", "updated") == [
        f"{SITE}claims/april-record/",
        "The ferry carried 4,120 passengers in April 2024.",
        "2024-06-03T00:00:00Z",
        "2024-06-03T00:00:00Z",
    ]
    assert targets(entry) == {"alternate": f"{SITE}claims/april-record/"}
    assert words(parse(entry.findtext(f"{ATOM}content", ""))) == "Supported: 4,120 tickets were counted."


def test_an_event_stands_with_its_date_and_text(example: Path) -> None:
    made = fromstring(export_text(read_released_example(example), EVENTS))
    assert targets(made)["alternate"] == f"{SITE}timeline/"
    (entry,) = made.findall(f"{ATOM}entry")
    assert texts(entry, "id", "title") == [
        f"{SITE}timeline/#count-published",
        "2 May 2024: The harbour office publishes its count",
    ]
    assert all(link.startswith("https://") for link in links(parse(entry.findtext(f"{ATOM}content", ""))))


def test_a_change_moves_a_record_and_keeps_its_first_day(example: Path) -> None:
    changed = ReleasedRecord(FIRST_DAY, LATER_DAY, "0")
    made = fromstring(export_text(change_released(read_released_example(example), CLAIM_ADDRESS, changed), CLAIMS))
    assert texts(made, "updated") == ["2024-07-01T00:00:00Z"]
    (entry,) = made.findall(f"{ATOM}entry")
    assert texts(entry, "published", "updated") == ["2024-06-03T00:00:00Z", "2024-07-01T00:00:00Z"]


@pytest.mark.parametrize(("path", "address"), [(CLAIMS, CLAIM_ADDRESS), (EVENTS, EVENT_ADDRESS)])
def test_what_has_no_day_is_not_in_a_feed(example: Path, path: str, address: str) -> None:
    dossier = read_released_example(example)
    for released in (None, ReleasedRecord(), ReleasedRecord(hash="0")):
        made = fromstring(export_text(change_released(dossier, address, released), path))
        assert made.findall(f"{ATOM}entry") == []
        assert texts(made, "updated") == ["2024-06-01T00:00:00Z"]
    assert fromstring(export_text(read_example(example), path)).findall(f"{ATOM}entry") == []


def test_of_what_was_published_at_an_unknown_day_only_the_change_is_told(example: Path) -> None:
    dossier = change_released(read_released_example(example), CLAIM_ADDRESS, ReleasedRecord(None, LATER_DAY, "0"))
    (entry,) = fromstring(export_text(dossier, CLAIMS)).findall(f"{ATOM}entry")
    assert texts(entry, "published", "updated") == [None, "2024-07-01T00:00:00Z"]


def test_nothing_that_is_not_published_is_in_a_feed(example: Path) -> None:
    file = example / "annotations/events/count-published.yml"
    released = read_released_example(example).last_release
    file.write_text(file.read_text(encoding="utf-8") + "status: draft\n", encoding="utf-8")
    assert "count-published" not in export_text(replace(read_example(example), last_release=released), EVENTS)


def test_a_feed_has_the_newest_records_only_those_of_a_day_by_address(example: Path) -> None:
    dossier = read_released_example(example)
    claim = dossier.claims["april-record"]
    claims = {
        f"claim-{number:03}": claim.model_copy(update={"id": f"claim-{number:03}"}) for number in range(MAX_FEED_ENTRIES + 20)
    }
    dossier = replace(dossier, claims=claims)
    for number, name in enumerate(claims):
        dossier = change_released(dossier, f"claims/{name}/", ReleasedRecord(FIRST_DAY + timedelta(days=number // 2)))
    found = [entry.findtext(f"{ATOM}id") for entry in fromstring(export_text(dossier, CLAIMS)).findall(f"{ATOM}entry")]
    assert found[:3] == [f"{SITE}claims/claim-{number}/" for number in (118, 119, 116)]
    assert len(found) == MAX_FEED_ENTRIES


@pytest.mark.parametrize("path", [CLAIMS, EVENTS])
def test_an_empty_dossier_has_an_empty_feed(path: str) -> None:
    assert texts(fromstring(export_text(Dossier(), path)), "updated") == [f"{FALLBACK_FEED_DATE}T00:00:00Z"]


@pytest.mark.parametrize("hostile", [*HOSTILE, "]]></content></entry>&amp;&#12;&#x1;&nbsp;", "form\x0cfeed \x01 \ud800 \uffff"])
def test_a_feed_is_well_formed_whatever_was_written(example: Path, hostile: str) -> None:
    dossier = read_released_example(example)
    claim = dossier.claims["april-record"].model_copy(update={"claim": hostile, "summary": hostile})
    event = dossier.events["count-published"].model_copy(update={"title": hostile, "text": hostile})
    dossier = replace(dossier, claims={claim.id: claim}, events={event.id: event})
    for path in (CLAIMS, EVENTS):
        made = fromstring(export_text(dossier, path, site_name=hostile).encode("utf-8"))
        assert len(made.findall(f"{ATOM}entry")) == 1
        for content in made.iter(f"{ATOM}content"):
            harmless(parse(content.text or ""))


def test_the_days_are_those_of_the_release_and_not_of_the_build(example: Path) -> None:
    assert str(date.today()) not in export_text(read_released_example(example), CLAIMS)


def texts(element: Element, *tags: str) -> list[str | None]:
    return [element.findtext(f"{ATOM}{tag}") for tag in tags]


def targets(element: Element) -> dict[str | None, str | None]:
    """Addresses that a part of a feed links to, by what they are to it."""
    return {link.get("rel"): link.get("href") for link in element.findall(f"{ATOM}link")}
