"""`dossier quote`: words that somebody wants to annotate in, the annotation to paste or the next step out."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from dossier.model.dossier import Dossier
from dossier.model.problems.problem import Unreadable
from dossier.model.quotations.anchoring import Absent, Ambiguous, Found, OnlyFurniture, Outcome, Words, locate
from dossier.model.quotations.capture import Capture
from dossier.model.site.addresses import FILES

CONTEXT = 40
"""Characters shown on each side of a place."""

NEARBY = 6
"""Words before a quotation that may tell its places apart."""


def answer(dossier: Dossier, slug: str, words: Words) -> tuple[bool, str]:
    """Whether the words stand in one place of the article, and what to say about it.

    Raises `Unreadable` when there is no such article or no capture of it here.
    """
    refuse_unknown(dossier, slug)
    if slug not in dossier.captures:
        raise Unreadable(
            f"there is no capture of {slug} in {dossier.settings.captures}, so its words cannot be looked up",
            "set DOSSIER_CAPTURES to the folder that holds it; without it, an editor runs `dossier lock` on your branch",
        )
    outcome = locate(words, dossier.captures[slug])
    if isinstance(outcome, Found):
        return True, _annotation(dossier, slug, outcome, words)
    return False, instead(dossier, slug, outcome, words)


def refuse_unknown(dossier: Dossier, slug: str) -> None:
    """Raise `Unreadable` where there is no such article, or its record cannot be read yet."""
    if FILES["article"].format(slug) in dossier.unread:
        raise Unreadable(f"the record of {slug} cannot be read yet", "`dossier check` tells what to write there first")
    if slug not in dossier.articles:
        raise Unreadable(f"there is no article {slug}", f"the articles are {', '.join(dossier.articles)}")


def instead(dossier: Dossier, slug: str, outcome: Outcome, words: Words) -> str:
    """What stands in an article instead of words that do not stand in one place of it."""
    if isinstance(outcome, Ambiguous):
        return _places(dossier, slug, outcome)
    if isinstance(outcome, OnlyFurniture):
        return f"The words stand only in paragraph {outcome.paragraph}, which is page furniture and cannot be quoted."
    return _absent(slug, outcome if isinstance(outcome, Absent) else Absent(), words)


def told_apart(words: Words, place: Found, capture: Capture) -> Words | None:
    """Words as they stand in one of several places, with its paragraph and the words before it that tell it apart."""
    text = next(paragraph.text for paragraph in capture.paragraphs if paragraph.number == place.span.paragraph)
    before, known = (
        text[: place.span.start].split(),
        replace(words, quote=place.text or words.quote, paragraph=place.span.paragraph),
    )
    for count in range(min(len(before), NEARBY) + 1):
        anchored = replace(known, prefix=" ".join(before[len(before) - count :])) if count else known
        if isinstance(found := locate(anchored, capture), Found) and found.span == place.span:
            return anchored
    return None


def _annotation(dossier: Dossier, slug: str, found: Found, words: Words) -> str:
    text = found.text or ""
    taken = dossier.annotation_ids.get(slug, {})
    lines = [
        f"- id: {new_id(text, set(taken))}",
        f"  quote: {_quoted(text)}",
        *([f"  paragraph: {words.paragraph}"] if words.paragraph else []),
        *(f"  {key}: {_quoted(value)}" for key, value in (("prefix", words.prefix), ("suffix", words.suffix)) if value),
        "  speaker: text    # or the party who says it",
        "  note: >-",
        "    What is to be said about this wording.",
    ]
    where = f"# paragraph {found.span.paragraph} of {slug}; paste into annotations/articles/{slug}.yml"
    if not found.exact:
        where += "\n# the article's own quotation marks, dashes and spaces are used"
    return "\n".join([where, *lines])


def _places(dossier: Dossier, slug: str, outcome: Ambiguous) -> str:
    lines = [f"The words stand in {len(outcome.places)} places of {slug}:"]
    texts = {paragraph.number: paragraph.text for paragraph in dossier.captures[slug].paragraphs}
    for found in outcome.places:
        span = found.span
        text = texts[span.paragraph]
        before, after = text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]
        lines.append(f"  paragraph {span.paragraph}: …{before}[{found.text}]{after}…")
    lines.append("Say which one with --paragraph, --prefix or --suffix, or quote a word more.")
    return "\n".join(lines)


def _absent(slug: str, outcome: Absent, words: Words) -> str:
    if outcome.near and outcome.nearest == words.quote:
        return f"The words stand in paragraph {outcome.near} of {slug}, but not where --paragraph, --prefix or --suffix say."
    if outcome.cut:
        return f"The words stand in {slug} only inside a longer word or number; quote it whole."
    if not outcome.nearest:
        return f"The words do not stand in {slug}, nor anything near them."
    return (
        f"The words do not stand in {slug}. Nearest, paragraph {outcome.near}, with what differs in brackets:\n"
        f"  {outcome.nearest}\nQuote the article's own words."
    )


def _quoted(text: str) -> str:
    """Text as a value of a YAML file."""
    return json.dumps(text, ensure_ascii=False)


def new_id(text: str, taken: set[str]) -> str:
    """An id from the first words of the quotation that no other annotation of the article has."""
    words = re.findall(r"[a-z0-9]+", text.lower())[:5]
    name = "-".join(words) if words and words[0][0].isalpha() else "-".join(["note", *words])
    candidates = [name, *(f"{name}-{number}" for number in range(2, len(taken) + 3))]
    return next(candidate for candidate in candidates if candidate not in taken)
