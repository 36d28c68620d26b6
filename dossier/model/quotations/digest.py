"""Our digest of an article, in Markdown: its passages inside and outside links to notes, and its words in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from markdown_it.token import Token

from dossier.model.markdown import parse_markdown
from dossier.model.problems.problem import Location
from dossier.model.quotations.capture import count_words

UNWRITTEN_DIGEST_ANNOTATION_ID = "digest-to-be-written"
"""Annotation id in the placeholder line of a new digest. No such note exists, so a check fails until the line is replaced."""

# A closing single quotation mark must not be an apostrophe, so no letter or digit may follow. An opening mark between two
# marks would let every one of them search to the end of the text, so only single and straight ones may stand there.
_QUOTATION_PATTERN = re.compile(
    '“([^“”„]*)”|„([^“”„]*)[“”]|«([^«»]*)»|»([^«»]*)«|"([^"]*)"|‘([^‘]*)’(?![^\\W_])|‚([^‚‘’]*)[‘’]|‹([^‹›]*)›|›([^‹›]*)‹'
)
# “ and straight marks open a quotation in one language and close it in another: they open it where words follow, and the
# latter and » only where no word comes right before.
_OPENING_MARK_PATTERN = re.compile(r'[„«‹‚]|“(?=[^\s.,;:!?)]|$)|(?<![^\s(])["»](?=\w|$)')


class Quotation(NamedTuple):
    """Words in quotation marks: as they are written, with their marks but on one line, and without."""

    written: str
    words: str


@dataclass(frozen=True)
class DigestPassage:
    """Rendered text of a digest inside one link (`link_url` is its target) or between links (`link_url` is None)."""

    text: str
    link_url: str | None
    location: Location

    @property
    def annotation_id(self) -> str | None:
        """Id of the note on the same page that the passage links to; None if it does not."""
        return self.link_url[1:] if self.link_url and self.link_url.startswith("#") else None

    def find_quotations(self) -> list[Quotation]:
        """What stands in quotation marks; single, double and angle marks count, nested ones do not."""
        matches = _QUOTATION_PATTERN.finditer(self.text)
        return [Quotation(" ".join(match[0].split()), next(filter(None, match.groups()), "")) for match in matches]

    def has_open_quotation(self) -> bool:
        """Whether a quotation opens in this passage and does not close in it."""
        return _OPENING_MARK_PATTERN.search(_QUOTATION_PATTERN.sub(" ", self.text)) is not None

    def split_at_quoted_words(self) -> list[str]:
        """The pieces of the text that stand outside quotation marks."""
        return _QUOTATION_PATTERN.sub("\n\n", self.text).split("\n\n")


@dataclass(frozen=True)
class Digest:
    """The Markdown below an article's front matter; `first_line` is its first line's number in the file at `path`."""

    path: str
    text: str
    first_line: int

    @cached_property
    def word_count(self) -> int:
        """Number of its words as readers see them, quoted ones included."""
        return sum(count_words(passage.text) for passage in self.passages)

    def locate(self, offset: int) -> Location:
        """Where a character of the text stands in the file."""
        return self._locate_offset(self.text, 0, offset)

    def locate_words(self, words: list[str], start: Location) -> Location:
        """Where a run of words begins, given in lower case, from the line of `start` on; `start` if Markdown divides them."""
        lines = self.text.split("\n")[start.line - self.first_line :]
        pattern = re.compile(r"[\W_]+".join(map(re.escape, words)), re.IGNORECASE)
        match = pattern.search("\n".join(lines))
        return self._locate_offset("\n".join(lines), start.line - self.first_line, match.start()) if match else start

    @cached_property
    def passages(self) -> tuple[DigestPassage, ...]:
        """The running text split at its links, and code blocks, in order."""
        return tuple(self._iter_passages())

    def _iter_passages(self) -> Iterator[DigestPassage]:
        lines = self.text.split("\n")
        for token in parse_markdown(self.text).tokens:
            if token.type == "inline" and token.map:
                block = "\n".join(lines[token.map[0] : token.map[1]])
                yield from self._split_at_links(token.children or [], block, token.map[0])
            elif token.type in ("fence", "code_block") and token.map:
                yield DigestPassage(token.content, None, Location(self.path, self.first_line + token.map[0]))

    def _split_at_links(self, children: list[Token], block: str, block_line: int) -> Iterator[DigestPassage]:
        """Passages of one block: its inline tokens, its source text, and its first line, from 0, in the digest."""
        # markdown-it gives inline tokens no position, so a link's is found by searching its target in the source.
        link_url, text, offset = None, "", 0
        for child in children:
            if child.type not in ("link_open", "link_close"):
                text += child.content if child.type in ("text", "code_inline") else " "
                continue
            if text:
                yield DigestPassage(text, link_url, self._locate_offset(block, block_line, offset))
            text, link_url = "", None
            if child.type == "link_open":
                link_url = str(child.attrs["href"])
                offset = max(block.find(f"]({link_url}", offset) + 2, 0)
        if text:
            yield DigestPassage(text, link_url, self._locate_offset(block, block_line, offset))

    def _locate_offset(self, block: str, block_line: int, offset: int) -> Location:
        """The location in the file of an offset in a block."""
        before = block[:offset]
        column = offset - (before.rfind("\n") + 1) + 1
        return Location(self.path, self.first_line + block_line + before.count("\n"), column)
