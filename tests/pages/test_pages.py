"""Pages out: what stands on the pages that `pages.build` makes, and that nothing a contributor writes becomes markup."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from dossier.model import Dossier
from dossier.model.base import Record
from dossier.model.dates.edtf import parse_edtf
from dossier.model.markdown import MARKDOWN_PARSER, is_plain_line
from dossier.model.quotations.digest import Digest
from dossier.model.records import Annotation, Article, Claim
from dossier.model.records.chart import Chart
from dossier.model.site.revision import Revision
from dossier.pages import build_pages
from dossier.pages.article.highlights import split_highlight_segments
from dossier.pages.context import PageContext
from dossier.pages.data import DATA_URL
from dossier.pages.directives import render_directive
from dossier.pages.markdown import render_inline_markdown, render_markdown_html
from support.dossiers import read_example
from support.reading_pages import (
    CLAIM,
    DIGEST,
    EVENT,
    GAZETTE,
    HOSTILE,
    ISLAND,
    NOTE_IDS,
    NOTES,
    SOURCE,
    Change,
    all_html,
    article,
    at,
    at_address,
    drawn,
    event,
    harmless,
    ids,
    leads_astray,
    links,
    notes_in,
    pages,
    parse,
    words,
)

REFUSED = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java&#115;cript:alert(1)",
    "&#x6A;avascript:alert(1)",
    "<javascript:alert(1)>",
    "<java\tscript:alert(1)>",
    "\x01javascript:alert(1)",
    "vbscript:x",
    "data:text/html,x",
    "data:image/png;base64,AA",
    "file:///etc/passwd",
    "//afar.example/",
    "&#x2F;/afar.example/",
    "/\\afar.example",
    "///afar.example",
]


FROM_THE_ROOT = ["/javascript:alert(1)", "/JAVASCRIPT:alert(1)", "/data:text/html,x", "/https://afar.example/", "/\\afar.example"]
DEPTHS = pytest.mark.parametrize("root", ["", "../", "../../"])


# Quotations in running text


@settings(deadline=None)
@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6))
def test_segments_joined_are_the_text_and_each_character_has_its_notes(text: str, ends: list[tuple[int, int]]) -> None:
    spans = [(min(a, b, len(text)), min(max(a, b), len(text)), note(f"n{place}")) for place, (a, b) in enumerate(ends)]
    cut = split_highlight_segments(text, spans)
    assert "".join(segment.text for segment in cut) == text
    shown = [{found.id for found in segment.annotations} for segment in cut for _ in segment.text]
    assert shown == [{found.id for start, end, found in spans if start <= at < end} for at in range(len(text))]


def test_a_quotation_inside_another_makes_three_segments_the_earliest_note_first() -> None:
    cut = split_highlight_segments("one two three", [(4, 7, note("inner")), (0, 13, note("outer"))])
    assert [segment.text for segment in cut] == ["one ", "two", " three"]
    assert [found.id for found in cut[1].annotations] == ["outer", "inner"]


# Prose


@DEPTHS
@pytest.mark.parametrize("address", REFUSED)
def test_prose_links_to_the_web_by_mail_or_inside_the_site_only(address: str, root: str) -> None:
    for text in (f"[x]({address})", f"[x][r]\n\n[r]: {address}", f"<{address}>"):
        assert not [link for link in links(parse(render_markdown_html(text, root))) if leads_astray(link)]


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("[](){}<>/\\:#!&;.`*_~|\"' \n\tax@℀1%javascript"), max_size=60) | st.text(max_size=60))
def test_prose_never_fails_and_never_lets_markup_through(text: str) -> None:
    tags = {element.tag for element in parse(render_markdown_html(text, "")).iter()} | {
        e.tag for e in parse(render_inline_markdown(text, "")).iter()
    }
    assert not tags & {"script", "img", "iframe", "object", "svg", "style", "form", "input"}
    assert not [link for link in links(parse(render_markdown_html(text, ""))) if leads_astray(link)]


def test_prose_shows_html_as_the_text_it_was_typed_as() -> None:
    page = parse(render_markdown_html("a <b>bold</b> <!-- x --> <script>alert(1)</script>\n\n<div>block</div>", ""))
    assert [element.tag for element in page.iter()][1:] == ["p", "p"]
    assert "<script>alert(1)</script>" in words(page)


def test_prose_has_no_pictures() -> None:
    assert parse(render_markdown_html("![x](https://afar.example/x.png) ![y](/y.png)", "")).find(".//img") is None


@DEPTHS
@pytest.mark.parametrize("address", FROM_THE_ROOT)
def test_an_address_from_the_root_stays_inside_the_site_at_every_depth(address: str, root: str) -> None:
    for link in links(parse(render_markdown_html(f"[x]({address})", root))):
        assert not re.match(r"[a-z]+:|[\\/]{2}", link, re.IGNORECASE)


@pytest.mark.parametrize(("root", "href"), [("", "claims/x/"), ("../", "../claims/x/"), ("../../", "../../claims/x/")])
def test_links_from_the_root_are_written_for_the_depth_of_the_page(root: str, href: str) -> None:
    found = links(parse(render_markdown_html("[x](/claims/x/)", root)))[0]
    assert found.removeprefix("./") == href


def test_a_link_to_the_front_page_leads_there_from_every_depth() -> None:
    assert links(parse(render_markdown_html("[x](/)", ""))) == ["./"]
    assert links(parse(render_markdown_html("[x](/)", "../../"))) == ["../../"]


def test_a_number_stays_with_its_percent_sign() -> None:
    assert "3\u00a0% of 11.5\u00a0%" in words(parse(render_markdown_html("3 % of *11.5 %*", "")))
    assert "a % b" in words(parse(render_markdown_html("a % b", "")))


# What contributors write


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("preview", [False, True])
def test_no_field_of_a_record_becomes_markup(example: Path, hostile: str, preview: bool) -> None:
    for page in build_pages(spoilt(read_example(example), hostile), preview):
        harmless(parse(page.content_html))
        assert "alert(1)" in words(parse(page.content_html)) or page.url == DATA_URL  # which names columns, and no record


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize(
    "name", ["articles", "claims", "verdicts", "glossary", "responsible", "chart april-tickets", "table the-record"]
)
def test_no_part_of_a_hand_written_front_page_becomes_markup(example: Path, hostile: str, name: str) -> None:
    shown = parse(render_directive(name, spoilt(read_example(example), hostile), ""))
    harmless(shown)
    assert "alert(1)" in words(shown)


def test_the_hostile_words_reach_every_free_text_of_every_record(example: Path) -> None:
    dossier = spoilt(read_example(example), HOSTILE[0])
    reached = {(type(record).__name__, name) for record in records(dossier) for name in free_texts(record)}
    assert reached >= {("Article", name) for name in ("title", "label", "authors", "about", "candidates")}
    assert reached >= {
        ("Annotation", "quote"),
        ("Annotation", "note"),
        ("Party", "name"),
        ("Party", "role"),
        ("Party", "aliases"),
    }
    assert reached >= {("Claim", name) for name in ("claim", "summary", "explanation", "would_change")}
    assert reached >= {("Event", "title"), ("Event", "text"), ("Source", "title"), ("Source", "authors"), ("Source", "note")}
    assert reached >= {("Chart", "title"), ("Chart", "text")}
    assert reached >= {("Verdict", "label"), ("Verdict", "definition"), ("Term", "term"), ("Term", "means")}


def test_a_link_in_a_statement_or_title_stands_in_no_other_link(example: Path, replace: Change) -> None:
    replace(example / CLAIM, "claim: The ferry", "claim: The [ferry](https://harbour.example/)")
    replace(example / EVENT, "title: The harbour office", "title: The [harbour office](https://harbour.example/)")
    for page in pages(example).values():
        assert not [a for a in page.iter("a") for inner in a.iter("a") if inner is not a]


def test_markdown_in_a_statement_is_no_part_of_a_title_in_plain_text(example: Path, replace: Change) -> None:
    replace(example / CLAIM, "claim: The ferry", "claim: The *ferry*")
    made = {page.url: page for page in build_pages(read_example(example))}["claims/april-record/"]
    assert "*" not in made.title + made.description


# Every page


def test_every_page_is_well_nested_with_one_h1_and_unique_ids(example: Path) -> None:
    for preview in (False, True):
        for page in pages(example, preview).values():
            assert len(page.findall(".//h1")) == 1
            assert [name for name, times in Counter(ids(page)).items() if times > 1] == []


def test_every_id_that_a_page_promises_is_on_it(example: Path) -> None:
    for page in build_pages(read_example(example)):
        assert page.anchor_ids | {heading.id for heading in page.headings} <= set(ids(parse(page.content_html)))


def test_every_section_is_named_by_a_heading_that_exists(example: Path) -> None:
    for page in pages(example).values():
        assert {element.get("aria-labelledby") for element in page.iter("section")} - {None} <= set(ids(page))


def test_building_twice_gives_the_same(example: Path) -> None:
    assert drawn(read_example(example)) == drawn(read_example(example))


@pytest.mark.parametrize("preview", [False, True])
@pytest.mark.parametrize(
    "known", ["harbour-office", "harbour-office-count", "april-record", "harbour-gazette", "supported", GAZETTE]
)
def test_pages_are_made_where_a_name_leads_nowhere(example: Path, known: str, preview: bool) -> None:
    for file in example.rglob("*.[ym][md]*"):
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(rf"(?<!- id: )(?<!id: )\b{known}\b(?!-)", "lost", text), encoding="utf-8")
    assert len(drawn(read_example(example), preview)) >= 8


@pytest.mark.parametrize("text", [None, "", "- {", "lost: true\n", "- lost\n"])
@pytest.mark.parametrize("file", [DIGEST, NOTES, CLAIM, EVENT, "annotations/parties.yml", "annotations/verdicts.yml", SOURCE])
def test_pages_are_made_where_a_file_is_gone_or_spoilt(example: Path, file: str, text: str | None) -> None:
    (example / file).unlink()
    if text is not None:
        (example / file).write_text(text, encoding="utf-8")
    for preview in (False, True):
        assert len(pages(example, preview)) >= 8


@pytest.mark.parametrize(
    "without", ["stance: as-stated", "verdict: unverifiable", "claim: april-record", "sources: [harbour-office-count]"]
)
def test_pages_are_made_where_a_note_lacks_something(example: Path, replace: Change, without: str) -> None:
    replace(example / NOTES, f"  {without}\n", "")
    assert "carried 4,120 passengers in April" in words(pages(example)["claims/april-record/"]) or "claim" in without


# An article's page


def test_a_note_follows_the_paragraph_that_links_to_it(example: Path) -> None:
    passages = article(example).findall(".//section[@class='digest']/div[@class='passage']")
    assert [notes_in(passage) for passage in passages] == [["april-record", "timetable"], ["crew-dispute"]]
    assert all([child.get("class") for child in passage] == ["prose", "notes"] for passage in passages)


def test_a_note_that_two_paragraphs_link_to_stands_at_the_first(example: Path, replace: Change) -> None:
    replace(example / DIGEST, "2019.", "2019, [not the record](#april-record).")
    page = article(example)
    assert [ids(page).count(name) for name in ("april-record", "ref-april-record")] == [1, 1]
    assert len([link for link in links(page) if link == "#april-record"]) >= 2
    assert notes_in(page.findall(".//div[@class='passage']")[0])[0] == "april-record"


def test_link_and_note_lead_to_each_other(example: Path) -> None:
    page = article(example)
    for name in ("april-record", "timetable", "crew-dispute"):
        assert at(page, f"ref-{name}").get("href") == f"#{name}"
        assert at(page, name).find(".//a[@role='doc-backlink']").get("href") == f"#ref-{name}"


def test_a_note_without_a_link_is_among_the_further_quotations_without_a_back_link(example: Path) -> None:
    page = article(example)
    assert notes_in(at(page, "further-quotations", up=True)) == ["one-in-five"]
    assert at(page, "one-in-five").find(".//a[@role='doc-backlink']") is None


def test_further_quotations_stand_in_the_order_of_their_paragraphs(example: Path) -> None:
    text = (example / DIGEST).read_text(encoding="utf-8")
    (example / DIGEST).write_text(text[: text.index("The article reports")] + "Nothing is linked.\n", encoding="utf-8")
    entries = (example / NOTES).read_text(encoding="utf-8").split("- id: ")[1:]
    (example / NOTES).write_text("".join(f"- id: {entry}" for entry in reversed(entries)), encoding="utf-8")
    assert notes_in(at(article(example), "further-quotations", up=True)) == NOTE_IDS


def test_a_digest_link_with_markup_in_its_words_keeps_them(example: Path, replace: Change) -> None:
    replace(example / DIGEST, "[its timetable](#timetable)", "[its *own* `timetable`](#timetable)")
    assert words(at(article(example), "ref-timetable")) == "its own timetable"


def test_the_map_has_a_row_for_each_paragraph_and_says_which_notes_stand_in_it(example: Path) -> None:
    rows = article(example).findall(".//ol[@class='map']/li")
    assert [row.get("id") for row in rows] == [f"p{number}" for number in range(1, 9)]
    assert [links(row) for row in rows[2:6]] == [["#april-record"], ["#timetable"], ["#one-in-five"], ["#crew-dispute"]]
    assert "menus and adverts" in words(rows[7])


def test_a_note_says_verdict_speaker_paragraph_claim_and_sources(example: Path) -> None:
    said = words(at(article(example), "april-record"))
    assert re.search(
        r"Supported.*Harbour office.*paragraph 3.*The claim: [^:]+: this wording says the same.*Harbour office, 2 May 2024", said
    )


def test_words_of_a_layer_are_laid_at_the_door_of_its_writer(example: Path) -> None:
    page = article(example, ISLAND)
    assert "In the words of Harbour Gazette" in words(at(page, "april-record"))
    assert "In the words of Island Digest" in words(at(page, "main-way"))


def test_a_verdict_of_a_note_differs_from_its_claims_where_the_stance_does(example: Path) -> None:
    verdicts = {name: words(at(article(example), name).find(".//span[@class='verdict-word']")) for name in NOTE_IDS}
    assert verdicts == {"april-record": "Supported", "timetable": "Note", "one-in-five": "Note", "crew-dispute": "Unverifiable"}


def test_what_is_not_known_of_an_article_is_said(example: Path) -> None:
    record = at(article(example, ISLAND), "record", up=True)
    assert words(record).count("not established") == 1
    assert "none known" in words(record)
    assert "2 May 2024 or later" in words(record)


def test_the_articles_heading_is_in_the_language_of_its_title(example: Path) -> None:
    assert article(example).find(".//h1").get("lang") == "en-GB"
    assert article(example, ISLAND).find(".//h1").get("lang") == "en"


def test_of_an_article_that_prints_its_record_only_no_note_is_shown(example: Path, replace: Change) -> None:
    replace(example / DIGEST, "print: excerpts", "print: metadata")
    assert notes_in(article(example)) == []


# Drafts and what is retired


@pytest.mark.parametrize("status", ["draft", "review"])
def test_words_linked_to_a_note_that_is_not_published_are_plain(example: Path, replace: Change, status: str) -> None:
    replace(example / NOTES, "note: An opinion", f"status: {status}\n  note: An opinion")
    page = article(example)
    assert "The office credits its timetable." in words(page)
    assert not {"timetable", "ref-timetable"} & set(ids(page))
    assert "#timetable" not in links(page)


def test_a_retired_note_leaves_its_address_and_a_word_that_it_was_withdrawn(example: Path, replace: Change) -> None:
    replace(example / NOTES, "note: An opinion", "status: retired\n  note: An opinion")
    page = article(example)
    assert words(at(page, "timetable")) == "What stood at this address (#timetable) has been withdrawn."
    assert "ref-timetable" not in ids(page)


@pytest.mark.parametrize(
    ("file", "address", "name"),
    [
        ("annotations/events/count-published.yml", "timeline/", "count-published"),
        ("annotations/charts/april-tickets.yml", "charts/", "april-tickets"),
        ("annotations/tables/the-record.yml", "compare/", "the-record"),
        ("annotations/sources/harbour-office-count.yml", "sources/", "harbour-office-count"),
    ],
)
def test_a_retired_record_of_a_list_leaves_its_address(example: Path, file: str, address: str, name: str) -> None:
    with (example / file).open("a", encoding="utf-8") as stream:
        stream.write("status: retired\n")
    made = {page.url: page for page in build_pages(read_example(example))}
    assert f'id="{name}">What stood at this address' in made[address].content_html


def test_a_preview_links_a_draft_note_and_says_that_it_is_one(example: Path, replace: Change) -> None:
    replace(example / NOTES, "note: An opinion", "status: draft\n  note: An opinion")
    page = article(example, preview=True)
    assert at(page, "ref-timetable").get("href") == "#timetable"
    assert words(at(page, "timetable").find(".//strong[@class='status']")).startswith("draft")


def test_a_retired_claim_is_named_in_plain_words(example: Path, replace: Change) -> None:
    replace(example / CLAIM, 'reviewed: "2024-06-01"', 'status: retired\nreviewed: "2024-06-01"')
    text = (example / CLAIM).read_text(encoding="utf-8")
    replace(example / CLAIM, text[: text.index("\n")], "claim: In *April* it was a record.")
    page = next(page for page in build_pages(read_example(example)) if page.url == "claims/april-record/")
    assert "In April it was a record." in words(parse(page.content_html))


@pytest.mark.parametrize("file", [CLAIM, DIGEST])
def test_a_retired_page_says_so_at_its_address_and_is_in_no_list(example: Path, replace: Change, file: str) -> None:
    replace(example / file, 'reviewed: "2024-06-01"', 'status: retired\nreviewed: "2024-06-01"')
    shown = pages(example)
    address = "claims/april-record/" if file == CLAIM else f"articles/{GAZETTE}/"
    assert "has been withdrawn" in words(shown[address])
    assert not [link for page in shown.values() for link in links(page) if address in link]


@pytest.mark.parametrize(("file", "word"), [(CLAIM, "counted"), (DIGEST, "recalls"), (EVENT, "tickets"), (NOTES, "opinion")])
@pytest.mark.parametrize("status", ["draft", "review"])
def test_what_is_not_published_is_on_no_page(example: Path, replace: Change, file: str, word: str, status: str) -> None:
    replace(example / file, word, "xyzzy")
    key = "note: An xyzzy" if file == NOTES else "reviewed:"
    replace(example / file, key, f"status: {status}\n{'  ' if file == NOTES else ''}{key}")
    in_preview, published = (all_html(example, preview) for preview in (True, False))
    assert "xyzzy" in in_preview
    assert "xyzzy" not in published


def test_the_lists_of_a_preview_say_what_is_a_draft(example: Path, replace: Change) -> None:
    replace(example / DIGEST, "reviewed:", "status: draft\nreviewed:")
    replace(example / CLAIM, "reviewed:", "status: review\nreviewed:")
    shown = pages(example, preview=True)
    assert "draft, not in the published site" in words(shown["articles/"])
    assert "review, not in the published site" in words(shown["claims/"])


# A claim's page


def test_a_claims_page_says_verdict_claimant_and_explanation(example: Path) -> None:
    page = pages(example)["claims/april-record/"]
    assert words(page.find(".//h1")) == "The ferry carried 4,120 passengers in April 2024."
    assert "Supported 4,120 tickets were counted." in words(page.find(".//div[@class='finding tone-holds']"))
    assert "Claimed by Harbour office" in words(page.find(".//header"))
    assert "A passenger who went and came back is in it twice." in words(page)
    assert "A count of people instead of tickets." in words(at(page, "would-change", up=True))


@pytest.mark.parametrize(("bearing", "title"), [("supports", "For"), ("contradicts", "Against"), ("context", "Context")])
def test_evidence_stands_under_its_bearing(example: Path, replace: Change, bearing: str, title: str) -> None:
    replace(example / CLAIM, "bearing: supports", f"bearing: {bearing}")
    evidence = at(pages(example)["claims/april-record/"], "evidence", up=True)
    assert [title in words(heading) for heading in evidence.iter("h3")] == [True]
    assert "../../sources/#harbour-office-count" in links(evidence)
    assert "https://harbour.example/ferry/2024-04" in links(evidence)


def test_a_claim_shows_every_appearance_with_its_words_stance_and_own_verdict(example: Path) -> None:
    section = at(pages(example)["claims/april-record/"], "appearances", up=True)
    shown = [words(item) for item in section.findall(".//ul[@class='quotations']/li")]
    assert len(shown) == 3
    assert re.match(r"carried 4,120 .* Supported .*This wording says the same", shown[0])
    assert re.match(r"4,300 people crossed Unverifiable .*This wording disputes it", shown[1])
    assert re.match(r"more than in any month before Imprecise .*This wording overstates it", shown[2])


def test_a_quotation_on_a_claims_page_leads_to_its_note(example: Path) -> None:
    section = at(pages(example)["claims/april-record/"], "appearances", up=True)
    quoted = [link.get("href") for link in section.findall(".//blockquote//a")]
    places = [(GAZETTE, "april-record"), (GAZETTE, "crew-dispute"), (ISLAND, "april-record")]
    assert quoted == [f"../../articles/{slug}/#{name}" for slug, name in places]


def test_a_claim_that_no_article_makes_and_no_source_bears_on_says_so(example: Path) -> None:
    bare = replace_all(read_example(example), lambda record: {"sources": ()} if isinstance(record, Claim) else {})
    page = parse(at_address(build_pages(replace(bare, annotations={})), "claims/april-record/").content_html)
    assert "No article of this dossier makes it." in words(page)
    assert "No source is named." in words(page)


# The timeline


def test_the_timeline_is_an_ordered_list_under_years_by_earliest_bound(example: Path) -> None:
    for name, date in [("b-late", "2024-12"), ("c-open", "2024-05-02/.."), ("a-year", "2024"), ("z-old", "2019-10/2020-09")]:
        event(example, name, date)
    page = pages(example)["timeline/"]
    assert [words(heading) for heading in page.iter("h2")] == ["2019", "2024"]
    order = [item.get("id") for ordered in page.findall(".//ol[@class='timeline']") for item in ordered]
    assert order == ["z-old", "a-year", "count-published", "c-open", "b-late"]


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("2020-10~", "about October 2020"),
        ("2020?", "possibly 2020"),
        ("202X", "the 2020s"),
        ("2021-22", "summer 2021"),
        ("2021-03-XX", "a day in March 2021"),
        ("2019-10/2020-09", "October 2019 to September 2020"),
        ("2021-10-28/..", "28 October 2021 or later"),
    ],
)
def test_an_imprecise_date_is_said_in_words(example: Path, date: str, said: str) -> None:
    event(example, "another", date)
    when = at(pages(example)["timeline/"], "another").find("p[@class='when']")
    assert words(when) == said


DAYS = st.sampled_from(["2020", "2020-10", "2020-10-12", "2021", "2021-03", "2021-03-01", "2021-03-11", "2021-03-26", "2021-22"])


@settings(max_examples=60, deadline=None)
@given(DAYS, DAYS)
def test_a_date_in_html_says_its_words_and_each_time_is_one_that_html_knows(first: str, last: str) -> None:
    assume(first == last or not (first.startswith(last) or last.startswith(first)))  # is refused
    date = parse_edtf(f"{min(first, last)}/{max(first, last)}")
    shown = parse(PageContext(Dossier(), "timeline/").render_date(date))
    assert words(shown) == date.date_in_words
    for time in shown.iter("time"):
        assert re.fullmatch(r"\d{4}(-\d\d){0,2}", time.get("datetime", ""))
        assert not list(time)


@pytest.mark.parametrize("date", ["2020?", "2020-10~", "2020-10-12~", "2020-10-12?"])
def test_a_doubtful_date_is_not_given_to_machines_as_a_sure_one(date: str) -> None:
    assert parse(PageContext(Dossier(), "timeline/").render_date(parse_edtf(date))).find(".//time") is None


# Captures


def test_the_whole_capture_is_in_a_preview_only(example: Path) -> None:
    last = (example / f"originals/{GAZETTE}.txt").read_text(encoding="utf-8").split("\n\n")[-2].strip()
    assert last in words(article(example, preview=True))
    assert not [page.url for page in build_pages(read_example(example)) if last in words(parse(page.content_html))]


def test_a_preview_marks_the_capture_as_private_and_marks_its_quotations(example: Path) -> None:
    section = at(article(example, preview=True), "capture", up=True)
    assert "Private." in words(section)
    assert [link.get("href") for link in section.findall(".//p/a[@class]")[:1]] == ["#april-record"]


def test_a_preview_without_captures_has_the_map_and_no_capture(example: Path) -> None:
    made = at_address(build_pages(read_example(example, captures=""), preview=True), f"articles/{GAZETTE}/")
    assert "capture" not in ids(parse(made.content_html))
    assert "p3" in ids(parse(made.content_html))


def test_without_captures_the_published_pages_are_the_same(example: Path) -> None:
    assert drawn(read_example(example, captures="")) == drawn(read_example(example))


# What the tests above ask with


def note(name: str) -> Annotation:
    return Annotation(article="an-article", id=name, quote="words", speaker="text")


def records(dossier: Dossier) -> list[Record]:
    return [*dossier.iter_entries(), *dossier.parties.values(), *dossier.verdicts.values(), *dossier.glossary]


def free_texts(record: Record, hostile: str = HOSTILE[0]) -> dict[str, Any]:
    """The fields of a record that take any text at all, with that text."""
    taken = {}
    for name in type(record).model_fields.keys() - {"digest", "status", "reviewed"}:
        info = type(record).model_fields[name]
        for value in (hostile, [hostile]):
            try:
                taken[name] = TypeAdapter(Annotated[info.annotation, info]).validate_python(value)
            except ValidationError:
                continue
    return taken


def replace_all(dossier: Dossier, change: Callable[[Record], dict[str, Any]]) -> Dossier:
    """The dossier with fields of its records changed."""

    def changed(record: Any) -> Any:
        copy = record.model_copy(update=change(record))
        copy.set_source_location(record.path, record._source_map)
        return copy

    by_name = {
        kind: {name: changed(record) for name, record in getattr(dossier, kind).items()}
        for kind in ("articles", "claims", "events", "charts", "tables", "sources", "parties", "verdicts")
    }
    annotations = {slug: tuple(changed(note) for note in notes) for slug, notes in dossier.annotations.items()}
    return replace(dossier, annotations=annotations, glossary=tuple(map(changed, dossier.glossary)), **by_name)


def spoilt(dossier: Dossier, hostile: str) -> Dossier:
    """The dossier with hostile words wherever a contributor may write freely."""

    def change(record: Record) -> dict[str, Any]:
        new = free_texts(record, hostile)
        if isinstance(record, Article):
            text = f"{hostile}\n\n{record.digest.text}\n\n[{hostile}](#timetable)"
            new["digest"] = Digest(record.digest.path, text, record.digest.first_line)
        if isinstance(record, Claim):
            new["sources"] = tuple(use.model_copy(update={"note": hostile}) for use in record.sources)
        if isinstance(record, Chart):
            new["figures"] = tuple(mark.model_copy(update={"label": hostile}) for mark in record.figures)
        return new

    settings = replace(dossier.settings, notice=hostile, contact=hostile, publisher=hostile)
    return replace(replace_all(dossier, change), settings=settings)


def test_sources_of_one_publisher_and_date_are_told_apart_by_a_letter(example: Path) -> None:
    count = example / "annotations/sources/harbour-office-count.yml"
    text = count.read_text(encoding="utf-8")
    (example / "annotations/sources/harbour-office-table.yml").write_text(text, encoding="utf-8")
    context = PageContext(read_example(example), "timeline/")
    sources = context.dossier.sources
    assert context.format_source_label(sources["harbour-office-count"]) == "Harbour office, 2 May 2024 (a)"
    assert context.format_source_label(sources["harbour-office-table"]) == "Harbour office, 2 May 2024 (b)"


def test_the_27th_source_of_one_publisher_and_date_has_a_letter_of_its_own(example: Path) -> None:
    dossier = read_example(example)
    source = dossier.sources["harbour-office-count"]
    names = [f"count-{number:03}" for number in range(703)]
    many = replace(dossier, sources={name: source.model_copy(update={"id": name}) for name in names})
    letters = [many.citation_letters_by_source[name] for name in names]
    assert [letters[place] for place in (0, 25, 26, 27, 701, 702)] == ["a", "z", "aa", "ab", "zz", "aaa"]
    assert len(set(letters)) == len(names)


@settings(max_examples=500)
@given(st.text(alphabet="ab 1 2.,;?-()%=$/@^{}\u00a0“é—\u2028", max_size=20))
def test_what_is_not_parsed_comes_out_as_if_it_were(text: str) -> None:
    """Lines without a mark skip the parser; a mark that it knows and we do not would show here."""
    if is_plain_line(text) and text.strip():
        parsed = MARKDOWN_PARSER.renderer.render(MARKDOWN_PARSER.parseInline(text), MARKDOWN_PARSER.options, {})
        assert render_inline_markdown(text, "../").replace("\u00a0%", " %") == parsed.replace("\u00a0%", " %")
        assert render_markdown_html(text, "../").replace("\u00a0%", " %") == MARKDOWN_PARSER.render(text).replace("\u00a0%", " %")


def test_how_to_report_an_error_is_a_way_or_says_that_there_is_none(example: Path) -> None:
    shown = render_directive("report", read_example(example), "contribute/")
    assert "Nobody can be reached" in shown
    assert "<a" not in shown
    shown = render_directive("report", read_example(example, contact="count@harbour.example"), "contribute/")
    assert 'href="mailto:count@harbour.example?subject=Error&amp;body=What%20is%20wrong' in shown
    shown = render_directive("report", read_example(example, contact="1 Quay Street"), "contribute/")
    assert "Report an error: 1 Quay Street" in shown
    shown = render_directive("report", read_example(example, repo_url="https://github.com/o/n"), "contribute/")
    assert 'href="https://github.com/o/n/issues/new?' in shown


def test_who_is_responsible_says_what_is_not_there(example: Path) -> None:
    shown = render_directive("responsible", read_example(example), "about/")
    for sentence in ("Nobody is named.", "No editor is named.", "No second person has read the claims."):
        assert sentence in shown
    named = {"publisher": "The Island Society", "contact": "count@harbour.example", "people": "*Two* people", "funding": "Fares"}
    shown = render_directive("responsible", read_example(example, **named), "about/")
    assert "unknown" not in shown
    assert "<em>Two</em> people" in shown
    assert "No second person has read the claims." in shown


REVISION = Revision("1" * 40, "2" * 40)


def test_who_is_responsible_names_commit_and_tree_where_they_are_known(example: Path) -> None:
    dossier = replace(read_example(example), revision=REVISION)
    shown = render_directive("responsible", dossier, "about/")
    assert [part.text for part in parse(shown).iter("code")] == [f"swh:1:rev:{'1' * 40}", f"swh:1:dir:{'2' * 40}"]
    assert "Built from commit 111111111111 of" in words(parse(shown))
    assert links(parse(shown)) == ["../build-manifest.json"]
    for forge, path in (("https://github.com/a/b", "commit"), ("https://gitlab.com/a/b/", "-/commit")):
        shown = render_directive("responsible", replace(dossier, settings=replace(dossier.settings, repo_url=forge)), "about/")
        assert links(parse(shown))[0] == f"{forge.rstrip('/')}/{path}/{'1' * 40}"
    shown = render_directive("responsible", replace(dossier, revision=None), "about/")
    assert "ommit" not in shown
    assert "build-manifest" not in shown
