"""What a saved page says of itself, in: meta tags and JSON-LD; out: the record of an article, ready to be looked through.

Nothing is guessed: what the page does not say, or says in no form we know, is `not-established`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import html

from dossier.captures.html_page import parse
from dossier.model.field_types import NOT_ESTABLISHED
from dossier.model.quotations.capture import Capture, Kind

META = {
    "title": ("og:title", "twitter:title", "dc.title", "headline"),
    "authors": ("author", "article:author", "dc.creator", "parsely-author"),
    "published": ("article:published_time", "datepublished", "dc.date", "date", "pubdate", "parsely-pub-date"),
    "site": ("og:site_name", "application-name", "publisher", "dc.publisher"),
    "url": ("og:url",),
}
"""Names of meta tags that say a thing, the best first."""

LINKED = {"title": "headline", "authors": "author", "published": "datePublished", "site": "publisher", "url": "url"}
"""What the same things are called in JSON-LD."""

ARTICLES = re.compile(r"(?:News|Reportage|Analysis|Opinion|Tech|Blog)?(?:Article|Posting)$")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def describe(content: bytes) -> dict[str, list[str]]:
    """What a page says: title, authors, published, site, url, language, each a list, empty where it does not say."""
    tree = parse(content)
    metas = _metas(tree)
    said = {key: next((metas[name] for name in names if name in metas), []) for key, names in META.items()}
    for thing in _linked_data(tree):
        said |= {key: told for key, name in LINKED.items() if (told := _names(thing.get(name)))}
    said["url"] = [str(link) for link in tree.xpath("//link[@rel='canonical']/@href")][:1] or said["url"]
    said["title"] = (
        said["title"] or [_text(node) for node in tree.xpath("//h1")][:1] or [_text(node) for node in tree.xpath("//title")][:1]
    )
    said["language"] = [str(tree.xpath("string(/html/@lang)")).strip()]
    return said


def facts_of(said: Mapping[str, list[str]], capture: Capture) -> dict[str, str]:
    """What a page said and the kinds of its paragraphs, by the key of an article's record, as YAML; nothing for the rest."""
    first = {key: (said.get(key) or [""])[0].strip() for key in ("title", "published", "url", "language")}
    day = _DAY.match(first["published"])
    authors = [name for name in said.get("authors", []) if name and not name.startswith("http")]
    kinds = ", ".join(f"{kind}: [{_ranges(numbers)}]" for kind, numbers in _kinds(capture).items())
    facts = {
        "title": _value(first["title"]),
        "authors": json.dumps(authors, ensure_ascii=False) if authors else "",
        "published": _value(day[0] if day else ""),
        "url": _value(first["url"] if re.match("https?://", first["url"]) else ""),
        "language": first["language"] if re.fullmatch("[a-z]{2,3}(-[A-Z]{2})?", first["language"]) else "",
        "kinds": f"{{{kinds}}}" if kinds else "",
    }
    return {key: value for key, value in facts.items() if value}


def site_of(said: Mapping[str, list[str]]) -> str:
    """What a page calls the site that it belongs to; empty where it does not say."""
    return " ".join((said.get("site") or [""])[0].split())


def record_of(said: Mapping[str, list[str]], capture: Capture) -> str:
    """Front matter with what a page said and the kinds of its paragraphs, every other fact not established."""
    facts, site = facts_of(said, capture), site_of(said)
    lines = [
        "---",
        f"title: {facts.get('title', NOT_ESTABLISHED)}",
        f"publisher: {NOT_ESTABLISHED}" + (f"   # the page calls its site {_value(site)}" if site else ""),
        *(f"{key}: {facts.get(key, NOT_ESTABLISHED)}" for key in ("authors", "published", "url")),
        f"language: {facts.get('language', 'en')}",
        "print: excerpts",
        f"kinds: {facts.get('kinds', '{}')}",
        "---",
    ]
    return "\n".join(lines) + "\n"


def _metas(tree: html.HtmlElement) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = (element.get("content") or "").strip()
        if content:
            metas.setdefault(name.lower(), []).append(content)
    return metas


def _linked_data(tree: html.HtmlElement) -> Iterator[dict[str, Any]]:
    """The articles among the page's JSON-LD objects; what is not JSON is passed over."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            stack = [json.loads(script.text or "")]
        except (ValueError, RecursionError):
            continue
        while stack:
            thing = stack.pop()
            if isinstance(thing, list):
                stack.extend(reversed(thing))
            elif isinstance(thing, dict):
                stack.append(thing.get("@graph"))
                if any(ARTICLES.search(str(kind)) for kind in _listed(thing.get("@type"))):
                    yield thing


def _names(value: Any) -> list[str]:
    """A JSON-LD value as texts: a text, the name of a thing, or several of either."""
    told = [thing.get("name") if isinstance(thing, dict) else thing for thing in _listed(value)]
    return [thing.strip() for thing in told if isinstance(thing, str) and thing.strip()]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text(node: html.HtmlElement) -> str:
    return " ".join(str(node.text_content()).split())


def _value(text: str) -> str:
    return json.dumps(" ".join(text.split()), ensure_ascii=False) if text else ""


def _kinds(capture: Capture) -> dict[Kind, list[int]]:
    kinds: dict[Kind, list[int]] = {}
    for paragraph in capture.paragraphs:
        if paragraph.kind != "paragraph":
            kinds.setdefault(paragraph.kind, []).append(paragraph.number)
    return kinds


def _ranges(numbers: list[int]) -> str:
    """Numbers as a record writes them: `1, "3-5", 9`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f'"{first}-{last}"' for first, last in runs)
