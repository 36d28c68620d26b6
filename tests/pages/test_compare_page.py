"""The page that sets the texts side by side: its tables, the cards that stand in their place, and what is folded."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from dossier.model import Dossier
from dossier.model.dates.edtf import parse_edtf
from dossier.model.quotations.digest import Digest
from dossier.model.records import Annotation, Article, Claim, Source
from dossier.pages import build_pages
from dossier.pages.compare import page as compare
from dossier.pages.compare.page import build_comparison
from support.reading_pages import CLAIM, DIGEST, GAZETTE, ISLAND, NOTES, at_address, ids, links, pages, parse, words
from support.work import count_calls

Change = Callable[[Path, str, str], None]
COMPILED = f"docs/articles/{ISLAND}.md"
COMPILED_NOTES = f"annotations/articles/{ISLAND}.yml"
COUNT = "annotations/sources/harbour-office-count.yml"
TABLE, LIST = "compare-table", "compare-list"

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
    assert cells_of(example)[-2:] == [
        "more than in any month before Imprecise overstates it",
        "the main way to town Note mentions it",
    ]


def test_a_quotation_that_is_not_found_belongs_to_the_articles_own_column(example: Path, replace: Change) -> None:
    replace(example / COMPILED_NOTES, "more than in any month before", "words that stand nowhere")
    assert columns_of(example) == ["Harbour Gazette 2 May 2024", "Island Digest 2 May 2024 or later"]


def test_a_text_that_puts_no_claim_has_no_column(example: Path, replace: Change) -> None:
    replace(example / COMPILED_NOTES, "  claim: april-record\n  stance: stronger\n  verdict: imprecise\n", "")
    page = compared(example)
    assert page.find(f".//*[@class='{TABLE}']") is None
    assert [words(name) for name in page.findall(".//span[@class='compare-who']")] == ["Harbour Gazette 2 May 2024"]


def test_where_no_text_puts_a_claim_the_page_says_so(example: Path) -> None:
    shutil.rmtree(example / "annotations/articles")
    assert words(compared(example)).startswith("Side by side No article makes a claim yet.")


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
    dossier = made_up(dates, public)
    columns, _ = build_comparison(dossier)
    assert "".join(column.article.slug for column in columns) == order


def test_texts_of_one_writer_and_day_are_told_apart_by_numbers() -> None:
    dossier = made_up({"a": "2021", "b": "2021", "c": "2022"}, stances=("weaker",))
    written = {slug: article.model_copy(update={"publisher": "x"}) for slug, article in dossier.articles.items()}
    assert heads_of(replace(dossier, articles=written)) == ["x (1) 2021", "x (2) 2021", "x 2022"]


def test_texts_without_a_known_writer_are_told_apart_by_their_names() -> None:
    dossier = made_up({"a": "2021", "b": "2021", "c": "2021"}, stances=("weaker",))
    named = {
        slug: article.model_copy(update={"title": "A" if slug == "a" else "B"}) for slug, article in dossier.articles.items()
    }
    said = [f"{name} publisher not established 2021" for name in ("A", "B (1)", "B (2)")]
    assert heads_of(replace(dossier, articles=named)) == said


def test_a_state_funded_writer_is_called_so(example: Path, replace: Change) -> None:
    replace(example / "annotations/parties.yml", "  name: Harbour Gazette\n", "  name: Harbour Gazette\n  state_funded: true\n")
    assert columns_of(example)[0] == "Harbour Gazette (state-funded) 2 May 2024"


# Rows and cells


def test_a_row_is_headed_by_the_statement_its_link_and_its_verdict(example: Path) -> None:
    head = inside(compared(example), TABLE).find(".//tbody//th[@scope='rowgroup']")
    assert words(head) == "The ferry carried 4,120 passengers in April 2024. Supported"
    assert head is not None
    assert links(head) == ["../claims/april-record/"]


def test_a_cell_has_the_words_the_verdict_and_the_relation_and_leads_to_the_note(example: Path) -> None:
    cells = inside(compared(example), TABLE).findall(".//td")
    assert [words(cell) for cell in cells] == [
        "carried 4,120 passengers in April Supported says the same 4,300 people crossed Unverifiable disputes it",
        "more than in any month before Imprecise overstates it",
    ]
    places = [[(GAZETTE, "april-record"), (GAZETTE, "crew-dispute")], [(ISLAND, "april-record")]]
    assert [links(cell) for cell in cells] == [[f"../articles/{slug}/#{name}" for slug, name in cell] for cell in places]


def test_what_a_text_does_not_mention_is_said_in_the_table_and_left_out_of_the_cards(example: Path) -> None:
    another_claim(example, "towns-way")
    for slug, name in ((GAZETTE, NOTES), (ISLAND, COMPILED_NOTES)):
        add_note(example / name, "towns-way", f"a-{slug}")
    page = compared(example)
    row = page.find(".//tbody[@data-item='towns-way']")
    assert row is not None
    assert [words(cell) == "not mentioned" for cell in row.findall(".//td")] == [False, True, False]
    cards = page.find(".//li[@data-item='towns-way']")
    assert cards is not None
    assert "not mentioned" not in words(cards)
    assert len(cards.findall(".//span[@class='compare-who']")) == 2


def test_what_has_nothing_beside_it_is_folded_and_says_why(example: Path) -> None:
    another_claim(example, "towns-way")
    page = compared(example)
    fold = inside(page, "compare-rest")
    assert words(fold.find("summary")) == "1 more claim, which one text makes or all in the same sense"
    assert [item.get("data-item") for item in fold.iter("li") if item.get("data-item")] == ["towns-way"]
    assert "No text makes it." in words(fold)
    assert fold.get("open") is None
    assert "Here is the claim that two texts or more make" in words(page)


def test_where_no_claim_can_be_compared_nothing_is_folded() -> None:
    page = parse(at_address(build_pages(made_up({"a": "2021"})), "compare/").content_html)
    assert inside(page, "compare-rest").get("open") is not None
    assert "No two texts put one differently" in words(page)


@pytest.mark.parametrize(
    ("stances", "differs"),
    [
        (("as-stated", "as-stated"), False),
        (("as-stated", "weaker"), True),
        (("garbled", "garbled"), True),
        ((None, "as-stated"), False),
        (("weaker",), False),
    ],
)
def test_a_claim_differs_where_one_of_two_texts_departs_from_it(stances: tuple[str | None, ...], differs: bool) -> None:
    dossier = made_up(dict(zip("ab", ("2021", "2022"), strict=True) if len(stances) == 2 else {"a": "2021"}), stances=stances)
    assert [row.is_worded_differently for row in build_comparison(dossier)[1].values()] == [differs]


def test_what_most_texts_make_stands_first_within_its_topic_and_its_topic_among_all() -> None:
    page = parse(at_address(build_pages(weighed()), "compare/").content_html)
    assert [words(heading) for heading in page.iter("h2")] == ["Heavy", "Light"]
    assert [item.get("data-item") for item in page.iter("tbody")] == ["three", "two", "also-two"]
    heads = [[words(head).split()[0] for head in table.findall("thead/tr/th")] for table in page.iter("table")]
    assert heads == [["a", "b", "c"], ["b", "c"]]


def test_the_table_has_a_caption_and_scopes_and_the_page_no_ids_but_its_own(example: Path) -> None:
    page = compared(example)
    table = inside(page, TABLE)
    assert words(table.find("caption"))
    assert {head.get("scope") for head in table.iter("th")} == {"col", "rowgroup"}
    assert ids(page) == ["page", "the-record"]


def test_a_draft_is_compared_in_a_preview_only_and_called_one(example: Path, replace: Change) -> None:
    replace(example / NOTES, "note: No count of 2019", "status: draft\n  note: No count of 2019")
    assert "disputes it draft, not in the published site" in words(compared(example, preview=True))
    assert "disputes it" not in words(compared(example))


@pytest.mark.parametrize("lost", [DIGEST, NOTES, CLAIM, COUNT, "annotations/verdicts.yml", "annotations/parties.yml"])
def test_the_page_is_made_where_a_file_is_gone(example: Path, lost: str) -> None:
    (example / lost).unlink()
    assert words(compared(example)).startswith("Side by side")


# Many texts, many claims


def test_a_table_of_many_texts_scrolls_in_a_named_box_that_takes_the_focus() -> None:
    for texts, scrolls in ((8, False), (9, True)):
        page = parse(at_address(build_pages(of_many_texts(texts)), "compare/").content_html)
        box = page.find(f".//table[@class='{TABLE}']/..")
        assert box is not None
        assert [box.get(name) for name in ("role", "tabindex")] == (["region", "0"] if scrolls else [None, None])
        assert bool(box.get("aria-label")) == scrolls


def test_of_more_texts_than_a_table_takes_each_claim_has_those_that_make_it() -> None:
    for texts, tabular in ((compare.MAX_COMPARISON_COLUMNS, True), (compare.MAX_COMPARISON_COLUMNS + 1, False)):
        page = parse(at_address(build_pages(of_many_texts(texts)), "compare/").content_html)
        assert (page.find(f".//table[@class='{TABLE}']") is not None) == tabular
        assert len(page.findall(".//div[@class='compare-narrow']")) == tabular
        assert len(page.findall(f".//ul[@class='{LIST}']/li")) == 1
        assert len(page.findall(".//ul[@class='compare-cards']/li")) == texts


def test_the_page_grows_with_the_claims_and_not_with_their_square() -> None:
    def measure(claims: int) -> tuple[int, int]:
        dossier = many(claims)
        dossier.anchor_results  # noqa: B018 - looked up once for all pages
        size = len(compare.build_compare_page(dossier).content_html)
        return size, count_calls(lambda: compare.build_compare_page(dossier).content_html)

    (small, few), (large, more) = measure(200), measure(2000)
    assert large < 11 * small
    assert more < 11 * few


# What the tests above ask with


def compared(root: Path, preview: bool = False) -> Element:
    return pages(root, preview)["compare/"]


def inside(page: Element, name: str) -> Element:
    """The first element of a class."""
    found = page.find(f".//*[@class='{name}']")
    assert found is not None, f"there is no .{name}"
    return found


def left_out(page: Element, name: str) -> bool:
    """Whether all elements of a class lie where the search does not look."""
    inner_ones = [inner for outer in page.iter() if "data-search-exclude" in outer.attrib for inner in outer.iter()]
    return [e for e in page.iter() if e.get("class") == name] == [e for e in inner_ones if e.get("class") == name]


def columns_of(root: Path) -> list[str]:
    return [words(head) for head in inside(compared(root), TABLE).findall("thead/tr/th")]


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


def heads_of(dossier: Dossier) -> list[str]:
    """The heads of the columns of the table."""
    page = parse(at_address(build_pages(dossier), "compare/").content_html)
    return [words(head) for head in inside(page, TABLE).findall(".//thead/tr/th")]


def of_many_texts(number: int) -> Dossier:
    """One claim that as many articles make, each in another sense."""
    return made_up({f"t{place:02}": "2021" for place in range(number)}, stances=("weaker",) * number)


def weighed() -> Dossier:
    """Three claims of two topics, which two texts or three put differently."""
    makers = {"also-two": "bc", "two": "bc", "three": "abc"}
    topics = {"also-two": "light", "two": "heavy", "three": "heavy"}
    return Dossier(
        articles={slug: article(slug, "2021") for slug in "abc"},
        annotations={
            slug: tuple(note(slug, name, "weaker") for name, texts in makers.items() if slug in texts) for slug in "abc"
        },
        claims={name: claim(name).model_copy(update={"topics": (topic,)}) for name, topic in topics.items()},
    )


def add_note(file: Path, claim: str, name: str) -> None:
    """One more quotation of a claim, which overstates it; its words stand nowhere, so they belong to the article itself."""
    rest = f"speaker: text, claim: {claim}, stance: stronger, verdict: imprecise"
    more = f"- {{id: {name}, quote: nowhere {name}, {rest}}}\n"
    file.write_text(file.read_text(encoding="utf-8").rstrip("\n") + "\n" + more, encoding="utf-8")


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
    said = {"claim": f"Claim {name}.", "verdict": "v", "summary": "S", "explanation": "E", "would_change": "W"}
    return Claim.model_construct(id=name, topics=(), made=None, kind="fact", **said)
