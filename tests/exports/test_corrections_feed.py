"""The Atom feed of corrections."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest

from dossier.model import Dossier
from support.corrections import CLAIMED, NOTE, correct, correction, hostile_dossier
from support.dossiers import read_example
from support.exports import SITE, export_text
from support.reading_pages import GAZETTE, HOSTILE, harmless, links, parse, words

ATOM = "{http://www.w3.org/2005/Atom}"
PATH = "corrections.xml"


def test_the_feed_says_each_correction_with_absolute_addresses(example: Path) -> None:
    correct(example, CLAIMED, correction("2024-05-20", now="See [the count](/sources/#harbour-office-count) & that."))
    correct(example, NOTE, correction("2024-05-25", "update"))
    made = fromstring(export_text(read_example(example), PATH))
    assert made.tag == f"{ATOM}feed"
    assert told(made, "id", "title", "updated") == [
        f"{SITE}corrections.xml",
        "Corrections: The ferry count",
        "2024-05-25T00:00:00Z",
    ]
    assert made.findtext(f"{ATOM}author/{ATOM}name") == "The ferry count"
    assert targets(made) == {"self": f"{SITE}corrections.xml", "alternate": f"{SITE}corrections/"}
    note, claim = made.findall(f"{ATOM}entry")
    address = f"{SITE}corrections/#2024-05-20.correction.claims.april-record"
    assert told(claim, "id", "title", "updated") == [
        address,
        "Correction: claim “The ferry carried 4,120 passengers in April 2024.”",
        "2024-05-20T00:00:00Z",
    ]
    assert targets(claim) == {"alternate": address, "related": f"{SITE}claims/april-record/"}
    assert targets(note)["related"] == f"{SITE}articles/{GAZETTE}/#one-in-five"
    content = claim.find(f"{ATOM}content")
    assert content is not None
    assert content.get("type") == "html"
    html = parse(content.text or "")
    assert words(html) == "It said: One. It now says: See the count & that. Reason: A recount."
    assert links(html) == [f"{SITE}sources/#harbour-office-count"]


def test_a_feed_names_the_publisher_where_there_is_one(example: Path) -> None:
    dossier = read_example(example)
    assert (
        fromstring(export_text(dossier, PATH, publisher="The <Harbour> & Co")).findtext(f"{ATOM}author/{ATOM}name")
        == "The <Harbour> & Co"
    )


def test_a_feed_without_corrections_was_changed_with_the_last_review(example: Path) -> None:
    assert told(fromstring(export_text(read_example(example), PATH)), "updated") == ["2024-06-01T00:00:00Z"]
    assert told(fromstring(export_text(Dossier(), PATH)), "updated") == ["1970-01-01T00:00:00Z"]


@pytest.mark.parametrize("hostile", [*HOSTILE, "]]></content></entry>&amp;&#12;&#x1;&nbsp;", "form\x0cfeed \x01 \ud800 \uffff"])
def test_a_feed_is_well_formed_whatever_was_written(example: Path, hostile: str) -> None:
    text = export_text(hostile_dossier(example, hostile), PATH, site_name=hostile)
    made = fromstring(text.encode("utf-8"))
    assert {element.tag.removeprefix(ATOM) for element in made.iter()} == {
        *("feed", "id", "title", "updated", "author", "name", "link", "entry", "content")
    }
    for content in made.iter(f"{ATOM}content"):
        harmless(parse(content.text or ""))


def told(element: Element, *tags: str) -> list[str | None]:
    return [element.findtext(f"{ATOM}{tag}") for tag in tags]


def targets(element: Element) -> dict[str | None, str | None]:
    """Addresses that a part of a feed links to, by what they are to it."""
    return {link.get("rel"): link.get("href") for link in element.findall(f"{ATOM}link")}
