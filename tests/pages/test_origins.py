"""What sources go back to: told on the page of sources, and never endless."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from dossier.model import Dossier
from dossier.model.records import Source
from support.dossiers import read_example
from support.reading_pages import GAZETTE, at, links, pages, words

Change = Callable[[Path, str, str], None]
COUNT = "harbour-office-count"


def test_a_chain_of_origins_is_followed_to_its_end(example: Path) -> None:
    report(example, "report", COUNT)
    report(example, "report-copy", "report")
    dossier = read_example(example)
    assert dict(dossier.root_ids_by_source) == dict.fromkeys((COUNT, "report", "report-copy"), COUNT)
    assert [source.id for source in dossier.descendants_by_root[COUNT]] == ["report-copy", "report"]


def test_all_that_leads_into_a_circle_has_one_origin(example: Path, replace: Change) -> None:
    report(example, "report", COUNT)
    report(example, "report-copy", "report")
    replace(example / f"annotations/sources/{COUNT}.yml", f"origin: {COUNT}", "origin: report")
    assert len(set(read_example(example).root_ids_by_source.values())) == 1


NAMES = st.integers(0, 11).map(lambda number: f"s{number}")


@given(st.dictionaries(NAMES, NAMES, min_size=1))
def test_sources_share_an_origin_when_their_chains_meet_and_only_then(origins: dict[str, str]) -> None:
    roots = Dossier(sources={name: source(name, origin) for name, origin in origins.items()}).root_ids_by_source

    def chain(name: str) -> set[str]:
        seen: set[str] = set()
        while name not in seen:
            seen.add(name)
            name = origins.get(name, name)
        return seen

    assert roots.keys() == origins.keys()
    for one in origins:
        for other in origins:
            assert (roots[one] == roots[other]) is bool(chain(one) & chain(other))


def test_an_origin_names_what_is_based_on_it(example: Path) -> None:
    report(example, "report", COUNT)
    one = pages(example)["sources/"]
    assert "1 other is based on this: Harbour Gazette, 3 May 2024." in words(at(one, COUNT))
    report(example, "report-copy", "report")
    page = pages(example)["sources/"]
    assert "3 sources from 1 origin" in words(page)
    assert "2 others are based on this: " in words(at(page, COUNT))
    assert {"#report", "#report-copy"} <= set(links(at(page, COUNT)))
    assert "Based on Harbour office, 2 May 2024." in words(at(page, "report"))


def test_an_article_says_the_bounds_of_its_date_and_why(example: Path, replace: Change) -> None:
    because = f"it cites [the count](/sources/#{COUNT})."
    bounds = f'bounds:\n  - not_before: "2024-05-01"\n    not_after: "2024-06"\n    because: {because}\n'
    replace(example / f"docs/articles/{GAZETTE}.md", "url: https", f"{bounds}url: https")
    page = pages(example)[f"articles/{GAZETTE}/"]
    assert "not before 1 May 2024, not after June 2024: it cites the count." in words(page)
    assert f"../../sources/#{COUNT}" in links(page)


def report(root: Path, name: str, origin: str, more: str = "") -> None:
    """Write a source that goes back to another one."""
    text = f'title: A report on the count\npublisher: harbour-gazette\npublished: "2024-05-03"\nurl: not-established\n{more}'
    text += f'kind: news\norigin: {origin}\nknown_from: "2024-05-03"\nchecked: read-in-full\n'
    (root / f"annotations/sources/{name}.yml").write_text(text, encoding="utf-8")


def source(name: str, origin: str) -> Source:
    """A source of which nothing is known but its origin."""
    unknown = {key: None for key in ("publisher", "published", "url", "known_from")}
    return Source(id=name, title=name, kind="news", origin=origin, checked="not-read", **unknown)
