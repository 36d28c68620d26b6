"""A site as MkDocs builds it from the example: strict or not, nothing of a draft or a capture in it, the same each time."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from dossier.model.quotations.capture import fold_words
from dossier.pages import build_pages
from support.built_site import every_file, read_search_fragments, runs_of, verify_site
from support.dossiers import make_example, read_example, run_mkdocs
from support.reading_pages import CLAIM, DIGEST, GAZETTE, NOTES, links, parse, words

Change = Callable[[Path, str, str], None]

pytestmark = pytest.mark.site


def test_a_site_without_the_plugin_fails_the_verification(example: Path, replace: Change) -> None:
    replace(example / "mkdocs.yml", "  - dossier:\n      captures: originals\n", "")
    run_mkdocs(example, "build")
    status, said = verify_site(example, example / "site")
    assert status == 1
    assert "claims/april-record/" in said


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


def test_the_example_builds_strictly_and_verifies(example: Path) -> None:
    run_mkdocs(example, "build", "--strict")
    assert verify_site(example, example / "site") == (0, "0 errors, 0 notices\n")


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
    "docs/index.md:3:5: ": ("docs/index.md", "How many people", "How <![> many people"),
    "docs/index.md:3:9: ": ("docs/index.md", "How many people", "How [a](http://[::1) people"),
    "docs/index.md:2:8: ": ("docs/index.md", "# The ferry count", "---\ntitle: [The, count]\n---\n\n# The ferry count"),
    "docs/index.md:2:11: ": ("docs/index.md", "# The ferry count", "---\ntemplate: nosuch.html\n---\n\n# The ferry count"),
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
    assert days.keys() == {page.url for page in build_pages(read_example(example))}
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


def build(root: Path, *arguments: str) -> tuple[int, str]:
    """Exit status of a build, and what it said."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", *arguments]
    outcome = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False, timeout=60)
    return outcome.returncode, outcome.stderr
