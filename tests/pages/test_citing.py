"""How records are cited: names, dates, items of CSL, the plain citation, COinS and the metadata of a page's head."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace as changed
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from dossier.loading.release import build_release
from dossier.model import Dossier, Settings
from dossier.model.dates.edtf import parse_edtf
from dossier.model.wording import quote_title
from dossier.output.page_metadata import build_page_metadata
from dossier.pages import build_pages
from dossier.pages.citing.coins import format_context_object
from dossier.pages.citing.dates import build_csl_date, format_csl_date
from dossier.pages.citing.items import CitationBuilder, CslItem, build_page_item
from dossier.pages.citing.names import invert_name, join_name, mark_name, split_name
from dossier.pages.citing.plain import format_citation, format_citation_with_address
from dossier.pages.corrections import describe_entry
from support.cited_sources import AWKWARD_TITLE, add_cited_sources
from support.dossiers import read_example
from support.reading_pages import CLAIM, GAZETTE, ISLAND, SOURCE, at, at_address, pages, parse, words

Change = Callable[[Path, str, str], None]
SITE = Settings(site_name="The ferry count", site_url="https://ferry.example/count/")


# Names


@pytest.mark.parametrize(
    ("name", "family", "given"),
    [
        ("Ada Wren", "Wren", "Ada"),
        ("Ada de la Quay", "de la Quay", "Ada"),
        ("Ludwig van der Boot", "van der Boot", "Ludwig"),
        ("Gabriel J.X. Dance", "Dance", "Gabriel J.X."),
        ("Zoë Ångström-O’Neill", "Ångström-O’Neill", "Zoë"),
        ("De Quay", "Quay", "De"),
    ],
)
def test_a_persons_name_is_split_before_its_last_word_and_its_particles(name: str, family: str, given: str) -> None:
    made = split_name(name)
    assert made == {"family": family, "given": given}
    assert (join_name(made), invert_name(made), mark_name(name)) == (name, f"{family}, {given}", name)


@pytest.mark.parametrize(
    "name", ["Alex", "The compiler", "Brown and Sons", "Ferry crew", "Board of 1902", "A B C D E F G", "Quay & Sons", "ada wren"]
)
def test_what_does_not_look_like_a_persons_name_is_left_whole_and_marked(name: str) -> None:
    assert split_name(name) == {"literal": name}
    assert (join_name({"literal": name}), invert_name({"literal": name}), mark_name(name)) == (name, f"{name},", f"{name},")


def test_the_name_of_an_organisation_of_the_dossier_is_left_whole(example: Path, replace: Change) -> None:
    replace(example / "annotations/parties.yml", "name: Ferry crew", "name: Island Ferry\n  aliases: [Ferry Works]")
    replace(example / SOURCE, "kind:", "authors: [Ferry Works, Island Ferry, Island Wren]\nkind:")
    assert item_of(read_example(example), "harbour-office-count")["author"] == [
        {"literal": "Ferry Works"},
        {"literal": "Island Ferry"},
        {"family": "Wren", "given": "Island"},
    ]


# Dates


@pytest.mark.parametrize(
    ("edtf", "csl", "in_words"),
    [
        ("2024-05-02", {"date-parts": [[2024, 5, 2]]}, "2 May 2024"),
        ("2024-05-02T10:00:00Z", {"date-parts": [[2024, 5, 2]]}, "2 May 2024"),
        ("2024", {"date-parts": [[2024]]}, "2024"),
        ("2020-11~", {"date-parts": [[2020, 11]], "circa": True}, "about November 2020"),
        ("2024-05-XX", {"date-parts": [[2024, 5]]}, "May 2024"),
        ("2024-XX", {"date-parts": [[2024]]}, "2024"),
        ("2024-22~", {"date-parts": [[2024]], "season": 2, "circa": True}, "about summer 2024"),
        ("2024-05-02/2024-05-04", {"date-parts": [[2024, 5, 2], [2024, 5, 4]]}, "2 May 2024 to 4 May 2024"),
        ("2024-05/2024-06~", {"date-parts": [[2024, 5], [2024, 6]], "circa": True}, "about May 2024 to June 2024"),
        ("2024-05-02/..", {"literal": "2 May 2024 or later"}, "2 May 2024 or later"),
        ("/2024", {"literal": "until 2024, beginning unknown"}, "until 2024, beginning unknown"),
        ("2024?", {"literal": "possibly 2024"}, "possibly 2024"),
        ("2024-05%", {"literal": "possibly about May 2024"}, "possibly about May 2024"),
        ("202X", {"literal": "the 2020s"}, "the 2020s"),
        ("-0043", {"literal": "44 BC"}, "44 BC"),
        ("0000", {"literal": "1 BC"}, "1 BC"),
        ("2024-21/2024-22", {"literal": "spring 2024 to summer 2024"}, "spring 2024 to summer 2024"),
    ],
)
def test_a_date_says_in_csl_what_it_says_in_edtf(edtf: str, csl: dict[str, Any], in_words: str) -> None:
    made = build_csl_date(parse_edtf(edtf))
    assert (made, format_csl_date(made)) == (csl, in_words)


# Items


def test_a_source_is_an_item_of_its_kind_with_what_is_established(example: Path) -> None:
    add_cited_sources(example)
    dossier = read_example(example)
    items = {item["id"]: item for item in CitationBuilder(dossier).iter_items()}
    assert items["awkward"] == {
        "id": "awkward",
        "type": "article-newspaper",
        "title": AWKWARD_TITLE,
        "author": [
            {"family": "de la Quay", "given": "Ada"},
            {"literal": "Brown and Sons"},
            {"literal": "The compiler"},
            {"literal": "Zoë"},
        ],
        "container-title": "Harbour office",
        "issued": {"date-parts": [[2024, 5]], "circa": True},
        "accessed": {"date-parts": [[2024, 6, 1]]},
        "URL": "https://harbour.example/awkward?a=1&b={x}",
        "language": "en",
        "archive": "archive.example",
        "archive_location": "https://archive.example/awkward",
        "note": "News report, only its opening read. Archived 3 May 2024.",
    }
    assert {name: item["type"] for name, item in items.items() if not name.startswith("article:")} == {
        **dict.fromkeys(("awkward", "doubtful", "month", "open"), "article-newspaper"),
        **dict.fromkeys(("decade", "season"), "report"),
        "harbour-office-count": "webpage",
        "interval": "legislation",
        "undated": "document",
    }
    assert not {"URL", "issued", "author", "container-title"} & items["undated"].keys()
    assert items["undated"]["publisher"] == "Harbour office"


def test_an_article_is_cited_itself_with_a_title_in_brackets_where_none_is_established(example: Path) -> None:
    dossier = read_example(example)
    gazette, island = (CitationBuilder(dossier).build_item(dossier.articles[name]) for name in (GAZETTE, ISLAND))
    assert gazette == {
        "id": f"article:{GAZETTE}",
        "type": "article-newspaper",
        "title": "Ferry carried a record 4,120 passengers in April",
        "container-title": "Harbour Gazette",
        "issued": {"date-parts": [[2024, 5, 2]]},
        "URL": "https://gazette.example/2024/05/02/ferry-record",
        "language": "en-GB",
        "archive": "archive.example",
        "archive_location": "https://archive.example/20240503/ferry-record",
        "note": "Archived 3 May 2024.",
    }
    assert (island["title"], island["issued"]) == ("[Page on how islanders travel]", {"literal": "2 May 2024 or later"})
    assert "URL" not in island


def test_what_we_call_a_text_without_a_title_is_not_quoted_as_its_title(example: Path, replace: Change) -> None:
    replace(example / "annotations/sources/harbour-office-count.yml", "title: ", 'title: "[Count of tickets]" # ')
    dossier = changed(read_example(example), settings=SITE)
    builder, island = CitationBuilder(dossier), dossier.articles[ISLAND]
    assert (
        format_citation(builder.build_item(island))
        == "The compiler. [Page on how islanders travel]. Island Digest, 2 May 2024 or later."
    )
    assert format_citation(builder.build_item(dossier.sources["harbour-office-count"])).startswith("[Count of tickets]. Harbour ")
    page_item = build_page_item(dossier, island)
    assert page_item["title"].startswith("Annotated summary of [Page on how islanders travel] (Island Digest, ")
    assert page_item["reviewed-title"] == "[Page on how islanders travel]"
    assert describe_entry(island, dossier) == "article [Page on how islanders travel]"
    made = "".join(page.content_html for page in build_pages(dossier))
    assert "[Count of tickets]" in made
    assert not [label for label in ("[Count of tickets]", "[Page on how islanders travel]") if f"“{label}”" in made]
    assert [quote_title(title) for title in ("A [sic] b", "[Big] ferry [sic]", "[]")] == [
        "“A [sic] b”",
        "“[Big] ferry [sic]”",
        "“[]”",
    ]


def test_a_copy_of_a_part_of_an_article_is_not_its_archived_copy(example: Path, replace: Change) -> None:
    replace(example / f"docs/articles/{GAZETTE}.md", 'date: "2024-05-03"}', 'date: "2024-05-03", covers: "3-4"}')
    dossier = read_example(example)
    made = CitationBuilder(dossier).build_item(dossier.articles[GAZETTE])
    assert not {"archive", "archive_location", "note"} & made.keys()


def test_our_page_about_an_article_is_not_to_be_taken_for_it(example: Path) -> None:
    dossier = changed(read_example(example), settings=SITE)
    made = build_page_item(dossier, dossier.articles[GAZETTE])
    assert (
        made["title"] == "Annotated summary of “Ferry carried a record 4,120 passengers in April” (Harbour Gazette, 2 May 2024)"
    )
    assert made["author"] == [{"literal": "The ferry count"}]
    assert made["URL"] == f"{SITE.site_url}articles/{GAZETTE}/"


def test_a_page_is_cited_with_the_day_of_its_first_release_once_there_is_one(example: Path) -> None:
    dossier = changed(read_example(example), settings=SITE)
    released = changed(dossier, last_release=build_release(dossier, date(2024, 7, 1)))
    for record in (*dossier.claims.values(), *dossier.articles.values()):
        assert "issued" not in build_page_item(dossier, record)
        assert build_page_item(released, record)["issued"] == {"date-parts": [[2024, 7, 1]]}
    assert format_citation_with_address(build_page_item(released, dossier.claims["april-record"])) == (
        "The ferry count. “The ferry carried 4,120 passengers in April 2024.” Verdict: supported. 1 July 2024. "
        "Last reviewed 1 June 2024. https://ferry.example/count/claims/april-record/"
    )


# The plain citation and COinS


@pytest.mark.parametrize(
    ("item", "citation"),
    [
        ({"title": "T"}, "“T”."),
        ({"title": "T", "author": [{"literal": "A, Inc."}], "publisher": "P Ltd."}, "A, Inc. “T”. P Ltd."),
        ({"title": "T", "issued": {"date-parts": [[2024, 5]], "circa": True}}, "“T”. About May 2024."),
        ({"title": "T", "publisher": "P", "issued": {"literal": "the 2020s"}, "note": "N"}, "“T”. P, the 2020s."),
        ({"title": "T", "author": [{"literal": "P"}], "container-title": "P", "URL": "u"}, "P. “T”. u"),
        (
            {"title": "T", "author": [{"literal": "A"}, {"family": "W", "given": "B"}], "archive_location": "x"},
            "A, B W. “T”. Archived: x",
        ),
    ],
)
def test_a_citation_has_what_is_known_and_no_punctuation_for_the_rest(item: CslItem, citation: str) -> None:
    assert format_citation_with_address(item) == citation


def test_a_context_object_says_type_names_and_address_as_zotero_reads_them(example: Path) -> None:
    add_cited_sources(example)
    pairs = read_context_object(format_context_object(item_of(read_example(example), "awkward")))
    assert pairs == [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", "newspaperArticle"),
        ("rft.title", AWKWARD_TITLE.replace("+", " ")),
        ("rft.aufirst", "Ada"),
        ("rft.aulast", "de la Quay"),
        ("rft.aucorp", "Brown and Sons"),
        ("rft.aucorp", "The compiler"),
        ("rft.aucorp", "Zoë"),
        ("rft.source", "Harbour office"),
        ("rft.date", "about May 2024"),
        ("rft.language", "en"),
        ("rft.identifier", "https://harbour.example/awkward?a=1&b={x}"),
    ]


def test_each_source_has_its_citation_and_context_object_and_no_other_page_has_any(example: Path) -> None:
    add_cited_sources(example)
    shown = pages(example)
    spans = {url: page.findall(".//span[@class='Z3988']") for url, page in shown.items()}
    assert {url for url, found in spans.items() if found} == {"sources/"}
    titles = [dict(read_context_object(span.get("title", "")))["rft.title"] for span in spans["sources/"]]
    assert sorted(titles) == sorted(source.title.replace("+", " ") for source in read_example(example).sources.values())
    entry = at(shown["sources/"], "interval")
    assert words(entry.find(".//p[@class='cited']")) == (
        "“Two days”. Harbour office, 2 May 2024 to 4 May 2024. https://harbour.example/interval?a=1&b={x} "
        "Archived: https://archive.example/interval"
    )


# The head of a page


def test_a_page_says_its_title_author_and_day_where_it_is_a_work_of_its_own(example: Path, replace: Change) -> None:
    dossier = changed(read_example(example), settings=SITE)
    keys = ("cited", "author", "day")
    claim, article = "claims/april-record/", f"articles/{GAZETTE}/"
    assert metadata_of(dossier, claim, *keys) == {
        "cited": "The ferry carried 4,120 passengers in April 2024.",
        "day": "2024-06-01",
    }
    assert metadata_of(dossier, article, *keys) == {
        "cited": "Annotated summary of “Ferry carried a record 4,120 passengers in April” (Harbour Gazette, 2 May 2024)",
        "day": "2024-06-01",
    }
    assert metadata_of(dossier, "claims/", *keys) == {}
    released = changed(dossier, last_release=build_release(dossier, date(2024, 7, 1)))
    days = {"day": "2024-07-01", "published": "2024-07-01"}
    assert metadata_of(released, claim, "day", "published", "changed") == days
    replace(example / CLAIM, "summary: 4,120", "summary: All 4,120")
    again = changed(read_example(example), last_release=released.last_release)
    again = changed(again, last_release=build_release(again, date(2024, 7, 5)))
    assert metadata_of(again, claim, "day", "published", "changed") == days | {"changed": "2024-07-05"}
    for author, marked in (("Ada Wren", "Ada Wren"), ("Ferry crew", "Ferry crew,")):
        replace(example / CLAIM, "topics:", f"author: {author}\ntopics:")
        assert metadata_of(read_example(example), claim, "author") == {"author": marked}
        replace(example / CLAIM, f"author: {author}\n", "")


def item_of(dossier: Dossier, source: str) -> CslItem:
    return CitationBuilder(dossier).build_item(dossier.sources[source])


def read_context_object(text: str) -> list[tuple[str, str]]:
    """Keys and values as Zotero reads them: split at each `=`, a plus sign is a space."""
    parts = [pair.split("=") for pair in text.split("&")]
    return [(key, unquote(value.replace("+", " ").replace("%2B", " "))) for key, value in parts]


def metadata_of(dossier: Dossier, url: str, *keys: str) -> dict[str, Any]:
    page = at_address(build_pages(dossier), url)
    assert parse(page.content_html) is not None
    return {key: value for key, value in build_page_metadata(page).items() if key in keys}
