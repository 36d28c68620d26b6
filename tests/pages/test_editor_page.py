"""What only editors see: the page of what is left to do, and that drafts and what is retired stay out of the site."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from dossier.checks import check_dossier
from dossier.model.site.addresses import EDITOR_URL
from dossier.pages import build_pages
from support.dossiers import read_example, run_mkdocs
from support.reading_pages import CLAIM, DIGEST, GAZETTE, ISLAND, NOTES, article, at, ids, links, pages, parse, words

Change = Callable[[Path, str, str], None]
REVIEWED = 'reviewed: "2024-06-01"'


# What is left to do


def test_the_page_is_in_a_preview_only_and_in_no_nav(example: Path) -> None:
    assert EDITOR_URL not in {page.url for page in build_pages(read_example(example))}
    made = next(page for page in build_pages(read_example(example), preview=True) if page.url == EDITOR_URL)
    assert made.in_nav is False
    assert words(parse(made.content_html)).startswith("What is left to do Only in this preview. Readers never see this page")


@pytest.mark.site
def test_a_built_site_has_neither_the_page_nor_a_link_to_it(example: Path) -> None:
    run_mkdocs(example, "build")
    assert not (example / "site/editor").exists()
    assert not [file for file in (example / "site").rglob("*.html") if "editor/" in file.read_text(encoding="utf-8")]


def test_each_line_of_the_counts_leads_to_its_list(example: Path, replace: Change) -> None:
    replace(example / NOTES, "One in five passengers", "One in six passengers")
    page = editor(example)
    counted = page.find(".//ul[@class='counts']")
    assert counted is not None
    errors = [problem for problem in check_dossier(read_example(example)) if problem.severity == "error"]
    assert errors
    assert words(counted).startswith(f"{len(errors)} Errors 0 Notices")
    assert {link.removeprefix("#") for link in links(counted)} <= set(ids(page))


def test_paragraphs_without_a_note_are_told_in_runs_with_what_they_hold(example: Path, replace: Change) -> None:
    assert "paragraph" not in words(listed(editor(example), "paragraphs")).partition("note")[2].partition("Not each")[0]
    text = (example / f"originals/{GAZETTE}.txt").read_text(encoding="utf-8")
    more = "In May 90 came.\n\nIn June 80 came.\n\nThey said “more” of 70.\n\nNobody came.\n\nShare this article"
    (example / f"originals/{GAZETTE}.txt").write_text(text.replace("Share this article", more), encoding="utf-8")
    replace(example / DIGEST, "furniture: [8]", "furniture: [12]")
    section = listed(editor(example), "paragraphs")
    assert "paragraphs 8 to 9: numbers paragraph 10: numbers and quotation marks" in words(section)
    assert f"../articles/{GAZETTE}/#p8" in links(section)
    assert "paragraph 11" not in words(section)


def test_a_retired_note_covers_no_paragraph_and_a_draft_does(example: Path, replace: Change) -> None:
    replace(example / NOTES, "note: An opinion", "status: draft\n  note: An opinion")
    assert f"../articles/{GAZETTE}/#p4" not in links(listed(editor(example), "paragraphs"))
    replace(example / NOTES, "status: draft", "status: retired")
    assert f"../articles/{GAZETTE}/#p4" in links(listed(editor(example), "paragraphs"))


def test_a_claim_on_one_origin_is_told_with_that_origin(example: Path) -> None:
    section = listed(editor(example), "origins")
    assert "1 link to Harbour office, 2 May 2024; annotations/claims/april-record.yml:11" in words(section)
    assert "../claims/april-record/" in links(section)


def test_a_source_with_an_archived_copy_is_not_told(example: Path, replace: Change) -> None:
    source = example / "annotations/sources/harbour-office-count.yml"
    assert "../sources/#harbour-office-count" in links(listed(editor(example), "archive"))
    replace(source, "kind: primary", 'archived: {url: https://archive.example/count, date: "2024-05-03"}\nkind: primary')
    assert links(listed(editor(example), "archive")) == []


def test_the_budget_says_share_words_and_what_is_left(example: Path) -> None:
    dossier = read_example(example)
    printed, known = dossier.count_printed_words(GAZETTE), dossier.count_article_words(GAZETTE)
    rows = [words(row) for row in listed(editor(example), "budget").iter("tr")]
    row = next(row for row in rows if row.startswith("Ferry carried"))
    assert row.endswith(f"{100 * printed / known:.1f} % {printed} {known} {30 * known // 100 - printed}")


def test_reviews_are_old_a_year_before_the_newest_of_the_dossier(example: Path, replace: Change) -> None:
    assert "Claims The ferry" not in words(listed(editor(example), "reviews"))
    for day, old in (("2025-06-01", False), ("2025-06-02", True)):
        text = (example / "annotations/events/count-published.yml").read_text(encoding="utf-8").splitlines()
        text[-1] = f'reviewed: "{day}"'
        (example / "annotations/events/count-published.yml").write_text("\n".join(text), encoding="utf-8")
        assert ("reviewed 1 June 2024; annotations/claims" in words(listed(editor(example), "reviews"))) is old


def test_what_was_never_reviewed_is_told(example: Path, replace: Change) -> None:
    replace(example / CLAIM, f"{REVIEWED}\n", "")
    section = listed(editor(example), "reviews")
    assert "never reviewed; annotations/claims/april-record.yml:1" in words(section)


def test_a_note_counts_as_reviewed_with_its_article(example: Path, replace: Change) -> None:
    assert f"../articles/{ISLAND}/#main-way" not in links(listed(editor(example), "reviews"))
    replace(example / f"docs/articles/{ISLAND}.md", f"{REVIEWED}\n", "")
    assert f"../articles/{ISLAND}/#main-way" in links(listed(editor(example), "reviews"))


def test_problems_stand_under_their_rules_errors_first(example: Path, replace: Change) -> None:
    replace(
        example / "annotations/parties.yml",
        "- id: island-digest",
        "- id: pier\n  name: Pier\n  kind: person\n  role: Rower\n- id: island-digest",
    )
    replace(example / NOTES, "The new timetable brought people back", "The new timetable")
    page = editor(example, captures="")
    rules = [element.get("id") for element in listed(page, "by-rule").iter("h3")]
    assert rules[-1] == "rule-unused-record"
    assert "rule-quote-unlocked" in rules
    assert "1 Quotations waiting for a lock 1 Unused records" in words(page)
    assert f"{NOTES}:9" in words(listed(page, "by-rule"))


def test_a_long_list_is_folded(example: Path) -> None:
    for number in range(9):
        text = (example / "annotations/sources/harbour-office-count.yml").read_text(encoding="utf-8")
        (example / f"annotations/sources/count-{number}.yml").write_text(text, encoding="utf-8")
    folded = listed(editor(example), "archive").find(".//details")
    assert words(folded).startswith("Show all 10")


def test_an_empty_dossier_has_nothing_left_to_do(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: A\n", encoding="utf-8")
    page = editor(tmp_path)
    assert "The checks have found nothing." in words(page)
    assert links(page) == []


# Drafts, review copies and what is retired


@pytest.mark.parametrize("status", ["draft", "review"])
@pytest.mark.parametrize(("file", "address"), [(CLAIM, "claims/april-record/"), (DIGEST, f"articles/{GAZETTE}/")])
def test_a_page_that_is_not_published_says_so_at_its_top(
    example: Path, replace: Change, file: str, address: str, status: str
) -> None:
    replace(example / file, REVIEWED, f"status: {status}\n{REVIEWED}")
    told = f"{status.capitalize()}: not in the published site, until {file} says status: published."
    assert words(pages(example, preview=True)[address]).startswith(told)
    assert address not in pages(example)


@pytest.mark.parametrize(("file", "address"), [(CLAIM, "claims/april-record/"), (DIGEST, f"articles/{GAZETTE}/")])
def test_a_retired_page_says_in_a_preview_what_is_left_of_it(example: Path, replace: Change, file: str, address: str) -> None:
    replace(example / file, REVIEWED, f"status: retired\n{REVIEWED}")
    assert words(pages(example, preview=True)[address]).startswith("Retired: not in the published site, which only says")


def test_a_published_page_has_no_banner(example: Path) -> None:
    assert not [page for page in pages(example, preview=True).values() if page.find(".//p[@class='banner']") is not None]


@pytest.mark.parametrize(("file", "page"), [("parties", "parties/"), ("glossary", "glossary/")])
def test_a_draft_party_or_term_is_marked_in_a_preview_and_not_built(example: Path, file: str, page: str) -> None:
    append(example, file, "draft")
    assert "draft, not in the published site" in words(at(pages(example, preview=True)[page], "xyzzy"))
    assert "xyzzy" not in "".join(made.content_html for made in build_pages(read_example(example)))


@pytest.mark.parametrize(("file", "page"), [("parties", "parties/"), ("glossary", "glossary/")])
def test_a_retired_party_or_term_leaves_its_address(example: Path, file: str, page: str) -> None:
    append(example, file, "retired")
    assert words(at(pages(example)[page], "xyzzy")) == "What stood at this address (#xyzzy) has been withdrawn."


@pytest.mark.parametrize("status", ["draft", "review", "retired"])
def test_a_link_to_a_hidden_note_keeps_its_quotation_as_plain_text(example: Path, replace: Change, status: str) -> None:
    replace(example / NOTES, "  note: The office counts", f"  status: {status}\n  note: The office counts")
    page = article(example)
    assert "“4,120 passengers” crossed in April" in words(page)
    assert "#april-record" not in links(page)


def test_every_draft_and_review_copy_is_listed_for_editors(example: Path, replace: Change) -> None:
    append(example, "glossary", "review")
    replace(example / CLAIM, REVIEWED, f"status: draft\n{REVIEWED}")
    section = listed(editor(example), "unpublished")
    assert {"../claims/april-record/", "../glossary/#xyzzy"} <= set(links(section))


def append(root: Path, file: str, status: str) -> None:
    """Write another party or term, `xyzzy`, of that status."""
    record = {
        "parties": "- {id: xyzzy, name: Xyzzy, kind: person, role: Rower",
        "glossary": "- {term: xyzzy, means: A word",
    }
    with (root / f"annotations/{file}.yml").open("a", encoding="utf-8") as stream:
        stream.write(f"{record[file]}, status: {status}}}\n")


def editor(root: Path, captures: str = "originals") -> Element:
    """The page of what is left to do, as a preview makes it."""
    dossier = read_example(root, captures)
    return parse(
        next(
            page.content_html
            for page in build_pages(dossier, preview=True, problems=check_dossier(dossier))
            if page.url == EDITOR_URL
        )
    )


def listed(page: Element, name: str) -> Element:
    """One section of that page."""
    return at(page, name, up=True)
