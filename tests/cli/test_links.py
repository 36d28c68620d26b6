"""Cited addresses: listed with their places for people, once each for lychee, and nothing of what is retired."""

from __future__ import annotations

from pathlib import Path

from dossier.model.site.external_links import collect_external_urls
from support.command_line import run
from support.dossiers import read_example


def test_every_address_is_known_with_the_places_where_it_is_written(example: Path) -> None:
    dossier = read_example(example)
    found = collect_external_urls(dossier)
    urls = {entry.url for entry in (*dossier.articles.values(), *dossier.sources.values()) if entry.url}
    assert urls
    assert urls <= found.keys()
    source = dossier.sources["harbour-office-count"]
    assert source.url
    assert found[source.url] == [source.locate("url")]


def test_what_is_retired_is_not_asked(example: Path) -> None:
    source = read_example(example).sources["harbour-office-count"]
    with (example / source.path).open("a", encoding="utf-8") as file:
        file.write("status: retired\n")
    assert source.url not in collect_external_urls(read_example(example))


def test_the_list_has_an_address_a_tab_and_its_place_on_each_line(example: Path) -> None:
    source = read_example(example).sources["harbour-office-count"]
    second = example / "annotations/sources/second-look.yml"
    second.write_text((example / source.path).read_text(encoding="utf-8"), encoding="utf-8")
    result = run(example, "links")
    assert result.exit_code == 0
    lines = [tuple(line.split("\t")) for line in result.stdout.splitlines()]
    line = source.locate("url").line
    assert (example / source.path).read_text(encoding="utf-8").splitlines()[line - 1] == f"url: {source.url}"
    assert [place for url, place in lines if url == source.url] == [
        f"{source.path}:{line}",
        f"annotations/sources/second-look.yml:{line}",
    ]
    assert {url for url, _ in lines} == collect_external_urls(read_example(example)).keys()


def test_lychee_reads_each_address_once_between_brackets(example: Path) -> None:
    result = run(example, "links", "--format", "lychee")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [f"- <{url}>" for url in collect_external_urls(read_example(example))]


def test_links_in_texts_digests_and_pages_are_listed_with_their_lines(example: Path) -> None:
    claim, digest, about = "annotations/claims/april-record.yml", "docs/articles/island-digest.md", "docs/about.md"
    _write_link(example / claim, "who went and came back", "who [went and came back](https://a.example/x)")
    with (example / digest).open("a", encoding="utf-8") as file:
        file.write("\nSee [a timetable](https://b.example/).\n")
    (example / about).write_text(
        "# About\n\n[c](https://c.example/) <https://d.example/>\n[e](mailto:e@e.example)\n", encoding="utf-8"
    )
    places = dict(line.split("\t") for line in run(example, "links").stdout.splitlines())
    assert places["https://a.example/x"] == f"{claim}:9"
    last = len((example / digest).read_text(encoding="utf-8").splitlines())
    assert places["https://b.example/"] == f"{digest}:{last}"
    assert (places["https://c.example/"], places["https://d.example/"]) == (f"{about}:3", f"{about}:3")
    assert not any("mailto" in url for url in places)


def test_a_link_in_a_retired_text_is_not_asked(example: Path) -> None:
    claim = example / "annotations/claims/april-record.yml"
    _write_link(claim, "who went and came back", "who [went and came back](https://a.example/x)")
    with claim.open("a", encoding="utf-8") as file:
        file.write("status: retired\n")
    assert "https://a.example/x" not in collect_external_urls(read_example(example))


def _write_link(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
