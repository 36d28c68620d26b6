"""Our notes as a file that the client of Hypothesis imports (https://github.com/hypothesis/client).

The client reads the words, text and tags of each entry of `annotations`; it puts the address of the page that is open in the
place of ours, and the reader's account in the place of `user`, by which it lists what there is to import.

The client's Markdown is not ours: it has HTML and pictures, which may come from elsewhere, formulas, and links of bare addresses
(`src/sidebar/render-markdown.ts`). Of a link that shows its own address it makes a player, where that is the address of a film
or a recording on some hosts (`src/sidebar/media-embedder.ts`). So a text in which it could read more than we do is HTML, no link
shows its whole address, and a name has no sign of Markdown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup, escape

from dossier.exports.registry import export
from dossier.model.dossier import Dossier
from dossier.model.records import Annotation, Article, get_article_url, get_claim_url
from dossier.model.site.export_files import HYPOTHESIS_PATH
from dossier.pages.article.page import list_printed_notes
from dossier.pages.context import PageContext, render_plain_line
from dossier.pages.markdown import render_markdown_html

IMPORTED_USER = "acct:notes@dossier.invalid"
"""The account of the notes. The client needs one to list them under; no such host exists (RFC 6761, section 6.4)."""

_CLIENT_SIGN_PATTERN = re.compile(r"[][\\`*_~<>&$!@]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_FORMULA_SIGN_PATTERN = re.compile(r"[\\$]")
_READ_DIFFERENTLY_PATTERN = re.compile(r"[<&$\\~]|!\[|\]:|\]\(\s|(?<!\]\(http)(?<!\]\(https)://", re.IGNORECASE)
_SHOWN_LINK_PATTERN = re.compile(r"(<a [^>]*>)(.*?)(?=</a>)", re.DOTALL)
_SHOWN_SCHEME_PATTERN = re.compile(r"https?://", re.IGNORECASE)
_INTERNAL_LINK_PATTERN = re.compile(r"\]\(/(?!/)")


@export(HYPOTHESIS_PATH)
def build_hypothesis_files(published: Dossier) -> Iterator[tuple[str, str]]:
    """The notes of each article whose address is established."""
    for slug, article in published.articles.items():
        notes = list_printed_notes(published, slug)
        if notes and article.reading_url:
            entries = [_build_import_entry(published, article, note) for note in notes]
            yield slug, json.dumps({"annotations": entries}, ensure_ascii=False) + "\n"


def _build_import_entry(published: Dossier, article: Article, note: Annotation) -> dict[str, Any]:
    settings, verdict = published.settings, published.get_verdict(note)
    name = settings.site_name or settings.publisher
    return {
        "id": f"{note.article}.{note.id}",
        "user": IMPORTED_USER,
        "user_info": {"display_name": name or "Notes"},
        "uri": article.reading_url,
        "document": {"title": [article.cited_title]},
        "tags": [tag for tag in (verdict.label if verdict else "", name) if tag],
        "text": format_note_text(published, note),
        "target": [{"source": article.reading_url, "selector": [{"type": "TextQuoteSelector", "exact": note.quote}]}],
    }


def format_note_text(published: Dossier, note: Annotation) -> str:
    """A note as Markdown: verdict, text, claim, sources, and where it stands. A site that knows no address links nothing."""
    root, context = published.settings.site_url, PageContext(published, get_article_url(note.article))
    verdict, claim = published.get_verdict(note), published.claims.get(note.claim or "")
    texts = [_write_for_reader(text, root) for text in (note.note, note.hindsight) if text]
    if verdict:
        separator = "\n\n" if texts and texts[0].startswith("<") else " "  # HTML has lines of its own
        texts[:1] = [f"**{_escape_signs(verdict.label)}.**{separator}{texts[0] if texts else ''}".rstrip()]
    if claim:
        texts.append(f"The claim: {_link(render_plain_line(claim.claim), root, get_claim_url(claim.id))}")
    sources = [published.sources[source_id] for source_id in note.sources if source_id in published.sources]
    if sources:
        links = (_link(context.format_source_label(source), root, source.page_url) for source in sources)
        texts.append(f"{'Source' if len(sources) == 1 else 'Sources'}: {'; '.join(links)}")
    if root:
        texts.append(_link("This note where it was published", root, note.page_url))
    return "\n\n".join(texts)


def _write_for_reader(text: str, root: str) -> str:
    """Contributors' Markdown with links that lead to the site from anywhere, or where its address is not known as plain text."""
    if not root:
        return _escape_signs(render_markdown_html(text, "").striptags())
    if _READ_DIFFERENTLY_PATTERN.search(text):
        html = _SHOWN_LINK_PATTERN.sub(_shorten_address, render_markdown_html(text, root).strip())
        return _FORMULA_SIGN_PATTERN.sub(_write_reference, html)
    return _INTERNAL_LINK_PATTERN.sub(lambda _: f"]({root}", text.strip())


def _shorten_address(link: re.Match[str]) -> str:
    """A link whose words are an address, without `https://`: of one that shows its address the client makes a player."""
    words = Markup(link[2]).striptags()
    return link[1] + (
        str(escape(_SHOWN_SCHEME_PATTERN.sub("", words, count=1))) if _SHOWN_SCHEME_PATTERN.match(words) else link[2]
    )


def _link(text: str, root: str, address: str) -> str:
    return f"[{_escape_signs(text)}]({root}{address})" if root else _escape_signs(text)


def _escape_signs(text: str) -> str:
    """A plain text for Markdown. Not with backslashes: one before a parenthesis begins a formula."""
    return _CLIENT_SIGN_PATTERN.sub(_write_reference, text)


def _write_reference(sign: re.Match[str]) -> str:
    return f"&#{ord(sign[0])};"
