"""Where sentences end in a text of ours: for the rule on their length, and for a first sentence that stands for the whole."""

from __future__ import annotations

import re

# An end of a sentence with the space behind it, a blank line, or the beginning of an item of a list.
SENTENCE_END_PATTERN = re.compile(r"(?<=[.!?…])[”’\"')*_\]]*+\s++(?=[\W_]{0,20}+[A-Z0-9])|\n\s*\n|\n\s*(?:[-*]|[0-9]+\.)\s")
"""It does not search a text again from each of its signs, since a sentence begins within some of them."""

# "J. Smith", "No. 5", "e.g. Leeds": a full stop that ends no sentence.
_ABBREVIATION_PATTERN = re.compile(r"(?:^|[\s(“\"'])(?:[A-Za-z]|(?:[a-z]\.)+[a-z]|[NnDMS][ort]|M[rs]s?|Prof|vs|cf|approx|ca)\.$")


def get_first_sentence(text: str) -> str:
    """The first sentence of a plain text, with its white space folded; a question comes with the sentence that answers it.

    The whole text if no sentence ends earlier.
    """
    for end in SENTENCE_END_PATTERN.finditer(text):
        # A quotation mark or bracket behind the full stop belongs to the sentence, the sign of a list does not.
        closing = end[0].rstrip() if end[0].startswith(tuple("”’\"')]*_")) else ""
        sentence = text[: end.start()] + closing
        if not sentence.rstrip("”’\"')").endswith("?") and not _ABBREVIATION_PATTERN.search(sentence):
            return " ".join(sentence.split())
    return " ".join(text.split())
