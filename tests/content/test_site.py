"""The finished site, as MkDocs builds it: complete, nothing in it that is not ours to print, nothing loaded from afar."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from posixpath import normpath
from xml.etree.ElementTree import Element

import pytest

from dossier.loading import read_dossier
from dossier.model import Dossier, Settings
from dossier.model.field_types import is_web_url
from dossier.model.quotations.capture import fold_words
from dossier.pages import iter_search_documents
from dossier.pages.markdown import render_markdown_html
from support.built_site import every_file, read_search_fragments, runs_of, verify_site
from support.dossiers import CAPTURES, ROOT
from support.reading_pages import ids, links, parse, words

Change = Callable[[Path, str, str], None]
Pages = dict[str, Element]
SHORT = 12
"""Words up to which a paragraph may stand in the site by chance or as a quotation."""

pytestmark = pytest.mark.site


# Complete


def test_verify_finds_nothing_in_the_real_site(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if CAPTURES.is_dir() or (ROOT / CAPTURES).is_dir():
        monkeypatch.setenv("DOSSIER_CAPTURES", str((ROOT / CAPTURES).resolve()))
    assert verify_site(ROOT, site) == (0, "0 errors, 0 notices\n")


@pytest.mark.parametrize("lost", ["claims/total-9477/index.html", "articles/truthtalks/index.html", "timeline/index.html"])
def test_verify_misses_a_page_that_is_gone(site: Path, tmp_path: Path, lost: str) -> None:
    copy = shutil.copytree(site, tmp_path / "copy")
    (copy / lost).unlink()
    status, said = verify_site(ROOT, copy)
    assert status == 1
    assert f"{lost}:1:1: the page /{lost.removesuffix('index.html')} is missing from the site [site-missing]" in said


def test_verify_misses_a_note_that_is_gone(site: Path, tmp_path: Path, dossier: Dossier, replace: Change) -> None:
    copy = shutil.copytree(site, tmp_path / "copy")
    note = next(dossier.iter_annotations())
    replace(copy / f"articles/{note.article}/index.html", f' id="{note.id}"', "")
    assert f"#{note.id} is missing from the page /articles/{note.article}/ [site-missing]" in verify_site(ROOT, copy)[1]


def test_every_note_claim_and_event_can_be_searched_word_for_word(site: Path, dossier: Dossier) -> None:
    known = index(site)
    assert len(list(written(dossier))) > 100
    lost = [name for address, name, text in written(dossier) if spoken(text) not in known.get(address, "")]
    assert lost == []


def test_the_index_has_everything_that_is_to_be_found_and_the_pages_written_by_hand(site: Path, dossier: Dossier) -> None:
    indexed = {one["url"] for one in read_search_fragments(site)}
    records = {one.url for one in iter_search_documents(dossier)}
    assert records <= indexed
    assert {"", "method/", "about/", "figures/"} <= {address.split("#")[0] for address in indexed - records}


def test_a_list_is_found_by_what_it_is_and_not_by_what_it_lists(site: Path) -> None:
    texts = {one["url"]: one["content"] for one in read_search_fragments(site) if "#" not in one["url"]}
    lists = {url for url in texts if url.startswith(("topics/", "verdicts/", "years/"))} | {"claims/", "articles/", "compare/"}
    assert len(lists) > 10
    assert [url for url in lists if len(texts[url].split()) > 80] == []
    assert "search/" not in texts


def test_every_page_of_the_nav_is_there(pages: Pages) -> None:
    tabs, menu = (links_of_nav(pages["index.html"], name) for name in ("tabs", "site-menu"))
    nav = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:\n")[2].partition("\n\n")[0]
    assert len(tabs) == len(re.findall("^  - ", nav, re.MULTILINE)) == 5
    assert len(menu) == len(set(menu)) == len(re.findall(r"\.md$", nav, re.MULTILINE)) >= 20
    assert {normpath(f"{link}/index.html") for link in tabs + menu} <= pages.keys()


# Nothing that is not ours to print


def test_no_long_run_of_words_of_a_capture_is_in_any_file(site: Path, captures: Path) -> None:
    runs = {run for capture in captures.glob("*.txt") for run in runs_of(fold_words(capture.read_text(encoding="utf-8")))}
    assert len(runs) > 1000
    assert [name for name, folded in every_file(site) if not runs.isdisjoint(runs_of(folded))] == []


def test_no_unquoted_paragraph_of_a_capture_is_in_any_file(site: Path, captures: Path) -> None:
    dossier = read_dossier(ROOT, Settings(captures=str(captures)))
    unquoted = dict(unquoted_paragraphs(dossier))
    assert len(unquoted) >= 5  # the more is annotated, the fewer are left
    files = [(name, f" {' '.join(folded)} ") for name, folded in every_file(site)]
    assert [(name, where) for name, text in files for where, sought in unquoted.items() if sought in text] == []


# Every page


def test_every_page_has_one_h1_a_title_and_a_description(pages: Pages) -> None:
    for path, page in pages.items():
        assert len(page.findall(".//h1")) == 1, path
        assert words(page.find(".//title")), path
        described = [meta.get("content") for meta in page.iter("meta") if meta.get("name") == "description"]
        assert len(list(filter(None, described))) == 1, path


def test_titles_and_descriptions_tell_pages_apart(pages: Pages) -> None:
    shown = {path: page for path, page in pages.items() if path != "404.html"}
    titles = Counter(words(page.find(".//title")) for page in shown.values())
    described = Counter(
        meta.get("content") for page in shown.values() for meta in page.iter("meta") if meta.get("name") == "description"
    )
    assert [text for text, times in (titles + described).items() if times > 1] == []


def test_ids_are_unique_on_every_page(pages: Pages) -> None:
    for path, page in pages.items():
        assert [name for name, times in Counter(ids(page)).items() if times > 1] == [], path


def test_headings_never_skip_a_level(pages: Pages) -> None:
    for path, page in pages.items():
        levels = [int(element.tag[1]) for element in page.find(".//article").iter() if re.fullmatch("h[1-6]", element.tag)]
        assert not [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1], path


def test_no_page_loads_anything_from_another_host(site: Path, pages: Pages) -> None:
    loaded = [address for page in pages.values() for address in loads(page)]
    assert len(loaded) > 100
    assert [address for address in loaded if re.match(r"(?:[a-z]+:)?//", address)] == []
    sheets = [file.read_text(encoding="utf-8") for file in site.rglob("*.css")]
    assert [found for sheet in sheets for found in re.findall(r"""(?:url\(|@import)\s*["']?(?:https?:)?//[^)"']+""", sheet)] == []


@pytest.mark.parametrize(("kind", "tab"), [("articles", "Articles"), ("claims", "Claims")])
def test_articles_and_claims_hang_below_their_tab_and_are_not_in_the_nav(pages: Pages, kind: str, tab: str) -> None:
    shown = {path: page for path, page in pages.items() if re.fullmatch(rf"{kind}/.+/index.html", path)}
    assert len(shown) >= 5
    for page in shown.values():
        [tabs] = [nav for nav in page.iter("nav") if nav.get("class") == "tabs"]
        assert [words(link) for link in tabs.iter("a") if link.get("aria-current")] == [tab]
        menu = links_of_nav(page, "site-menu")
        assert menu
        assert not [link for link in menu if re.search(r"\.\./[a-z0-9-]+/$", link) and link.count("../") == 1]


def test_every_page_says_when_its_content_was_last_reviewed(pages: Pages, dossier: Dossier) -> None:
    newest = max(entry.reviewed.text for entry in dossier.iter_entries() if entry.reviewed)
    said = {path: [time.get("datetime") for time in page.findall(".//footer//time")] for path, page in pages.items()}
    assert {path for path, times in said.items() if newest not in times} == set()


def test_every_page_leads_to_who_answers_for_it(pages: Pages) -> None:
    for path, page in pages.items():
        shown = {words(link) for footer in page.iter("footer") for link in footer.iter("a")}
        assert {"Who is responsible", "Privacy", "Help lines", "Method", "Corrections"} <= shown, path


# What the tests above ask with


@pytest.fixture(scope="module")
def pages(site: Path) -> Pages:
    """Every HTML page of the real site as a tree, by path; not the cards for other sites, which have no menu and no foot."""
    files = [file for file in site.rglob("*.html") if file.name != "card.html"]
    found = {file.relative_to(site).as_posix(): parse(file.read_text(encoding="utf-8")) for file in files}
    assert len(found) > 40
    return found


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return read_dossier(ROOT).only_published()


def links_of_nav(page: Element, name: str) -> list[str]:
    """Addresses that a part of the frame leads to."""
    return [link for nav in page.iter("nav") if nav.get("class") == name for link in links(nav)]


def written(dossier: Dossier) -> Iterator[tuple[str, str, str]]:
    """Page, name and Markdown of everything published that a reader may look for."""
    for note in dossier.iter_annotations():
        yield f"articles/{note.article}/", note.id, note.note or ""
    for claim in dossier.claims.values():
        for text in (claim.claim, claim.summary, claim.explanation, claim.would_change):
            yield f"claims/{claim.id}/", claim.id, text
    for event in dossier.events.values():
        yield "timeline/", event.id, event.title
        yield "timeline/", event.id, event.text
    for chart in dossier.charts.values():
        yield "charts/", chart.id, chart.title
        yield "charts/", chart.id, chart.text


def spoken(markdown: str) -> str:
    """The visible words of Markdown, folded, with a space on both sides."""
    return f" {' '.join(fold_words(words(parse(render_markdown_html(markdown, '')))))} "


def index(site: Path) -> dict[str, str]:
    """What the search knows, by page: all its words, folded."""
    known: dict[str, str] = {}
    for entry in read_search_fragments(site):
        address = entry["url"].split("#")[0]
        folded = " ".join(fold_words(f"{entry['meta']['title']} {entry['content']}"))
        known[address] = f"{known.get(address, '')} {folded} "
    return known


def unquoted_paragraphs(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Place and words of every longer paragraph of a capture that no annotation and no title takes words from."""
    for slug, capture in dossier.captures.items():
        quoted = {found.span.paragraph for note in dossier.annotations[slug] if (found := dossier.find_anchor(note))}
        title = " ".join(fold_words(dossier.articles[slug].title or ""))
        for paragraph in capture.paragraphs:
            folded = " ".join(fold_words(paragraph.text))
            own_words = folded != title and not is_web_url(paragraph.text)
            if paragraph.number not in quoted and folded.count(" ") >= SHORT and own_words:
                yield f"{slug} {paragraph.number}", f" {folded} "


def loads(page: Element) -> Iterator[str]:
    """Addresses that a browser fetches for a page without being asked."""
    for element in page.iter():
        relation = set(element.get("rel", "").split()) - {"canonical", "prev", "next", "alternate", "edit", "author", "license"}
        if element.tag == "link" and relation:
            yield element.get("href", "")
        yield from (
            element.attrib[name] for name in ("src", "srcset", "poster", "data", "action", "ping") if name in element.attrib
        )


def test_no_list_of_terms_has_a_term_twice_and_no_bare_list_a_label(site: Path) -> None:
    seen = 0
    for file in site.rglob("*.html"):
        html = file.read_text(encoding="utf-8")
        for terms in re.findall(r"<dl\b.*?</dl>", html, re.DOTALL):
            names = re.findall(r"<dt>(.*?)</dt>", terms, re.DOTALL)
            seen += len(names)
            assert len(set(names)) == len(names), file
        assert not re.search(r"<(?:ul|ol|dl)\b[^>]*aria-label=", html), file
    assert seen > 100
