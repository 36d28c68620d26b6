"""What a saved page says of itself, in: meta tags and JSON-LD; out: the record of an article, ready to be looked through.

Nothing is guessed: what the page does not say, or says in no form we know, is `not-established`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import html

from dossier.captures.html_page import parse_html
from dossier.model.field_types import NOT_ESTABLISHED
from dossier.model.quotations.capture import Capture, ParagraphKind

META_TAG_NAMES = {
    "title": ("og:title", "twitter:title", "dc.title", "headline"),
    "authors": ("author", "article:author", "dc.creator", "parsely-author"),
    "published": ("article:published_time", "datepublished", "dc.date", "date", "pubdate", "parsely-pub-date"),
    "site": ("og:site_name", "application-name", "publisher", "dc.publisher"),
    "url": ("og:url",),
}
"""Names of meta tags that say a thing, the best first."""

JSON_LD_KEYS = {"title": "headline", "authors": "author", "published": "datePublished", "site": "publisher", "url": "url"}
"""What the same things are called in JSON-LD."""

JSON_LD_ARTICLE_TYPE = re.compile(r"(?:News|Reportage|Analysis|Opinion|Tech|Blog)?(?:Article|Posting)$")
_ISO_DATE_PREFIX = re.compile(r"\d{4}-\d\d-\d\d")


def extract_page_metadata(content: bytes) -> dict[str, list[str]]:
    """What a page says: title, authors, published, site, url, language, each a list, empty where it does not say."""
    tree = parse_html(content)
    metas = _collect_meta_tags(tree)
    said = {key: next((metas[name] for name in names if name in metas), []) for key, names in META_TAG_NAMES.items()}
    for thing in _iter_json_ld_articles(tree):
        said |= {key: told for key, name in JSON_LD_KEYS.items() if (told := _list_json_ld_names(thing.get(name)))}
    said["url"] = [str(link) for link in tree.xpath("//link[@rel='canonical']/@href")][:1] or said["url"]
    said["title"] = (
        said["title"]
        or [_get_element_text(node) for node in tree.xpath("//h1")][:1]
        or [_get_element_text(node) for node in tree.xpath("//title")][:1]
    )
    said["language"] = [str(tree.xpath("string(/html/@lang)")).strip()]
    return said


def format_article_fields(said: Mapping[str, list[str]], capture: Capture) -> dict[str, str]:
    """What a page said and the kinds of its paragraphs, by the key of an article's record, as YAML; nothing for the rest."""
    first = {key: (said.get(key) or [""])[0].strip() for key in ("title", "published", "url", "language")}
    day = _ISO_DATE_PREFIX.match(first["published"])
    authors = [name for name in said.get("authors", []) if name and not name.startswith("http")]
    kinds = ", ".join(
        f"{kind}: [{_format_paragraph_ranges(numbers)}]" for kind, numbers in _group_numbers_by_kind(capture).items()
    )
    facts = {
        "title": _quote_metadata_value(first["title"]),
        "authors": json.dumps(authors, ensure_ascii=False) if authors else "",
        "published": _quote_metadata_value(day[0] if day else ""),
        "url": _quote_metadata_value(first["url"] if re.match("https?://", first["url"]) else ""),
        "language": first["language"] if re.fullmatch("[a-z]{2,3}(-[A-Z]{2})?", first["language"]) else "",
        "kinds": f"{{{kinds}}}" if kinds else "",
    }
    return {key: value for key, value in facts.items() if value}


def get_site_name(said: Mapping[str, list[str]]) -> str:
    """What a page calls the site that it belongs to; empty where it does not say."""
    return " ".join((said.get("site") or [""])[0].split())


def format_article_front_matter(said: Mapping[str, list[str]], capture: Capture) -> str:
    """Front matter with what a page said and the kinds of its paragraphs, every other fact not established."""
    facts, site = format_article_fields(said, capture), get_site_name(said)
    lines = [
        "---",
        f"title: {facts.get('title', NOT_ESTABLISHED)}",
        f"publisher: {NOT_ESTABLISHED}" + (f"   # the page calls its site {_quote_metadata_value(site)}" if site else ""),
        *(f"{key}: {facts.get(key, NOT_ESTABLISHED)}" for key in ("authors", "published", "url")),
        f"language: {facts.get('language', 'en')}",
        "print: excerpts",
        f"kinds: {facts.get('kinds', '{}')}",
        "---",
    ]
    return "\n".join(lines) + "\n"


def _collect_meta_tags(tree: html.HtmlElement) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = (element.get("content") or "").strip()
        if content:
            metas.setdefault(name.lower(), []).append(content)
    return metas


def _iter_json_ld_articles(tree: html.HtmlElement) -> Iterator[dict[str, Any]]:
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
                if any(JSON_LD_ARTICLE_TYPE.search(str(kind)) for kind in _to_json_ld_list(thing.get("@type"))):
                    yield thing


def _list_json_ld_names(value: Any) -> list[str]:
    """A JSON-LD value as texts: a text, the name of a thing, or several of either."""
    told = [thing.get("name") if isinstance(thing, dict) else thing for thing in _to_json_ld_list(value)]
    return [thing.strip() for thing in told if isinstance(thing, str) and thing.strip()]


def _to_json_ld_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _get_element_text(node: html.HtmlElement) -> str:
    return " ".join(str(node.text_content()).split())


def _quote_metadata_value(text: str) -> str:
    return json.dumps(" ".join(text.split()), ensure_ascii=False) if text else ""


def _group_numbers_by_kind(capture: Capture) -> dict[ParagraphKind, list[int]]:
    kinds: dict[ParagraphKind, list[int]] = {}
    for paragraph in capture.paragraphs:
        if paragraph.kind != "paragraph":
            kinds.setdefault(paragraph.kind, []).append(paragraph.number)
    return kinds


def _format_paragraph_ranges(numbers: list[int]) -> str:
    """Numbers as a record writes them: `1, "3-5", 9`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f'"{first}-{last}"' for first, last in runs)
