"""The site as other programs build it: ProperDocs with our plugin, Zensical from what `dossier pages` writes.

Both are held against the site that MkDocs builds. They are tools of the locked set-up, so that the forge never skips these.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable
from dataclasses import fields
from hashlib import sha256
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urljoin

import pytest

from dossier.hosts.mkdocs.plugin import DossierPlugin
from dossier.loading import read_dossier
from dossier.loading.built_files import read_build_manifest
from dossier.model import Settings
from dossier.model.site.build_manifest import BUILD_MANIFEST_PATH
from dossier.output.page_files import can_draw_cards
from dossier.output.pages import write_pages
from support.built_site import read_search_fragments
from support.command_line import run
from support.dossiers import commit_all, make_clean_environment, run_mkdocs

Replace = Callable[[Path, str, str], None]
SITE_URL = "https://ferry.example/count/"
pytestmark = pytest.mark.slow
needs_properdocs = pytest.mark.skipif(not find_spec("properdocs"), reason="ProperDocs is not installed; `make test` installs it")
needs_zensical = pytest.mark.skipif(not find_spec("zensical"), reason="Zensical is not installed; `make test` installs it")


def run_host(name: str, folder: Path, *arguments: str) -> str:
    """Run a site generator in a folder; what it said. A failure fails the test with it."""
    outcome = subprocess.run(
        [sys.executable, "-m", name, *arguments],
        cwd=folder,
        env=make_clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    return outcome.stdout + outcome.stderr


@pytest.fixture
def dossier(example: Path, replace: Replace) -> Path:
    """The example with a longer page written by hand, published below a path."""
    replace(example / "mkdocs.yml", "  - dossier:\n", "  - dossier:\n      publisher: The Desk\n")
    replace(example / "mkdocs.yml", "nav:", f"site_url: {SITE_URL}\nrepo_url: https://forge.example/a/b\nnav:\n  - quay.md")
    (example / "docs/quay.md").write_text(
        "---\ntitle: The quay\ndescription: Where the ferry lands.\n---\n\n# The quay\n\nSee "
        "[the claim](claims/april-record.md)\nand [the timeline](timeline/index.md#count-published).\n\n"
        "<!-- dossier: verdicts -->\n\n<!-- dossier: responsible -->\n\n## Opening hours\n\nAlways.\n",
        encoding="utf-8",
    )
    (example / "docs/index.md").write_text(
        "---\ntemplate: front.html\nhide: [navigation, toc]\n---\n\n# The ferry count\n\n[The quay](quay.md)\n", encoding="utf-8"
    )
    return example


def build_with_mkdocs(dossier: Path, tmp_path: Path) -> Path:
    run_mkdocs(dossier, "build", "--strict", "--site-dir", str(tmp_path / "mkdocs"))
    return tmp_path / "mkdocs"


def own_elements_in(file: Path) -> list[str]:
    """What we added to the head of a page: links to feeds, data for search engines."""
    return re.findall(r"<(?:link|script) data-dossier .*?>[^<]*", file.read_text(encoding="utf-8").partition("</head>")[0])


def files_of(site: Path) -> dict[str, bytes]:
    files = (file for file in site.rglob("*") if file.is_file() and "pagefind" not in file.parts and file.suffix != ".gz")
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in files}


@needs_properdocs
def test_properdocs_builds_the_same_site_but_for_its_name(dossier: Path, tmp_path: Path) -> None:
    mkdocs = files_of(build_with_mkdocs(dossier, tmp_path))
    run_host("properdocs", dossier, "build", "--strict", "-f", "mkdocs.yml", "-d", str(tmp_path / "properdocs"))
    properdocs = files_of(tmp_path / "properdocs")
    assert properdocs.keys() == mkdocs.keys()
    others = [path for path in mkdocs if without_generator(mkdocs[path]) != without_generator(properdocs[path])]
    assert others == [BUILD_MANIFEST_PATH]
    assert run(dossier, "verify", tmp_path / "properdocs", "--manifest").exit_code == 0
    assert b'content="mkdocs-ProperDocs' in properdocs["index.html"]
    assert run(dossier, "verify", tmp_path / "properdocs").output == "0 errors, 0 notices\n"
    assert urls_found(tmp_path / "properdocs") == urls_found(tmp_path / "mkdocs")


@needs_properdocs
def test_properdocs_names_the_plugin_as_its_own() -> None:
    from properdocs.plugins import get_plugins  # noqa: PLC0415  # it may be missing

    declared = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    value = "dossier.hosts.mkdocs.plugin:DossierPlugin"
    hosts = re.findall(r'entry-points\."(\w+)\.plugins"\].*\ndossier = "(.+)"', declared)
    assert hosts == [("mkdocs", value), ("properdocs", value)]
    assert get_plugins()["dossier"].value == value


@needs_zensical
def test_zensical_builds_every_page_id_link_and_word_from_the_pages(dossier: Path, tmp_path: Path) -> None:
    mkdocs, zensical = build_with_mkdocs(dossier, tmp_path), build_with_zensical(dossier, tmp_path)
    assert run(dossier, "verify", zensical).output == "0 errors, 0 notices\n"
    pages = {path for path in files_of(mkdocs) if path.endswith(".html")}
    assert pages == {path for path in files_of(zensical) if path.endswith(".html")}
    assert "claims/april-record/index.html" in pages
    for path in sorted(pages):
        ours, theirs = (content_of(site / path) for site in (mkdocs, zensical))
        assert links_in(theirs, path) == links_in(ours, path), path
        assert ids_in(theirs) == ids_in(ours), path
        assert words_in(theirs) == words_in(ours), path


@needs_zensical
def test_annotations_count_the_text_of_the_page_that_each_host_writes(dossier: Path, tmp_path: Path) -> None:
    mkdocs, zensical = build_with_mkdocs(dossier, tmp_path), build_with_zensical(dossier, tmp_path)
    paths = sorted(path for path in files_of(mkdocs) if path.endswith("/annotations.json"))
    assert len(paths) == 2
    for site in (mkdocs, zensical):
        for path in paths:
            html = (site / path).with_name("index.html").read_text(encoding="utf-8")
            text = unescape(re.sub(r"<[^>]*>", "", html[html.index('<div id="page"') :]))
            for note in json.loads((site / path).read_text(encoding="utf-8"))["items"]:
                quoted, place = note["target"]["selector"]
                assert text[place["start"] : place["end"]] == quoted["exact"], (path, note["id"])


@needs_zensical
def test_a_site_of_zensical_has_style_script_search_policy_feed_and_a_way_out_of_wrong_addresses(
    dossier: Path, tmp_path: Path
) -> None:
    mkdocs, zensical = build_with_mkdocs(dossier, tmp_path), build_with_zensical(dossier, tmp_path)
    page = (zensical / "claims/april-record/index.html").read_text(encoding="utf-8")
    assert '<link rel="stylesheet" href="../../assets/dossier.css">' in page
    assert '<script src="../../assets/dossier.js" type="module"></script>' in page
    assert 'class="head-search" role="search" action="../../search/"' in page
    assert '<meta name="section" content="claims/">' in page
    title = "The ferry carried 4,120 passengers in April 2024."
    told = f'<link rel="alternate" type="application/json+oembed" title="{title}" href="{SITE_URL}'
    for site in (mkdocs, zensical):
        assert f'{told}claims/april-record/oembed.json">' in (site / "claims/april-record/index.html").read_text(encoding="utf-8")
        assert "oembed" not in (site / "claims/index.html").read_text(encoding="utf-8")
    assert (zensical / "claims/april-record/card.html").read_bytes() == (mkdocs / "claims/april-record/card.html").read_bytes()
    assert page.count('http-equiv="Content-Security-Policy"') == 1
    for path in ("claims/april-record/index.html", "index.html", "articles/island-digest/index.html"):
        assert head_of(zensical / path) == head_of(mkdocs / path) != []
    picture = "claims/april-record/card.png" if can_draw_cards() else "assets/social.png"
    assert f'<meta property="og:image" content="{SITE_URL}{picture}">' in page
    assert (zensical / picture).read_bytes() == (mkdocs / picture).read_bytes()
    assert 'Content last reviewed <time datetime="' in page
    assert '<a href="../../corrections/">Corrections</a>' in page
    assert 'href="../corrections.xml"' in (zensical / "corrections/index.html").read_text(encoding="utf-8")
    assert 'href="/count/claims/">Claims</a>' in (zensical / "404.html").read_text(encoding="utf-8")
    assert urls_found(zensical) == urls_found(mkdocs)
    assert "quay/#opening-hours" in urls_found(zensical)
    for path in ("index.html", "claims/index.html", "timeline/index.html", "claims/april-record/index.html"):
        heads = [own_elements_in(site / path) for site in (mkdocs, zensical)]
        assert heads[0] == heads[1] != [], path


@needs_zensical
def test_zensical_builds_the_same_bytes_twice_and_the_sitemap_of_mkdocs(dossier: Path, tmp_path: Path) -> None:
    commit_all(dossier)
    mkdocs = build_with_mkdocs(dossier, tmp_path)
    first, second = (read_bytes(build_with_zensical(dossier, tmp_path / name)) for name in "ab")
    assert {path for path in first.keys() | second.keys() if first.get(path) != second.get(path)} == set()
    assert first["sitemap.xml"] == (mkdocs / "sitemap.xml").read_bytes()
    assert first["sitemap.xml"].count(b"<lastmod>") == first["sitemap.xml"].count(b"<loc>") > 10
    ours, theirs = read_build_manifest(mkdocs), read_build_manifest(tmp_path / "a/out/site")
    assert ours.commit == theirs.commit != ""
    assert (ours.generator[:7], theirs.generator[:9]) == ("mkdocs-", "zensical-")
    name = f"swh:1:rev:{ours.commit}".encode()
    assert name in first["quay/index.html"]
    assert name in (mkdocs / "quay/index.html").read_bytes()
    assert run(dossier, "verify", tmp_path / "a/out/site", "--manifest").exit_code == 0
    (tmp_path / "a/out/site/robots.txt").write_bytes(b"")
    assert "site/robots.txt:1:1: this is not in" in run(dossier, "verify", tmp_path / "a/out/site", "--manifest").output


def head_of(page: Path) -> list[str]:
    """What a page says of itself to reference managers."""
    return re.findall(r'<meta name="DC\.[^>]*>', page.read_text(encoding="utf-8"))


def read_bytes(site: Path) -> dict[str, bytes]:
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}


SCRIPT_NAMES = ("claim", "summary", "article", "site", "description", "title", "page")
"""Where a script was put: it calls `alert` with this name."""

SPOILED_PATHS = ("claims/april-record/index.html", "articles/harbour-gazette-2024-05-02/index.html", "quay/index.html")


@pytest.fixture
def spoiled(dossier: Path, replace: Replace) -> Path:
    """The dossier with scripts wherever a theme prints texts at the head of a page."""
    claim = dossier / "annotations/claims/april-record.yml"
    text = """claim: 'Seven </title><script>alert(claim)</script> "countries"'"""
    replace(claim, "claim: The ferry carried 4,120 passengers in April 2024.", text)
    replace(claim, "summary: 4,120 tickets were counted.", "summary: '\"><script>alert(summary)</script>'")
    title = 'title: "Ferry carried a record 4,120 passengers in April"'
    article = dossier / "docs/articles/harbour-gazette-2024-05-02.md"
    replace(article, title, "title: 'Ferry </title><script>alert(article)</script>'")
    name = "site_name: 'Count </title><script>alert(site)</script>'\nsite_description: '\"><script>alert(description)</script>'"
    replace(dossier / "mkdocs.yml", "site_name: The ferry count", name)
    (dossier / "docs/quay.md").write_text(
        "---\ntitle: '</title><script>alert(title)</script>'\n"
        "description: '\"><script>alert(page)</script>'\n---\n\n# The quay\n",
        encoding="utf-8",
    )
    return dossier


def assert_no_script_of_a_text_runs(site: Path) -> None:
    """No page has a script that a record, a page's metadata or a setting brought, nor the hash of one; the host's run."""
    hashes = {f"sha256-{b64encode(sha256(f'alert({name})'.encode()).digest()).decode()}" for name in SCRIPT_NAMES}
    pages = [file for file in site.rglob("*.html") if "pagefind" not in file.parts]
    assert len(pages) > 15
    for file in pages:
        html = file.read_text(encoding="utf-8")
        assert not re.search(r"<script[^>]*>alert", html), file
        [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
        assert [text for text in hashes if text in policy] == [], file
        scripts = policy.split("script-src")[1].split(";")[0]
        assert scripts == " 'none'" if file.name == "card.html" else scripts.count("'sha256-") >= 2, file
    heads = [(site / path).read_text(encoding="utf-8").partition("</head>")[0] for path in SPOILED_PATHS]
    titles = [re.findall("<title>(.*?)</title>", head) for head in heads]
    for [title], name in zip(titles, ("claim", "article", "title"), strict=True):
        assert f"alert({name})" in title
        assert "alert(site)" in title


def test_no_script_in_a_text_runs_in_a_site_of_mkdocs(spoiled: Path, tmp_path: Path) -> None:
    run_mkdocs(spoiled, "build", "--site-dir", str(tmp_path / "mkdocs"))
    assert_no_script_of_a_text_runs(tmp_path / "mkdocs")


@needs_properdocs
def test_no_script_in_a_text_runs_in_a_site_of_properdocs(spoiled: Path, tmp_path: Path) -> None:
    run_host("properdocs", spoiled, "build", "-f", "mkdocs.yml", "-d", str(tmp_path / "properdocs"))
    assert_no_script_of_a_text_runs(tmp_path / "properdocs")


@needs_zensical
def test_no_script_in_a_text_runs_in_a_site_of_zensical(spoiled: Path, tmp_path: Path) -> None:
    """`dossier pages` writes nothing of such texts; if it did, they would run nothing either."""
    refused = run(spoiled, "pages", tmp_path / "out")
    assert (refused.exit_code, (tmp_path / "out").exists()) == (1, False)
    assert {"mkdocs.yml:1:12", "docs/quay.md:2:8", "docs/quay.md:3:14"} <= set(
        re.findall(r"^[\w./-]+:\d+:\d+", refused.output, re.M)
    )
    write_pages(read_dossier(spoiled), spoiled, tmp_path / "out")
    assert_no_script_of_a_text_runs(finish_with_zensical(spoiled, tmp_path))


@needs_zensical
def test_a_page_whose_content_loads_a_script_is_not_finished(dossier: Path, tmp_path: Path) -> None:
    """Hosts may read a page's Markdown otherwise than the check."""
    assert run(dossier, "pages", tmp_path / "out").exit_code == 0
    quay = tmp_path / "out/docs/quay/index.md"
    quay.write_text(quay.read_text(encoding="utf-8") + '\n<div><script src="../search.json"></script></div>\n', encoding="utf-8")
    run_host("zensical", tmp_path / "out", "build", "--clean", "--strict")
    page = tmp_path / "out/site/quay/index.html"
    before = page.read_bytes()
    refused = run(dossier, "finish", tmp_path / "out/site")
    assert (refused.exit_code, page.read_bytes() == before) == (1, True)
    assert "quay/index.html would run something: the content of this page loads the script ../search.json" in refused.output


def build_with_zensical(dossier: Path, tmp_path: Path) -> Path:
    assert run(dossier, "pages", tmp_path / "out").exit_code == 0
    return finish_with_zensical(dossier, tmp_path)


def finish_with_zensical(dossier: Path, tmp_path: Path) -> Path:
    assert "No issues found" in run_host("zensical", tmp_path / "out", "build", "--clean", "--strict")
    assert run(dossier, "finish", tmp_path / "out/site").exit_code == 0
    return tmp_path / "out/site"


def without_generator(content: bytes) -> bytes:
    return re.sub(rb'<meta name="generator" content="[^"]*">', b"", content)


def urls_found(site: Path) -> set[str]:
    return {fragment["url"].lstrip("/") for fragment in read_search_fragments(site)}


def content_of(page: Path) -> str:
    html = page.read_text(encoding="utf-8")
    found = re.search(r"<article\b.*</article>", html, re.DOTALL) or re.search(r"<main\b.*</main>", html, re.DOTALL)
    assert found, page
    return found[0].replace('<a id="__skip" tabindex="-1"></a>', "")


def links_in(content: str, path: str) -> list[str]:
    address = urljoin(SITE_URL, path.removesuffix("index.html"))
    return [urljoin(address, unescape(link)) for link in re.findall(r'<a [^>]*?href="([^"]*)"', content)]


def ids_in(content: str) -> list[str]:
    return re.findall(r' id="([^"]*)"', content)


def words_in(content: str) -> list[str]:
    return unescape(re.sub(r"<[^>]*>", " ", content)).split()


def test_the_options_of_the_plugin_are_the_settings_that_are_declared() -> None:
    options = {name: option.default for name, option in DossierPlugin.config_scheme}
    declared = {setting.name: setting.default for setting in fields(Settings) if not setting.metadata["of_site"]}
    assert options == declared
    assert "site_url" not in options
