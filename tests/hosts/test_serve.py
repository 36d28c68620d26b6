"""The preview, as an editor has it: a real `mkdocs serve` that rebuilds, shows what is private or a draft, and never dies."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError

from dossier.hosts.mkdocs.dev_server import NETWORK_PREVIEW_VARIABLE, check_dev_address
from support.dossiers import ROOT, run_mkdocs
from support.previewing import PATIENCE, Preview
from support.reading_pages import CLAIM, DIGEST, EVENT, GAZETTE, NOTES, at, ids, parse, words

Change = Callable[[Path, str, str], None]
ARTICLE = f"articles/{GAZETTE}/"

pytestmark = pytest.mark.site


@pytest.fixture
def preview(example: Path) -> Iterator[Preview]:
    """A preview of the example that has begun to answer."""
    running = Preview(example)
    try:
        running.wait("", "The ferry count")
        yield running
    finally:
        running.end()


def test_the_preview_of_a_clean_dossier_shows_no_problems(preview: Preview) -> None:
    page = parse(preview.get(ARTICLE))
    assert "problems" not in ids(page)
    assert "Ferry carried a record" in words(page.find(".//h1"))


CHANGES = {
    "annotations": (NOTES, "An opinion of the office", ARTICLE),
    "a digest": (DIGEST, "The crew", ARTICLE),
    "a hand-written page": ("docs/index.md", "How many people", ""),
    "a capture": (f"originals/{GAZETTE}.txt", "One in five", ARTICLE),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_is_on_the_page_after_a_moment(example: Path, preview: Preview, replace: Change, what: str) -> None:
    file, old, page = CHANGES[what]
    replace(example / file, old, f"Xyzzy. {old}")
    assert "Xyzzy. " in words(parse(preview.wait(page, "Xyzzy. ")))


def test_a_new_word_is_found_after_a_moment_and_never_the_capture(example: Path, preview: Preview, replace: Change) -> None:
    entry = preview.get("pagefind/pagefind-entry.json")
    assert '"page_count"' in entry
    replace(example / NOTES, "An opinion of the office", "Xyzzyplugh. An opinion of the office")
    preview.wait(ARTICLE, "Xyzzyplugh")
    end = time.monotonic() + PATIENCE
    while preview.get("pagefind/pagefind-entry.json") in ("", entry) and time.monotonic() < end:
        time.sleep(0.1)
    found = preview.found()
    assert any("Xyzzyplugh" in one for one in found)
    lines = (example / f"originals/{GAZETTE}.txt").read_text(encoding="utf-8").split("\n")
    assert [line for line in lines if len(line.split()) > 12 and any(line in one for one in found)] == []


def test_a_new_record_is_on_the_page_after_a_moment(example: Path, preview: Preview) -> None:
    text = (example / EVENT).read_text(encoding="utf-8").replace("publishes its count", "is asked again")
    (example / "annotations/events/asked-again.yml").write_text(text, encoding="utf-8")
    assert at(parse(preview.wait("timeline/", "The harbour office is asked again")), "asked-again") is not None


def test_what_the_site_is_made_of_is_watched(example: Path) -> None:
    config = load_config(str(example / "mkdocs.yml"))
    config.plugins["dossier"].on_config(config)
    watched = {Path(path) for path in config.watch}
    ours = {ROOT / "dossier/templates", ROOT / "dossier/assets"}
    assert watched >= {example / "annotations", example / "originals", example / "dossier.lock", *ours}


def test_addresses_that_end_in_a_file_are_refused_with_the_cure(example: Path) -> None:
    config = load_config(str(example / "mkdocs.yml"), use_directory_urls=False)
    with pytest.raises(PluginError, match=r"delete the line `use_directory_urls: false` from mkdocs\.yml"):
        config.plugins["dossier"].on_config(config)


def test_an_address_that_is_taken_is_told_before_anything_is_built(example: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        outcome = subprocess.run(
            [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"],
            cwd=example,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert (outcome.returncode, "Traceback" in outcome.stderr) == (1, False)
    [fault] = [line for line in outcome.stderr.splitlines() if line.startswith("ERROR")]
    assert f"127.0.0.1:{port} is in use by another program" in fault
    assert "`mkdocs serve -a 127.0.0.1:" in fault
    assert "`make serve PORT=" in fault
    assert "Documentation built" not in outcome.stderr


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_an_address_that_is_free_stays_free(host: str) -> None:
    with socket.socket() as free:
        free.bind((host, 0))
        port = free.getsockname()[1]
    check_dev_address(host, port)
    socket.create_server((host, port)).close()


def test_an_address_of_another_machine_is_told_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NETWORK_PREVIEW_VARIABLE, "true")
    with pytest.raises(
        PluginError, match=r"^no preview can be served at 192\.0\.2\.1:8000: [^(]+; name another address with -a$"
    ):
        check_dev_address("192.0.2.1", 8000)


def test_a_page_written_by_hand_names_files_where_a_record_names_addresses(example: Path, replace: Change) -> None:
    with (example / "docs/index.md").open("a", encoding="utf-8") as page:
        page.write("\n[A claim](claims/april-record.md), [an event](timeline/index.md#count-published).\n")
    run_mkdocs(example, "build", "--strict")
    html = parse((example / "site/index.html").read_text(encoding="utf-8"))
    assert {"claims/april-record/", "timeline/#count-published"} <= {link.get("href") for link in html.iter("a")}
    replace(example / "docs/index.md", "claims/april-record.md", "/claims/april-record/")
    with pytest.raises(AssertionError, match="absolute link '/claims/april-record/'"):
        run_mkdocs(example, "build", "--strict")


def test_a_theme_without_a_picture_for_the_tab_keeps_it_so(example: Path, replace: Change) -> None:
    replace(example / "mkdocs.yml", "name: material", "name: null, custom_dir: theme")
    (example / "theme").mkdir()
    config = load_config(str(example / "mkdocs.yml"))
    config.plugins["dossier"].on_config(config)
    assert "favicon" not in config.theme


def test_with_the_captures_the_whole_article_is_shown_as_private(example: Path, preview: Preview) -> None:
    page = parse(preview.get(ARTICLE))
    shown = words(at(page, "capture", up=True))
    lines = (example / f"originals/{GAZETTE}.txt").read_text(encoding="utf-8").split("\n")
    assert "Private. This is the saved copy on your machine." in shown
    assert [line for line in lines if line and line not in shown] == []


def test_without_the_captures_the_article_is_not_shown(example: Path, replace: Change) -> None:
    replace(example / "mkdocs.yml", "captures: originals", "captures: nowhere")
    running = Preview(example)
    try:
        page = parse(running.wait(ARTICLE, "Map of the article"))
        assert "capture" not in ids(page)
        assert "Private." not in words(page)
    finally:
        running.end()


SPOILT = {
    "flow": (CLAIM, "topics: [counts]", "topics: [counts", f"{CLAIM}:5:9", "maybe: topics: [counts]"),
    "key": (NOTES, "  speaker: text", "  speeker: text", f"{NOTES}:14:3", "an annotation has no key `speeker`"),
    "front matter": (DIGEST, "print: excerpts", "print: some", f"{DIGEST}:9:8", "is not a value of this key"),
    "verdict": (CLAIM, "verdict: supported", "verdict: suported", f"{CLAIM}:6:10", "suported"),
    "stance": (NOTES, "  stance: as-stated\n", "", f"{NOTES}:", "stance"),
    "parties": (
        "annotations/parties.yml",
        "- id: ferry-crew",
        "- id ferry-crew",
        "annotations/parties.yml:",
        "a colon is missing",
    ),
}


@pytest.mark.parametrize("name", SPOILT)
def test_what_is_broken_is_told_on_the_page_and_goes_when_it_is_mended(
    example: Path, preview: Preview, replace: Change, name: str
) -> None:
    file, old, new, place, message = SPOILT[name]
    good = (example / file).read_text(encoding="utf-8")
    replace(example / file, old, new)
    told = words(at(parse(preview.wait("timeline/", place)), "problems"))
    assert message in told
    (example / file).write_text(good, encoding="utf-8")
    assert "problems" not in ids(parse(preview.wait("timeline/", place, gone=True)))


def test_an_article_that_cannot_be_read_keeps_a_page_that_says_so(example: Path, preview: Preview, replace: Change) -> None:
    replace(example / DIGEST, "print: excerpts", "print: some")
    page = parse(preview.wait(ARTICLE, "could not be read"))
    assert f"{DIGEST}:9:8" in words(at(page, "problems"))


@pytest.mark.parametrize(("file", "page"), [(DIGEST, ARTICLE), (CLAIM, "claims/april-record/"), (EVENT, "timeline/")])
def test_a_draft_is_shown_with_its_status(example: Path, preview: Preview, replace: Change, file: str, page: str) -> None:
    replace(example / file, 'reviewed: "2024-06-01"', 'status: draft\nreviewed: "2024-06-01"')
    assert "draft, not in the published site" in words(parse(preview.wait(page, "draft, not in")))


def test_a_draft_article_is_marked_in_the_list_on_a_hand_written_page(example: Path, preview: Preview, replace: Change) -> None:
    replace(example / DIGEST, 'reviewed: "2024-06-01"', 'status: draft\nreviewed: "2024-06-01"')
    preview.wait(ARTICLE, "draft, not in the published site")
    listed = parse(preview.get("")).find(".//ol[@class='article-list']")
    assert "draft, not in the published site" in words(listed)


def test_what_was_broken_at_the_start_is_told_too(example: Path, replace: Change) -> None:
    replace(example / CLAIM, "topics: [counts]", "topics: [counts")
    running = Preview(example)
    try:
        assert "is never closed" in words(at(parse(running.wait("", f"{CLAIM}:5:9")), "problems"))
    finally:
        running.end()
