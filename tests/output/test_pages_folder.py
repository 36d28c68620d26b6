"""What `dossier pages` writes for other site generators: complete, whole or not at all, and nothing private."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt

from dossier.loading import read_dossier
from dossier.model import Dossier
from dossier.model.settings import HandwrittenPage
from dossier.model.site.addresses import collect_linkable_ids_by_url
from dossier.output import pages
from dossier.output.assets import asset_files, asset_texts
from dossier.output.csp import build_csp
from dossier.output.output_folder import PAGES_MARKER_NAME
from dossier.output.pages import iter_output_files
from dossier.pages import build_pages
from support.command_line import run
from support.dossiers import FULL_PRINT_EXAMPLE, ROOT

Replace = Callable[[Path, str, str], None]


@pytest.fixture
def folder(example: Path, tmp_path: Path) -> Path:
    """What is written of the example."""
    assert run(example, "pages", tmp_path / "out").exit_code == 0
    return tmp_path / "out"


def front_matter(file: Path) -> dict[str, Any]:
    values: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8").split("---\n")[1])
    return values


def body(file: Path) -> str:
    return file.read_text(encoding="utf-8").split("---\n", 2)[2].strip()


def files_of(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_every_page_is_there_with_its_title_and_description(example: Path, folder: Path) -> None:
    built = build_pages(read_dossier(example))
    assert len(built) > 15
    for page in built:
        values = front_matter(folder / "docs" / page.url / "index.md")
        assert (values["title"], values["description"]) == (page.title, page.description)
        assert values.get("section", values.get("index")) == (page.parent_url or page.url)


def test_every_address_of_the_records_has_its_ids(example: Path, folder: Path) -> None:
    for address, ids in collect_linkable_ids_by_url(read_dossier(example).only_published()).items():
        text = (folder / "docs" / address / "index.md").read_text(encoding="utf-8")
        assert ids - set(re.findall(r' id="([^"]+)"', text)) == set(), address


def test_commonmark_takes_the_html_of_a_page_for_one_block_and_changes_nothing(example: Path, folder: Path) -> None:
    for page in build_pages(read_dossier(example)):
        text = body(folder / "docs" / page.url / "index.md")
        tokens = MarkdownIt("commonmark", {"html": True}).parse(text)
        assert [token.type for token in tokens] == ["html_block"], page.url
        assert text.replace("&#10;", "\n").split() == page.content_html.split(), page.url


def test_style_scripts_pictures_and_templates_are_there(folder: Path) -> None:
    for path, text in asset_texts().items():
        assert (folder / "docs" / path).read_text(encoding="utf-8") == text
    for path, file in asset_files().items():
        assert (folder / "docs" / path).read_bytes() == file.read_bytes()
    assert {"main.html", "404.html", "front.html", "partials/header.html"} <= files_of(folder / "theme").keys()


def test_generated_parts_stand_in_pages_written_by_hand(folder: Path) -> None:
    text = (folder / "docs/index.md").read_text(encoding="utf-8")
    assert "How many people crossed to the island" in text
    assert '<a href="./articles/harbour-gazette-2024-05-02/">' in text
    assert "<!-- dossier:" not in text


def test_search_documents_have_the_shape_that_is_documented(folder: Path) -> None:
    content = json.loads((folder / "search.json").read_text(encoding="utf-8"))
    assert (content.keys(), content["version"]) == ({"version", "documents"}, 1)
    documents = {document["url"]: document for document in content["documents"]}
    assert all(document.keys() == {"url", "title", "text", "kind", "facets", "articles"} for document in documents.values())
    claim = documents["claims/april-record/"]
    assert (claim["kind"], claim["facets"]["year"]) == ("claim", ["2024"])
    assert "harbour-gazette-2024-05-02" in claim["articles"]
    assert documents[""]["text"] == "How many people crossed to the island in April 2024, and who says so."


def test_the_page_for_wrong_addresses_leads_in_from_any_depth(example: Path, replace: Replace, tmp_path: Path) -> None:
    replace(example / "mkdocs.yml", "site_name", "site_url: https://ferry.example/count/\nsite_name")
    run(example, "pages", tmp_path / "out")
    links = re.findall(r'href="([^"]+)"', (tmp_path / "out/404.md").read_text(encoding="utf-8"))
    assert "/count/claims/" in links
    assert all(link.startswith("/count/") for link in links)


def test_the_feed_is_there_where_the_site_has_an_address(example: Path, replace: Replace, folder: Path, tmp_path: Path) -> None:
    assert not (folder / "docs/corrections.xml").exists()
    replace(example / "mkdocs.yml", "site_name", "site_url: https://ferry.example/count/\nsite_name")
    run(example, "pages", tmp_path / "out")
    assert 'href="https://ferry.example/count/corrections.xml"' in (folder / "docs/corrections.xml").read_text(encoding="utf-8")


def test_the_policy_is_there_as_text(folder: Path) -> None:
    assert (folder / "csp.txt").read_text(encoding="utf-8") == f"{build_csp()}\n"
    assert "script-src 'self' 'wasm-unsafe-eval';" in build_csp()


def test_the_sites_settings_are_there_without_our_plugin(example: Path, folder: Path) -> None:
    options = yaml.safe_load((folder / "mkdocs.yml").read_text(encoding="utf-8"))
    assert "plugins" not in options
    assert (options["site_name"], options["docs_dir"], options["theme"]["custom_dir"]) == ("The ferry count", "docs", "theme")
    assert options["extra_css"] == ["assets/dossier.css"]
    assert {"Claims": [{"All claims": "claims/index.md"}, {"Side by side": "compare/index.md"}]} in options["nav"]


def test_the_navigation_names_pages_where_they_are(example: Path, replace: Replace, tmp_path: Path) -> None:
    (example / "docs/quay.md").write_text("# The quay\n", encoding="utf-8")
    replace(example / "mkdocs.yml", "nav:", "nav:\n  - quay.md\n  - Port: https://port.example/a.md")
    run(example, "pages", tmp_path / "out")
    nav = yaml.safe_load((tmp_path / "out/mkdocs.yml").read_text(encoding="utf-8"))["nav"]
    assert nav[:2] == ["quay/index.md", {"Port": "https://port.example/a.md"}]
    assert (tmp_path / "out/docs/quay/index.md").exists()


def test_a_sites_own_templates_come_before_ours(example: Path, replace: Replace, tmp_path: Path) -> None:
    (example / "own").mkdir()
    (example / "own/main.html").write_text("our own", encoding="utf-8")
    replace(example / "mkdocs.yml", "font: false}", "font: false, custom_dir: own}")
    run(example, "pages", tmp_path / "out")
    assert (tmp_path / "out/theme/main.html").read_text(encoding="utf-8") == "our own"
    assert (tmp_path / "out/theme/404.html").exists()


@pytest.mark.parametrize(
    "options", ["extra: text", "extra_css: a.css", "extra_javascript: {a: b}", "theme: material", "markdown_extensions: []"]
)
def test_options_that_are_not_as_mkdocs_wants_them_end_in_no_traceback(example: Path, tmp_path: Path, options: str) -> None:
    (example / "mkdocs.yml").write_text(f"site_name: A\n{options}\n", encoding="utf-8")
    (example / "originals").rename(example / "captures")
    result = run(example, "pages", tmp_path / "out")
    assert (result.exit_code, result.stderr) == (0, "")
    written = yaml.safe_load((tmp_path / "out/mkdocs.yml").read_text(encoding="utf-8"))
    assert (written["theme"]["name"], written["extra_css"]) == ("material", ["assets/dossier.css"])


def test_a_navigation_that_contains_itself_is_told_of(example: Path, replace: Replace, tmp_path: Path) -> None:
    replace(example / "mkdocs.yml", "nav:\n", "nav: &all\n  - More: *all\n")
    result = run(example, "pages", tmp_path / "out")
    assert (result.exit_code, "the navigation in mkdocs.yml contains itself" in result.stderr) == (1, True)
    assert not (tmp_path / "out").exists()


# Nothing private


def test_no_capture_is_taken_for_a_template(example: Path, replace: Replace, tmp_path: Path) -> None:
    shutil.move(example / "originals", example / "own/originals")
    (example / "own/originals/saved.html").write_text("<p>private</p>", encoding="utf-8")
    replace(example / "mkdocs.yml", "captures: originals", "captures: own/originals")
    replace(example / "mkdocs.yml", "font: false}", "font: false, custom_dir: own}")
    assert run(example, "pages", tmp_path / "out").exit_code == 0
    assert not [
        path for path in files_of(tmp_path / "out/theme") if "originals" in path or path.endswith((".yml", ".md", ".lock"))
    ]


def test_drafts_captures_and_records_are_not_there(example: Path, replace: Replace, tmp_path: Path) -> None:
    shutil.copy(example / "annotations/claims/april-record.yml", example / "annotations/claims/secret-plan.yml")
    replace(example / "annotations/claims/secret-plan.yml", "claim: ", "status: draft\nclaim: ")
    shutil.copytree(example / "originals", example / "docs/originals")
    replace(example / "mkdocs.yml", "captures: originals", "captures: docs/originals")
    (example / "docs/articles/island-digest.html").write_text("<p>saved</p>", encoding="utf-8")
    (example / "docs/.hidden").write_text("hidden", encoding="utf-8")
    (example / "docs/outside.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    result = run(example, "pages", tmp_path / "out")
    written = files_of(tmp_path / "out")
    assert result.exit_code == 1, "a capture beside an article that may not be printed is a fault, as is a link that leads out"
    assert written == {}
    (example / "docs/articles/island-digest.html").unlink()
    (example / "docs/outside.txt").unlink()
    assert run(example, "pages", tmp_path / "out").exit_code == 0
    written = files_of(tmp_path / "out")
    assert not [path for path in written if re.search("originals|hidden|outside|annotations/", path)]
    assert not [path for path in written if "articles/" in path and not path.endswith(("index.md", ".json"))]
    text = b"".join(written.values()).decode("utf-8", errors="ignore")
    assert ("april-record" in text, "secret-plan" in text) == (True, False)


@pytest.mark.parametrize("name", ["page.md", "page.txt"])
@pytest.mark.parametrize("target", ["../../secret.txt", "../originals/harbour-gazette-2024-05-02.txt", "../mkdocs.yml", "/etc"])
def test_no_link_is_published_that_leads_to_anything_private(example: Path, tmp_path: Path, name: str, target: str) -> None:
    (tmp_path / "secret.txt").write_text("xyzzy", encoding="utf-8")
    (example / "docs" / name).symlink_to(target)
    result = run(example, "pages", tmp_path / "out")
    assert (result.exit_code, f"docs/{name}:1:1: this is a link" in result.stdout, "xyzzy" in result.output) == (1, True, False)
    assert not (tmp_path / "out").exists()
    assert [path for path, _ in iter_output_files(read_dossier(example), example) if "page." in path] == []


def test_no_page_is_published_from_the_folder_of_captures(example: Path, replace: Replace, tmp_path: Path) -> None:
    shutil.copytree(example / "originals", example / "docs/originals")
    replace(example / "mkdocs.yml", "captures: originals", "captures: docs/originals")
    (example / "docs/originals/notes.md").write_text("xyzzy", encoding="utf-8")
    assert run(example, "pages", tmp_path / "out").exit_code == 0
    assert not [path for path, content in files_of(tmp_path / "out").items() if b"xyzzy" in content]


def test_a_picture_in_docs_is_taken_along_and_may_replace_ours(example: Path, tmp_path: Path) -> None:
    (example / "docs/assets").mkdir()
    (example / "docs/assets/favicon.svg").write_text("<svg/>", encoding="utf-8")
    (example / "docs/pier.svg").write_text("<svg></svg>", encoding="utf-8")
    run(example, "pages", tmp_path / "out")
    assert (tmp_path / "out/docs/pier.svg").read_text(encoding="utf-8") == "<svg></svg>"
    assert (tmp_path / "out/docs/assets/favicon.svg").read_text(encoding="utf-8") == "<svg/>"


def test_an_article_that_may_be_printed_is_printed_whole(tmp_path: Path) -> None:
    assert run(FULL_PRINT_EXAMPLE, "pages", tmp_path / "out").exit_code == 0
    assert 'id="p3"' in (tmp_path / "out/docs/articles/baker-letter/index.md").read_text(encoding="utf-8")


# Whole or not at all


def test_an_earlier_output_is_replaced(example: Path, folder: Path) -> None:
    before = files_of(folder)
    (folder / "docs/claims/april-record/index.md").unlink()
    (folder / "site").mkdir()
    assert run(example, "pages", folder).exit_code == 0
    assert files_of(folder) == before
    assert [path.name for path in folder.parent.iterdir() if path.name.startswith(".out")] == []


@pytest.mark.parametrize("name", ["zensical.toml", "notes", "docs/notes.md", "theme/partials/mine.html"])
def test_what_the_command_did_not_write_is_not_deleted(example: Path, folder: Path, name: str) -> None:
    (folder / name).write_text("mine", encoding="utf-8")
    result = run(example, "pages", folder)
    assert (result.exit_code, f"holds {name}, which" in result.stderr) == (1, True)
    assert (folder / name).read_text(encoding="utf-8") == "mine"


def test_a_folder_of_somebody_else_is_left_alone(example: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/letter.txt").write_text("mine", encoding="utf-8")
    result = run(example, "pages", tmp_path / "out")
    assert (result.exit_code, "is not empty" in result.stderr) == (1, True)
    assert files_of(tmp_path / "out") == {"letter.txt": b"mine"}


def test_a_folder_of_somebody_else_with_our_marker_is_left_alone(example: Path, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "mine/docs").mkdir(parents=True)
    (tmp_path / "mine/docs/letter.md").write_text("mine", encoding="utf-8")
    shutil.copy(folder / PAGES_MARKER_NAME, tmp_path / "mine")
    result = run(example, "pages", tmp_path / "mine")
    assert (result.exit_code, "holds docs/letter.md, which" in result.stderr) == (1, True)
    assert (tmp_path / "mine/docs/letter.md").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["docs", "docs/out", "annotations/out", "mkdocs.yml", "originals", "originals/out", ".git/out"])
def test_a_folder_of_the_dossier_or_a_file_is_refused(example: Path, name: str) -> None:
    before = files_of(example)
    result = run(example, "pages", name)
    assert (result.exit_code, result.stderr.startswith("Error: ")) == (1, True)
    assert files_of(example) == before


def test_captures_whose_folder_is_missing_are_refused(example: Path) -> None:
    shutil.rmtree(example / "originals")
    result = run(example, "pages", "originals")
    assert (result.exit_code, "originals is part of the dossier" in result.stderr) == (1, True)
    assert not (example / "originals").exists()


@pytest.mark.parametrize("is_there", [True, False])
def test_a_link_is_refused_and_stays_one(example: Path, tmp_path: Path, is_there: bool) -> None:
    if is_there:
        (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    result = run(example, "pages", tmp_path / "link")
    assert (result.exit_code, "link is a link, which would be replaced" in result.stderr) == (1, True)
    assert (tmp_path / "link").is_symlink()
    assert not files_of(tmp_path / "elsewhere")


def test_what_a_killed_command_left_long_ago_is_removed_by_the_next(example: Path, folder: Path) -> None:
    for name in (".out.old.tmp", ".out.young.tmp", ".other.old.tmp"):
        (folder.parent / name / "new").mkdir(parents=True)
        if "old" in name:
            os.utime(folder.parent / name, (0, 0))
    assert run(example, "pages", folder).exit_code == 0
    assert sorted(file.name for file in folder.parent.glob(".*.tmp")) == [".other.old.tmp", ".out.young.tmp"]


def test_what_is_ended_midway_leaves_nothing_behind(example: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def end_midway(page: HandwrittenPage, dossier: Dossier) -> str:
        assert [file.name for file in folder.parent.glob(".out.*")]
        assert signal.getsignal(signal.SIGTERM) != handler  # else the tests themselves would end here
        os.kill(os.getpid(), signal.SIGTERM)
        return ""

    before, names, handler = files_of(folder), {file.name for file in folder.parent.iterdir()}, signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(pages, "fill_handwritten_page", end_midway)
    assert run(example, "pages", folder).exit_code == 128 + signal.SIGTERM
    assert {file.name for file in folder.parent.iterdir()} == names
    assert files_of(folder) == before
    assert signal.getsignal(signal.SIGTERM) == handler


def test_what_is_ended_while_folders_change_places_keeps_the_old_one(
    example: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def end_after(file: Path, target: Path) -> Path:
        moved = rename(file, target)
        if target.name == "old":
            raise SystemExit(143)
        return moved

    before = files_of(folder)
    monkeypatch.setattr(Path, "rename", end_after)
    assert run(example, "pages", folder).exit_code == 143
    assert files_of(folder) == before


def test_an_empty_folder_is_taken(example: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert run(example, "pages", tmp_path / "out").exit_code == 0
    assert (tmp_path / "out" / PAGES_MARKER_NAME).exists()


def test_a_dossier_with_errors_is_not_written(example: Path, replace: Replace, folder: Path) -> None:
    before = files_of(folder)
    replace(example / "annotations/claims/april-record.yml", "verdict:", "verdikt:")
    result = run(example, "pages", folder)
    assert (result.exit_code, "unknown-key" in result.stdout) == (1, True)
    assert files_of(folder) == before


def test_quotations_may_wait_for_their_lock_where_the_settings_say_so(example: Path, replace: Replace, tmp_path: Path) -> None:
    with (example / "annotations/articles/harbour-gazette-2024-05-02.yml").open("a", encoding="utf-8") as file:
        file.write("- {id: crew, quote: crew disputes the count, speaker: text, note: They do.}\n")
    shutil.rmtree(example / "originals")
    assert run(example, "pages", tmp_path / "out").exit_code == 1
    replace(example / "mkdocs.yml", "captures: originals", "captures: originals\n      pending: true")
    assert run(example, "pages", tmp_path / "out").exit_code == 0


def test_a_failure_while_writing_leaves_what_was_there(example: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files_of(folder)

    def fail(file: Path, content: str | Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dossier.output.output_folder._write_output_file", fail)
    result = run(example, "pages", folder)
    assert (result.exit_code, "No space left on device" in result.stderr) == (1, True)
    assert files_of(folder) == before
    assert [path.name for path in folder.parent.iterdir() if path.name.startswith(".out")] == []


def test_both_pages_for_wrong_addresses_say_the_same() -> None:
    """One is the theme's, for MkDocs; one is ours, for hosts that do not read it. Only their links are written differently."""
    texts = [(ROOT / path).read_text(encoding="utf-8") for path in ("dossier/theme/404.html", "dossier/templates/missing.html")]
    said = [re.sub(r"\{\{.*?\}\}", "", text[text.index("<h1>") : text.index("<ul>")]) for text in texts]
    assert said[0] == said[1]
