"""What `dossier finish` adds to a site of any host: search index, policies, the link to the feed; once is as good as twice."""

from __future__ import annotations

import gzip
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier.loading import read_dossier
from dossier.model.site.addresses import INDEX_PAGE_URLS
from dossier.output.inline_scripts import TemplateScripts
from dossier.output.pagefind import IndexingError, SearchIndexer
from dossier.pages import build_pages
from support.built_site import read_search_fragments
from support.command_line import run

Replace = Callable[[Path, str, str], None]
FRAME = (
    '<!doctype html><html lang="de-AT"><head><meta charset="utf-8"><script>scheme()</script></head>'
    "<body><main>{}</main></body></html>"
)


@pytest.fixture
def site(example: Path, tmp_path: Path) -> Path:
    """A site of the example as a host without our plugin builds it."""
    for page in build_pages(read_dossier(example)):
        write(tmp_path / "site" / page.url / "index.html", FRAME.format(page.content_html))
    write(tmp_path / "site/index.html", FRAME.format('<h1>The ferry count</h1><h2 id="why">Why</h2>'))
    write(tmp_path / "site/corrections.xml", "<feed/>")
    return tmp_path / "site"


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def texts(site: Path) -> dict[str, str]:
    return {file.relative_to(site).as_posix(): file.read_text(encoding="utf-8") for file in site.rglob("*.html")}


def test_every_page_has_a_policy_that_lets_the_hosts_script_run(example: Path, site: Path, tmp_path: Path) -> None:
    write(tmp_path / "templates/base.html", "<script>scheme()</script>")
    result = run(example, "finish", site, "--templates", tmp_path / "templates")
    pages, found = len(texts(site)), len(read_search_fragments(site))
    assert pages > len(INDEX_PAGE_URLS)
    assert found > 10
    told = f"{site}: {pages} pages have their policy; the search finds {found} things.\n"
    assert (result.exit_code, result.output) == (0, told)
    for path, text in texts(site).items():
        policies = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">', text)
        assert len(policies) == 1, path
        assert policies[0].count("'sha256-") == 1, path


def test_a_script_that_is_in_no_template_may_not_run_and_that_is_said(example: Path, site: Path) -> None:
    result = run(example, "finish", site)
    assert result.exit_code == 0
    assert f"\n{len(texts(site))} pages have inline scripts that are in no template known here, and do not run. " in result.output
    assert [path for path, text in texts(site).items() if "'sha256-" in text] == []


def test_the_scripts_of_the_sites_own_templates_may_run(example: Path, site: Path, replace: Replace) -> None:
    replace(example / "mkdocs.yml", "{name: material,", "{name: material, custom_dir: overrides,")
    write(example / "overrides/main.html", "<script>scheme()</script>")
    result = run(example, "finish", site)
    assert (result.exit_code, "inline scripts" in result.output) == (0, False)
    assert [path for path, text in texts(site).items() if "'sha256-" not in text] == []


def test_the_search_finds_what_is_published_in_the_language_of_the_site(example: Path, site: Path) -> None:
    run(example, "finish", site)
    urls = {fragment["url"].lstrip("/") for fragment in read_search_fragments(site)}
    assert {"", "claims/april-record/", "timeline/#count-published"} <= urls
    assert '"de-at"' in (site / "pagefind/pagefind-entry.json").read_text(encoding="utf-8").lower()


def test_a_section_to_which_the_host_gave_another_id_is_found_on_its_page(example: Path, site: Path) -> None:
    page = example / "docs/index.md"
    page.write_text("# The ferry count\n\n## Why\n\nBecause.\n\n## How\n\nSo.\n", encoding="utf-8")
    run(example, "finish", site)
    titles = {fragment["meta"]["title"]: fragment["url"] for fragment in read_search_fragments(site)}
    assert (titles["The ferry count: Why"], titles["The ferry count: How"]) == ("#why", "")


def test_only_the_page_of_corrections_leads_to_the_feed(example: Path, site: Path) -> None:
    run(example, "finish", site)
    linked = [path for path, text in texts(site).items() if 'type="application/atom+xml"' in text]
    assert linked == ["corrections/index.html"]


def test_a_site_without_a_feed_gets_no_link_to_it(example: Path, site: Path) -> None:
    (site / "corrections.xml").unlink()
    run(example, "finish", site)
    assert not [path for path, text in texts(site).items() if 'type="application/atom+xml"' in text]


def test_finishing_twice_changes_nothing(example: Path, site: Path) -> None:
    run(example, "finish", site)
    before = texts(site)
    assert run(example, "finish", site).exit_code == 0
    assert texts(site) == before


def test_the_sitemap_lists_the_pages_that_the_site_has_with_their_days(example: Path, site: Path, replace: Replace) -> None:
    replace(example / "mkdocs.yml", "site_name", "site_url: https://ferry.example/count/\nsite_name")
    write(site / "sitemap.xml", "<urlset><url><loc>https://host.example/</loc></url></urlset>")
    shutil.rmtree(site / "glossary")
    assert run(example, "finish", site).exit_code == 0
    text = (site / "sitemap.xml").read_text(encoding="utf-8")
    days = dict(re.findall(r"<loc>https://ferry.example/count/(.*?)</loc>(?:\s*<lastmod>(.*?)</lastmod>)?", text))
    assert days.pop("") == ""  # the example is in no repository
    assert set(days) == {page.url for page in build_pages(read_dossier(example))} - {"glossary/"}
    assert set(days.values()) == {"2024-06-01"}
    assert "host.example" not in text


def test_the_sitemap_has_the_day_of_a_change_that_came_after_the_review(example: Path, site: Path, replace: Replace) -> None:
    replace(example / "mkdocs.yml", "site_name", "site_url: https://ferry.example/count/\nsite_name")
    assert run(example, "release", "--day", "2024-05-20").exit_code == 0
    replace(example / "annotations/events/count-published.yml", "title: ", "title: Again, ")
    assert run(example, "release", "--day", "2024-07-01").exit_code == 0
    assert run(example, "finish", site).exit_code == 0
    text = (site / "sitemap.xml").read_text(encoding="utf-8")
    days = dict(re.findall(r"<loc>https://ferry.example/count/(.+?)</loc>\s*<lastmod>(.*?)</lastmod>", text))
    assert days["timeline/"] == "2024-07-01"
    assert days["claims/april-record/"] == "2024-06-01"


@pytest.mark.parametrize(("host", "stays"), [("<urlset>\n</urlset>", False), ("<loc>https://host.example/</loc>", True)])
def test_a_sitemap_without_pages_is_removed_where_the_site_has_no_address(
    example: Path, site: Path, host: str, stays: bool
) -> None:
    write(site / "sitemap.xml", host)
    assert run(example, "finish", site).exit_code == 0
    assert (site / "sitemap.xml").exists() == stays


@pytest.mark.parametrize("name", ["nowhere", "mkdocs.yml", ".", "docs", "overrides", "build"])
def test_where_there_is_no_site_that_is_said_and_nothing_is_changed(example: Path, site: Path, name: str) -> None:
    write(example / "overrides/main.html", FRAME.format("{{ content }}"))
    assert run(example, "pages", "build").exit_code == 0
    write(example / "docs/index.html", FRAME.format("a page of another site"))
    site.rename(example / "build/site")
    before = {file: file.read_bytes() for file in example.rglob("*") if file.is_file()}
    result = run(example, "finish", example / name)
    assert (result.exit_code, "there is no finished site in" in result.stderr) == (1, True)
    assert "name the folder that the generator wrote its pages to" in result.stderr
    assert {file: file.read_bytes() for file in example.rglob("*") if file.is_file()} == before


def test_without_an_index_no_page_is_changed(example: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(indexer: SearchIndexer, timeout: float | None = None) -> None:
        raise IndexingError("Pagefind ended before the index was written")

    before = texts(site)
    monkeypatch.setattr(SearchIndexer, "wait_for_index", fail)
    result = run(example, "finish", site)
    assert (result.exit_code, "the search has no index: Pagefind ended" in result.stderr) == (1, True)
    assert texts(site) == before


def test_a_page_that_is_packed_is_told_of(example: Path, site: Path) -> None:
    (site / "packed.html").write_bytes(gzip.compress(b"<html></html>"))
    result = run(example, "finish", site)
    assert (result.exit_code, "packed.html is not UTF-8 text" in result.stderr) == (1, True)


def test_a_site_with_a_link_out_of_it_is_neither_finished_nor_verified(example: Path, site: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("xyzzy", encoding="utf-8")
    (site / ".hidden").mkdir()
    (site / ".hidden/page.html").symlink_to(tmp_path / "secret.html")
    for command in ("finish", "verify"):
        result = run(example, command, site)
        assert (result.exit_code, "page.html is a link that leads out of the site" in result.stderr) == (1, True)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes in a folder")
def test_a_pipe_among_templates_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "main.html")
    assert not TemplateScripts([tmp_path]).has_script("anything()")
