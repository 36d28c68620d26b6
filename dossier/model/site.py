"""The shape of the site: which address each thing has, which ids a page needs itself, and which parts a hand-written
page may call in.

Addresses are from the site's root and end with a slash: `claims/whatsapp-one-in-ten/`, `timeline/`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from dossier.model.dossier import Dossier
from dossier.model.records import article_address, claim_address

INDEXES = ("articles/", "claims/", "timeline/", "sources/", "parties/", "glossary/")
"""Pages that are made from the records even where there is none."""

SOURCE_KINDS = {
    "primary": "Primary sources",
    "research": "Research",
    "law": "Law",
    "agency-copy": "Copies of a release",
    "news": "News reports",
    "opinion": "Opinion",
}
"""Kinds of sources and the headings they stand under."""

RESERVED: Mapping[str, frozenset[str]] = {
    "articles/": frozenset({"record", "digest", "further-quotations", "map", "sources", "capture", "events", "problems"}),
    "timeline/": frozenset({"problems"}),
    "sources/": frozenset({"problems", *SOURCE_KINDS}),
    "parties/": frozenset({"problems", "people", "organisations"}),
    "glossary/": frozenset({"problems"}),
}
"""Ids that pages need for their own parts."""

PARAGRAPH_ID = re.compile(r"p\d+|ref-.*")
"""Ids that an article's page gives its paragraphs (`p15`) and its links to notes."""

FILES = {
    "article": "docs/articles/{}.md",
    "claim": "annotations/claims/{}.yml",
    "event": "annotations/events/{}.yml",
    "source": "annotations/sources/{}.yml",
    "party": "annotations/parties.yml",
    "verdict": "annotations/verdicts.yml",
    "measure": "annotations/measures.yml",
    "term": "annotations/glossary.yml",
}
"""Where a record of each kind is written; `{}` is its id."""

DIRECTIVES: Mapping[str, str] = {
    "articles": "the list of articles",
    "claims": "the list of claims",
    "verdicts": "the verdict scale with definitions",
    "glossary": "the glossary",
    "rules": "the rules that every build checks",
    "responsible": "who publishes the dossier and how to reach them",
}
DIRECTIVE = re.compile(r"^[ \t]*<!--\s*dossier:\s*(.*?)\s*-->[ \t]*$", re.MULTILINE)


def addresses(dossier: Dossier) -> dict[str, set[str]]:
    """Every address made from the records, each with the ids that can be linked to on it."""
    made: dict[str, set[str]] = {address: set() for address in INDEXES}
    made["timeline/"] |= dossier.events.keys()
    made["sources/"] |= dossier.sources.keys()
    made["parties/"] |= dossier.parties.keys()
    made["glossary/"] |= {term.id for term in dossier.glossary}
    for slug in dossier.articles:
        paragraphs = {f"p{number}" for number, _ in enumerate(dossier.outline(slug), 1)}
        made[article_address(slug)] = paragraphs | dossier.annotation_ids.get(slug, {}).keys()
    for claim in dossier.claims:
        made[claim_address(claim)] = set()
    for address, ids in dossier.withdrawn.items():
        if address in made:
            made[address].update(ids)
    return made


@dataclass(frozen=True)
class SitePage:
    """One HTML page of a finished site: its ids in order, what it links to and what it loads."""

    path: str
    ids: tuple[str, ...]
    links: tuple[str, ...]
    loads: tuple[str, ...]


@dataclass(frozen=True)
class Site:
    """A finished site: its HTML pages by path, the paths of all its files, and the text of those that hold text."""

    pages: Mapping[str, SitePage]
    files: frozenset[str]
    texts: Mapping[str, str]
    base: str = "/"
    """Path below which the site is published, as its pages say it."""
