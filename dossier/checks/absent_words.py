"""The answer to a quotation that its article, or the copy of its source, does not have: it shows no more than may be shown."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal, NamedTuple

from dossier.checks.rule import Violation
from dossier.model.problems.problem import LineEdit, Location
from dossier.model.quotations.anchoring import QuoteNotFound, mark_differing_words
from dossier.model.quotations.capture import TextSpan
from dossier.model.yaml_text import quote_yaml_text


class AbsentWords(NamedTuple):
    """Quoted words that are not where they should be, where they are written, and the nearest ones that were found."""

    words: str
    location: Location
    found: QuoteNotFound


class ComparedText(NamedTuple):
    """What words were compared with, in the terms of messages, and what of it may be told.

    `showable` are the places in it whose words may be shown. If `is_secret`, every answer is the same whatever it has: an
    answer that differs is a hint, and hints can be collected.
    """

    name: str
    noun: Literal["article", "source"]
    file_noun: Literal["capture", "copy"]
    showable: Collection[TextSpan]
    is_secret: bool


def create_absent_words_violation(absent: AbsentWords, compared: ComparedText) -> Violation:
    """The violation for quoted words that a text does not have."""
    words, place, found = absent
    message, span, file_noun = f"“{words}” is not in {compared.name}", found.nearest_span, compared.file_noun
    if compared.is_secret:
        holder = f"an editor who holds the {file_noun} runs `dossier check`"
        return Violation(place, message, f"{holder}, which shows the nearest words; here anybody could read them")
    if found.is_inside_word:
        message = f"“{words}” is in {compared.name} only as a part of a longer word or number"
        return Violation(place, message, "quote the whole word or number")
    if not span:
        help = f"copy the words from the {file_noun}, or check that it is the right {compared.noun}"
        return Violation(place, f"{message}, nor anything like it", help)
    if span not in compared.showable:
        reason = "all messages together show no more of it than may be quoted"
        return Violation(place, message, f"look at paragraph {span.paragraph} of the {file_noun}; {reason}")
    excerpt = mark_differing_words(found.nearest_words, words)
    help = f"nearest words of the {compared.noun}: “{excerpt}” (paragraph {span.paragraph}); quote these"
    return Violation(place, message, help, (LineEdit("maybe", words, quote_yaml_text(found.nearest_words)),))
