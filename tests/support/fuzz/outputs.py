"""What no problem, report, page or site may hold: no place, control characters, what runs, words from outside or of a capture."""

from __future__ import annotations

import gzip
import os
import re
from base64 import b64encode
from collections.abc import Iterator
from functools import cache, cached_property
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath

from dossier.model import RULES, Problem
from support.fuzz.base import PRIVATE_WORD_PATTERN
from support.fuzz.file_ways import SECRET

MOST_PARSED = 300_000
"""Characters of a page that is searched for what runs."""
MOST_PRIVATE_SHARE = 0.3
"""Share of a private capture's words that one run may show besides those that it was given; in CI, it shows none."""
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN_TAGS = "script iframe object embed base form link meta img".split()
_OURS = ("search-form", "../assets/search.js", "../assets/filters.js", "../../assets/filters.js")
"""What tells the form of the search and the scripts of search and filters, which nobody typed."""

_POLICY_PATTERN = re.compile(
    r"\s*(?:<!doctype html>)?\s*<html[^>]*>\s*<head[^>]*>\s*(?:<meta charset=[^>]*>)?\s*"
    r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"',
    re.IGNORECASE,
)
_SCRIPT_PATTERN = re.compile(r"<script\b([^>]*)>(.*?)</script", re.DOTALL | re.IGNORECASE)
_SOURCE_PATTERN = re.compile(r"\bsrc\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_ADDRESS_PATTERN = re.compile(r'"(?:\.|/|https?:)[\w./~%:-]*"')
_REFRESH_PATTERN = re.compile(r"<meta[^>]*http-equiv=[\"']?refresh[^>]*>", re.IGNORECASE)
_RUNNING_PATTERN = re.compile(
    r"<(?:\w+:)?script|\son\w+\s*=|(?:java|vb)script:|<\?xml-stylesheet|<(?:iframe|object|embed)\b", re.IGNORECASE
)
ACTIVE_SUFFIXES = (".html", ".htm", ".xhtml", ".svg", ".xml", ".xht", ".mhtml", ".shtml")
"""Files of a site that a browser may run scripts of."""


@cache
def find_injected_tags(html: str) -> tuple[str, ...]:
    """What no page of records may hold: scripts, handlers and links that run something.

    Cached, because rounds fork from a process that has searched the pages of the sound dossier, and most stay as they are.
    """
    reader = _TagReader()
    reader.feed(html)
    return tuple(reader.found)


class _TagReader(HTMLParser):
    """Collects the tags that run something."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = [re.sub(r"[\x00-\x20]", "", value or "").lower() for _, value in attrs]
        runs = any(value.startswith(("javascript:", "vbscript:", "data:")) for value in values)
        handlers = any(name.startswith("on") or name in ("srcdoc", "formaction") for name, _ in attrs)
        ours = any(value in _OURS for _, value in attrs)
        if (tag in _FORBIDDEN_TAGS and not ours) or runs or handlers:
            self.found.append(f"<{tag} {attrs}>")


def find_problem_faults(problem: Problem) -> Iterator[str]:
    """What a problem lacks that every problem has."""
    path, place = PurePosixPath(problem.location.path), problem.location
    if not place.path or path.is_absolute() or ".." in path.parts or place.line < 1 or place.column < 1:
        yield f"has no place: {problem}"
    if problem.rule not in RULES or not problem.message or (problem.severity == "error" and not problem.help):
        yield f"has no rule, message or help: {problem}"
    if _UNSEEN.search(f"{place}{problem.message}{problem.help}"):
        yield f"holds control characters: {problem}"


def find_output_faults(name: str, text: str, html: str = "") -> Iterator[str]:
    """What is wrong with a page or a report. A capture's own control characters are its publisher's."""
    text.encode()
    if not html and (unseen := _UNSEEN.search(text.replace("\n", "").replace("\t", ""))):
        yield f"{name} holds control characters: {unseen[0]!r}"
    if SECRET in text:
        yield f"{name} shows what stands outside the dossier"
    if len(html) < MOST_PARSED:
        yield from (f"{name} holds {tag}" for tag in find_injected_tags(html))


class PrivateWords:
    """The words of private captures that a round was not given: those in its records or pages may stand anywhere."""

    def __init__(self, root: Path) -> None:
        self.held = {file: _find_private_words(file.read_bytes()) for file in _iter_own_files(root / "originals")}
        files = (file for file in _iter_own_files(root) if "originals" not in file.relative_to(root).parts)
        self.given = {word for file in files for word in _find_private_words(file.read_bytes())}

    def find_faults(self, name: str, content: bytes, may_show: bool = False) -> Iterator[str]:
        """What an output shows of a capture; `may_show`: as much of it as the budget of an article."""
        found = _find_private_words(content) - self.given
        for file, words in self.held.items():
            budget = int(len(words) * MOST_PRIVATE_SHARE) if may_show else 0
            if len(shown := found & words) > budget:
                yield f"{name} shows {len(shown)} words of {file.name}, of which none was given: {sorted(shown)[:3]}"


class SiteSearch:
    """Searches a built site for what none may hold; `base` is the site of the dossier before it was spoilt."""

    def __init__(self, base: Path) -> None:
        self.base = base

    @cached_property
    def known(self) -> set[str]:
        """Scripts, sources and refreshes of the site that nobody spoilt."""
        pages = [file.read_text(encoding="utf-8", errors="replace") for file in self.base.rglob("*.html")]
        return {sign for page in pages for sign, _ in _iter_running_signs(page)}

    def find_faults(self, site: Path, private: PrivateWords) -> Iterator[str]:
        """What is wrong with the files of a site."""
        for file in sorted(file for file in site.rglob("*") if file.is_file()):
            name, content = f"site/{file.relative_to(site).as_posix()}", file.read_bytes()
            if file.is_symlink():
                yield f"{name} is a link"
            content = gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
            if SECRET.encode() in content or SECRET.encode("utf-16-le") in content:
                yield f"{name} shows what stands outside the dossier"
            yield from private.find_faults(name, content)
            if file.suffix.lower() in ACTIVE_SUFFIXES:
                yield from (f"{name} {fault}" for fault in self._find_active_faults(file.suffix.lower(), content))

    def _find_active_faults(self, suffix: str, content: bytes) -> Iterator[str]:
        """What a file runs, or may run: a page has a policy at its head, and other files have nothing that runs."""
        text = content.decode("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8", "replace")
        policy = _POLICY_PATTERN.match(text)
        if suffix == ".html" and not policy:
            yield "has no policy at its head"
        if not policy and (runs := _RUNNING_PATTERN.search(unescape(text))):
            yield f"may run {runs[0]!r} and has no policy"
        for sign, source in dict(_iter_running_signs(text)).items() if policy else ():
            if sign not in self.known and (not source.startswith("'sha256") or (policy and source in policy[1])):
                yield f"runs what no template has: {sign[:200]}"


def list_file_states(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Every file below a folder with what changes when it is written to."""
    found = {}
    for place, folders, files in os.walk(folder):
        for name in (*folders, *files):
            status = os.lstat(os.path.join(place, name))
            found[os.path.relpath(os.path.join(place, name), folder)] = (status.st_mtime_ns, status.st_size, status.st_mode)
    return found


def _iter_running_signs(page: str) -> Iterator[tuple[str, str]]:
    """What of a page may run under a policy, whatever the site's address is, and what the policy must name for it.

    Files of scripts, inline scripts by their words and hash, pages that a reader is sent on to.
    """
    for attributes, text in _SCRIPT_PATTERN.findall(page):
        if source := _SOURCE_PATTERN.search(attributes):
            yield f"script {source[1].rpartition('assets/')[2]}", "'self'"
        else:
            yield _ADDRESS_PATTERN.sub('"…"', text), f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
    yield from ((match[0], "") for match in _REFRESH_PATTERN.finditer(page))


def _find_private_words(content: bytes) -> set[str]:
    text = content.decode("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8", "replace")
    text = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text)  # as YAML and JSON write letters
    return {word.lower() for word in PRIVATE_WORD_PATTERN.findall(text)}


def _iter_own_files(folder: Path) -> Iterator[Path]:
    """The regular files below a folder that can be read, without following links."""
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "site"]
        for file in (Path(place, name) for name in names):
            if file.is_file() and not file.is_symlink() and os.access(file, os.R_OK) and file.stat().st_size < 5_000_000:
                yield file
