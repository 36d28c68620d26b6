"""The page that compares the articles: its table and lists as they are built, and its filters in a browser."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from browsing import served
from conftest import ROOT, make_example, mkdocs
from playwright.sync_api import Page
from test_pages import CLAIM, DIGEST, GAZETTE, ISLAND, NOTES, at_address, ids, links, pages, parse, words

from dossier.model import Dossier
from dossier.model.dates import parse_edtf
from dossier.model.digest import Digest
from dossier.model.records import Annotation, Article, Claim, Source
from dossier.pages import build, compare
from dossier.pages.compare import comparison

Change = Callable[[Path, str, str], None]
COMPILED = f"docs/articles/{ISLAND}.md"
COMPILED_NOTES = f"annotations/articles/{ISLAND}.yml"
COUNT = "annotations/sources/harbour-office-count.yml"
TABLE, LIST = "compare-table", "compare-list"


CLAIMS = len(list((ROOT / "annotations/claims").glob("*.yml")))
"""In the real dossier."""


def in_browser(test: Callable[..., None]) -> Callable[..., None]:
    """Marks a test that asks the real site in a browser."""
    return pytest.mark.browser(pytest.mark.site(test))


# Columns


def test_a_column_is_an_articles_own_words_or_one_of_its_layers(example: Path) -> None:
    assert columns_of(example) == ["Harbour Gazette 2 May 2024", "Harbour Gazette in Island Digest 2 May 2024"]


def test_a_quotation_outside_the_layers_belongs_to_the_articles_own_column(example: Path, replace: Change) -> None:
    replace(
        example / COMPILED_NOTES,
        "  speaker: text\n  note: No figure",
        "  speaker: text\n  claim: april-record\n  note: No figure",
    )
    assert columns_of(example)[-1] == "Island Digest 2 May 2024 or later"
    assert cells_of(example)[-2:] == ["Imprecise more strongly", "Note mentioned"]


def test_a_quotation_that_is_not_found_belongs_to_the_articles_own_column(example: Path, replace: Change) -> None:
    replace(example / COMPILED_NOTES, "more than in any month before", "words that stand nowhere")
    assert columns_of(example) == ["Harbour Gazette 2 May 2024", "Island Digest 2 May 2024 or later"]


def test_a_text_that_puts_no_claim_has_no_column(example: Path, replace: Change) -> None:
    replace(example / COMPILED_NOTES, "  claim: april-record\n  stance: stronger\n  verdict: imprecise\n", "")
    assert columns_of(example) == ["Harbour Gazette 2 May 2024"]


def test_where_no_text_puts_a_claim_the_page_says_so(example: Path) -> None:
    shutil.rmtree(example / "annotations/articles")
    assert words(compared(example)) == "Compare No article puts a claim yet."


@pytest.mark.parametrize(
    ("dates", "public", "order"),
    [
        ({"b": "2021", "a": "2022", "c": "2020"}, None, "cba"),
        ({"a": "2021-03", "b": "2021-03-01", "c": "2021"}, None, "cba"),
        ({"a": None, "b": "2021", "c": "2020/.."}, None, "cba"),
        ({"a": "2021", "b": "2021", "c": "2021"}, None, "abc"),
        ({"a": "2021-03", "b": "2021-03-26", "c": "2021-03-20"}, "2021-03-26", "cba"),
    ],
)
def test_texts_stand_in_order_of_lineage(dates: dict[str, str | None], public: str | None, order: str) -> None:
    """The first text goes back to a source where one is `public`."""
    columns, _ = comparison(made_up(dates, public))
    assert "".join(column.article.slug for column in columns) == order


def test_texts_of_one_writer_and_day_are_told_apart_by_numbers() -> None:
    page = parse(at_address(build(made_up({"a": "2021", "b": "2021", "c": "2022"})), "compare/").html)
    heads = [words(head) for head in inside(page, TABLE).findall(".//thead/tr/th")]
    assert heads[1:] == [
        f"Publisher not established{number} {year}" for number, year in [(" (1)", 2021), (" (2)", 2021), ("", 2022)]
    ]


def test_a_state_funded_writer_is_called_so(example: Path, replace: Change) -> None:
    replace(example / "annotations/parties.yml", "  name: Harbour Gazette\n", "  name: Harbour Gazette\n  state_funded: true\n")
    assert columns_of(example)[0] == "Harbour Gazette (state-funded) 2 May 2024"


# Rows and cells


def test_a_row_is_headed_by_the_statement_its_link_and_its_verdict(example: Path) -> None:
    head = inside(compared(example), TABLE).find(".//th[@scope='row']")
    assert words(head) == "The ferry carried 4,120 passengers in April 2024. Supported"
    assert head is not None
    assert links(head) == ["../claims/april-record/"]


def test_a_cell_says_each_stance_and_leads_to_its_quotation(example: Path) -> None:
    cells = inside(compared(example), TABLE).findall(".//td")
    assert [words(cell) for cell in cells] == ["Supported as stated Unverifiable disputing it", "Imprecise more strongly"]
    places = [[(GAZETTE, "april-record"), (GAZETTE, "crew-dispute")], [(ISLAND, "april-record")]]
    assert [links(cell) for cell in cells] == [[f"../articles/{slug}/#{name}" for slug, name in cell] for cell in places]


def test_what_a_text_does_not_mention_is_said_in_the_table_and_in_the_list(example: Path) -> None:
    another_claim(example, "towns-way")
    page = compared(example)
    row = page.find(".//tr[@data-claim='towns-way']")
    assert row is not None
    assert [words(cell) for cell in row.findall("td")] == ["not mentioned", "not mentioned"]
    items = {item.get("data-claim"): words(item) for item in inside(page, LIST)}
    assert items["towns-way"].endswith("No text mentions it.")
    assert "ot mentioned" not in items["april-record"]


def test_the_list_names_the_texts_that_do_not_mention_a_claim(example: Path, replace: Change) -> None:
    another_claim(example, "towns-way")
    replace(example / NOTES, "  note: The office gives", "  claim: towns-way\n  stance: as-stated\n  note: The office gives")
    item = compared(example).find(".//li[@data-claim='towns-way']")
    assert "Not mentioned by Harbour Gazette in Island Digest (2 May 2024)." in words(item)


@pytest.mark.parametrize(
    ("stances", "differs"),
    [
        (("as-stated", "as-stated"), False),
        (("as-stated", "weaker"), True),
        (("garbled", "garbled"), True),
        ((None, "as-stated"), False),
    ],
)
def test_a_claim_differs_where_a_stance_is_not_as_stated(stances: tuple[str | None, ...], differs: bool) -> None:
    dossier = made_up({"a": "2021", "b": "2022"}, stances=stances)
    assert [row.differs for row in comparison(dossier)[1]["other"]] == [differs]


def test_rows_stand_under_the_topics_of_the_list_of_claims(example: Path, replace: Change) -> None:
    another_claim(example, "towns-way", "[ways-to-town, counts]")
    shown = pages(example)
    under = [words(heading) for heading in shown["claims/"].iter("h2")]
    assert [words(head) for head in shown["compare/"].findall(".//th[@scope='rowgroup']")] == under == ["Counts", "Ways to town"]
    assert [words(heading) for heading in shown["compare/"].iter("h2")] == under


def test_the_table_has_a_caption_and_scopes_and_the_page_no_ids(example: Path) -> None:
    page = compared(example)
    table = inside(page, TABLE)
    assert words(table.find("caption"))
    assert {head.get("scope") for head in table.iter("th")} == {"col", "row", "rowgroup"}
    assert ids(page) == []


def test_a_draft_is_compared_in_a_preview_only_and_called_one(example: Path, replace: Change) -> None:
    replace(example / NOTES, "note: No count of 2019", "status: draft\n  note: No count of 2019")
    assert "disputing it draft, not in the published site" in words(compared(example, preview=True))
    assert "disputing it" not in words(compared(example))


@pytest.mark.parametrize("lost", [DIGEST, NOTES, CLAIM, COUNT, "annotations/verdicts.yml", "annotations/parties.yml"])
def test_the_page_is_made_where_a_file_is_gone(example: Path, lost: str) -> None:
    (example / lost).unlink()
    assert words(compared(example)).startswith("Compare")


# Many texts, many claims


def test_a_table_of_many_texts_scrolls_in_a_named_box_that_takes_the_focus() -> None:
    for texts, scrolls in ((8, False), (9, True)):
        page = parse(at_address(build(many(texts)), "compare/").html)
        box = page.find(f".//table[@class='{TABLE}']/..")
        assert box is not None
        assert [box.get(name) for name in ("role", "tabindex")] == (["region", "0"] if scrolls else [None, None])
        assert bool(box.get("aria-label")) == scrolls


def test_of_more_texts_than_a_table_takes_each_claim_has_those_that_mention_it() -> None:
    for texts, tabular in ((compare.MOST_COLUMNS, True), (compare.MOST_COLUMNS + 1, False)):
        page = parse(at_address(build(many(texts)), "compare/").html)
        assert (page.find(f".//table[@class='{TABLE}']") is not None) == tabular
        assert ("too many texts for a table" in words(page)) == (not tabular)
        assert ("ot mentioned" in words(page)) == tabular
        assert len(page.findall(f".//ul[@class='{LIST}']/li")) == texts


def test_the_page_grows_with_the_claims_and_not_with_their_square() -> None:
    def drawn(claims: int) -> tuple[int, float]:
        dossier = many(claims)
        dossier.outcomes  # noqa: B018 - looked up once for all pages
        made, start = compare.compare_page(dossier), time.process_time()
        return len(made.html), time.process_time() - start

    (small, quick), (large, slow) = drawn(200), drawn(2000)
    assert large < 11 * small
    assert slow < 40 * quick


# In a browser


@in_browser
def test_the_choice_of_a_topic_and_of_what_differs_is_shown_counted_and_kept(page: Page, base: str) -> None:
    page.goto(base + "compare/?h=x#top")
    everything = shown(page)
    assert count(page) == f"Claims shown: {len(everything)} of {len(everything)}."
    page.get_by_label("Topic").select_option("whatsapp")
    of_topic = shown(page)
    assert 0 < len(of_topic) < len(everything)
    assert {"whatsapp" in topics.split() for topics in of_topic.values()} == {True}
    page.get_by_label("Only where they differ").check()
    assert 0 < len(shown(page)) < len(of_topic)
    assert shown(page).keys() == {name for name in of_topic if name in differing(page)}
    assert count(page) == f"Claims shown: {len(shown(page))} of {len(everything)}."
    page.wait_for_url(re.compile(r"compare/\?h=x&topic=whatsapp&differ=1#top$"))
    page.get_by_label("Topic").select_option("")
    page.get_by_label("Only where they differ").uncheck()
    page.wait_for_url(re.compile(r"compare/\?h=x#top$"))
    assert shown(page) == everything


@in_browser
@pytest.mark.parametrize("width", [360, 1280])
def test_a_shared_address_shows_the_same_choice(page: Page, base: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(base + "compare/?topic=whatsapp&differ=1")
    assert page.get_by_label("Topic").input_value() == "whatsapp"
    assert page.get_by_label("Only where they differ").is_checked()
    assert 0 < len(shown(page)) < CLAIMS
    assert shown(page).keys() <= differing(page)


@in_browser
def test_an_address_that_asks_for_an_unknown_topic_shows_everything(page: Page, base: str) -> None:
    page.goto(base + "compare/")
    everything = shown(page)
    page.goto(base + "compare/?topic=%22%5D&differ=yes")
    assert shown(page) == everything


@in_browser
def test_a_choice_that_nothing_fits_says_so(page: Page, base: str) -> None:
    page.goto(base + "compare/")
    page.evaluate("document.querySelectorAll('[data-differs]').forEach(claim => claim.removeAttribute('data-differs'))")
    page.get_by_label("Only where they differ").check()
    assert count(page) == "No claim fits this choice."
    assert not page.locator("[data-compared]").is_visible()


@in_browser
def test_the_filters_are_worked_by_keyboard(page: Page, base: str) -> None:
    page.goto(base + "compare/")
    page.get_by_label("Topic").focus()
    page.keyboard.type("whatsa")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.wait_for_url(re.compile(r"\?topic=whatsapp&differ=1$"))
    assert page.evaluate("document.activeElement.type") == "checkbox"
    assert 0 < len(shown(page)) < CLAIMS


@in_browser
def test_there_is_a_table_where_there_is_room_and_a_list_where_there_is_none(page: Page, base: str) -> None:
    page.goto(base + "compare/")
    for width, there, gone in ((1280, "table", LIST), (1000, "table", LIST), (999, LIST, "table"), (360, LIST, "table")):
        page.set_viewport_size({"width": width, "height": 800})
        told = page.locator(".compare-page").aria_snapshot()
        assert page.locator({"table": f".{TABLE}", LIST: f".{LIST}"}[there]).first.is_visible()
        assert not page.locator({"table": f".{TABLE}", LIST: f".{LIST}"}[gone]).first.is_visible()
        assert ("- table" in told) == (there == "table")
        assert told.count('link "WhatsApp already has end-to-end encryption."') == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@in_browser
def test_the_heads_of_the_columns_stay_in_sight(page: Page, base: str) -> None:
    page.goto(base + "compare/")
    page.evaluate("window.scrollTo({top: 1500, behavior: 'instant'})")
    below, head = page.locator(".md-header").bounding_box(), page.locator("thead th").last.bounding_box()
    assert below
    assert head
    assert abs(head["y"] - below["y"] - below["height"]) <= 2


@in_browser
def test_without_scripts_every_claim_is_shown_and_no_filter_offered(plain: Page, base: str) -> None:
    plain.goto(base + "compare/")
    rows = plain.locator("tr[data-claim]")
    assert rows.count() == CLAIMS
    assert all(row.is_visible() for row in rows.all())
    assert not plain.locator("[data-filter]").is_visible()


@pytest.mark.browser
def test_a_wide_table_scrolls_in_its_box_with_heads_in_sight_and_the_page_does_not(page: Page, crowded: str) -> None:
    page.goto(crowded + "compare/")
    box = page.locator(".compare-wide")
    for width in (1000, 1280):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    box.focus()
    before = page.locator("thead th").first.bounding_box()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.compare-wide').scrollLeft > 50")
    assert (page.locator("thead th").first.bounding_box() or {})["x"] == (before or {})["x"]
    row = page.locator("[scope=row]").first.bounding_box()
    assert row
    assert row["x"] == (before or {})["x"]


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the example with a dozen more articles like its first."""
    root = make_example(tmp_path_factory.mktemp("crowded") / "example")
    for number in range(12):
        for file in (DIGEST, NOTES, f"originals/{GAZETTE}.txt"):
            shutil.copy(root / file, root / file.replace(GAZETTE, f"copy-{number}"))
    mkdocs(root, "build", "-q")
    yield from served(root / "site")


# What the tests above ask with


def compared(root: Path, preview: bool = False) -> Element:
    return pages(root, preview)["compare/"]


def inside(page: Element, name: str) -> Element:
    """The first element of a class."""
    found = page.find(f".//*[@class='{name}']")
    assert found is not None, f"there is no .{name}"
    return found


def columns_of(root: Path) -> list[str]:
    return [words(head) for head in inside(compared(root), TABLE).findall("thead/tr/th")][1:]


def cells_of(root: Path) -> list[str]:
    return [words(cell) for cell in inside(compared(root), TABLE).findall(".//td")]


def another_claim(root: Path, name: str, topics: str = "[counts]") -> None:
    text = (root / CLAIM).read_text(encoding="utf-8").replace("[counts]", topics)
    (root / f"annotations/claims/{name}.yml").write_text(text, encoding="utf-8")


def made_up(dates: dict[str, str | None], public: str | None = None, stances: tuple[str | None, ...] = ()) -> Dossier:
    """A dossier of one claim that every article makes, articles by slug with their dates."""
    put = dict(zip(dates, stances, strict=False))
    source = {"id": "s", "title": "S", "kind": "primary", "origin": "s", "url": None, "publisher": None, "published": None}
    sources = {"s": Source.model_construct(**source, known_from=parse_edtf(public))} if public else {}
    return Dossier(
        articles={slug: article(slug, date, ("s",) if public and slug == min(dates) else ()) for slug, date in dates.items()},
        annotations={slug: (note(slug, "c", put.get(slug, "as-stated")),) for slug in dates},
        claims={"c": claim("c")},
        sources=sources,
    )


def many(number: int) -> Dossier:
    """As many articles as claims, each of which makes one."""
    names = [f"n{place}" for place in range(number)]
    return Dossier(
        articles={name: article(name, "2021") for name in names},
        annotations={name: (note(name, name, "weaker"),) for name in names},
        claims={name: claim(name) for name in names},
    )


def article(slug: str, date: str | None, origin: tuple[str, ...] = ()) -> Article:
    made = {"slug": slug, "title": slug, "publisher": None, "authors": None, "url": None, "language": "en", "print": "excerpts"}
    digest = Digest(f"docs/articles/{slug}.md", "", 1)
    return Article.model_construct(**made, digest=digest, published=parse_edtf(date) if date else None, origin=origin)


def note(slug: str, claim: str, stance: str | None) -> Annotation:
    return Annotation.model_construct(article=slug, id=claim, quote="words", speaker="text", claim=claim, stance=stance)


def claim(name: str) -> Claim:
    return Claim.model_construct(
        id=name, claim=f"Claim {name}.", verdict="v", summary="S", explanation="E", would_change="W", made=None
    )


def shown(page: Page) -> dict[str, str]:
    """The claims that are to be seen, with their topics; each must be seen once."""
    script = "all => all.filter(e => e.checkVisibility()).map(e => [e.dataset.claim, e.dataset.topics])"
    seen = page.locator("[data-claim]").evaluate_all(script)
    assert len(seen) == len(dict(seen))
    assert not [head for head in page.locator("[data-group]").all() if head.is_visible() and not seen]
    return dict(seen)


def differing(page: Page) -> set[str]:
    return set(page.locator("[data-differs]").evaluate_all("all => all.map(e => e.dataset.claim)"))


def count(page: Page) -> str:
    """What is told to those who cannot see what has changed."""
    return re.sub(r"\s+", " ", page.get_by_role("status").text_content() or "")
