"""Addresses: no two things share one, and every link and directive in the texts leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dossier.checks.rule import Fault, rule
from dossier.model.dossier import Dossier
from dossier.model.problem import Place
from dossier.model.records import Record
from dossier.model.site import (
    DIRECTIVE,
    DIRECTIVES,
    PARAGRAPH_ID,
    RESERVED,
    addresses,
    links,
)

PROSE = frozenset({"about", "note", "explanation", "would_change", "text", "means"})
"""Keys whose values are Markdown."""


@rule("taken-address")
def taken_address(dossier: Dossier) -> Iterator[Fault]:
    for note in dossier.all_annotations():
        if note.id in RESERVED or PARAGRAPH_ID.fullmatch(note.id):
            message = f"`#{note.id}` is an address that the article's page uses itself"
            yield Fault(note.place("id"), message, "name the annotation after what its quotation says")
    made = {address: "a page made from the records" for address in addresses(dossier)}
    for page in dossier.pages:
        if page.address in made:
            message = f"/{page.address} is already the address of {made[page.address]}"
            yield Fault(Place(page.path), message, "give the file another name")
        made[page.address] = page.path


@rule("unknown-link")
def unknown_link(dossier: Dossier) -> Iterator[Fault]:
    known: dict[str, set[str] | None] = {**addresses(dossier), **{page.address: None for page in dossier.pages}}
    for record, key, text in _prose(dossier):
        for link in links(text):
            if message := _broken(link, known, dossier):
                help = "link to https://… or to an address of this site, as in /claims/<id>/ or /timeline/#<id>"
                yield Fault(record.place(key), message, help)
    for article in dossier.articles.values():
        for passage in article.digest.passages:
            if passage.target and passage.note is None and (message := _broken(passage.target, known, dossier)):
                yield Fault(passage.place, message, "a digest links to its notes as #<id>, or elsewhere as /claims/<id>/")


@rule("unknown-directive")
def unknown_directive(dossier: Dossier) -> Iterator[Fault]:
    for page in dossier.pages:
        for match in DIRECTIVE.finditer(page.text):
            if match[1] not in DIRECTIVES:
                line = page.text.count("\n", 0, match.start()) + 1
                help = f"the parts are {', '.join(DIRECTIVES)}"
                column = match.group().index("<!--") + 1
                yield Fault(Place(page.path, line, column), f"there is no part `{match[1]}` to put here", help)


def linked_records(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Kind and id of the sources and parties that links in the texts name."""
    for _, _, text in _prose(dossier):
        for link in links(text):
            page, _, fragment = link.partition("#")
            kind = {"/sources/": "source", "/parties/": "party"}.get(page)
            if kind and fragment:
                yield kind, fragment


def _prose(dossier: Dossier) -> Iterator[tuple[Record, str, str]]:
    """Every piece of contributors' Markdown but the digests, with its record and key."""
    for record in (*dossier.entries(), *dossier.glossary):
        for key in PROSE & type(record).model_fields.keys():
            if text := getattr(record, key):
                yield record, key, text
    for claim in dossier.claims.values():
        for evidence in claim.sources:
            if evidence.note:
                yield claim, "sources", evidence.note


def _broken(link: str, known: Mapping[str, set[str] | None], dossier: Dossier) -> str:
    """What is wrong with a link, or nothing."""
    if link.startswith(("http://", "https://", "mailto:")):
        return ""
    if not link.startswith("/"):
        return f"{link!r} is no address that a reader can follow"
    page, _, fragment = link[1:].partition("#")
    if _files(page, fragment) & dossier.unread:
        return ""  # what it leads to could not be read, which is told already
    if page not in known:
        return f"there is no page {'/' + page} on this site"
    ids = known[page]
    if fragment and ids is not None and fragment not in ids:
        return f"there is no #{fragment} on /{page}"
    return ""


def _files(page: str, fragment: str) -> set[str]:
    """The files that an address would be made from, if they could be read."""
    folder, _, name = page.rstrip("/").rpartition("/")
    if folder in ("claims", "articles"):
        return {f"annotations/{folder}/{name}.yml", f"docs/articles/{name}.md"}
    kind = {"timeline": "events"}.get(name, name)
    return {f"annotations/{kind}/{fragment}.yml", f"annotations/{kind}.yml"}
