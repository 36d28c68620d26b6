"""Corrections: beside what was corrected, together on their page, and in the feed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest

from dossier.checks import check_dossier
from dossier.model import Settings
from dossier.model.site.addresses import collect_linkable_ids_by_url, list_all_corrections
from dossier.pages import build_pages
from support.corrections import CLAIMED, EVENT_ITEM, ITEMS, NOTE, REVIEWED, Item, correct, correction, hostile_dossier
from support.dossiers import read_example, run_mkdocs
from support.exports import SITE, export_text
from support.reading_pages import CLAIM, HOSTILE, NOTES, at, harmless, links, pages, parse, words

Change = Callable[[Path, str, str], None]
ATOM = "{http://www.w3.org/2005/Atom}"


each_item = pytest.mark.parametrize("item", ITEMS, ids=[item.home for item in ITEMS])


# On what was corrected


@each_item
def test_an_item_says_what_was_corrected_newest_first(example: Path, item: Item) -> None:
    correct(example, item, correction("2024-05-20", was="It was *one*.", now="It is two."))
    correct(example, item, correction("2024-05-25", "update", was="It is two.", now="It is three."))
    assert check_dossier(read_example(example)) == []
    page, _, name = item.home.partition("#")
    made = pages(example)[page]
    said = [words(note) for note in noted(at(made, name) if name else made)]
    assert said == [
        "Update, 25 May 2024 It said: It is two. It now says: It is three. Reason: A recount.",
        "Correction, 20 May 2024 It said: It was one. It now says: It is two. Reason: A recount.",
    ]
    leads = [link for note in noted(made) for link in links(note)]
    assert [link.partition("corrections/#")[2] for link in leads] == [
        one.id for one in list_all_corrections(read_example(example))
    ]


def test_what_was_never_corrected_says_nothing_of_it(example: Path) -> None:
    assert [note for page in pages(example).values() for note in noted(page)] == []


def test_an_appearance_on_its_claims_page_is_corrected_there_too(example: Path) -> None:
    correct(
        example, NOTE._replace(line="note: The office counts tickets, so a return trip counts twice."), correction("2024-05-20")
    )
    assert len(noted(pages(example)["claims/april-record/"])) == 1


# Together


@each_item
def test_the_page_names_the_item_in_words_and_leads_to_it(example: Path, item: Item) -> None:
    correct(example, item, correction("2024-05-20", "clarification", was="One.", now="Two."))
    made = entries(pages(example)["corrections/"])[0]
    assert (
        words(made)
        == f"Clarification, 20 May 2024 Link to this clarification {item.name} It said: One. It now says: Two. Reason: A recount."
    )
    assert [time.get("datetime") for time in made.iter("time")] == ["2024-05-20"]
    assert links(made) == [f"#{made.get('id')}", f"../{item.home}"]
    assert made.get("id") == "2024-05-20.clarification." + item.home.replace("/#", ".").strip("/").replace("/", ".")


def test_corrections_stand_under_their_years_newest_first(example: Path, replace: Change) -> None:
    correct(example, EVENT_ITEM, correction("2024-06-01", now="Last."))
    correct(example, CLAIMED, correction("2025-01-02", now="Latest."))
    correct(example, CLAIMED, correction("2024-05-03", now="First."))
    replace(example / CLAIM, REVIEWED, 'reviewed: "2025-01-02"')
    assert check_dossier(read_example(example)) == []
    page = pages(example)["corrections/"]
    assert [words(year) for year in page.iter("h2")] == ["2025", "2024"]
    assert [words(at(page, year, up=True)).count("It now says") for year in ("2025", "2024")] == [1, 2]
    assert [item.get("id", "")[:10] for item in entries(page)] == ["2025-01-02", "2024-06-01", "2024-05-03"]
    assert words(page).startswith("Corrections 3 changes to what had been published")


def test_every_correction_has_an_id_of_its_own_that_the_finished_site_is_held_to(example: Path) -> None:
    for item in ITEMS:
        for now in ("Two.", "Three."):
            correct(example, item, correction("2024-05-20", now=now))
    dossier = read_example(example)
    ids = [item.get("id") for item in entries(pages(example)["corrections/"])]
    assert len(ids) == len(set(ids)) == 2 * len(ITEMS)
    assert set(ids) == collect_linkable_ids_by_url(dossier.only_published())["corrections/"]
    assert {"2024-05-20.correction.claims.april-record", "2024-05-20.correction.claims.april-record.2"} <= set(ids)


def test_a_later_correction_leaves_the_ids_of_earlier_ones_wherever_it_is_written(example: Path) -> None:
    correct(example, CLAIMED, correction("2024-05-20"))
    before = {one.id for one in list_all_corrections(read_example(example))}
    correct(example, CLAIMED, correction("2024-05-25"))
    assert before < {one.id for one in list_all_corrections(read_example(example))}


def test_where_nothing_was_corrected_the_page_says_so_and_how_it_would_be_done(example: Path) -> None:
    page = pages(example)["corrections/"]
    assert words(page).startswith(
        "Corrections Nothing has been corrected since publication. A mistake is put right where it stands"
    )
    assert entries(page) == links(page) == []


def test_the_page_leads_to_method_and_contribution_where_they_are_written(example: Path) -> None:
    for name in ("method", "contribute"):
        (example / f"docs/{name}.md").write_text(f"# {name}\n", encoding="utf-8")
    assert links(pages(example)["corrections/"]) == ["../method/", "../contribute/"]


def test_the_page_says_whom_to_tell_of_a_mistake_where_that_is_known(example: Path) -> None:
    settings = Settings(contact="[the editors](mailto:editors@ferry.example)")
    dossier = dataclasses.replace(read_example(example), settings=settings)
    page = next(parse(page.content_html) for page in build_pages(dossier) if page.url == "corrections/")
    assert words(page).endswith("Mistakes can be reported to the editors.")
    assert links(page) == ["mailto:editors@ferry.example"]


def test_a_correction_of_a_draft_is_in_a_preview_only(example: Path, replace: Change) -> None:
    correct(example, NOTE, correction("2024-05-20", was="Xyzzy."))
    replace(example / NOTES, "note: The office gives", "status: draft\n  note: The office gives")
    dossier = read_example(example)
    assert not [page.url for page in build_pages(dossier) if "Xyzzy" in page.content_html]
    assert "Xyzzy" not in export_text(dossier, "corrections.xml")
    assert "draft, not in the published site" in words(entries(pages(example, preview=True)["corrections/"])[0])


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_stay_words_on_page_and_item(example: Path, hostile: str) -> None:
    dossier = hostile_dossier(example, hostile)
    for address in ("corrections/", "claims/april-record/"):
        harmless(next(parse(page.content_html) for page in build_pages(dossier) if page.url == address))


# In a build


@pytest.mark.site
def test_a_site_with_an_address_has_the_feed_and_leads_to_it(example: Path, replace: Change) -> None:
    correct(example, CLAIMED, correction("2024-05-20"))
    replace(example / "mkdocs.yml", "site_name:", f"site_url: {SITE}\nsite_name:")
    run_mkdocs(example, "build", "--strict")
    made = fromstring((example / "site/corrections.xml").read_bytes())
    assert made.findtext(f"{ATOM}entry/{ATOM}title", "").startswith("Correction: claim")
    html = (example / "site/corrections/index.html").read_text(encoding="utf-8")
    assert html.partition("</head>")[0].count('type="application/atom+xml" title="Corrections" href="../corrections.xml"') == 1
    assert 'href="../corrections.xml"' in html.partition("</head>")[2]
    assert "corrections.xml" not in (example / "site/index.html").read_text(encoding="utf-8").partition("</head>")[0]


@pytest.mark.site
def test_a_site_without_an_address_has_no_feed_and_names_none(example: Path) -> None:
    run_mkdocs(example, "build", "--strict")
    assert not (example / "site/corrections.xml").exists()
    assert "corrections.xml" not in (example / "site/corrections/index.html").read_text(encoding="utf-8")
    assert 'href="corrections/">Corrections</a>' in (example / "site/index.html").read_text(encoding="utf-8")


def noted(page: Element) -> list[Element]:
    """Notes on corrections on a page."""
    return [element for element in page.iter("div") if element.get("class") == "corrected"]


def entries(page: Element) -> list[Element]:
    """The corrections listed on their page."""
    return [item for found in page.iter("ol") if found.get("class") == "correction-list" for item in found.iter("li")]
