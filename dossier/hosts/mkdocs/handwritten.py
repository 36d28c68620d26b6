"""Pages written by hand on their way through MkDocs: what is not known to be harmless is taken out, whatever was reported.

A build that is not strict goes on after problems, and a preview has no policy, so no page may depend on either.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import TableOfContents

from dossier.loading.handwritten import TEXT_KEYS
from dossier.loading.templates import is_icon, is_page_template
from dossier.model import Dossier, Problem
from dossier.model.handwritten import split_front_matter
from dossier.model.page_html import clean_html, find_unsafe_markup
from dossier.output.page_metadata import has_few_parts, neutralize_markup, neutralize_metadata

page_logger = get_plugin_logger("dossier")

_DECLARATION_START, _HIDDEN_START = "<![", "<\ue000!["
"""Python's `html.parser`, through which MkDocs sends every page, ends some `<![` with an AssertionError (gh-77057).

A character between the two signs, which no page has of its own, makes it text.
"""


def prepare_handwritten_page(page: MkDocsPage, markdown: str, root: Path) -> str:
    """Take markup, and templates and icons that do not exist, from a page's metadata; returns Markdown that MkDocs can read."""
    page.meta = neutralize_metadata(page.meta) if has_few_parts(page.meta) else {}
    for key in TEXT_KEYS:
        if key in page.meta and (page.meta[key] is None or isinstance(page.meta[key], (list, dict))):
            del page.meta[key]
        elif key in page.meta:
            page.meta[key] = str(page.meta[key])
    if not is_page_template(root, page.meta.get("template", "main.html")):
        del page.meta["template"]
    if "icon" in page.meta and not is_icon(root, page.meta["icon"]):
        del page.meta["icon"]
    _guard_rendering(page)
    # MkDocs leaves front matter that it cannot read in the text.
    return split_front_matter(markdown)[1].replace(_DECLARATION_START, _HIDDEN_START)


def _guard_rendering(page: MkDocsPage) -> None:
    """Have a page on which Python-Markdown stumbles reported by its name, and left empty, instead of ending the build."""
    render = page.render

    def render_or_report(config: MkDocsConfig, files: Files) -> None:
        try:
            render(config, files)
        except Exception as error:  # of any kind: parsers give up with assertions, values and recursion
            page_logger.error("docs/%s cannot be drawn, and is left empty: %s", page.file.src_uri, error or type(error).__name__)
            page.content, page.toc, page.present_anchor_ids = "", TableOfContents([]), set()

    page.render = render_or_report  # type: ignore[method-assign]


def clean_handwritten_page(page: MkDocsPage, html: str, problems: Iterable[Problem]) -> str:
    """Clean the HTML of a page, and its title, which themes print as plain text and as HTML; returns the HTML.

    What is taken out of a page that has none of the `problems` is logged: extensions of Markdown may write such HTML.
    """
    title = Markup(page.title or "").striptags()
    neutral = neutralize_markup(title)
    if neutral != title:
        page.meta["title"] = neutral
    html = html.replace(_HIDDEN_START, "&lt;![").replace(_HIDDEN_START[1], "")
    piece, path = next(find_unsafe_markup(html), None), f"docs/{page.file.src_uri}"
    if piece and not any(problem.location.path == path for problem in problems):
        page_logger.warning("%s: %s, and is taken out of the page; extensions of Markdown have made it", path, piece.fault)
    return clean_html(html) if piece else html


def exclude_unsafe_files(files: Files, dossier: Dossier, root: Path) -> None:
    """Remove from a site the files beside its pages that browsers might run, and the pages that could not be read."""
    refused = {
        os.path.normpath(root / problem.location.path)
        for problem in dossier.problems
        if problem.rule in ("unsafe-file", "unreadable-file")
    }
    for file in list(files):
        # Articles are left out already, and keep their files.
        is_refused = file.abs_src_path and os.path.normpath(file.abs_src_path) in refused
        if is_refused and file.inclusion is not InclusionLevel.EXCLUDED:
            files.remove(file)
