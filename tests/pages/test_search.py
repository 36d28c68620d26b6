"""What the search finds: everything that is shown and nothing else, each thing under what it is narrowed by; and its index."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from dossier.hosts.mkdocs.page import DossierPage
from dossier.hosts.mkdocs.plugin import DossierPlugin
from dossier.model import Dossier
from dossier.model.dates.edtf import parse_edtf
from dossier.model.site.addresses import collect_linkable_ids_by_url
from dossier.model.site.facets import FacetValue, group_by_facet, list_possible_years
from dossier.output import pagefind as index
from dossier.output.pagefind import IndexingError, SearchIndexer
from dossier.output.termination import exit_on_termination
from dossier.pages import HandwrittenPageText, Page, SearchDocument, build_pages, iter_search_documents
from dossier.pages.search.documents import extract_markdown_text as plain
from support.built_site import read_search_fragments
from support.dossiers import read_example
from support.reading_pages import CLAIM, DIGEST, EVENT, GAZETTE, links, parse

Change = Callable[[Path, str, str], None]
REVIEWED = 'reviewed: "2024-06-01"'
LITTLE = [SearchDocument("claims/x/", "A ferry", "It crosses the harbour.", "claim", [FacetValue("verdict", "supported")])]


def by_address(dossier: Dossier) -> dict[str, SearchDocument]:
    return {one.url: one for one in iter_search_documents(dossier)}


# Records


def test_everything_that_has_an_address_is_found_there(large_dossier: Dossier) -> None:
    homes = ["#".join(filter(None, entry.url_parts)) for entry in large_dossier.iter_entries()]
    assert sorted(one.url for one in iter_search_documents(large_dossier)) == sorted(homes)
    assert len(homes) > 80


def test_a_note_is_found_under_its_verdict_topics_year_and_article(example: Path) -> None:
    note = by_address(read_example(example))[f"articles/{GAZETTE}/#april-record"]
    assert note.title.startswith("“")
    assert note.kind == "note"
    assert list(note.article_slugs) == [GAZETTE]
    assert {FacetValue("verdict", "supported"), FacetValue("topic", "counts"), FacetValue("year", "2024")} <= set(
        note.facet_values
    )


@pytest.mark.parametrize(("file", "address"), [(CLAIM, "claims/april-record/"), (EVENT, "timeline/#count-published")])
def test_a_draft_is_found_in_a_preview_only(example: Path, replace: Change, file: str, address: str) -> None:
    replace(example / file, REVIEWED, f"status: draft\n{REVIEWED}")
    everything = read_example(example)
    shown = {one.url for one in iter_search_documents(everything)}
    readers = {one.url for one in iter_search_documents(everything.only_published())}
    assert len(shown - readers) == 1
    assert {one.split("#")[0] for one in shown - readers} == {address.split("#", maxsplit=1)[0]}


def test_a_private_capture_is_never_found(example: Path) -> None:
    dossier = read_example(example)
    paragraphs = [paragraph.text for capture in dossier.captures.values() for paragraph in capture.paragraphs]
    known = " ".join(f"{one.title} {one.text}" for one in iter_search_documents(dossier))
    assert [text for text in paragraphs if len(text.split()) > 12 and text in known] == []
    assert sum(len(text.split()) > 12 for text in paragraphs) > 3


def test_a_hand_written_page_is_found_section_by_section() -> None:
    html = '<h1 id="t">Method</h1><p>Ferries &amp; tides</p><h2 id="how">How <em>we</em> count</h2><p>By hand.</p><p>Twice.</p>'
    assert list(iter_search_documents(Dossier(), [HandwrittenPageText("method/", "Method", html)])) == [
        SearchDocument("method/", "Method", "Ferries & tides", "page"),
        SearchDocument("method/#how", "Method: How we count", "By hand. Twice.", "page"),
    ]


def test_styles_and_scripts_are_no_text() -> None:
    html = "<p>Ferries</p><style>p { color: red }</style><script>let tide = 1;</script><p>Tides</p>"
    assert list(iter_search_documents(Dossier(), [HandwrittenPageText("method/", "Method", html)])) == [
        SearchDocument("method/", "Method", "Ferries Tides", "page")
    ]


@pytest.mark.parametrize(
    ("search", "titles"),
    [(None, ["Q & A"]), ({"boost": 2}, ["Q & A"]), ({"exclude": True}, []), ({"exclude": True, "boost": 2}, [])],
)
def test_a_hand_written_page_is_found_by_its_plain_title_unless_it_is_left_out(
    search: dict[str, object] | None, titles: list[str]
) -> None:
    file = SimpleNamespace(src_uri="questions.md")
    plugin, page = (
        previewing(),
        SimpleNamespace(meta={"search": search}, url="questions/", title="Q &amp; <em>A</em>", file=file),
    )
    plugin.dossier, plugin.problems, plugin.handwritten_pages = Dossier(), [], []
    plugin.on_page_content("<p>Why?</p>", page=page, config=MkDocsConfig(), files=Files([]))  # type: ignore[arg-type]
    assert [one.title for one in plugin.handwritten_pages] == titles


def test_a_page_without_a_section_is_alone_in_its_kind() -> None:
    pages = [Page(address, "Title", str, "") for address in ("search/", "claims/")]
    kinds = [DossierPage.frame_key.fget(SimpleNamespace(dossier_page=page, content="", frame_values={})) for page in pages]  # type: ignore[attr-defined]
    assert kinds[0] != kinds[1]


def test_an_event_is_not_found_under_an_article_that_is_not_published(example: Path, replace: Change) -> None:
    assert list(by_address(read_example(example))["timeline/#count-published"].article_slugs) == [GAZETTE]
    replace(example / DIGEST, REVIEWED, f"status: draft\n{REVIEWED}")
    assert list(by_address(read_example(example).only_published())["timeline/#count-published"].article_slugs) == []


def test_a_note_is_not_found_where_only_the_record_of_its_article_is_printed(example: Path, replace: Change) -> None:
    replace(example / DIGEST, "print: excerpts", "print: metadata")
    dossier = read_example(example)
    notes = [one.article_slugs for one in iter_search_documents(dossier) if one.kind == "note"]
    shelved = [note.article for shelf in group_by_facet(dossier).values() for note in shelf.annotations]
    assert notes
    assert [GAZETTE] not in notes
    assert GAZETTE not in shelved


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("plain words", "plain words"),
        ("two\nlines", "two lines"),
        ("*one* [link](/claims/x/) `code`", "one link code"),
        ("- a\n- b\n\nc", "a b c"),
        ("<img src=x> & 3 < 4", "<img src=x> & 3 < 4"),
        ("it's", "it’s"),
        ("    indented", "indented"),
        (None, ""),
    ],
)
def test_markdown_is_found_as_the_words_that_are_shown(text: str | None, said: str) -> None:
    assert plain(text) == said


# Shelves


@pytest.mark.parametrize(
    ("date", "of"),
    [
        ("2020-05", "2020"),
        ("2019-10/2020-09", "2019 2020"),
        ("2015/2019", "2015 2016 2017 2018 2019"),
        ("2015/2020", "2015"),
        ("2021/..", "2021"),
        ("../2021", "2021"),
        ("202X", "2020"),
    ],
)
def test_something_dated_belongs_to_the_years_it_can_lie_in(date: str, of: str) -> None:
    assert list(list_possible_years(parse_edtf(date))) == of.split()


def test_what_has_no_date_belongs_to_no_year() -> None:
    assert list_possible_years(None) == ()


def test_shelves_hold_what_is_found_under_them(large_dossier: Dossier) -> None:
    records = list(iter_search_documents(large_dossier))
    for shared, shelf in group_by_facet(large_dossier).items():
        assert len(shelf) == sum(shared in one.facet_values for one in records), shared


def test_every_shelf_has_a_page_that_leads_to_all_that_is_on_it(example: Path) -> None:
    dossier = read_example(example).only_published()
    pages = {page.url: page for page in build_pages(dossier)}
    for shared, shelf in group_by_facet(dossier).items():
        led = links(parse(pages[shared.url].content_html))
        homes = [entry.url_parts for entry in (*shelf.articles, *shelf.claims, *shelf.annotations, *shelf.events)]
        targets = [f"../../{address}#{name}" if name else f"../../{address}" for address, name in homes]
        assert [target for target in targets if target not in led] == []
        assert shared.url in collect_linkable_ids_by_url(dossier)


def test_the_description_of_a_shelf_counts_what_is_on_it(example: Path) -> None:
    described = {page.url: page.description for page in build_pages(read_example(example).only_published())}
    assert described["verdicts/supported/"] == "1 claim and 1 quotation: Verdict: Supported"
    assert described["years/2024/"] == "2 articles, 1 claim, 6 quotations and 1 event: 2024"


def test_the_page_of_the_search_leads_to_every_shelf_and_article(large_dossier: Dossier) -> None:
    page = next(page for page in build_pages(large_dossier) if page.url == "search/")
    led = set(links(parse(page.content_html)))
    assert {f"../{shared.url}" for shared in group_by_facet(large_dossier)} <= led
    assert {f"../articles/{slug}/" for slug in large_dossier.articles} <= led


def test_a_claim_leads_to_its_topics(example: Path) -> None:
    page = next(page for page in build_pages(read_example(example)) if page.url == "claims/april-record/")
    assert "../../topics/counts/" in links(parse(page.content_html))


def test_a_hand_written_page_may_not_stand_where_a_shelf_does(example: Path) -> None:
    from dossier.checks import check_dossier  # noqa: PLC0415

    (example / "docs/topics").mkdir()
    (example / "docs/topics/counts.md").write_text("# Counts\n", encoding="utf-8")
    assert any("topics/counts" in problem.message for problem in check_dossier(read_example(example)))


# The index


def test_an_index_holds_the_records_as_they_are(tmp_path: Path) -> None:
    made(tmp_path, LITTLE)
    [one] = read_search_fragments(tmp_path)
    assert (one["url"], one["meta"], one["content"]) == ("claims/x/", {"title": "A ferry"}, "It crosses the harbour.")
    assert one["filters"] == {"what": ["claim:supported"]}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pagefind"]


def test_the_same_records_are_not_indexed_again(tmp_path: Path) -> None:
    indexing = made(tmp_path, LITTLE)
    before = (tmp_path / "pagefind/pagefind-entry.json").stat()
    indexing.prepare_build(tmp_path)
    assert not (tmp_path / "pagefind").exists()
    indexing.start_indexing(LITTLE, "en")
    indexing.wait_for_index()
    assert (tmp_path / "pagefind/pagefind-entry.json").stat() == before


def test_other_records_are_indexed_anew_and_nothing_of_the_old_index_stays(tmp_path: Path) -> None:
    indexing = made(tmp_path, LITTLE)
    indexing.prepare_build(tmp_path)
    indexing.start_indexing([LITTLE[0]._replace(title="Two ferries")], "en")
    indexing.wait_for_index()
    assert [one["meta"]["title"] for one in read_search_fragments(tmp_path)] == ["Two ferries"]


def test_the_old_index_serves_until_the_new_one_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    indexing = made(tmp_path, LITTLE)
    monkeypatch.setattr(index, "get_executable", lambda: program(tmp_path, "import time; time.sleep(60)"))
    indexing.prepare_build(tmp_path)
    indexing.start_indexing([LITTLE[0]._replace(title="Two ferries")], "en")
    indexing.wait_for_index(0.1)
    assert [one["meta"]["title"] for one in read_search_fragments(tmp_path)] == ["A ferry"]
    indexing.stop_indexing()


@pytest.mark.parametrize(
    ("does", "says"),
    [
        ("pass", "ended before the index was written"),
        (
            "import sys; sys.stdin.read(1); print('eyJwYXlsb2FkIjogeyJ0eXBlIjogIkVycm9yIiwgIm1lc3NhZ2UiOiAibm8ifX0=', end=',')",
            "says: no",
        ),
    ],
)
def test_a_failure_of_pagefind_is_told_and_leaves_no_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str, says: str
) -> None:
    monkeypatch.setattr(index, "get_executable", lambda: program(tmp_path, does))
    with pytest.raises(IndexingError, match=says):
        made(tmp_path / "site", LITTLE)
    assert list((tmp_path / "site").glob("pagefind")) == []


@pytest.mark.parametrize("answer", ["bm90IEpTT04=", "e30=", "not base64"])
def test_an_answer_that_is_not_understood_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    does = f"import sys; sys.stdin.read(1); print({answer!r}, end=',')"
    monkeypatch.setattr(index, "get_executable", lambda: program(tmp_path, does))
    with pytest.raises(IndexingError, match="not understood"):
        made(tmp_path / "site", LITTLE)


def test_an_index_that_cannot_be_put_in_its_place_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(indexing: SearchIndexer, files: dict[str, bytes]) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(SearchIndexer, "_write_index", full)
    with pytest.raises(IndexingError, match="no space left"):
        made(tmp_path, LITTLE)


def test_a_program_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(tmp_path / "lost"))
    with pytest.raises(IndexingError, match="cannot be run"):
        made(tmp_path / "site", LITTLE)


def test_stopping_before_the_first_build_touches_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".pagefind").mkdir()
    SearchIndexer().stop_indexing()
    assert (tmp_path / ".pagefind").is_dir()


def test_what_a_build_before_has_left_behind_is_cleared(tmp_path: Path) -> None:
    for name in (".pagefind", ".pagefind-kept"):
        (tmp_path / name).mkdir()
    SearchIndexer().prepare_build(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_fault_after_a_previews_wait_is_told_at_the_next_build_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(index, "get_executable", lambda: program(tmp_path, "import time; time.sleep(0.3)"))
    plugin, config = previewing(), MkDocsConfig()
    config.site_dir = str(tmp_path / "site")
    plugin.on_pre_build(config=config)
    plugin.search_indexer.start_indexing(LITTLE, "en")
    plugin.search_indexer.wait_for_index(0)
    time.sleep(1)
    assert caplog.messages == []
    for _ in range(2):
        plugin.on_pre_build(config=config)
    assert sum("the search has no index" in message for message in caplog.messages) == 1


def previewing() -> DossierPlugin:
    plugin = DossierPlugin()
    with exit_on_termination():  # so that this process handles signals afterwards as before
        plugin.on_startup(command="serve", dirty=False)
    return plugin


def test_without_pagefinds_program_it_is_told_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "get_executable", lambda: None)
    with pytest.raises(IndexingError, match="pip install"):
        made(tmp_path, LITTLE)


def test_what_is_stopped_leaves_no_process_and_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = tmp_path / "said"
    said.mkdir()
    does = f"import os, time; open({str(said / 'pid')!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    monkeypatch.setattr(index, "get_executable", lambda: program(said, does))
    indexing = SearchIndexer()
    indexing.prepare_build(tmp_path / "site")
    indexing.start_indexing(LITTLE, "en")
    while not (said / "pid").exists() or not (said / "pid").read_text(encoding="utf-8"):
        time.sleep(0.01)
    indexing.stop_indexing()
    with pytest.raises(ProcessLookupError):
        os.kill(int((said / "pid").read_text(encoding="utf-8")), 0)
    assert list((tmp_path / "site").iterdir()) == []


def made(site: Path, records: list[SearchDocument]) -> SearchIndexer:
    """An index of some records, in its place."""
    indexing = SearchIndexer()
    indexing.prepare_build(site)
    indexing.start_indexing(records, "en")
    indexing.wait_for_index()
    return indexing


def program(folder: Path, does: str) -> Path:
    """A program that stands for Pagefind's."""
    file = folder / "program"
    file.write_text(f"#!{sys.executable}\n{does}\n", encoding="utf-8")
    file.chmod(0o755)
    return file
