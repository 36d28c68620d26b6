"""What would run in the files of a finished site: scripts that the policy of a page does not know, and pages without a policy.

Every literal `<script` counts, whatever stands around it: parsers disagree about what is text, and browsers decide.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from html import unescape
from pathlib import PurePosixPath

from dossier.loading.svg_picture import find_svg_fault
from dossier.model.page_html import is_running_url
from dossier.model.site.addresses import CONTENT_SCRIPT_PATHS

CONTENT_ELEMENTS = (re.compile(r"<article\b.*</article>", re.DOTALL), re.compile(r"<main\b.*</main>", re.DOTALL))
"""What holds the content of a page: `<article>`, or `<main>` with hosts that have no `<article>`."""

_POLICY_PATTERN = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_RULED_PATTERN = re.compile(r"<(?:script|style|link|body)\b", re.IGNORECASE)
_SCRIPT_SOURCES_PATTERN = re.compile(r"(?:^|;)\s*script-src ([^;]*)")
_SOURCE_PATTERN = re.compile(r"'(?:self|wasm-unsafe-eval|sha256-[\w+/=]+)'")
_ANY_SCRIPT_PATTERN = re.compile(r"<script\b([^>]*)>(.*?)</script|<script\b([^>]*)", re.DOTALL | re.IGNORECASE)
_SOURCE_ATTRIBUTE_PATTERN = re.compile(r"""\bsrc\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_DATA_TYPE_PATTERN = re.compile(r"""\btype\s*=\s*["']?(?!text/javascript|application/javascript|module)[\w+./-]""", re.IGNORECASE)
_FRAME_PATTERN = re.compile(r"<(applet|base|embed|fencedframe|frame|foreignobject|iframe|object|portal)\b", re.IGNORECASE)
_REFRESH_PATTERN = re.compile(r"<meta\b[^>]*http-equiv\s*=\s*[\"']?refresh", re.IGNORECASE)
_HANDLER_PATTERN = re.compile(
    r"""<[a-zA-Z][^\s/>]*(?:[\s/]+(?!on)[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*[\s/"']+(on\w+)\s*="""
)
_ADDRESS_PATTERN = re.compile(
    r"""[\s/"'](?:href|src|action|formaction|data|to|values)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""
)

_UNRULED_SUFFIXES = frozenset(".htm .hta .mht .mhtml .shtml .svgz .swf .xht .xhtml .xsl .xslt".split())
"""Files that browsers open as pages, or that style what they open; no policy is in them."""
_XML_ANY_SCRIPT_PATTERN = re.compile(r"<\?xml-stylesheet|<(?:[\w.-]+:)?script\b|<!ENTITY", re.IGNORECASE)


@lru_cache(maxsize=1024)
def hash_csp_source(text: str) -> str:
    """The source by which a policy allows an inline script or style: `'sha256-…'`."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def find_page_fault(html: str) -> str:
    """The first thing on a page of a finished site that would run though it should not, in words; empty if there is none."""
    return next(_iter_page_faults(html), "")


def find_file_fault(path: str, content: bytes) -> str:
    """What in another file of a finished site would run where it is opened; empty if there is nothing."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix in _UNRULED_SUFFIXES:
        return "browsers open this file as a page, and it has no policy"
    if suffix == ".svg" and (fault := find_svg_fault(content)):
        return f"line {fault.line}: {fault.message}"
    if suffix == ".xml" and (found := _XML_ANY_SCRIPT_PATTERN.search(content.decode("utf-8", "replace"))):
        return f"`{found[0]}` would run something where this file is opened"
    return ""


def find_content_fault(html: str) -> str:
    """The first thing on a page that a policy cannot stop, in words: scripts that its content loads, frames, and the like."""
    return next(_iter_content_faults(html), "")


def _iter_page_faults(html: str) -> Iterator[str]:
    policy = _POLICY_PATTERN.search(html)
    if not policy:
        yield "this page has no policy"
        return
    sources = _SCRIPT_SOURCES_PATTERN.search(unescape(policy[1]))
    allowed = sources[1].split() if sources else []
    if not allowed or not all(map(_SOURCE_PATTERN.fullmatch, allowed)):
        yield "the policy of this page lets scripts run that no template has"
    if _RULED_PATTERN.search(html, 0, policy.start()):
        yield "something stands on this page before its policy, which does not rule it"
    for attributes, text, _ in _iter_scripts(html):
        is_inline = (
            text.strip() and not _SOURCE_ATTRIBUTE_PATTERN.search(attributes) and not _DATA_TYPE_PATTERN.search(attributes)
        )
        if is_inline and hash_csp_source(text) not in allowed:
            yield f"no template has this script: {' '.join(text.split())[:40]} …"
    yield from _iter_content_faults(html)


def _iter_content_faults(html: str) -> Iterator[str]:
    content = next((found.span() for element in CONTENT_ELEMENTS if (found := element.search(html))), (0, 0))
    for attributes, _, place in _iter_scripts(html):
        source = _SOURCE_ATTRIBUTE_PATTERN.search(attributes)
        if source and content[0] <= place < content[1] and not source[1].endswith(CONTENT_SCRIPT_PATHS):
            yield f"the content of this page loads the script {source[1]}"
    for found in filter(None, (pattern.search(html) for pattern in (_FRAME_PATTERN, _REFRESH_PATTERN, _HANDLER_PATTERN))):
        yield f"`{' '.join(found[0].split())[:40]} …` is on this page"
    for found in _ADDRESS_PATTERN.finditer(html):
        address = found[1] or found[2] or found[3] or ""
        if is_running_url(address):
            yield f"{address[:40]!r} on this page is an address that runs a script"


def _iter_scripts(html: str) -> Iterator[tuple[str, str, int]]:
    """Yield attributes, text and place of every script of a page; the text of one that never ends is empty."""
    for found in _ANY_SCRIPT_PATTERN.finditer(html):
        yield found[1] or found[3] or "", found[2] or "", found.start()
