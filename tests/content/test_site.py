"""The finished site, as MkDocs builds it: complete, nothing in it that is not ours to print, nothing loaded from afar."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from posixpath import normpath
from xml.etree.ElementTree import Element

import pytest
from click.testing import CliRunner

from dossier.cli import main
from dossier.loading import read_dossier
from dossier.model import Dossier, Settings
from dossier.model.quotations.capture import fold_words
from dossier.pages import iter_search_documents
from dossier.pages.markdown import render_markdown_html
from support.built_site import every_file, read_search_fragments
from support.dossiers import CAPTURES, ROOT, make_example, run_mkdocs
from support.reading_pages import CLAIM, DIGEST, GAZETTE, NOTES, ids, links, parse, words

Change = Callable[[Path, str, str], None]
Pages = dict[str, Element]
LONGEST_RUN = 25
SHORT = 12
"""Words up to which a paragraph may stand in the site by chance or as a quotation."""

pytestmark = pytest.mark.site


# Complete


def test_verify_finds_nothing_in_the_real_site(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if CAPTURES.is_dir() or (ROOT / CAPTURES).is_dir():
        monkeypatch.setenv("DOSSIER_CAPTURES", str((ROOT / CAPTURES).resolve()))
    assert verify(ROOT, site) == (0, "0 errors, 0 notices\n")


@pytest.mark.parametrize("lost", ["claims/total-9477/index.html", "articles/truthtalks/index.html", "timeline/index.html"])
def test_verify_misses_a_page_that_is_gone(site: Path, tmp_path: Path, lost: str) -> None:
    copy = shutil.copytree(site, tmp_path / "copy")
    (copy / lost).unlink()
    status, said = verify(ROOT, copy)
    assert status == 1
    assert f"{lost}:1:1: the page /{lost.removesuffix('index.html')} is missing from the site [site-missing]" in said


def test_verify_misses_a_note_that_is_gone(site: Path, tmp_path: Path, dossier: Dossier, replace: Change) -> None:
    copy = shutil.copytree(site, tmp_path / "copy")
    note = next(dossier.iter_annotations())
    replace(copy / f"articles/{note.article}/index.html", f' id="{note.id}"', "")
    assert f"#{note.id} is missing from the page /articles/{note.article}/ [site-missing]" in verify(ROOT, copy)[1]


def test_a_site_without_the_plugin_fails_the_verification(example: Path, replace: Change) -> None:
    replace(example / "mkdocs.yml", "  - dossier:\n      captures: originals\n", "")
    run_mkdocs(example, "build")
    status, said = verify(example, example / "site")
    assert status == 1
    assert "claims/april-record/" in said


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


def test_lists_are_not_searched_beside_the_pages_they_list(site: Path) -> None:
    assert not {"claims/", "articles/", "compare/", "search/"} & index(site).keys()
    assert not {address for address in index(site) if address.startswith(("topics/", "verdicts/", "years/"))}


def test_every_page_of_the_nav_is_there(pages: Pages) -> None:
    tabs = [link.get("href", "") for link in pages["index.html"].iter("a") if "md-tabs__link" in link.get("class", "")]
    assert len(tabs) == 11
    assert {normpath(f"{link}/index.html") for link in tabs} <= pages.keys()


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


def test_files_beside_the_articles_are_not_copied_into_the_site(example: Path) -> None:
    for name in ("x.txt", "x.html", "deep/x.txt", "deep/x.md", f"{GAZETTE}.txt"):
        (example / "docs/articles" / name).parent.mkdir(exist_ok=True)
        (example / "docs/articles" / name).write_text("Xyzzy is not to be printed.\n", encoding="utf-8")
    run_mkdocs(example, "build")
    assert [name for name, folded in every_file(example / "site") if "xyzzy" in folded] == []
    assert not [file for file in (example / "site/articles").rglob("*") if file.is_file() and file.name != "index.html"]


@pytest.mark.parametrize(("file", "word"), [(CLAIM, "counted"), (DIGEST, "recalls"), (NOTES, "opinion")])
def test_nothing_of_a_draft_is_in_any_file(example: Path, replace: Change, file: str, word: str) -> None:
    replace(example / file, word, "xyzzy")
    key = "note: An xyzzy" if file == NOTES else "reviewed:"
    replace(example / file, key, f"status: draft\n{'  ' if file == NOTES else ''}{key}")
    run_mkdocs(example, "build")
    assert [name for name, folded in every_file(example / "site") if "xyzzy" in folded] == []


def test_the_capture_of_the_example_is_never_built(example: Path) -> None:
    run_mkdocs(example, "build")
    whole = (example / f"originals/{GAZETTE}.txt").read_text(encoding="utf-8")
    runs = set(runs_of(fold_words(whole)))
    assert [name for name, folded in every_file(example / "site") if not runs.isdisjoint(runs_of(folded))] == []
    assert "data-private" not in (example / f"site/articles/{GAZETTE}/index.html").read_text(encoding="utf-8")


# Strict and not


def test_the_example_builds_strictly_and_verifies(example: Path) -> None:
    run_mkdocs(example, "build", "--strict")
    assert verify(example, example / "site") == (0, "0 errors, 0 notices\n")


def test_the_example_builds_strictly_without_captures(example: Path) -> None:
    shutil.rmtree(example / "originals")
    run_mkdocs(example, "build", "--strict")
    assert (example / f"site/articles/{GAZETTE}/index.html").is_file()


FAULTS = {
    f"{NOTES}:13:10: ": (NOTES, "One in five", "One in six"),
    f"{CLAIM}:5:10: ": (CLAIM, "verdict: supported", "verdict: suported"),
    f"{CLAIM}:4:9: ": (CLAIM, "topics: [counts]", "topics: [counts"),
    f"{DIGEST}:16:": (DIGEST, "(#timetable)", "(#timetabel)"),
    "docs/index.md:5:": ("docs/index.md", "dossier: articles", "dossier: artciles"),
}


@pytest.mark.parametrize("place", FAULTS)
def test_a_strict_build_fails_over_one_fault_and_names_its_place(example: Path, replace: Change, place: str) -> None:
    file, old, new = FAULTS[place]
    replace(example / file, old, new)
    status, said = build(example, "--strict")
    assert status == 1
    assert place in said
    assert "Traceback" not in said


@pytest.mark.parametrize("place", FAULTS)
def test_a_build_that_is_not_strict_names_the_fault_and_builds_the_rest(example: Path, replace: Change, place: str) -> None:
    file, old, new = FAULTS[place]
    replace(example / file, old, new)
    status, said = build(example)
    assert place in said
    assert "Traceback" not in said
    assert status == 0
    assert (example / "site/timeline/index.html").is_file()


def test_a_notice_does_not_fail_a_strict_build(example: Path, replace: Change) -> None:
    replace(
        example / "annotations/parties.yml",
        "- id: harbour-gazette",
        "- {id: a-new, name: N, kind: person, role: R}\n- id: harbour-gazette",
    )
    status, said = build(example, "--strict")
    assert "[unused-record]" in said
    assert status == 0


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
        active = [item for item in page.iter("li") if "md-tabs__item--active" in item.get("class", "")]
        assert [words(item) for item in active] == [tab]
        menu = [link for nav in page.iter("nav") if "md-nav--primary" in nav.get("class", "") for link in links(nav)]
        assert menu
        assert not [link for link in menu if re.search(r"\.\./[a-z0-9-]+/$", link) and link.count("../") == 1]


def test_every_page_says_when_its_content_was_last_reviewed(pages: Pages, dossier: Dossier) -> None:
    newest = max(entry.reviewed.text for entry in dossier.iter_entries() if entry.reviewed)
    said = {path: [time.get("datetime") for time in page.findall(".//footer//time")] for path, page in pages.items()}
    assert {path for path, times in said.items() if newest not in times} == set()


def test_the_foot_says_the_day_of_the_records_and_not_todays(example: Path) -> None:
    run_mkdocs(example, "build")
    page = parse((example / "site/index.html").read_text(encoding="utf-8"))
    assert "Content last reviewed 1 June 2024" in words(page)
    assert date.today().isoformat() not in words(page)


def test_the_sitemap_takes_the_day_of_pages_made_from_records_from_the_records(example: Path, replace: Change) -> None:
    replace(example / "mkdocs.yml", "site_name", "site_url: https://ferry.example/\nsite_name")
    run_mkdocs(example, "build")
    sitemap = (example / "site/sitemap.xml").read_text(encoding="utf-8")
    days = dict(re.findall(r"<loc>https://ferry.example/(.+?)</loc>\s*<lastmod>(.*?)</lastmod>", sitemap))
    assert len(days) == 18
    assert {address: day for address, day in days.items() if day != "2024-06-01"} == {}


def test_the_same_dossier_gives_the_same_pages(tmp_path: Path) -> None:
    made = []
    for seed in ("1", "2"):
        root = make_example(tmp_path / seed)
        run_mkdocs(root, "build", PYTHONHASHSEED=seed)
        made.append(
            {
                name: folded
                for name, folded in every_file(root / "site", fold=False)
                if not name.startswith(("sitemap", "pagefind/"))
            }
        )
        made[-1]["found"] = read_search_fragments(root / "site")  # Pagefind's own files are in an order of chance
    assert made[0] == made[1]


def test_every_page_leads_to_who_answers_for_it(pages: Pages) -> None:
    for path, page in pages.items():
        shown = {words(link) for footer in page.iter("footer") for link in footer.iter("a")}
        assert {"Who is responsible", "Privacy", "Help lines", "Method", "Corrections"} <= shown, path


def test_correct_this_page_shows_path_and_line_or_links_to_the_forge(example: Path, replace: Change) -> None:
    run_mkdocs(example, "build")
    page = example / "site/claims/april-record/index.html"
    assert f"Correct this page: Line 1 of {CLAIM}" in words(parse(page.read_text(encoding="utf-8")))
    replace(example / "mkdocs.yml", "captures: originals", "captures: originals\n      repo_edit: https://forge.example/edit/")
    run_mkdocs(example, "build")
    assert f"https://forge.example/edit/{CLAIM}#L1" in links(parse(page.read_text(encoding="utf-8")))


def test_the_link_to_the_forge_asks_the_forge_nothing(example: Path, replace: Change) -> None:
    replace(example / "mkdocs.yml", "site_name", "repo_url: https://github.com/ferry/count\nsite_name")
    run_mkdocs(example, "build")
    page = (example / "site/index.html").read_text(encoding="utf-8")
    assert '<a class="forge" href="https://github.com/ferry/count">' in page
    assert 'data-md-component="source"' not in page


@pytest.mark.parametrize("hostile", ["</title><script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_no_title_or_summary_becomes_markup_in_the_frame_of_a_page(example: Path, replace: Change, hostile: str) -> None:
    replace(example / CLAIM, "The ferry carried 4,120 passengers in April 2024.", json.dumps(hostile))
    replace(example / CLAIM, "4,120 tickets were counted.", json.dumps(hostile))
    replace(example / DIGEST, '"Ferry carried a record 4,120 passengers in April"', json.dumps(hostile))
    run_mkdocs(example, "build")
    for name in ("claims/april-record", f"articles/{GAZETTE}"):
        page = parse((example / f"site/{name}/index.html").read_text(encoding="utf-8"))
        assert not [element for element in page.iter() if element.get("onerror") or element.text == "alert(1)"]
        assert words(page.find(".//title")) == f"{hostile} - The ferry count"


# What the tests above ask with


@pytest.fixture(scope="module")
def pages(site: Path) -> Pages:
    """Every HTML page of the real site as a tree, by path."""
    found = {file.relative_to(site).as_posix(): parse(file.read_text(encoding="utf-8")) for file in site.rglob("*.html")}
    assert len(found) > 40
    return found


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return read_dossier(ROOT).only_published()


def verify(root: Path, site: Path) -> tuple[int, str]:
    """Exit status and output of `dossier verify`."""
    outcome = CliRunner().invoke(main, ["--root", str(root), "verify", str(site)])
    return outcome.exit_code, outcome.output


def build(root: Path, *arguments: str) -> tuple[int, str]:
    """Exit status of a build, and what it said."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", *arguments]
    outcome = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False, timeout=60)
    return outcome.returncode, outcome.stderr


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


def runs_of(folded: list[str]) -> Iterator[tuple[str, ...]]:
    """Every run of one word more than may be printed."""
    return zip(*(folded[shift:] for shift in range(LONGEST_RUN + 1)), strict=False)


def unquoted_paragraphs(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Place and words of every longer paragraph of a capture that no annotation and no title takes words from."""
    for slug, capture in dossier.captures.items():
        quoted = {found.span.paragraph for note in dossier.annotations[slug] if (found := dossier.find_anchor(note))}
        title = " ".join(fold_words(dossier.articles[slug].title or ""))
        for paragraph in capture.paragraphs:
            folded = " ".join(fold_words(paragraph.text))
            if paragraph.number not in quoted and folded.count(" ") >= SHORT and folded != title:
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
