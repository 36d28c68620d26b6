"""Hand-written pages for hosts without our plugin: generated parts are inserted, links made relative."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from html import unescape
from itertools import pairwise
from typing import Any

import yaml
from markdown_it.token import Token

from dossier.model.dossier import Dossier
from dossier.model.handwritten import PAGE_PARSER, split_front_matter
from dossier.model.normalization import normalize_text
from dossier.model.page_html import split_url
from dossier.model.settings import HandwrittenPage
from dossier.model.site.addresses import DIRECTIVE_PATTERN
from dossier.output.page_metadata import has_few_parts, neutralize_markup, neutralize_metadata
from dossier.pages import HandwrittenPageText
from dossier.pages.directives import render_directive
from dossier.pages.markdown import insert_nonbreaking_spaces

_LINK_TARGET_PATTERN = re.compile(
    r"(?<=\]\()(?P<inline>[^\s()<>#]+)|^(?P<before> {0,3}\[[^\]^][^\]]*\]: *)(?P<reference>[^\s<>#]+)", re.M
)
_BLANK_LINES_PATTERN = re.compile(r"\n\s*\n")
_BLANK_LINES_OR_VERBATIM_PATTERN = re.compile(r"\n\s*\n|<(pre|textarea|script|style)\b.*?</\1>", re.DOTALL)


def get_output_path(url: str) -> str:
    """Path of the Markdown of the page at an address: `claims/x/index.md`.

    File and address have the same folder, so a relative link means the same to hosts that resolve it from either.
    """
    return f"{url}index.md"


def fill_handwritten_page(page: HandwrittenPage, dossier: Dossier) -> str:
    """The Markdown of a hand-written page, for the file at `get_output_path`. `dossier` is filtered already.

    Generated parts are filled in. Links to Markdown files and to files beside the page become relative addresses, which
    need nothing of a host. Code blocks stay as they are, and front matter but for markup in its title or description.
    """

    def fill_prose(text: str) -> str:
        text = _LINK_TARGET_PATTERN.sub(lambda link: _replace_link_target(link, page), insert_nonbreaking_spaces(text))
        return DIRECTIVE_PATTERN.sub(lambda call: f"\n{join_html_block(render_directive(call[1], dossier, page.url))}\n", text)

    front_matter, body = split_front_matter(page.text)
    return _neutralize_front_matter(front_matter, get_handwritten_title(page)) + _map_prose(body, fill_prose)


def join_html_block(html: str) -> str:
    """HTML as one block of Markdown, which CommonMark ends at the first empty line."""

    def join(match: re.Match[str]) -> str:
        if match[1] in ("pre", "textarea"):
            return match[0].replace("\n", "&#10;")
        return _BLANK_LINES_PATTERN.sub("\n", match[0])

    return _BLANK_LINES_OR_VERBATIM_PATTERN.sub(join, html.strip())


def iter_handwritten_page_texts(dossier: Dossier) -> Iterator[HandwrittenPageText]:
    """Yield the hand-written pages for the search, without generated parts.

    Ids of headings are those that Python-Markdown gives; another host may give others.
    """
    for page in dossier.handwritten_pages:
        front_matter, body = split_front_matter(page.text)
        metadata = _parse_front_matter(front_matter)
        search = metadata.get("search")
        if not (isinstance(search, dict) and search.get("exclude")):
            tokens = PAGE_PARSER.parse(DIRECTIVE_PATTERN.sub("", body))
            _add_heading_ids(tokens)
            html: str = PAGE_PARSER.renderer.render(tokens, PAGE_PARSER.options, {})
            yield HandwrittenPageText(page.url, get_handwritten_title(page), html)


def get_handwritten_title(page: HandwrittenPage) -> str:
    """The title of its front matter, else its first heading, else its address."""
    front_matter, body = split_front_matter(page.text)
    title = _parse_front_matter(front_matter).get("title")
    return str(title or _find_first_heading(PAGE_PARSER.parse(body)) or page.url)


def slugify_heading(text: str) -> str:
    """The id that Python-Markdown's table of contents gives to a heading."""
    ascii_text = normalize_text("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", ascii_text).strip().lower())


def _neutralize_front_matter(front_matter: str, title: str) -> str:
    """Front matter without markup; with the page's title, where that has some and a host would take it from a heading."""
    metadata = _parse_front_matter(front_matter)
    named = {} if neutralize_markup(unescape(title)) == title else {"title": unescape(title)}
    neutral = neutralize_metadata(named | metadata)
    return front_matter if neutral == metadata else f"---\n{yaml.safe_dump(neutral, allow_unicode=True, sort_keys=False)}---\n"


def _parse_front_matter(front_matter: str) -> dict[str, Any]:
    try:
        values = yaml.safe_load(front_matter.strip().strip("-"))
    except yaml.YAMLError:
        return {}  # the host reports it, with its place
    return values if isinstance(values, dict) and has_few_parts(values) else {}


def _add_heading_ids(tokens: list[Token]) -> None:
    given: set[str] = set()
    for token, text in pairwise(tokens):
        if token.type == "heading_open":
            stem = slugify_heading("".join(child.content for child in text.children or ())) or "_1"
            name, number = stem, 1
            while name in given:
                name, number = f"{stem}_{number}", number + 1
            given.add(name)
            token.attrSet("id", name)


def _find_first_heading(tokens: list[Token]) -> str:
    return next((text.content for token, text in pairwise(tokens) if token.type == "heading_open"), "")


def _map_prose(body: str, change: Callable[[str], str]) -> str:
    """A page with its text changed, and its code blocks as they were."""
    lines = body.splitlines(keepends=True)
    changed, first = [], 0
    for token in PAGE_PARSER.parse(body):
        if token.type in ("fence", "code_block") and token.map:
            changed += [change("".join(lines[first : token.map[0]])), *lines[token.map[0] : token.map[1]]]
            first = token.map[1]
    return "".join([*changed, change("".join(lines[first:]))])


def _replace_link_target(link: re.Match[str], page: HandwrittenPage) -> str:
    target = link["inline"] or link["reference"]
    return (link["before"] or "") + _resolve_link_target(target, page)


def _resolve_link_target(target: str, page: HandwrittenPage) -> str:
    """A link to a file of `docs/` as a relative address; other links as they are."""
    parts = split_url(target)
    if parts.scheme or parts.netloc or target.startswith("/"):
        return target
    file = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), target))
    if file.startswith("..") or not file.startswith("docs/"):
        return target
    address = HandwrittenPage(file, "").url if file.endswith(".md") else file.removeprefix("docs/")
    relative = posixpath.relpath(address or ".", page.url or ".")
    return f"{relative}/" if file.endswith(".md") else relative
