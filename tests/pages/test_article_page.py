"""An article's page: head, record, what to take away, map as bars and as a strip, notes and their choice."""

from __future__ import annotations

from dataclasses import replace as changed
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from dossier.checks import check_dossier
from dossier.model.dates.edtf import parse_edtf
from dossier.model.quotations.capture import Lock
from dossier.model.settings import Settings
from dossier.pages import build_pages
from dossier.pages.article.facts import ArticleFact, list_article_facts
from dossier.pages.article.paragraph_map import build_article_map
from dossier.pages.article.strip import build_article_strip
from dossier.pages.context import PageContext
from support.dossiers import FULL_PRINT_EXAMPLE, read_example
from support.reading_pages import (
    DIGEST,
    GAZETTE,
    ISLAND,
    NOTE_IDS,
    NOTES,
    Change,
    at,
    at_address,
    ids,
    links,
    notes_in,
    parse,
    words,
)
from support.reading_pages import article as article_of

DATED, QUOTED = range(2)
ABOUT = "about: The first report on the count."


def fact_of(example: Path, which: int, **article: object) -> ArticleFact:
    """One of the facts on an article that is like the example's, but for some of its record."""
    shown = read_example(example)
    context = PageContext(shown, f"articles/{GAZETTE}/")
    return list_article_facts(context, shown.articles[GAZETTE].model_copy(update=article))[which]


def by_class(page: Element, name: str, tag: str = "*") -> list[Element]:
    return [element for element in page.iter() if name in element.get("class", "").split() and tag in ("*", element.tag)]


def byline(root: Path, slug: str = GAZETTE) -> str:
    [line] = by_class(article_of(root, slug), "byline")
    return words(line)


# The head: title, one line, one sentence, the verdicts


def test_one_line_names_publisher_day_and_what_it_is_based_on(example: Path) -> None:
    assert byline(example) == "Harbour Gazette · 2 May 2024 · based on Harbour office, 2 May 2024"


def test_writers_of_parts_are_named_once(example: Path, replace: Change) -> None:
    assert byline(example, ISLAND).startswith("Island Digest, with parts by Harbour Gazette · ")
    layer = '{id: gazette, paragraphs: "3-5", writer: harbour-gazette, published: "2024-05-02", url: not-established}'
    second = layer.replace("gazette,", "again,", 1).replace("3-5", "6")
    file = example / f"docs/articles/{ISLAND}.md"
    text = file.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("layers:"))
    replace(file, line, f"layers: [{layer}, {second}]")
    assert byline(example, ISLAND).startswith("Island Digest, with parts by Harbour Gazette · ")


def test_what_is_not_established_is_said(example: Path, replace: Change) -> None:
    replace(example / DIGEST, "publisher: harbour-gazette", "publisher: not-established")
    replace(example / DIGEST, 'published: "2024-05-02"', "published: not-established")
    assert byline(example).startswith("publisher not established · date not established")
    assert fact_of(example, DATED, published=None) == ArticleFact("How well it is dated", "Not established", ())


def test_only_the_first_sentence_of_what_it_is_about_stands_in_the_head(example: Path, replace: Change) -> None:
    replace(example / DIGEST, ABOUT, "about: It *counts* one month, as [the office](/claims/) did. The rest is older.")
    page = article_of(example)
    [lead] = by_class(page, "standfirst")
    assert words(lead) == "It counts one month, as the office did."
    assert "The rest is older." in words(at(page, "record"))
    assert "../../claims/" in links(at(page, "record"))


def test_one_sentence_alone_is_not_repeated_in_the_record(example: Path) -> None:
    assert words(article_of(example)).count(ABOUT.removeprefix("about: ")) == 1


def test_the_head_tallies_the_verdicts_in_words_with_the_underline_of_each(example: Path) -> None:
    [tally] = by_class(article_of(example), "tally")
    assert [words(item) for item in tally] == ["Supported 1", "Unverifiable 1"]
    assert [item[0].get("class") for item in tally] == ["verdict tone-holds", "verdict tone-open"]
    assert len(by_class(tally, "ref-key")) == 2


def test_the_map_as_a_strip_has_all_paragraphs_but_menus_in_a_row(example: Path) -> None:
    shown = read_example(example)
    texts = [outline for outline in shown.get_paragraph_outlines(GAZETTE) if outline.kind != "furniture"]
    [strip] = by_class(article_of(example), "map-strip")
    bars = by_class(strip, "strip-text")
    widths = [float(bar.get("width", "").rstrip("%")) for bar in bars]
    starts = [float(bar.get("x", "").rstrip("%")) for bar in bars]
    assert len(bars) == len(texts)
    assert widths == pytest.approx([widths[0] * outline.words / texts[0].words for outline in texts], abs=0.1)
    assert all(start + width < following for start, width, following in zip(starts, widths, starts[1:], strict=False))
    assert starts[-1] + widths[-1] <= 100
    assert len(by_class(strip, "bar-quoted")) == len(NOTE_IDS)
    assert links(strip) == ["#map"]


def test_each_mark_of_the_strip_lies_in_its_paragraph(example: Path) -> None:
    shown = read_example(example)
    notes = shown.annotations[GAZETTE]
    strip = build_article_strip(build_article_map(shown, shown.articles[GAZETTE], notes))
    assert sum(len(paragraph.marks) for paragraph in strip) == len(notes)
    for paragraph in strip:
        for mark in paragraph.marks:
            assert paragraph.start_percent - 0.1 <= mark.start_percent
            assert mark.start_percent + mark.width_percent <= paragraph.start_percent + paragraph.width_percent + 0.1


def test_without_capture_and_lock_there_is_no_strip(example: Path) -> None:
    shown = changed(read_example(example, captures=""), lock=Lock())
    [page] = [page for page in build_pages(shown) if page.url == f"articles/{GAZETTE}/"]
    assert by_class(parse(page.content_html), "map-strip") == []
    assert build_article_strip(None) == ()


# What to take away


def test_what_to_take_away_stands_behind_the_summary(example: Path, replace: Change) -> None:
    assert "takeaways" not in ids(article_of(example))
    two = at(article_of(example, ISLAND), "takeaways", up=True)
    assert words(two).startswith("What to take away A return trip counts twice in the record.")
    three = 'takeaways: [One month was *counted*., Nobody asked., "See [the claim](/claims/april-record/)."]'
    replace(example / DIGEST, "url: https", f"{three}\nurl: https")
    page = article_of(example)
    section = at(page, "takeaways", up=True)
    assert words(section) == "Three things to take away One month was counted. Nobody asked. See the claim."
    assert links(section) == ["../../claims/april-record/"]
    assert ids(page).index("digest") < ids(page).index("takeaways") < ids(page).index("map")


def test_links_in_what_to_take_away_are_checked(example: Path, replace: Change) -> None:
    replace(example / DIGEST, "url: https", 'takeaways: [Nobody asked., "See [the claim](/claims/gone/)."]\nurl: https')
    assert [problem.rule for problem in check_dossier(read_example(example))] == ["unknown-link"]


# The record


@pytest.mark.parametrize(
    ("published", "said"),
    [
        ("2021-03-26", "To the day"),
        ("2021-03-26?", "To the day, uncertain"),
        ("2020-11-12~", "To about a day"),
        ("2021-03", "To the month"),
        ("2021-03-XX", "To the month"),
        ("2021-03%", "To about a month, uncertain"),
        ("2021-24", "To the season"),
        ("2021", "To the year"),
        ("2021-XX", "To the year"),
        ("202X", "To the decade"),
        ("20XX", "To the century"),
        ("2021-03-26/2021-03-28", "Within 3 days"),
        ("2021-03-26/2021-05-02", "Within 38 days"),
        ("2020-10/2020-12", "Within 92 days"),
        ("2021-03-26/2021-03-26", "To the day"),
        ("2021-03-26~/2021-03-26", "To about a day"),
        ("2021-03-26/2021-03-28?", "Within 3 days, uncertain"),
        ("2021-03-26~/2021-03-28", "Within about 3 days"),
        ("2021-03-26%/2021-03-28", "Within about 3 days, uncertain"),
        ("-0044?/0010", "Between two dates, uncertain"),
        ("2021-10-28~/..", "Only about its earliest day"),
        ("../2021-10?", "Only its latest month, uncertain"),
        ("-0044/0010", "Between two dates"),
        ("2021-10-28/..", "Only its earliest day"),
        ("../2021-10", "Only its latest month"),
        ("2021-10-28/", "Only its earliest day"),
    ],
)
def test_how_closely_a_date_is_known_is_said(example: Path, published: str, said: str) -> None:
    assert fact_of(example, DATED, published=parse_edtf(published)).answer == said


def test_a_date_that_is_inferred_leads_to_its_reasons(example: Path, replace: Change) -> None:
    assert "inferred" not in byline(example)
    replace(example / DIGEST, "url: https", 'bounds: [{not_before: "2024-05-02", because: it names the count.}]\nurl: https')
    page = article_of(example)
    assert "2 May 2024 (inferred) · " in byline(example)
    assert "#record" in links(by_class(page, "byline")[0])
    assert "Inferred, not printed" in words(at(page, "record"))
    assert "it names the count." in words(at(page, "record"))


def test_the_record_is_folded(example: Path) -> None:
    page = article_of(example)
    [folded] = [details for details in page.iter("details") if "record" in ids(details)]
    assert folded.get("open") is None
    assert words(at(page, "record-head")) == "About this text"


def test_how_much_is_quoted_is_said_and_drawn(example: Path) -> None:
    shown = read_example(example)
    printed, all_words = shown.count_printed_words(GAZETTE), shown.count_article_words(GAZETTE)
    share = 100 * printed / all_words
    fact = list_article_facts(PageContext(shown, f"articles/{GAZETTE}/"), shown.articles[GAZETTE])[QUOTED]
    assert fact.answer == f"{printed} of {all_words} words ({share:.0f}\u00a0%)"
    meter = article_of(example).find(".//svg[@class='meter']/rect[@class='meter-part']")
    assert meter is not None
    assert meter.get("width") == f"{share:.1f}%"
    assert f"our limit is {shown.settings.quote_share}" in fact.details[0]


def test_without_capture_and_lock_how_much_is_quoted_is_not_known(example: Path) -> None:
    shown = changed(read_example(example, captures=""), lock=Lock())
    fact = list_article_facts(PageContext(shown, f"articles/{GAZETTE}/"), shown.articles[GAZETTE])[QUOTED]
    assert (fact.answer, fact.percent) == ("Not known", None)


def test_an_article_printed_whole_says_so() -> None:
    said = words(at(article_of(FULL_PRINT_EXAMPLE, "baker-letter"), "record"))
    assert "How much we quote The whole article" in said
    assert "Licence CC BY 4.0" in said


# The map


def runs(page: Element) -> list[tuple[str, list[str]]]:
    """The lists of the map, each with the heading over it and the numbers of its paragraphs."""
    box = page.find(".//div[@class='map-runs']")
    assert box is not None
    headings = [words(heading) for heading in box.findall("h3")]
    lists = [[words(row).split()[0] for row in run] for run in box.findall("ol")]
    return list(zip(headings or [""], lists, strict=True))


def test_the_map_names_each_writer_once_over_its_paragraphs(example: Path) -> None:
    assert runs(article_of(example, ISLAND)) == [
        ("Island Digest paragraphs 1 to 2", ["1", "2"]),
        ("Harbour Gazette paragraphs 3 to 5", ["3", "4", "5"]),
        ("Island Digest paragraph 6", ["6"]),
    ]
    assert [run.get("start") for run in by_class(article_of(example, ISLAND), "map")] == ["1", "3", "6"]


def test_the_map_of_one_writer_needs_no_heading(example: Path) -> None:
    assert runs(article_of(example)) == [("", [str(number) for number in range(1, 9)])]


def test_bars_are_as_long_as_paragraphs_have_words(example: Path) -> None:
    outlines = read_example(example).get_paragraph_outlines(GAZETTE)
    longest = max(outline.words for outline in outlines)
    bars = article_of(example).findall(".//ol[@class='map']/li/svg/*[@class='bar-body']")
    assert [bar.get("width") for bar in bars] == [f"{round(100 * outline.words / longest, 1)}%" for outline in outlines]


def test_quoted_words_are_marked_where_they_stand(example: Path) -> None:
    shown = read_example(example)
    longest = max(outline.words for outline in shown.get_paragraph_outlines(GAZETTE))
    for note in shown.annotations[GAZETTE]:
        span = shown.find_anchor(note).span  # type: ignore[union-attr]
        [mark] = at(article_of(example), f"p{span.paragraph}").findall("./svg/rect[@class]")[1:]
        assert mark.get("x") == f"{round(100 * span.first / longest, 1)}%"
        assert mark.get("width") == f"{round(100 * (span.last - span.first) / longest, 1)}%"


def test_a_mark_of_the_map_names_verdict_and_words(example: Path) -> None:
    marks = article_of(example).findall(".//span[@class='map-notes']/a")
    assert [mark.get("aria-label", "").split(":")[0] for mark in marks] == ["Supported", "Note", "Note", "Unverifiable"]


def test_the_legend_names_the_kinds_that_occur_and_no_other(example: Path, replace: Change) -> None:
    def legend() -> list[str]:
        return [words(kind) for kind in article_of(example).findall(".//ul[@class='map-legend plain']/li")]

    assert legend() == ["text", "heading", "caption", "menus and adverts"]
    replace(example / DIGEST, "caption: [2]", "list: [2]")
    assert legend() == ["text", "heading", "list", "menus and adverts"]


@pytest.mark.parametrize("preview", [False, True])
def test_nothing_is_styled_in_place(example: Path, preview: bool) -> None:
    for slug in (GAZETTE, ISLAND):
        assert not [element.tag for element in article_of(example, slug, preview).iter() if "style" in element.attrib]


# The notes


def test_a_note_is_a_line_with_verdict_and_first_sentence_that_opens(example: Path, replace: Change) -> None:
    replace(example / NOTES, "note: ", "note: The office *says* so, in No. 5 of [its list](/claims/). Not here. ")
    note = at(article_of(example), "april-record")
    details = next(note.iter("details"))
    assert details.get("open") is None
    head = details[0][0]
    assert (details[0].tag, head.tag) == ("summary", "h3")
    assert words(head) == "Supported The office says so, in No. 5 of its list."
    assert not links(details[0])
    assert "Not here." in words(by_class(note, "note-text")[0])


def test_a_note_without_text_has_its_words_in_its_line(example: Path) -> None:
    shown = read_example(example)
    bare = [note.model_copy(update={"note": None}) for note in shown.annotations[GAZETTE]]
    shown = changed(shown, annotations={**shown.annotations, GAZETTE: bare})
    [page] = [page for page in build_pages(shown) if page.url == f"articles/{GAZETTE}/"]
    for note in bare:
        line = at(parse(page.content_html), note.id).find(".//summary")
        assert line is not None
        assert f"“{note.quote}”" in words(line) or words(line.find(".//q")) == note.quote


def test_address_source_and_correction_stand_in_the_open_note_only(example: Path) -> None:
    dossier = changed(read_example(example), settings=Settings(repo_url="https://github.com/ferry/count"))
    page = parse(at_address(build_pages(dossier), f"articles/{GAZETTE}/").content_html)
    for name in notes_in(page):
        note = at(page, name)
        closed, [opened] = note.find(".//summary"), by_class(note, "note-body")
        assert closed is not None
        assert not links(closed)
        assert f"#{name}" in links(opened)
        assert "Correct this" in words(opened)


def test_notes_stand_in_the_order_of_their_words(example: Path) -> None:
    page = article_of(example)
    referred = list(dict.fromkeys(link.get("href", "")[1:] for link in by_class(page, "ref", "a")))
    assert [name for name in notes_in(page) if name in referred] == referred
    assert sorted(notes_in(page)) == sorted(NOTE_IDS)


def test_words_in_the_summary_end_with_the_mark_of_their_verdict(example: Path) -> None:
    page = article_of(example)
    for link in by_class(page, "ref", "a"):
        [mark] = link.iter("svg")
        verdict = read_example(example).get_verdict(read_example(example).annotations_by_id[GAZETTE][link.get("href", "")[1:]])
        assert (mark.get("role"), mark.get("aria-label")) == ("img", f", {verdict.label if verdict else 'Note'}")


def test_words_of_an_article_printed_whole_end_with_a_mark_once() -> None:
    page = article_of(FULL_PRINT_EXAMPLE, "baker-letter")
    marks = [mark for link in at(page, "p3").iter("a") for mark in link.iter("svg")]
    assert len(marks) == 2


def test_the_ways_from_a_note_are_told_apart_by_their_names(example: Path) -> None:
    named = [words(way) for foot in by_class(article_of(example), "note-ways") for way in foot if way.tag == "a"]
    assert len(named) == len(set(named)) == len(NOTE_IDS)
    assert {name.split()[0] for name in named} == {"Link"}


def test_in_an_article_printed_whole_notes_follow_its_text() -> None:
    found = notes_in(article_of(FULL_PRINT_EXAMPLE, "baker-letter"))
    assert found == ["ten-per-cent", "the-price-now", "flour-alone", "flour-and-spring"]


def test_notes_shown_again_beside_a_private_capture_have_no_address_and_no_ways(example: Path) -> None:
    section = at(article_of(example, preview=True), "capture", up=True)
    notes = [element for element in section.iter() if element.get("role") == "note"]
    assert sorted(note.get("data-note", "") for note in notes) == sorted(NOTE_IDS)
    assert not {*ids(section)} & {*NOTE_IDS}
    assert by_class(section, "note-ways") == []


# The choice of notes


def test_the_choice_says_how_many_notes_there_are_of_each(example: Path, replace: Change) -> None:
    def choice() -> str:
        return words(article_of(example).find(".//fieldset"))

    assert choice() == "Notes all (4) problems (0) none"
    replace(example / "annotations/verdicts.yml", "tone: open", "tone: fails")
    assert choice() == "Notes all (4) problems (1) none"


def test_the_choice_is_hidden_without_scripts_and_absent_without_notes(example: Path) -> None:
    page = article_of(example)
    assert page.find(".//div[@data-note-switch]").get("hidden") is not None  # type: ignore[union-attr]
    (example / f"annotations/articles/{GAZETTE}.yml").write_text("", encoding="utf-8")
    assert article_of(example).find(".//fieldset") is None


@pytest.mark.parametrize("slug", ["baker-letter", "market-page"])
def test_there_is_one_choice_on_a_page_with_or_without_a_digest(slug: str) -> None:
    assert len(article_of(FULL_PRINT_EXAMPLE, slug).findall(".//fieldset")) == 1
