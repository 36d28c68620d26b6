"""Metadata of a saved web page: meta tags and JSON-LD in, the front matter of an article's record out.

The names of meta tags are those of Open Graph (https://ogp.me), Twitter cards, Dublin Core, schema.org and Parse.ly.
Nothing is guessed: what the page does not say in one of these forms is `not-established`, for an editor to find out.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import TYPE_CHECKING, Any

from dossier.captures.html_extra import explain_missing_html_libraries
from dossier.model.dates.edtf import parse_edtf
from dossier.model.field_types import MAX_LINE_CHARACTERS, NOT_ESTABLISHED, is_web_url
from dossier.model.problems.problem import FORBIDDEN_CHARACTERS_PATTERN, UnreadableError
from dossier.model.quotations.capture import Capture, ParagraphKind

if TYPE_CHECKING:
    from lxml import html

META_TAG_NAMES = {
    "title": ("og:title", "twitter:title", "dc.title", "headline"),
    "authors": ("author", "article:author", "dc.creator", "parsely-author"),
    "published": ("article:published_time", "datepublished", "dc.date", "date", "pubdate", "parsely-pub-date"),
    "site": ("og:site_name", "application-name", "publisher", "dc.publisher"),
    "url": ("og:url",),
}
"""Names of meta tags for each field, in lower case, in the order of preference."""

JSON_LD_KEYS = {"title": "headline", "authors": "author", "published": "datePublished", "site": "publisher", "url": "url"}
"""The schema.org property of each field, in JSON-LD."""

# schema.org's Article and its subtypes, such as NewsArticle and BlogPosting; also as a full URL, since only the end must match.
JSON_LD_ARTICLE_TYPE = re.compile(r"(?:News|Reportage|Analysis|Opinion|Tech|Blog)?(?:Article|Posting)$")
_ISO_DATE_PREFIX = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Only with the semicolon, so that the "&copy" of an address stays. Publishers escape once or twice what JSON holds as it is.
_CHARACTER_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MAX_ESCAPES = 3
# Only elements of words in a line, and only with both tags, so that a headline about "<b>" stays as it is.
_LINE_ELEMENT = re.compile(r"<(a|abbr|b|cite|em|i|mark|q|s|small|span|strong|sub|sup|u)(?:\s[^<>]*)?>(.*?)</\1>", re.IGNORECASE)
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def extract_page_metadata(content: bytes) -> dict[str, list[str]]:
    """Metadata of a page: title, authors, published, site, url and language, each a list of texts, empty if unknown.

    JSON-LD takes precedence over meta tags, a canonical link over both; headings and `<title>` are the last resort for a
    title. Raises `UnreadableError` if the page cannot be parsed.
    """
    with explain_missing_html_libraries():
        from dossier.captures.decoding import decode_html  # noqa: PLC0415  # needs optional libraries
        from dossier.captures.html_tree import parse_html  # noqa: PLC0415

    tree = parse_html(decode_html(content).text)
    meta_tags = _collect_meta_tags(tree)
    metadata = {key: next((meta_tags[name] for name in names if name in meta_tags), []) for key, names in META_TAG_NAMES.items()}
    for article in iter_json_ld_articles(tree):
        metadata |= {
            key: values for key, name in JSON_LD_KEYS.items() if (values := _clean_texts(_list_json_ld_names(article.get(name))))
        }
    metadata["url"] = [str(link) for link in tree.xpath("//link[@rel='canonical']/@href")][:1] or metadata["url"]
    headings = [*tree.xpath("//h1"), *tree.xpath("//title")]
    metadata["title"] = metadata["title"] or [" ".join(str(node.text_content()).split()) for node in headings[:1]]
    metadata["language"] = [str(tree.xpath("string(/html/@lang)")).strip()]
    return {key: _clean_texts(texts) for key, texts in metadata.items()}


def format_article_fields(metadata: Mapping[str, list[str]], capture: Capture) -> dict[str, str]:
    """YAML values for the keys of an article's record, from a page's metadata and the kinds of its paragraphs.

    Keys without a value in a valid form are left out: a date without a day, a URL that is not http(s), a language tag of
    an unknown shape, names of authors that are URLs of their profiles.
    """
    first = {key: (metadata.get(key) or [""])[0].strip() for key in ("title", "published", "url", "language")}
    authors = [name for name in metadata.get("authors", []) if name and not name.startswith("http")]
    numbers_by_kind: defaultdict[ParagraphKind, list[int]] = defaultdict(list)
    for paragraph in capture.paragraphs:
        if paragraph.kind != "paragraph":
            numbers_by_kind[paragraph.kind].append(paragraph.number)
    kinds = ", ".join(f"{kind}: [{_format_paragraph_ranges(numbers)}]" for kind, numbers in numbers_by_kind.items())
    fields = {
        "title": _quote_metadata_value(first["title"]),
        "authors": json.dumps(authors, ensure_ascii=False) if authors else "",
        "published": _quote_metadata_value(_get_day(first["published"])),
        "url": _quote_metadata_value(first["url"] if is_web_url(first["url"]) else ""),
        "language": first["language"] if re.fullmatch("[a-z]{2,3}(-[A-Z]{2})?", first["language"]) else "",
        "kinds": f"{{{kinds}}}" if kinds else "",
    }
    return {key: value for key, value in fields.items() if value}


def get_site_name(metadata: Mapping[str, list[str]]) -> str:
    """The site's name in a page's metadata, in one line; empty if unknown. It is a hint at the publisher, not more."""
    return " ".join((metadata.get("site") or [""])[0].split())


def format_article_front_matter(metadata: Mapping[str, list[str]], capture: Capture) -> str:
    """Front matter of an article's record, from a page's metadata; unknown values are `not-established`."""
    fields, site = format_article_fields(metadata, capture), get_site_name(metadata)
    lines = [
        "---",
        f"title: {fields.get('title', NOT_ESTABLISHED)}",
        f"publisher: {NOT_ESTABLISHED}" + (f"   # the page calls its site {_quote_metadata_value(site)}" if site else ""),
        *(f"{key}: {fields.get(key, NOT_ESTABLISHED)}" for key in ("authors", "published", "url")),
        f"language: {fields.get('language', 'en')}",
        "print: excerpts",
        f"kinds: {fields.get('kinds', '{}')}",
        "---",
    ]
    return "\n".join(lines) + "\n"


def _collect_meta_tags(tree: html.HtmlElement) -> dict[str, list[str]]:
    """Contents of all meta tags, by name in lower case; the name may be in `property`, `name` or `itemprop`."""
    meta_tags: defaultdict[str, list[str]] = defaultdict(list)
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if content := (element.get("content") or "").strip():
            meta_tags[name.lower()].append(content)
    return meta_tags


def iter_json_ld_articles(tree: html.HtmlElement) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects of an article type, at the top, in lists and in `@graph`; invalid JSON is ignored."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            stack = [json.loads(script.text or "")]
        except (ValueError, RecursionError):
            continue
        while stack:
            value = stack.pop()
            if isinstance(value, list):
                stack.extend(reversed(value))
            elif isinstance(value, dict):
                stack.append(value.get("@graph"))
                if any(JSON_LD_ARTICLE_TYPE.search(str(kind)) for kind in _to_json_ld_list(value.get("@type"))):
                    yield value


def _list_json_ld_names(value: Any) -> list[str]:
    """Texts of a JSON-LD value, which may be a text, an object with a `name`, or a list of either."""
    names = [item.get("name") if isinstance(item, dict) else item for item in _to_json_ld_list(value)]
    return [name.strip() for name in names if isinstance(name, str) and name.strip()]


def _to_json_ld_list(value: Any) -> list[Any]:
    # JSON-LD allows a single value in place of a list of one.
    return value if isinstance(value, list) else [value]


def _clean_texts(texts: Iterable[str]) -> list[str]:
    """Texts as readers see them, without those of which nothing is left, or too much for a line of a record."""
    cleaned = (_clean_text(text) for text in texts if len(text) <= MAX_LINE_CHARACTERS)
    return [text for text in cleaned if text]


def _clean_text(text: str) -> str:
    """A text without character references, tags of a line, and characters that no record may hold; white space collapsed."""
    for _ in range(_MAX_ESCAPES):
        text = _CHARACTER_REFERENCE.sub(lambda match: unescape(match[0]), text)
    text, found = _LINE_BREAK.sub(" ", text), 1
    while found:
        text, found = _LINE_ELEMENT.subn(r"\2", text)
    whole = " ".join(text.split()).encode("utf-8", "ignore").decode("utf-8")  # JSON can hold half of a surrogate pair
    return FORBIDDEN_CHARACTERS_PATTERN.sub("", whole).strip()


def _get_day(published: str) -> str:
    """The day at the beginning of a date and time; empty if there is none in the calendar."""
    day = _ISO_DATE_PREFIX.match(published)
    try:
        return str(parse_edtf(day[0])) if day else ""
    except UnreadableError:
        return ""


def _quote_metadata_value(text: str) -> str:
    # A JSON string is also a YAML double-quoted scalar.
    return json.dumps(" ".join(text.split()), ensure_ascii=False) if text else ""


def _format_paragraph_ranges(numbers: list[int]) -> str:
    """Format ascending numbers as items of a YAML list, with runs as ranges: `1, "3-5", 9`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f'"{first}-{last}"' for first, last in runs)
