"""Rule on the length of sentences in what we write: digests, notes, summaries and explanations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dossier.checks.rule import Violation, rule
from dossier.model.dossier import Dossier
from dossier.model.introspection import iter_reader_texts
from dossier.model.problems.problem import Location
from dossier.model.sentences import SENTENCE_END_PATTERN

MAX_SENTENCE_WORDS = 30
"""Words of a sentence that is read once and understood."""

_PLAIN_KEYS = frozenset({"note", "summary", "explanation"})
# It does not search a text again from each of its signs: what is between brackets ends at the next one.
_LINK_ADDRESS_PATTERN = re.compile(r"\]\((?:[^()\n]++|\([^()\n]*+\))*+\)")


@rule("long-sentence")
def check_long_sentence(dossier: Dossier) -> Iterator[Violation]:
    for article in dossier.articles.values():
        for start, count in find_long_sentences(article.digest.text):
            yield _create_violation(article.digest.locate(start), count)
    for entry in (*dossier.iter_annotations(), *dossier.claims.values()):
        for steps, _, text in iter_reader_texts(entry):
            for start, count in find_long_sentences(text) if steps[-1] in _PLAIN_KEYS else ():
                yield _create_violation(entry.locate_after_text(text[:start], *steps), count)


def _create_violation(place: Location, count: int) -> Violation:
    return Violation(
        place, f"this sentence has {count} words; more than {MAX_SENTENCE_WORDS} are hard to follow", "make two of it"
    )


def find_long_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Offset and number of words of each sentence of a Markdown text that is too long; addresses of links are no words."""
    # Of the same length, so that offsets stay.
    shown, start = _LINK_ADDRESS_PATTERN.sub(lambda match: "]" + " " * (len(match[0]) - 1), text), 0
    for end, following in [*(match.span() for match in SENTENCE_END_PATTERN.finditer(shown)), (len(shown), len(shown))]:
        if (count := sum(any(map(str.isalnum, word)) for word in shown[start:end].split())) > MAX_SENTENCE_WORDS:
            yield start + len(shown[start:end]) - len(shown[start:end].lstrip()), count
        start = following
