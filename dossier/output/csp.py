"""The Content-Security-Policy (CSP) of a page: nothing is loaded from other sites, and no inline script of the content runs.

Themes write small inline scripts and styles into the frame of a page. A script is allowed by its hash if it is in the
frame and its text is in a template: one that got into the content, a title or a description does not run. A style needs
only to be in the frame. The policy is a `<meta>` tag, since a static site cannot count on sending headers.
https://www.w3.org/TR/CSP3/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dossier.loading.running_markup import CONTENT_ELEMENTS, hash_csp_source
from dossier.output.inline_scripts import TemplateScripts

_INLINE_SCRIPT_OR_STYLE = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1>", re.DOTALL)
_HEAD_START = re.compile(r'<head[^>]*>(?:\s*<meta charset="[^"]*">)?')
_DATA_SCRIPT_TYPE = re.compile(r'\btype="(?!text/javascript"|module")')
"""A script of another type is data: browsers do not run it, so the policy need not allow it."""

_FIXED_CSP_RULES = {
    "default-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "frame-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "style-src-attr": "'unsafe-inline'",  # Markdown aligns table columns with a style attribute
}


_CSP_TAG_PATTERN = re.compile(r'<meta http-equiv="Content-Security-Policy" content="[^"]*">')


_CLOSED_PAGE_PATTERN = re.compile(
    r'<!doctype html>\s*<html[^>]*>\s*<head>\s*<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
    r"""content="default-src 'none'; script-src 'none'; """,
    re.IGNORECASE,
)


def build_csp(script_hashes: Iterable[str] = (), style_hashes: Iterable[str] = ()) -> str:
    """The policy as text; a hash, `'sha256-…'`, lets one script or style within the page run."""
    # The search runs as WebAssembly.
    scripts = " ".join(["'self'", "'wasm-unsafe-eval'", *script_hashes])
    styles = " ".join(["'self'", *style_hashes])
    rules = _FIXED_CSP_RULES | {"script-src": scripts, "style-src": styles}
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def insert_csp(html: str, scripts: TemplateScripts) -> str:
    """A finished page with its policy at the head, before anything that it rules; an earlier policy of ours is replaced.

    Of the page's inline scripts, those among `scripts` are allowed. A page that begins with a policy which forbids all that it
    does not name, and scripts altogether, keeps it: the cards of claims.
    """
    if _CLOSED_PAGE_PATTERN.match(html):
        return html
    html = _CSP_TAG_PATTERN.sub("", html, count=1)
    hashes: dict[str, dict[str, None]] = {"script": {}, "style": {}}
    for tag, text in _iter_inline_texts(html):
        if tag == "style" or scripts.has_script(text):
            hashes[tag][hash_csp_source(text)] = None
    policy = f'<meta http-equiv="Content-Security-Policy" content="{build_csp(hashes["script"], hashes["style"])}">'
    return _HEAD_START.sub(lambda found: found[0] + policy, html, count=1)


def has_unknown_script(html: str, scripts: TemplateScripts) -> bool:
    """Whether the frame of a page has an inline script that its policy does not allow."""
    return any(tag == "script" and not scripts.has_script(text) for tag, text in _iter_inline_texts(html))


def _iter_inline_texts(html: str) -> Iterator[tuple[str, str]]:
    """Yield the inline scripts and styles of a page's frame, each with its tag; not scripts that are data."""
    for tag, attributes, text in _INLINE_SCRIPT_OR_STYLE.findall(_remove_content(html)):
        if " src=" not in attributes and not _DATA_SCRIPT_TYPE.search(attributes):
            yield tag, text


def _remove_content(html: str) -> str:
    """The frame of a page, without its content."""
    element = next((element for element in CONTENT_ELEMENTS if element.search(html)), None)
    return element.sub("", html) if element else html
