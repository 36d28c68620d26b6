"""The timeline page: an anchor for each month in which an event begins."""

from __future__ import annotations

from pathlib import Path

import pytest

from dossier.pages import build_pages
from support.dossiers import read_example
from support.reading_pages import EVENT, at, at_address, ids, links, parse, words


@pytest.mark.parametrize(
    ("dates", "months"),
    [
        (["2024-05-02", "2024-05-20", "2024-07"], {"2024-05": "first", "2024-07": "third"}),
        (["2024-05-02", "2024", "2024-21"], {"2024-05": "first"}),
        (["2023-12-31/2024-01-02", "2024-05-02~", "../2024-06"], {"2023-12": "first", "2024-05": "second"}),
    ],
)
def test_the_first_event_of_a_month_has_its_anchor(example: Path, dates: list[str], months: dict[str, str]) -> None:
    text = (example / EVENT).read_text(encoding="utf-8")
    (example / EVENT).unlink()
    for name, date in zip(("first", "second", "third"), dates, strict=True):
        (example / EVENT).with_name(f"{name}.yml").write_text(text.replace('"2024-05-02"', f'"{date}"'), encoding="utf-8")
    built = at_address(build_pages(read_example(example)), "timeline/")
    page = parse(built.content_html)
    assert {id for id in ids(page) if id[:3] == "202" and "-" in id} == months.keys() <= built.anchor_ids
    assert {month: at(page, month, up=True).get("id") for month in months} == months


def test_a_year_with_several_months_leads_to_each(example: Path) -> None:
    text = (example / EVENT).read_text(encoding="utf-8")
    assert not [link for link in links(parse(_render(example))) if link.startswith("#2024-")]
    (example / EVENT).with_name("later.yml").write_text(text.replace('"2024-05-02"', '"2024-11-03"'), encoding="utf-8")
    page = parse(_render(example))
    assert [link for link in links(page) if link.startswith("#2024-")] == ["#2024-05", "#2024-11"]
    assert "May · November" in words(page)


def test_the_page_of_a_year_leads_to_the_months_in_which_its_events_begin(example: Path) -> None:
    text = (example / EVENT).read_text(encoding="utf-8")
    for name, date in (("later", "2024-11-03"), ("into", "2023-12-30/2024-01-02"), ("some-time", "2024")):
        (example / EVENT).with_name(f"{name}.yml").write_text(text.replace('"2024-05-02"', f'"{date}"'), encoding="utf-8")
    built = at_address(build_pages(read_example(example)), "years/2024/")
    page = parse(built.content_html)
    assert {id for id in ids(page) if id.startswith("202")} == {"2024-05", "2024-11"} == built.anchor_ids
    assert [link for link in links(page) if link.startswith("#2024-")] == ["#2024-05", "#2024-11"]


def _render(example: Path) -> str:
    return at_address(build_pages(read_example(example)), "timeline/").content_html
