"""An article's page: what it tells at a glance, its map, the ways from note to note, and the choice of notes."""

from __future__ import annotations

from dataclasses import replace as changed
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from dossier.model.dates.edtf import parse_edtf
from dossier.model.quotations.capture import Lock
from dossier.pages import build_pages
from dossier.pages.article.facts import ArticleFact, list_article_facts
from dossier.pages.context import PageContext
from support.dossiers import FULL_PRINT_EXAMPLE, read_example
from support.reading_pages import DIGEST, GAZETTE, ISLAND, NOTE_IDS, Change, at, ids, links, notes_in, parse, words
from support.reading_pages import article as article_of

WHAT, DATED, QUOTED = range(3)


def facts(root: Path, slug: str = GAZETTE, captures: str = "originals") -> list[str]:
    """What each of the three facts says, as a reader hears it."""
    page = {page.url: page for page in build_pages(read_example(root, captures))}[f"articles/{slug}/"]
    return [words(fact) for fact in parse(page.content_html).findall(".//dl[@class='glance']/div")]


def fact_of(example: Path, which: int, **article: object) -> ArticleFact:
    """One of the facts on an article that is like the example's, but for some of its record."""
    shown = read_example(example)
    context = PageContext(shown, f"articles/{GAZETTE}/")
    return list_article_facts(context, shown.articles[GAZETTE].model_copy(update=article))[which]


# At a glance


def test_what_it_is_names_publisher_role_and_what_it_goes_back_to(example: Path) -> None:
    assert facts(example)[WHAT] == ("What it is Article of Harbour Gazette Local newspaper Based on Harbour office, 2 May 2024")


def test_texts_of_other_writers_are_counted_and_named(example: Path) -> None:
    assert "Article of Island Digest, with parts by 1 other writer" in facts(example, ISLAND)[WHAT]
    assert "Parts by Harbour Gazette, 2 May 2024" in facts(example, ISLAND)[WHAT]


def test_a_writer_of_two_layers_counts_once(example: Path, replace: Change) -> None:
    layer = '{id: gazette, paragraphs: "3-5", writer: harbour-gazette, published: "2024-05-02", url: not-established}'
    second = layer.replace("gazette,", "again,", 1).replace("3-5", "6")
    file = example / f"docs/articles/{ISLAND}.md"
    text = file.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("layers:"))
    replace(file, line, f"layers: [{layer}, {second}]")
    assert "with parts by 1 other writer" in facts(example, ISLAND)[WHAT]


def test_what_is_not_established_is_said(example: Path) -> None:
    assert "a publisher not established" in fact_of(example, WHAT, publisher=None, origin=()).answer
    assert fact_of(example, WHAT, publisher=None, origin=()).details == ()
    assert fact_of(example, DATED, published=None) == ArticleFact("How well it is dated", "Not established", ())


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
    assert "Inferred" not in facts(example)[DATED]
    replace(example / DIGEST, "url: https", 'bounds: [{not_before: "2024-05-02", because: it names the count.}]\nurl: https')
    assert "Inferred, not printed" in facts(example)[DATED]
    assert "#record" in links(article_of(example).find(".//dl[@class='glance']"))


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
    said = words(article_of(FULL_PRINT_EXAMPLE, "baker-letter").find(".//dl[@class='glance']"))
    assert "The whole article" in said
    assert "Printed whole under its licence: CC BY 4.0" in said


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
    assert [run.get("start") for run in article_of(example, ISLAND).findall(".//ol")] == ["1", "3", "6"]


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


# From note to note


def ways(page: Element) -> dict[str, tuple[list[str], list[str]]]:
    """Where the foot of each note leads, and what its links are called."""
    feet = {name: at(page, name).find(".//footer[@class='note-ways']") for name in notes_in(page)}
    return {name: (links(foot), [words(link) for link in foot.iter("a")]) for name, foot in feet.items() if foot is not None}


def test_each_note_leads_to_its_neighbours_in_the_order_of_the_page(example: Path) -> None:
    page = article_of(example)
    order = notes_in(page)
    assert sorted(order) == sorted(NOTE_IDS)
    found = {name: targets for name, (targets, _) in ways(page).items()}
    for place, name in enumerate(order):
        assert found[name] == [f"#{other}" for other in (*order[max(place - 1, 0) : place], *order[place + 1 : place + 2], name)]


def test_the_ways_from_a_note_are_told_apart_by_their_names(example: Path) -> None:
    named = [name for _, names in ways(article_of(example)).values() for name in names]
    assert len(named) == len(set(named)) == 3 * len(NOTE_IDS) - 2
    assert [name.split()[0] for name in named[:2]] == ["Next", "Link"]


def test_in_an_article_printed_whole_the_ways_follow_its_text() -> None:
    found = ways(article_of(FULL_PRINT_EXAMPLE, "baker-letter"))
    assert list(found) == ["ten-per-cent", "the-price-now", "flour-alone", "flour-and-spring"]
    assert found["flour-and-spring"][0] == ["#flour-alone", "#flour-and-spring"]


def test_notes_shown_again_beside_a_private_capture_have_no_address_and_no_ways(example: Path) -> None:
    section = at(article_of(example, preview=True), "capture", up=True)
    notes = [element for element in section.iter() if element.get("role") == "note"]
    assert sorted(note.get("data-note", "") for note in notes) == sorted(NOTE_IDS)
    assert not {*ids(section)} & {*NOTE_IDS}
    assert section.find(".//footer") is None


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
