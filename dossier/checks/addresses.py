"""Addresses: no two things share one, and every link and directive in the texts leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from dossier.checks.rule import Fault, rule
from dossier.model.base import Entry, Record
from dossier.model.dossier import Dossier
from dossier.model.markdown import allowed, links
from dossier.model.problems.problem import Place, likely
from dossier.model.site.addresses import CHART, DIRECTIVE, DIRECTIVES, EDITOR, FILES, PARAGRAPH_ID, RESERVED, addresses
from dossier.model.yaml_node import Step

PROSE = frozenset("""about because claim explanation hindsight means note now reason summary text was would_change""".split())
"""Keys whose values are Markdown."""


@rule("taken-address")
def taken_address(dossier: Dossier) -> Iterator[Fault]:
    for entry in dossier.entries():
        address, name = entry.home
        folder = address.partition("/")[0] + "/"
        paragraph = folder == "articles/" and PARAGRAPH_ID.fullmatch(name)
        if paragraph or name in RESERVED.get(folder, ()):
            key = "term" if entry.noun == "glossary entry" else "id"
            yield Fault(entry.place(key), f"`#{name}` is an address that the page /{address} uses itself", "give it another name")
    for claim in dossier.claims.values():
        for number, topic in enumerate(claim.topics):
            if topic in RESERVED["claims/"]:
                message = f"`#{topic}` is an address that the page /claims/ uses itself"
                yield Fault(claim.place("topics", number), message, "give the topic another name")
    made = {address: "a page made from the records" for address in (*addresses(dossier), EDITOR)}
    for page in dossier.pages:
        if page.address in made:
            message = f"/{page.address} is already the address of {made[page.address]}"
            yield Fault(Place(page.path), message, "give the file another name")
        made[page.address] = page.path


@rule("unknown-link")
def unknown_link(dossier: Dossier) -> Iterator[Fault]:
    by_hand: dict[str, set[str] | None] = {page.address: None for page in dossier.pages}
    known, shown = {**addresses(dossier), **by_hand}, {**addresses(dossier.published()), **by_hand}
    help = "link to https://… or to an address of this site, as in /claims/<id>/ or /timeline/#<id>"
    for entry, place, link in _linked(dossier):
        if _spoilt(link, dossier):
            continue
        if message := _broken(link, known):
            yield Fault(place, message, help, likely(link, _near(link, known)))
        elif entry.published_here and _broken(link, shown):
            yield Fault(place, f"{link} is not published, but this is", "publish it too, or link to something else")


@rule("unknown-directive")
def unknown_directive(dossier: Dossier) -> Iterator[Fault]:
    for page in dossier.pages:
        for match in DIRECTIVE.finditer(page.text):
            line = page.text.count("\n", 0, match.start()) + 1
            place = Place(page.path, line, match.group().index("<!--") + 1)
            if chart := CHART.fullmatch(match[1]):
                yield from _unknown_chart(dossier, chart[1], place)
            elif match[1] not in DIRECTIVES:
                help = f"the parts are {', '.join(DIRECTIVES)}, and `chart` with the id of a chart"
                close = likely(match[1], get_close_matches(match[1], DIRECTIVES, 1))
                yield Fault(place, f"there is no part `{match[1]}` to put here", help, close)


def _unknown_chart(dossier: Dossier, name: str, place: Place) -> Iterator[Fault]:
    """What is wrong with calling a chart in by this id."""
    chart, path = dossier.charts.get(name), FILES["chart"].format(name)
    if not chart and path not in dossier.unread:
        close = get_close_matches(name, dossier.charts, 1)
        help = f"did you mean `{close[0]}`?" if close else f"write its record first, in {path}"
        yield Fault(place, f"there is no chart `{name}` to put here", help, likely(name, close))
    elif chart and not chart.published_here:
        yield Fault(
            place, f"the chart `{name}` is `{chart.status}`, but this page is published", "publish it, or delete the line"
        )


def linked_records(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Kind and id of the sources and parties that links in the texts name."""
    for _, _, link in _linked(dossier):
        page, _, fragment = link.partition("#")
        kind = {"/sources/": "source", "/parties/": "party"}.get(page)
        if kind and fragment:
            yield kind, fragment


def _linked(dossier: Dossier) -> Iterator[tuple[Entry, Place, str]]:
    """Every link in the texts but those of digests to their notes, with its record and place."""
    for entry in dossier.entries():
        for steps, text in _prose(entry):
            for link in links(text):
                before, found, _ = text.partition(f"]({link}")
                yield entry, entry.place_after(before + "](" if found else "", *steps), link
    for article in dossier.articles.values():
        for passage in article.digest.passages:
            if passage.target and passage.note is None:
                yield article, passage.place, passage.target


def _prose(record: Record, *steps: Step) -> Iterator[tuple[tuple[Step, ...], str]]:
    """Every piece of contributors' Markdown in a record and in those inside it, with the keys that lead there."""
    texts, holders = _fields(type(record))
    values = vars(record)
    for name in texts:
        if value := values[name]:
            yield (*steps, name), value
    for name in holders:
        inside = values[name] or ()
        for step, part in inside.items() if isinstance(inside, dict) else enumerate(inside):
            yield from _prose(part, *steps, name, step)


@lru_cache(maxsize=64)
def _fields(kind: type[Record]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fields of a kind of record that are Markdown, and those that hold records with some."""
    fields = kind.model_fields.items()
    holders = {name: next(_records_in(info.annotation), None) for name, info in fields}
    texts = tuple(name for name, _ in fields if name in PROSE)
    return texts, tuple(name for name, inner in holders.items() if inner and any(_fields(inner)))


def _records_in(annotation: Any) -> Iterator[type[Record]]:
    """The kinds of records in a list or mapping."""
    for part in getattr(annotation, "__args__", ()):
        if isinstance(part, type) and issubclass(part, Record):
            yield part


def _near(link: str, known: Mapping[str, set[str] | None]) -> list[str]:
    """Addresses of the site that may be meant: ids of the page, or pages."""
    page, _, fragment = link[1:].partition("#")
    if ids := known.get(page):
        return [f"/{page}#{name}" for name in get_close_matches(fragment, ids, 3)]
    return [f"/{address}" for address in get_close_matches(page.strip("/") + "/", known, 3)] if link.startswith("/") else []


def _broken(link: str, known: Mapping[str, set[str] | None]) -> str:
    """What is wrong with a link, or nothing."""
    if not allowed(link) or link.startswith("#"):
        return f"{link!r} is no address that a reader can follow"
    if not link.startswith("/"):
        return ""
    page, _, fragment = link[1:].partition("#")
    if page not in known:
        return f"there is no page {'/' + page} on this site"
    ids = known[page]
    if fragment and ids is not None and fragment not in ids:
        return f"there is no #{fragment} on /{page}"
    return ""


def _spoilt(link: str, dossier: Dossier) -> bool:
    """Whether a link leads to what could not be read: that is told already."""
    page, _, fragment = link.lstrip("/").partition("#")
    folder, _, name = page.rstrip("/").rpartition("/")
    if folder in ("claims", "articles"):
        made_from = {f"annotations/{folder}/{name}.yml", f"docs/articles/{name}.md"}
    else:
        kind = {"timeline": "events"}.get(name, name)
        made_from = {f"annotations/{kind}/{fragment}.yml", f"annotations/{kind}.yml"}
    return bool(made_from & dossier.unread)
