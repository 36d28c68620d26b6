"""The words of a search index, which the search offers where a reader has mistyped one: the most frequent first, one a line.

Pagefind keeps its words in pieces, loaded by what they begin with, so they cannot be looked through. Nothing loads this list
before a word is not found, or hardly anywhere: it may be a slip, or half a word.
"""

from __future__ import annotations

import re
from collections import Counter

from dossier.pages import SearchDocument
from dossier.pages.search.search_codes import fold_search_text

SEARCH_WORDS_PATH = "words.txt"
"""Path of the list in the folder of the index."""

MAX_WORDS = 20_000
"""Maximum number of words: about 150 KB, packed 60."""

_LONG_WORD_PATTERN = re.compile(r"[^\W\d_]{4,}")


class SearchWordCounter:
    """Counts in how many documents each word of four letters or more stands."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._named_words: set[str] = set()
        """Words of titles and names, which count though they stand in one document only."""

    def add_document(self, document: SearchDocument) -> None:
        """Count the words of a document."""
        named = set(_LONG_WORD_PATTERN.findall(fold_search_text(" ".join((document.title, *document.aliases)))))
        self._named_words |= named
        self._counts.update(named.union(_LONG_WORD_PATTERN.findall(fold_search_text(document.text))))

    def format_words(self) -> str:
        """The list. A word that one text only has is left out: it may be a slip itself."""
        words = [(-count, word) for word, count in self._counts.items() if count > 1 or word in self._named_words]
        return "".join(f"{word}\n" for _, word in sorted(words)[:MAX_WORDS])
