"""A claim's page: its parts and their order, appearances side by side, and how to cite, correct and report."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace as changed
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element

import pytest

from dossier.model import Dossier, Settings
from dossier.model.base import Entry
from dossier.model.problems.problem import Location
from dossier.model.settings import HandwrittenPage
from dossier.pages import build_pages
from dossier.pages.context import PageContext, get_template_environment
from dossier.pages.forge_links import build_edit_url, build_report_url
from support.dossiers import read_example
from support.reading_pages import (
    CLAIM,
    EVENT,
    GAZETTE,
    HOSTILE,
    ISLAND,
    NOTES,
    SOURCE,
    at,
    at_address,
    links,
    pages,
    parse,
    words,
)

Change = Callable[[Path, str, str], None]
PAGE = "claims/april-record/"
FORGE = Settings(
    site_name="The ferry count",
    site_url="https://ferry.example/count/",
    repo_url="https://github.example/ferry/count/",
    repo_edit="https://edit.example/ferry/count/main/",
)
FIELDS = ["id", "page", "quotation", "template", "title"]


# Parts


def test_verdict_how_it_was_printed_and_how_to_cite_it_stand_before_the_explanation(example: Path) -> None:
    html = at_address(build_pages(read_example(example), preview=True), PAGE).content_html
    marks = ["<h1>", "Claimed by", "finding-verdict", "finding-summary", "finding-means", 'id="cited"', 'id="shared"']
    marks += ["As printed", "For", "Against", "Explanation", "would-change", 'id="arithmetic"', 'id="appearances"']
    marks += ['id="evidence"', 'id="events"', "Correct this page"]
    places = [html.index(mark) for mark in marks]
    assert places == sorted(places)


def test_a_claim_without_numbers_has_what_would_change_it_beside_its_explanation(example: Path, replace: Change) -> None:
    assert side(example).find(".//section[@class='arithmetic']") is not None
    text = (example / CLAIM).read_text(encoding="utf-8")
    (example / CLAIM).write_text(re.sub(r"(?s)figures:.*", "", text), encoding="utf-8")
    assert words(side(example)).startswith("What would change this verdict A count of people")
    assert side(example).find(".//section[@class='arithmetic']") is None


def test_a_sum_has_its_line_its_result_and_whether_what_was_stated_holds(example: Path) -> None:
    table = at(pages(example)[PAGE], "calculation-total")
    assert [words(row) for row in table.find("tbody") or ()] == [
        "Single Harbour office, 2 May 2024 1,240",
        "Return Harbour office, 2 May 2024 2,880",
        "1,240 + 2,880 4,120",
        "As stated holds “carried 4,120 passengers in April” 4,120",
    ]
    assert "#calculation-total" in links(table)


# Appearances


def test_texts_stand_in_order_of_lineage_and_are_told_apart_by_writer(example: Path) -> None:
    cards = appearances(example)
    assert [words(card.find("h3")) for card in cards] == ["Harbour Gazette", "Harbour Gazette"]
    assert [words(card.find("p")) for card in cards] == [
        "Ferry carried a record 4,120 passengers in April, 2 May 2024",
        "in Page on how islanders travel, 2 May 2024",
    ]


def test_where_no_wording_is_like_another_nothing_is_marked_and_it_says_so(example: Path) -> None:
    section = at(pages(example)[PAGE], "appearances", up=True)
    assert "The wordings are too unlike to mark single words" in words(section)
    assert list(section.iter("mark")) == []
    assert "other words" not in words(section)


def test_differing_words_are_marked_and_the_earlier_wording_is_named(example: Path, replace: Change) -> None:
    compiled(example, replace, "carried 4,120 passengers by noon")
    earlier, other, later = quotations(example)
    assert marked(later) == "carried 4,120 passengers [by noon]"
    assert "Compared with carried 4,120 passengers in April" in spoken(later)
    assert links(later.find("p[@class='against']")) == [f"#{earlier.get('id')}"] == [f"#{GAZETTE}.april-record"]
    assert [spoken(one) == "In the earliest text" for one in (earlier, other, later)] == [True, True, False]


@pytest.mark.parametrize(
    ("quotation", "said"),
    [
        ("Carried 4,120 passengers in April", "The same words as"),
        ("4,120 passengers in April", "No words but those of"),
        ("a busy spring for boats", "Wording of its own"),
    ],
)
def test_what_is_not_marked_says_why(example: Path, replace: Change, quotation: str, said: str) -> None:
    replace(example / NOTES, "4,300 people crossed", "carried 4,120 passengers in all")
    compiled(example, replace, "carried 4,120 passengers by noon")
    add_note(example, quotation)
    last = quotations(example)[-1]
    assert said in spoken(last)
    assert marked(last) == quotation


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_words_of_a_quotation_become_markup_where_they_are_cut(example: Path, replace: Change, hostile: str) -> None:
    replace(example / NOTES, '"carried 4,120 passengers in April"', json.dumps(f"{hostile} in April"))
    compiled(example, replace, json.dumps(f"{hostile} in May")[1:-1])
    section = at(pages(example)[PAGE], "appearances", up=True)
    assert not [element for element in section.iter() if element.tag in ("script", "img") or element.get("onmouseover")]
    assert words(quotations(example)[-1].find(".//q")) == " ".join(f"{hostile} in May".split())


# Neighbours


def test_a_claim_leads_to_its_neighbours_in_its_topic(example: Path) -> None:
    assert pages(example)[PAGE].find(".//nav") is None
    text = (example / CLAIM).read_text(encoding="utf-8")
    for name in ("a-first", "b-second"):
        (example / CLAIM).with_name(f"{name}.yml").write_text(text.replace("The ferry", name), encoding="utf-8")
    shown = pages(example)
    for address, others in (
        ("april-record", ["a-first"]),  # the only one that an article prints
        ("a-first", ["april-record", "b-second"]),
        ("b-second", ["a-first"]),
    ):
        nav = shown[f"claims/{address}/"].find(".//nav[@class='neighbours']")
        assert links(nav) == ["../../claims/#counts", *(f"../../claims/{name}/" for name in others)]
        assert "All 3 claims on Counts" in words(nav)


# Cite this


def test_a_claim_is_cited_from_what_is_known(example: Path) -> None:
    known = changed(FORGE, publisher="The Ferry Dossier")
    assert cited(example, known, PAGE) == (
        "The Ferry Dossier. “The ferry carried 4,120 passengers in April 2024.” Verdict: supported. The ferry count. "
        "Last reviewed 1 June 2024. https://ferry.example/count/claims/april-record/"
    )


def test_its_author_is_named_and_a_site_without_publisher_speaks_for_itself(example: Path, replace: Change) -> None:
    assert cited(example, FORGE, PAGE).startswith("The ferry count. “The ferry carried")
    assert ". Last reviewed 1 June 2024. https" in cited(example, FORGE, PAGE)
    replace(example / CLAIM, "topics:", "author: Ada Wren\ntopics:")
    assert cited(example, FORGE, PAGE).startswith("Ada Wren. “The ferry carried")
    said = cited(example, changed(FORGE, publisher="The Ferry Dossier"), PAGE)
    assert said.startswith("Ada Wren, The Ferry Dossier. “The ferry carried")


def test_a_claim_is_shared_by_its_address_and_nobody_else_is_asked(example: Path) -> None:
    page = page_of(example, FORGE, PAGE)
    assert words(at(page, "shared")) == FORGE.site_url + PAGE
    uses = page.find(".//div[@class='uses']")
    assert uses is not None
    assert links(uses) == ["../../data/pages.ris", "card.html", "data.json"]
    assert [button.get("data-copies") for button in uses.iter("button")] == ["#cited", "#shared", "#embed"]


def test_a_chart_is_drawn_at_the_claim_of_its_first_figure_and_elsewhere_a_line_leads_to_it(example: Path) -> None:
    another = (example / CLAIM).read_text(encoding="utf-8")
    (example / CLAIM).with_name("towns-way.yml").write_text(another, encoding="utf-8")
    chart = "title: Two counts\nform: apart\nfigures: [{figure: %s.tickets}, {figure: %s.tickets}]\ntext: Two.\n"
    (example / "annotations/charts/two-counts.yml").write_text(chart % ("towns-way", "april-record"), encoding="utf-8")
    shown = pages(example)
    home, other = shown["claims/towns-way/"], shown[PAGE]
    assert "Two counts" in " ".join(words(figure) for figure in home.iter("figure"))
    assert "Two counts" not in " ".join(words(figure) for figure in other.iter("figure"))
    (line,) = other.findall(".//p[@class='chart-elsewhere']")
    assert (words(line), links(line)) == ("Drawn in Two counts", ["../../charts/#two-counts"])


def test_without_an_address_the_one_within_the_site_is_given_for_a_script_to_complete(example: Path) -> None:
    assert cited(example, Settings(), PAGE) == (
        "“The ferry carried 4,120 passengers in April 2024.” Verdict: supported. Last reviewed 1 June 2024. claims/april-record/"
    )
    for settings, completed in ((Settings(), True), (FORGE, False)):
        page = page_of(example, settings, PAGE)
        assert {"data-here" in address.attrib for address in page.findall(".//span[@class='address']")} == {completed}
        assert "no public address" not in words(page)


def test_an_article_is_cited_as_what_is_published_of_it(example: Path) -> None:
    said = cited(example, FORGE, f"articles/{GAZETTE}/")
    assert said.startswith(
        "The ferry count. Annotated summary of “Ferry carried a record 4,120 passengers in April” (Harbour Gazette, 2 May 2024)."
    )
    assert said.endswith(f" https://ferry.example/count/articles/{GAZETTE}/")
    page = page_of(example, FORGE, f"articles/{GAZETTE}/")
    assert words(at(page, "cited-article")) == (
        "“Ferry carried a record 4,120 passengers in April”. Harbour Gazette, 2 May 2024. "
        "https://gazette.example/2024/05/02/ferry-record Archived: https://archive.example/20240503/ferry-record"
    )
    assert [link.get("href") for link in page.findall(".//span[@class='formats']/a")] == ["../../data/pages.ris"]


def test_a_preview_offers_no_files_of_citations_since_it_has_none(example: Path) -> None:
    for address in (PAGE, f"articles/{GAZETTE}/", "sources/"):
        page = parse(at_address(build_pages(changed(read_example(example), settings=FORGE), preview=True), address).content_html)
        assert [link for link in links(page) if link.endswith((".ris", ".bib", ".csl.json"))] == []


# Correct this, report an error


def test_a_record_is_corrected_in_its_line(example: Path) -> None:
    records = known(example)
    address = "https://edit.example/ferry/count/main/"
    assert build_edit_url(FORGE, records["claim"].locate()) == f"{address}{CLAIM}#L1"
    assert build_edit_url(FORGE, records["note"].locate()) == f"{address}{NOTES}#L16"
    assert build_edit_url(FORGE, records["event"].locate()) == f"{address}{EVENT}#L1"
    assert build_edit_url(FORGE, records["source"].locate()) == f"{address}{SOURCE}#L1"
    assert build_edit_url(Settings(), records["claim"].locate()) == ""


def test_a_path_that_no_address_may_hold_is_encoded() -> None:
    assert build_edit_url(FORGE, Location("annotations/ä b?#.yml", 3)).endswith("/main/annotations/%C3%A4%20b%3F%23.yml#L3")


@pytest.mark.parametrize(
    ("kind", "address", "name", "quotation"),
    [
        ("claim", PAGE, "april-record", "The ferry carried 4,120 passengers in April 2024."),
        ("article", f"articles/{GAZETTE}/", GAZETTE, "Ferry carried a record 4,120 passengers in April"),
        ("note", f"articles/{GAZETTE}/#crew-dispute", "crew-dispute", "4,300 people crossed"),
        ("event", "timeline/#count-published", "count-published", None),
        ("source", "sources/#harbour-office-count", "harbour-office-count", None),
        ("party", "parties/#harbour-office", "harbour-office", "Harbour office"),
        ("term", None, None, None),
    ],
)
def test_the_form_is_filled_with_page_id_and_words(
    example: Path, kind: str, address: str | None, name: str | None, quotation: str | None
) -> None:
    record = known(example)[kind]
    made = urlsplit(build_report_url(FORGE, record))
    assert (made.scheme, made.netloc, made.path) == ("https", "github.example", "/ferry/count/issues/new")
    filled = {field: value for field, (value,) in parse_qs(made.query, strict_parsing=True).items()}
    assert sorted(filled) == FIELDS
    assert filled["template"] == "error.yml"
    assert filled["page"] == f"https://ferry.example/count/{address or record.page_url}"
    assert filled["title"] == f"Error in {address or record.page_url}"
    assert filled["id"] == (name or record.url_parts[1])
    assert filled["quotation"] == (quotation or getattr(record, "title", "") or getattr(record, "term", ""))


def test_whatever_was_written_arrives_in_the_form_as_it_was_written(example: Path, replace: Change) -> None:
    odd = "50 % & more? “Yes” + #1 = a/b\u00a0c"
    replace(example / CLAIM, "claim: The ferry carried 4,120 passengers in April 2024.", f"claim: {json.dumps(odd)}")
    form = build_report_url(FORGE, known(example)["claim"])
    assert parse_qs(urlsplit(form).query)["quotation"] == [odd]
    assert not re.search(r"[^!-~]", form)
    assert form in links(pages_with(example, FORGE)[PAGE].find(".//footer"))


@pytest.mark.parametrize(
    ("settings", "said", "leads"),
    [
        (FORGE, f"Correct this page: Edit line 1 of {CLAIM} Report an error", 2),
        (
            Settings(contact="context@ferry.example"),
            "Correct this page: Report an error",
            1,
        ),
        (
            Settings(contact="[the form](https://ferry.example/tell/)"),
            "Correct this page: Report an error: the form",
            1,
        ),
    ],
)
def test_the_foot_says_how_to_correct_and_report(example: Path, settings: Settings, said: str, leads: int) -> None:
    foot = pages_with(example, settings, HandwrittenPage("docs/contribute.md", ""))[PAGE].find(".//footer/p[@class='correct']")
    assert words(foot) == said
    assert len(links(foot)) == leads


def test_without_forge_and_contact_nothing_is_promised(example: Path) -> None:
    """A link to the page on contributing would lead in a circle: that page, too, names the contact."""
    for page in pages_with(example, Settings(), HandwrittenPage("docs/contribute.md", "")).values():
        assert not re.search(r"Report an error|Correct this|[Ll]ine \d+ of", words(page))


def test_a_message_to_the_contact_is_filled_in(example: Path) -> None:
    settings = Settings(contact="[The desk](mailto:context@ferry.example)", site_url="https://ferry.example/")
    made = urlsplit(build_report_url(settings, known(example)["note"]))
    assert (made.scheme, made.path) == ("mailto", "context@ferry.example")
    filled = {field: value for field, (value,) in parse_qs(made.query, strict_parsing=True).items()}
    assert filled["subject"] == f"Error in articles/{GAZETTE}/#crew-dispute"
    assert f"Page: https://ferry.example/articles/{GAZETTE}/#crew-dispute" in filled["body"]
    assert "4,300 people crossed" in filled["body"]


@pytest.mark.parametrize("kind", ["claim", "article", "note", "event", "source"])
def test_the_two_links_stand_at_every_record(example: Path, kind: str) -> None:
    dossier = changed(read_example(example), settings=FORGE)
    record = known(example)[kind]
    module: Any = get_template_environment().get_template("macros.html").make_module({"context": None})
    made = parse(str(module.correct(PageContext(dossier, "timeline/"), record, "“this”")))
    assert links(made) == [build_edit_url(FORGE, record.locate()), build_report_url(FORGE, record)]
    place = record.locate()
    assert words(made) == f"Correct this: “this” Edit line {place.line} of {place.path} Report an error: “this”"


# What the tests above ask with


def page_of(example: Path, settings: Settings, address: str) -> Element:
    return pages_with(example, settings)[address]


def pages_with(example: Path, settings: Settings, *hand: HandwrittenPage) -> dict[str, Element]:
    dossier = changed(read_example(example), settings=settings)
    return {page.url: parse(page.content_html) for page in build_pages(changed(dossier, handwritten_pages=hand))}


def cited(example: Path, settings: Settings, address: str) -> str:
    return words(at(page_of(example, settings, address), "cited"))


def side(example: Path) -> Element:
    found = pages(example)[PAGE].find(".//div[@class='side-column']")
    assert found is not None
    return found


def appearances(example: Path) -> list[Element]:
    return pages(example)[PAGE].findall(".//li[@class='appearance']")


def quotations(example: Path) -> list[Element]:
    return pages(example)[PAGE].findall(".//ul[@class='quotations']/li")


def marked(item: Element) -> str:
    """The quotation of an appearance, its marked words in brackets."""
    quoted = item.find(".//q")
    assert quoted is not None
    pieces = [quoted.text or ""] + [f"[{piece.text}]{piece.tail or ''}" for piece in quoted]
    return "".join(pieces)


def spoken(item: Element) -> str:
    """What is said of an appearance's wording."""
    return words(item.find("p[@class='against']"))


def compiled(example: Path, replace: Change, quotation: str) -> None:
    """Have the compiled article say something else."""
    replace(example / f"annotations/articles/{ISLAND}.yml", "more than in any month before", quotation)


def add_note(example: Path, quotation: str) -> None:
    """One more quotation of the claim, in the compiled article."""
    file = example / f"annotations/articles/{ISLAND}.yml"
    more = (
        f'- id: added\n  quote: "{quotation}"\n  speaker: text\n  claim: april-record\n  stance: weaker\n  verdict: imprecise\n'
    )
    file.write_text(file.read_text(encoding="utf-8").rstrip("\n") + "\n" + more, encoding="utf-8")


def known(example: Path) -> dict[str, Entry]:
    """A record of each kind."""
    dossier: Dossier = read_example(example)
    note = dossier.get_annotation(f"{GAZETTE}#crew-dispute")
    assert note
    return {
        "claim": dossier.claims["april-record"],
        "article": dossier.articles[GAZETTE],
        "note": note,
        "event": dossier.events["count-published"],
        "source": dossier.sources["harbour-office-count"],
        "party": dossier.parties["harbour-office"],
        "term": dossier.glossary[0],
    }


def test_what_the_verdict_gives_stands_before_what_holds_beside_it(example: Path, replace: Change) -> None:
    first = next(table.get("id") for table in side(example).iter("table") if table.get("id"))
    assert first == "calculation-total"
    summary = next(line for line in (example / CLAIM).read_text(encoding="utf-8").splitlines() if line.startswith("summary:"))
    replace(example / CLAIM, summary, "summary: Seven in ten, or 69.9 %, were return tickets.")
    calculations = [table.get("id") for table in side(example).iter("table") if table.get("id")]
    assert calculations[0] == "calculation-return-share"


def test_what_does_not_hold_stands_first_and_is_never_folded(example: Path) -> None:
    text = (example / CLAIM).read_text(encoding="utf-8")
    stated = [f"  - {{id: wrong-{n}, expression: single, result: 1240, states: 1250, holds: false}}\n" for n in range(4)]
    labelled = "  - {id: right, label: Tickets sold twice, expression: single, result: 1240, states: 1240, holds: true}\n"
    text = text.replace("tickets: {value", "tickets: {label: All tickets, value").replace(
        "verdict: supported", "verdict: imprecise"
    )
    (example / CLAIM).write_text(text + labelled + "".join(stated), encoding="utf-8")
    section = side(example).find(".//section[@class='arithmetic']")
    assert section is not None
    shown = [table.get("id") for table in section.findall("./table[@id]")]
    folded = [table.get("id") for table in section.findall("./details/table[@id]")]
    assert shown == [f"calculation-wrong-{n}" for n in range(4)]
    assert folded == ["calculation-total", "calculation-right", "calculation-return-share"]
    head = words(pages(example)[PAGE].find(".//dl[@class='finding-rests']"))
    assert "Against Nothing that we read Arithmetic 4 statements contradicted, 2 confirmed" in head
    told = " ".join(section.itertext())
    assert "Tickets sold twice" in told
    assert "All tickets" in told
