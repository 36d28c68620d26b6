"""A site as MkDocs builds it from the example: strict or not, nothing of a draft or a capture in it."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from dossier.model.quotations.capture import fold_words
from dossier.output.sitemap import SITEMAP_NAMESPACE
from dossier.pages import build_pages
from support.built_site import every_file, runs_of, verify_site
from support.data_files import validate_package
from support.dossiers import commit_all, read_example, run_mkdocs, start_mkdocs, try_build
from support.machines import read_all
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
    files = {file.name for file in (example / "site/articles").rglob("*") if file.is_file()}
    assert files <= {"index.html", "annotations.json", "original-annotations.json", "hypothesis.json"}


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


def test_mkdocs_that_is_loaded_already_builds_what_a_new_process_builds(example: Path) -> None:
    """Which the other tests rely on."""
    built = []
    for run in (run_mkdocs, start_mkdocs, run_mkdocs):
        said = re.sub(r"[0-9.]+ seconds|(?<=\.dossier-build-)\w+", "", run(example, "build", "--strict"))
        built.append((said, read_all(example / "site")))
    assert built[0] == built[1] == built[2]


def test_the_example_builds_strictly_without_captures(example: Path) -> None:
    shutil.rmtree(example / "originals")
    run_mkdocs(example, "build", "--strict")
    assert (example / f"site/articles/{GAZETTE}/index.html").is_file()


MANY_ALIASES = "a: &a [x]\n" + "".join(f"{new}: &{new} [{f'*{old}, ' * 9}]\n" for old, new in pairwise("abcdefghijkl"))
FAULTS = {
    f"{NOTES}:13:10: ": (NOTES, "One in five", "One in six"),
    f"{CLAIM}:6:10: ": (CLAIM, "verdict: supported", "verdict: suported"),
    f"{CLAIM}:5:9: ": (CLAIM, "topics: [counts]", "topics: [counts"),
    f"{DIGEST}:16:": (DIGEST, "(#timetable)", "(#timetabel)"),
    "docs/index.md:5:": ("docs/index.md", "dossier: articles", "dossier: artciles"),
    "docs/index.md:3:5: ": ("docs/index.md", "How many people", "How <![> many people"),
    "docs/index.md:3:9: ": ("docs/index.md", "How many people", "How [a](http://[::1) people"),
    "docs/index.md:2:8: ": ("docs/index.md", "# The ferry count", "---\ntitle: [The, count]\n---\n\n# The ferry count"),
    "docs/index.md:2:4: ": ("docs/index.md", "# The ferry count", "---\na: &a [*a]\n---\n\n# The ferry count"),
    "docs/index.md:3:4: ": ("docs/index.md", "# The ferry count", f"---\nx: y\n{MANY_ALIASES}---\n\n# The ferry count"),
    "docs/index.md:2:11: ": ("docs/index.md", "# The ferry count", "---\ntemplate: nosuch.html\n---\n\n# The ferry count"),
}


@pytest.mark.parametrize("place", FAULTS)
def test_a_strict_build_fails_over_one_fault_and_names_its_place(example: Path, replace: Change, place: str) -> None:
    file, old, new = FAULTS[place]
    replace(example / file, old, new)
    status, said = try_build(example, "--strict")
    assert status == 1
    assert place in said
    assert "Traceback" not in said


@pytest.mark.parametrize("place", FAULTS)
def test_a_build_that_is_not_strict_names_the_fault_and_builds_the_rest(example: Path, replace: Change, place: str) -> None:
    file, old, new = FAULTS[place]
    replace(example / file, old, new)
    status, said = try_build(example)
    assert place in said
    assert "Traceback" not in said
    assert status == 0
    assert (example / "site/timeline/index.html").is_file()


@pytest.mark.parametrize(
    ("text", "message"),
    [("[" * 50_000, "closed late or never"), ("a" * 1_000_001, "more than 1,000,000 bytes"), ("a\x0eb", "control character")],
    ids=["costly", "large", "unreadable"],
)
def test_a_page_that_is_not_read_is_named_and_left_out(example: Path, text: str, message: str) -> None:
    (example / "docs/late.md").write_text(f"# Late\n\n{text}\n", encoding="utf-8")
    status, said = try_build(example)
    assert (status, "Traceback" in said) == (0, False)
    assert message in said
    assert not (example / "site/late").exists()
    assert (example / "site/index.html").is_file()


def test_a_notice_does_not_fail_a_strict_build(example: Path, replace: Change) -> None:
    replace(
        example / "annotations/parties.yml",
        "- id: harbour-gazette",
        "- {id: a-new, name: N, kind: person, role: R}\n- id: harbour-gazette",
    )
    status, said = try_build(example, "--strict")
    assert "[unused-record]" in said
    assert status == 0


def test_the_foot_says_the_day_of_the_records_and_not_todays(example: Path) -> None:
    run_mkdocs(example, "build")
    page = parse((example / "site/index.html").read_text(encoding="utf-8"))
    assert "Content last reviewed 1 June 2024" in words(page)
    assert date.today().isoformat() not in words(page)


SITE_URL = "https://ferry.example/"


@pytest.fixture
def addressed(example: Path, replace: Change, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example with an address and a second page written by hand, committed on a day of 2024 whatever the clock says."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2024-06-03T23:30:00-1000")
    replace(example / "mkdocs.yml", "site_name", f"site_url: {SITE_URL}\nsite_name")
    replace(example / "mkdocs.yml", "nav:", "nav:\n  - über.md")
    (example / "docs/über.md").write_text("# About\n\nThe count.\n", encoding="utf-8")
    commit_all(example)
    return example


def read_sitemap(site: Path) -> dict[str, str]:
    """The day of each page by its address, empty where the sitemap says none."""
    root = ElementTree.parse(site / "sitemap.xml").getroot()
    name = f"{{{SITEMAP_NAMESPACE}}}"
    return {entry.findtext(f"{name}loc", ""): entry.findtext(f"{name}lastmod", "") for entry in root}


def test_the_sitemap_has_the_day_of_the_records_and_of_the_last_commit_of_pages_by_hand(addressed: Path) -> None:
    run_mkdocs(addressed, "build", "--strict")
    by_hand = {SITE_URL: "2024-06-03", f"{SITE_URL}%C3%BCber/": "2024-06-03"}
    of_records = {SITE_URL + page.url: page.last_reviewed for page in build_pages(read_example(addressed))}
    assert set(of_records.values()) == {"2024-06-01"}
    assert read_sitemap(addressed / "site") == of_records | by_hand
    packed = (addressed / "site/sitemap.xml.gz").read_bytes()
    assert gzip.decompress(packed) == (addressed / "site/sitemap.xml").read_bytes()


def test_a_record_that_nobody_reviewed_and_a_page_that_git_does_not_know_have_no_day(addressed: Path, replace: Change) -> None:
    replace(addressed / CLAIM, 'reviewed: "2024-06-01"\n', "")
    shutil.rmtree(addressed / ".git")
    run_mkdocs(addressed, "build")
    days = read_sitemap(addressed / "site")
    assert (days[SITE_URL], days[f"{SITE_URL}%C3%BCber/"]) == ("", "")
    assert days[f"{SITE_URL}articles/{GAZETTE}/"] == "2024-06-01"
    assert date.today().isoformat() not in days.values()


def test_a_site_without_an_address_has_no_sitemap(example: Path) -> None:
    run_mkdocs(example, "build", "--strict")
    assert [file.name for file in (example / "site").iterdir() if "sitemap" in file.name] == []


def test_no_file_of_a_site_has_the_day_of_the_build(addressed: Path) -> None:
    run_mkdocs(addressed, "build", SOURCE_DATE_EPOCH="1924992000")
    days = [f"{day}" for day in (date.today(), date(2031, 1, 1))]
    files = every_file(addressed / "site", fold=False)
    assert [name for name, [text] in files if any(day in text for day in days)] == []


def test_correct_this_page_shows_path_and_line_where_it_leads_to_them(example: Path, replace: Change) -> None:
    run_mkdocs(example, "build")
    page = example / "site/claims/april-record/index.html"
    assert "Correct this page" not in words(parse(page.read_text(encoding="utf-8")))
    replace(example / "mkdocs.yml", "captures: originals", "captures: originals\n      repo_edit: https://forge.example/edit/")
    run_mkdocs(example, "build")
    assert f"https://forge.example/edit/{CLAIM}#L1" in links(parse(page.read_text(encoding="utf-8")))


def test_a_generated_page_is_called_in_tabs_and_menu_what_the_navigation_calls_it(example: Path) -> None:
    run_mkdocs(example, "build", "--strict")
    tree = parse((example / "site/compare/index.html").read_text(encoding="utf-8"))
    parts = {nav.get("class"): [words(link) for link in nav.iter("a")] for nav in tree.iter("nav") if nav.get("class")}
    assert parts["tabs"] == ["Figures", "Articles", "Claims", "Timeline", "About"]
    assert parts["section-line"] == ["All claims", "Side by side"]
    assert {"Home", "Articles", "All claims", "Side by side", "Data"} <= set(parts["site-menu"])
    assert words(tree.find(".//title")) == "Side by side - The ferry count"


def test_every_table_of_records_is_in_the_site(example: Path) -> None:
    run_mkdocs(example, "build", "--strict")
    tree = parse((example / "site/data/index.html").read_text(encoding="utf-8"))
    tables = [link for link in links(tree) if link.endswith(".csv")]
    assert len(tables) > 20
    heads = {table: (example / "site/data" / table).read_text(encoding="utf-8").split("\n")[0] for table in tables}
    assert all("id" in head.split(",") or "position" in head for head in heads.values())
    assert heads["claims.csv"].startswith("id,address,claim,")
    assert validate_package(example / "site/data") == []


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
