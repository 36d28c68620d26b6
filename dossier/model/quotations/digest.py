"""Our digest of an article: its Markdown, the links to notes in it, and what it puts in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from markdown_it.token import Token

from dossier.model.markdown import MARKDOWN_PARSER
from dossier.model.problems.problem import Location

UNWRITTEN_DIGEST_ANNOTATION_ID = "digest-to-be-written"
"""The note that the one line of a new digest links to: it leads nowhere until the digest is written in its place."""

_QUOTED_WORDS_PATTERN = re.compile('“([^”]*)”|"([^"]*)"|«([^»]*)»|„([^“]*)“|‘([^‘]*)’(?![^\\W_])')


@dataclass(frozen=True)
class DigestPassage:
    """Words of a digest as they are shown: inside one link (`target` is its address) or between links."""

    text: str
    link_url: str | None
    location: Location

    @property
    def annotation_id(self) -> str | None:
        """Id of the note that the words link to."""
        return self.link_url[1:] if self.link_url and self.link_url.startswith("#") else None

    def find_quoted_words(self) -> list[str]:
        """The words in quotation marks."""
        return [next(filter(None, match.groups()), "") for match in _QUOTED_WORDS_PATTERN.finditer(self.text)]


@dataclass(frozen=True)
class Digest:
    """Markdown below a record's front matter; `line` is the file's line on which it begins."""

    path: str
    text: str
    first_line: int

    @cached_property
    def passages(self) -> tuple[DigestPassage, ...]:
        """The running text cut at its links, in order."""
        return tuple(self._iter_passages())

    def _iter_passages(self) -> Iterator[DigestPassage]:
        lines = self.text.split("\n")
        for token in MARKDOWN_PARSER.parse(self.text):
            if token.type == "inline" and token.map:
                block = "\n".join(lines[token.map[0] : token.map[1]])
                yield from self._split_at_links(token.children or [], block, token.map[0])
            elif token.type in ("fence", "code_block") and token.map:
                yield DigestPassage(token.content, None, Location(self.path, self.first_line + token.map[0]))

    def _split_at_links(self, children: list[Token], block: str, first: int) -> Iterator[DigestPassage]:
        target, words, sought = None, "", 0
        for child in children:
            if child.type not in ("link_open", "link_close"):
                words += child.content if child.type in ("text", "code_inline") else " "
                continue
            if words:
                yield DigestPassage(words, target, self._locate_offset(block, first, sought))
            words, target = "", None
            if child.type == "link_open":
                target = str(child.attrs["href"])
                sought = max(block.find(f"]({target}", sought) + 2, 0)
        if words:
            yield DigestPassage(words, target, self._locate_offset(block, first, sought))

    def _locate_offset(self, block: str, first: int, offset: int) -> Location:
        before = block[:offset]
        column = offset - (before.rfind("\n") + 1) + 1
        return Location(self.path, self.first_line + first + before.count("\n"), column)
