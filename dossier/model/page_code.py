"""Which parts of a page written by hand are code, whose signs are no HTML and no links: blocks and words between backticks.

Hosts do not agree: Python-Markdown counts by four spaces, knows containers that CommonMark has not (admonitions, tabs,
footnotes), and takes no fence that is never closed. What only one of them takes for code is text here, and is examined.
https://spec.commonmark.org/ https://python-markdown.github.io/
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

TAB_WIDTH = 4
"""Spaces that a container indents its content by, for Python-Markdown."""
_MAX_CACHED_PAGES = 64

_QUOTE_PATTERN = re.compile(r"(?: {0,3}>[ \t]?)*+")
_CONTAINER_PATTERN = re.compile(r"(?:[*+-]|\d{1,9}[.)]|:)[ \t]|!!!|\?\?\?|===[ !+]|\[\^[^\]\n]+\]:")
"""How a line begins whose indented lines below are its content: items, definitions, admonitions, tabs, footnotes."""
_ITEM_PATTERN = re.compile(r"(?:[*+-]|\d{1,9}[.)])[ \t]+")
_FENCE_PATTERN = re.compile(r"(`{3,}|~{3,})[^`\n\[<]*\n?\Z")
_SEPARATE_LINE_PATTERN = re.compile(r"(?P<heading>#{1,6})|\||=+\s*\Z|-+\s*\Z|!!!|\?\?\?|===[ !+]")
"""Lines that no code goes on from: headings, rows of a table, titles of admonitions and tabs."""
_RAW_PATTERN = re.compile(
    r"<(?![^\s<>]*[:@])(?!/?(?:a|abbr|b|bdi|bdo|br|cite|code|del|dfn|em|i|img|input|ins|kbd|label|mark|q|s|samp|small|span|strong|sub|sup"
    r"|time|u|var|wbr)\b)(?P<name>[a-z][\w-]*)(?P<is_markdown>[^>]*\smarkdown\b)?|<(?=[!/?])",
    re.IGNORECASE,
)
"""A line that begins like this is HTML to hosts, and so is what is below until the element ends; no code is in it."""
_ENDED_BY_BLANK_LINE = frozenset(
    "area base col dd dt hr li link meta option p param source tbody td tfoot th thead tr track".split()
)
_BACKTICKS_PATTERN = re.compile(r"`+")
_LINE_PATTERN = re.compile(r"[^\n]*\n|[^\n]+")
_VISIBLE_PATTERN = re.compile(r"[^\n]")

MAX_FENCED_LINES = 2_000
"""Lines of a fenced block; a longer one is examined as text."""


class _PageLine(NamedTuple):
    """A line of a page, with its line end: the signs of quotations before it (`>>`), its indentation in spaces, and the rest."""

    text: str
    quote: str
    indent: int
    content: str


class _CodeReader:
    """Goes through the lines of a page."""

    def __init__(self, text: str) -> None:
        self.lines = [_split_line(line) for line in _LINE_PATTERN.findall(text)]
        self.depth = 0
        """How many containers are open."""
        self.begins_block = True
        self.is_in_code = False
        self.parts: list[str] = []
        """What was read, masked."""
        self.paragraphs: list[str] = []
        """What was read since the last empty line or block of code: texts that code between backticks does not leave."""
        self.last_indent = 0
        self.unclosed_until: dict[tuple[str, str, int], int] = {}
        """For fences of a kind, up to which line none is closed, so that not each of them is followed to the end."""

    def mask(self) -> str:
        """The text with spaces for its code."""
        number = 0
        while number < len(self.lines):
            line = self.lines[number]
            if number and line.content and line.quote != self.lines[number - 1].quote:
                self._end_prose()
                self.begins_block = self.begins_block or len(line.quote) > len(self.lines[number - 1].quote)
                self.depth, self.is_in_code = 0, False
            number = self._read_block(number)
        self._end_prose()
        return "".join(self.parts)

    def _read_block(self, number: int) -> int:
        """Read what begins at a line; returns the number of the line behind it."""
        line = self.lines[number]
        if not line.content:
            self._end_prose()
            self.parts.append(line.text)
            self.begins_block = True
            return number + 1
        if end := self._find_fence_end(number):
            self._add_hidden(number, end)
            self.begins_block, self.is_in_code = False, False
            return end
        if line.indent // TAB_WIDTH > self.depth and (self.begins_block or self.is_in_code):
            self._add_hidden(number, number + 1)
            self.begins_block, self.is_in_code = False, True
            return number + 1
        self.is_in_code = False
        raw = _RAW_PATTERN.match(line.content) if line.indent - self.depth * TAB_WIDTH < TAB_WIDTH else None
        if raw:
            end = self._find_raw_end(number, "" if raw["is_markdown"] else (raw["name"] or "").lower())
            self._end_prose()
            self.parts += [raw_line.text for raw_line in self.lines[number:end]]
            self.begins_block = True
            return end
        self._add_prose(line)
        return number + 1

    def _add_prose(self, line: _PageLine) -> None:
        level = min(line.indent // TAB_WIDTH, self.depth)
        is_container = bool(_CONTAINER_PATTERN.match(line.content))
        separate = _SEPARATE_LINE_PATTERN.match(line.content)
        if is_container or self.begins_block:
            self.depth = level + is_container
        is_continued = not (is_container or separate or self.begins_block or line.indent < self.last_indent)
        if is_continued and self.paragraphs:
            self.paragraphs[-1] += line.text
        else:
            self.paragraphs.append(line.text)
        self.begins_block = bool(separate and separate["heading"]) and line.indent - self.depth * TAB_WIDTH < TAB_WIDTH
        self.last_indent = line.indent

    def _end_prose(self) -> None:
        """Hide the code between backticks in what was read, as far as it is code wherever a paragraph may end."""
        whole = "".join(self.paragraphs)
        if "`" not in whole:
            self.parts.append(whole)
            self.paragraphs = []
            return
        texts = [(text, is_exact) for text in (self.paragraphs, [whole]) for is_exact in (True, False)]
        readings = ["".join(map(hide_code_spans, parts, repeat(is_exact))) for parts, is_exact in texts]
        self.parts.append("".join(next((sign for sign in signs if sign != " "), " ") for signs in zip(*readings, strict=True)))
        self.paragraphs = []

    def _add_hidden(self, start: int, end: int) -> None:
        self._end_prose()
        self.parts += [hide_text(line.text) for line in self.lines[start:end]]

    def _find_fence_end(self, start: int) -> int:
        """The number of the line behind a fenced block that begins at a line and ends as it begins; 0 if none does."""
        line = self.lines[start]
        item = _ITEM_PATTERN.match(line.content)
        fence = _FENCE_PATTERN.match(line.content, item.end() if item else 0)
        least = line.indent + (1 if item else 0)
        key = (fence[1] if fence else "", line.quote, least)
        if not fence or start < self.unclosed_until.get(key, 0):
            return 0
        number = start
        for number in range(start + 1, min(start + MAX_FENCED_LINES, len(self.lines))):
            inner = self.lines[number]
            if inner.content and (not inner.quote.startswith(line.quote) or inner.indent < least * (inner.quote == line.quote)):
                break
            if inner.quote == line.quote and inner.content.rstrip() == fence[1] and (item or inner.indent == least):
                return number + 1
        self.unclosed_until[key] = number
        return 0

    def _find_raw_end(self, start: int, name: str) -> int:
        """The number of the line behind an element that begins at a line: with its end tag, or else at the page's end.

        One without a name ends at an empty line, behind which hosts read Markdown.
        """
        opened = 0
        tag_pattern = re.compile(rf"<(/?){re.escape(name)}\b", re.IGNORECASE)
        for number in range(start, len(self.lines)):
            line = self.lines[number]
            if (not name or name in _ENDED_BY_BLANK_LINE) and not line.content:
                return number
            if name and name not in _ENDED_BY_BLANK_LINE:
                opened += sum(-1 if tag[1] else 1 for tag in tag_pattern.finditer(line.text))
                if opened <= 0:
                    return number + 1
        return len(self.lines)


@lru_cache(maxsize=_MAX_CACHED_PAGES)
def mask_code(text: str) -> str:
    """A page's Markdown with spaces for what it shows as code, and every place as it was."""
    return _CodeReader(text).mask()


def hide_code_spans(text: str, is_exact: bool) -> str:
    """A text with spaces for its code between backticks.

    As many end it as begin it, for CommonMark (`is_exact`). Where there are none, Python-Markdown takes fewer to begin it.
    """
    runs = list(_BACKTICKS_PATTERN.finditer(text))
    ends_by_length: defaultdict[int, list[int]] = defaultdict(list)
    for run in runs:
        ends_by_length[run.end() - run.start()].append(run.end())
    parts, behind = list[str](), 0
    for run in runs:
        start = run.start() + text.startswith("\\", max(run.start() - 1, 0))
        length = run.end() - start
        lengths = [length] if is_exact else sorted((other for other in ends_by_length if other <= length), reverse=True)
        ends = (end for other in lengths if (end := _find_next(ends_by_length.get(other, []), run.end())))
        if length and run.start() >= behind and (end := next(ends, 0)):
            parts += [text[behind:start], hide_text(text[start:end])]
            behind = end
    return "".join([*parts, text[behind:]])


def _find_next(offsets: list[int], behind: int) -> int:
    """The first of sorted offsets that is greater than another; 0 if none is."""
    place = bisect_right(offsets, behind)
    return offsets[place] if place < len(offsets) else 0


def hide_text(text: str) -> str:
    """Spaces for a text, and its line ends."""
    return _VISIBLE_PATTERN.sub(" ", text)


def _split_line(text: str) -> _PageLine:
    quote = _QUOTE_PATTERN.match(text)
    end = quote.end() if quote else 0
    rest = text[end:].expandtabs(TAB_WIDTH)
    content = rest.lstrip(" ")
    return _PageLine(text, ">" * text.count(">", 0, end), len(rest) - len(content), "" if content.isspace() else content)
