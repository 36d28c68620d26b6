"""Articles that a licence permits to print: converted by the build, published whole, annotated in place."""

from __future__ import annotations

import shutil
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from dossier.checks import check_dossier, check_site
from dossier.loading import read_dossier
from dossier.loading.built_site import read_site
from dossier.loading.lock import update_lock
from support.dossiers import FULL_PRINT_EXAMPLE, run_mkdocs
from support.reading_pages import article as article_of
from support.reading_pages import at, ids, words


def article(slug: str, preview: bool = False) -> Element:
    return article_of(FULL_PRINT_EXAMPLE, slug, preview)


def test_the_dossier_is_without_fault_and_no_article_of_it_needs_a_lock() -> None:
    dossier = read_dossier(FULL_PRINT_EXAMPLE)
    assert check_dossier(dossier) == []
    assert update_lock(dossier) == dossier.lock
    assert dossier.lock.articles == {}
    assert {capture.converter_version for capture in dossier.captures.values()} == {"text-2", "html-3"}


@pytest.mark.parametrize("slug", ["baker-letter", "market-page"])
def test_every_paragraph_but_furniture_is_printed_whole_under_its_number(slug: str) -> None:
    page = article(slug)
    for paragraph in read_dossier(FULL_PRINT_EXAMPLE).captures[slug].paragraphs:
        shown = words(at(page, f"p{paragraph.number}"))
        assert (shown == " ".join(paragraph.text.split())) == (paragraph.kind != "furniture")


def test_overlapping_quotations_are_links_side_by_side_never_nested() -> None:
    page = article("baker-letter")
    targets = [link.get("href") for link in at(page, "p3").iter("a")]
    assert targets == ["#flour-alone", "#flour-and-spring", "#flour-and-spring"]
    assert not [link for link in page.iter("a") for inner in link.iter("a") if inner is not link]


def test_a_quotation_inside_another_leads_to_its_own_note() -> None:
    targets = [link.get("href") for link in at(article("baker-letter"), "p2").iter("a")]
    assert targets == ["#ten-per-cent", "#the-price-now", "#ten-per-cent"]


def test_notes_stand_beside_their_paragraph_and_lead_back_to_the_words() -> None:
    page = article("baker-letter")
    order = [
        name for name in ids(page) if name in ("p2", "ten-per-cent", "the-price-now", "p3", "flour-alone", "flour-and-spring")
    ]
    assert order == ["p2", "ten-per-cent", "the-price-now", "p3", "flour-alone", "flour-and-spring"]
    assert {"ref-ten-per-cent", "ref-the-price-now", "ref-flour-alone", "ref-flour-and-spring"} <= set(ids(page))
    assert len(ids(page)) == len(set(ids(page)))


def test_a_digest_is_not_needed_and_where_there_is_one_it_links_to_the_notes() -> None:
    assert "digest" not in ids(article("market-page"))
    links = [link.get("href") for link in article("baker-letter").iter("a") if link.get("class", "").startswith("ref")]
    assert links[:2] == ["#ten-per-cent", "#flour-alone"]


def test_the_page_names_licence_and_hash_and_is_not_marked_private() -> None:
    said = words(article("baker-letter"))
    assert "Printed under its licence: CC BY 4.0." in said
    assert read_dossier(FULL_PRINT_EXAMPLE).captures["baker-letter"].sha256 in said
    assert "Private." not in words(article("baker-letter", preview=True))


@pytest.mark.site
def test_without_its_licence_the_text_is_not_printed_and_not_copied(tmp_path: Path) -> None:
    root = tmp_path / "whole"
    shutil.copytree(FULL_PRINT_EXAMPLE, root)
    record = root / "docs/articles/baker-letter.md"
    record.write_text(record.read_text(encoding="utf-8").replace("print: full", "print: excerpts"), encoding="utf-8")
    assert [problem.rule for problem in check_dossier(read_dossier(root)) if problem.rule == "print-full"] == ["print-full"]
    run_mkdocs(root, "build", "--quiet")
    site = read_site(root / "site")
    assert not [path for path, text in site.text_by_path.items() if "A loaf cost 3.20 in March" in text]
    assert "articles/baker-letter.txt" not in site.file_paths


@pytest.mark.site
def test_a_strict_build_prints_them_and_the_finished_site_holds(tmp_path: Path) -> None:
    run_mkdocs(FULL_PRINT_EXAMPLE, "build", "--strict", "--site-dir", str(tmp_path / "site"))
    site = read_site(tmp_path / "site")
    assert check_site(read_dossier(FULL_PRINT_EXAMPLE), site, "site") == []
    assert any(
        "A loaf cost 3.20 in March" in text for path, text in site.text_by_path.items() if path.startswith("pagefind/fragment/")
    )
    assert "articles/baker-letter.txt" not in site.file_paths
