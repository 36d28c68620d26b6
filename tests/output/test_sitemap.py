"""A sitemap is what sitemaps.org asks for, by a foreign validator, and its days are those of the records."""

from __future__ import annotations

from pathlib import Path

import pytest

from dossier.output.sitemap import render_sitemap
from dossier.pages import build_pages
from support.dossiers import read_example
from support.sitemaps import list_sitemap_faults

SITE = "https://ferry.example/count/"


def test_the_sitemap_of_the_example_is_valid(example: Path) -> None:
    pages = {SITE + page.url: page.last_reviewed for page in build_pages(read_example(example))}
    text = render_sitemap(pages | {SITE: "", f"{SITE}%C3%BCber/": "2024-06-03", f"{SITE}a/?b&c": ""})
    assert list_sitemap_faults(text.encode()) == []
    assert text.count("<lastmod>2024-06-01</lastmod>") == len(pages) > 10


VALID = render_sitemap({f"{SITE}a/": "2024-06-01", f"{SITE}b/": ""})
POISONED = {
    "no day": ("2024-06-01", "2024-06-31"),
    "a day and a time without a zone": ("2024-06-01", "2024-06-01T10:00:00"),
    "an EDTF": ("2024-06-01", "2024-06~"),
    "an empty day": ("2024-06-01", ""),
    "no whole address": (f"{SITE}a/", "/count/a/"),
    "an address that is not escaped": (f"{SITE}a/", f"{SITE}ü/"),
    "a page twice": (f"{SITE}b/", f"{SITE}a/"),
    "another element": ("<lastmod>2024-06-01</lastmod>", "<modified>2024-06-01</modified>"),
    "another namespace": ("sitemap/0.9", "sitemap/0.84"),
    "no XML": ("</urlset>", ""),
}


@pytest.mark.parametrize("fault", POISONED)
def test_the_validator_refuses_a_poisoned_sitemap(fault: str) -> None:
    old, new = POISONED[fault]
    assert old in VALID
    assert list_sitemap_faults(VALID.encode()) == []
    assert list_sitemap_faults(VALID.replace(old, new, 1).encode()) != []
