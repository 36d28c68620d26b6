"""Our digest of an article: its Markdown, the links to notes in it, and what it puts in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from markdown_it.token import Token

from dossier.model.markdown import MARKDOWN
from dossier.model.problems.problem import Place

UNWRITTEN = "digest-to-be-written"
"""The note that the one line of a new digest links to: it leads nowhere until the digest is written in its place."""

_QUOTED = re.compile('“([^”]*)”|"([^"]*)"|«([^»]*)»|„([^“]*)“|‘([^‘]*)’(?![^\\W_])')


@dataclass(frozen=True)
class Passage:
    """Words of a digest as they are shown: inside one link (`target` is its address) or between links."""

    text: str
    target: str | None
    place: Place

    @property
    def note(self) -> str | None:
        """Id of the note that the words link to."""
        return self.target[1:] if self.target and self.target.startswith("#") else None

    def quoted(self) -> list[str]:
        """The words in quotation marks."""
        return [next(filter(None, match.groups()), "") for match in _QUOTED.finditer(self.text)]


@dataclass(frozen=True)
class Digest:
    """Markdown below a record's front matter; `line` is the file's line on which it begins."""

    path: str
    text: str
    line: int

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The running text cut at its links, in order."""
        return tuple(self._passages())

    def _passages(self) -> Iterator[Passage]:
        lines = self.text.split("\n")
        for token in MARKDOWN.parse(self.text):
            if token.type == "inline" and token.map:
                block = "\n".join(lines[token.map[0] : token.map[1]])
                yield from self._cut(token.children or [], block, token.map[0])
            elif token.type in ("fence", "code_block") and token.map:
                yield Passage(token.content, None, Place(self.path, self.line + token.map[0]))

    def _cut(self, children: list[Token], block: str, first: int) -> Iterator[Passage]:
        target, words, sought = None, "", 0
        for child in children:
            if child.type not in ("link_open", "link_close"):
                words += child.content if child.type in ("text", "code_inline") else " "
                continue
            if words:
                yield Passage(words, target, self._at(block, first, sought))
            words, target = "", None
            if child.type == "link_open":
                target = str(child.attrs["href"])
                sought = max(block.find(f"]({target}", sought) + 2, 0)
        if words:
            yield Passage(words, target, self._at(block, first, sought))

    def _at(self, block: str, first: int, offset: int) -> Place:
        before = block[:offset]
        column = offset - (before.rfind("\n") + 1) + 1
        return Place(self.path, self.line + first + before.count("\n"), column)
