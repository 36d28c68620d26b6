"""Synthetic content, generated from a seed: the same for both sites of a comparison."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

PARAGRAPHS = 8
"""Paragraphs of an article."""

SENTENCES, SENTENCE_WORDS = 5, 12
"""Sentences of a paragraph and words of a sentence: 60 words a paragraph."""

NOTES = 6
"""Annotations of an article; each has a claim of its own."""

EVENTS = 3
"""Timeline events for each article."""

QUOTE_WORDS = 5
"""Words of a quotation."""

# Dates are drawn from so many days after the first one.
FIRST_DAY, DAYS = date(2001, 1, 1), 7000
SOURCE_KINDS = ("primary", "research", "news", "law")
EVENT_KINDS = ("announcement", "release", "report", "statement", "policy", "letter", "hearing")
VOICES = ("company", "government", "police", "privacy", "research", "press")
VERDICTS = (
    ("supported", "Supported", "tick", "holds", 5),
    ("imprecise", "Imprecise", "wave", "caution", 3),
    ("conflated", "Conflated", "rings", "caution", 2),
    ("incorrect", "Incorrect", "cross", "fails", 1),
    ("unverifiable", "Unverifiable", "question", "open", None),
)
"""Id, label, shape, tone and rating (None for no rating) of each verdict."""


@dataclass(frozen=True, slots=True)
class Named:
    """A party or a glossary term: id, name, and a short description."""

    id: str
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class Source:
    """A source of the bibliography."""

    id: str
    title: str
    publisher: Named
    day: date
    kind: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim with its verdict, its two sources, and the two figures of its calculation `part / whole`."""

    id: str
    text: str
    claimant: Named
    day: date
    topic: str
    verdict: str
    summary: str
    explanation: str
    would_change: str
    sources: tuple[Source, Source]
    part: int
    whole: int

    @property
    def share(self) -> str:
        """`part / whole` as a percentage with two decimal places, halves rounded up, in integers."""
        hundredths = (20_000 * self.part + self.whole) // (2 * self.whole)
        return f"{hundredths // 100}.{hundredths % 100:02} %"


@dataclass(frozen=True, slots=True)
class Note:
    """An annotation: a quotation from a paragraph (numbered from 1, title included), and a text about it."""

    id: str
    quote: str
    paragraph: int
    speaker: Named
    claim: Claim
    stance: str
    verdict: str
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article: its paragraphs (the capture), our digest of it (Markdown), its notes, and the source that it goes back to."""

    slug: str
    title: str
    publisher: Named
    day: date
    about: str
    paragraphs: tuple[str, ...]
    digest: tuple[str, ...]
    notes: tuple[Note, ...]
    origin: Source


@dataclass(frozen=True, slots=True)
class Event:
    """An event of the timeline."""

    id: str
    title: str
    text: str
    day: date
    kind: str
    voice: str
    article: Article
    claim: Claim
    source: Source


@dataclass(frozen=True, slots=True)
class Content:
    """All content of a site."""

    articles: tuple[Article, ...]
    events: tuple[Event, ...]
    sources: tuple[Source, ...]
    parties: tuple[Named, ...]
    terms: tuple[Named, ...]

    @property
    def notes_with_articles(self) -> tuple[tuple[Article, Note], ...]:
        """All notes, each with its article."""
        return tuple((article, note) for article in self.articles for note in article.notes)


class ContentGenerator:
    """Generates words, dates and records from one seeded random generator.

    The order of the calls matters: the same seed gives the same content only as long as it does not change.
    """

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        syllables = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
        self.vocabulary = sorted({"".join(self.chance.choices(syllables, k=self.chance.choice((2, 3, 4)))) for _ in range(4000)})
        self.topics = ["-".join(pair) for pair in zip(self.vocabulary[:12], self.vocabulary[100:112], strict=True)]

    def make_content(self, articles: int) -> Content:
        """Generate content with a number of articles; parties, sources and terms are always as many."""
        parties = tuple(
            Named(f"party-{number}", self.make_words(2).title(), self.make_words(6).capitalize()) for number in range(1, 13)
        )
        terms = tuple(Named(word, word.capitalize(), self.make_sentence()) for word in self.chance.sample(self.vocabulary, 20))
        sources = tuple(self._make_source(number, parties) for number in range(1, 13))
        all_articles = tuple(self._make_article(number, parties, sources) for number in range(1, articles + 1))
        events = tuple(self._make_event(number, all_articles, sources) for number in range(1, EVENTS * articles + 1))
        return Content(all_articles, events, sources, parties, terms)

    def make_words(self, count: int) -> str:
        """Some words in lower case, separated by spaces."""
        return " ".join(self.chance.choices(self.vocabulary, k=count))

    def make_sentence(self) -> str:
        """A sentence of `SENTENCE_WORDS` words, capitalized, with a full stop."""
        return self.make_words(SENTENCE_WORDS).capitalize() + "."

    def make_paragraph(self, sentences: int) -> str:
        """A paragraph with a number of sentences."""
        return " ".join(self.make_sentence() for _ in range(sentences))

    def choose_day(self) -> date:
        """A date from `FIRST_DAY` on, within `DAYS` days."""
        return FIRST_DAY + timedelta(days=self.chance.randrange(DAYS))

    def _make_source(self, number: int, parties: tuple[Named, ...]) -> Source:
        kind = SOURCE_KINDS[number % len(SOURCE_KINDS)]
        # Before all articles: a check reports a source that was published after the text it is used to judge.
        day = FIRST_DAY - timedelta(days=self.chance.randrange(1, DAYS))
        return Source(f"source-{number}", self.make_words(5).capitalize(), parties[number % len(parties)], day, kind)

    def _make_article(self, number: int, parties: tuple[Named, ...], sources: tuple[Source, ...]) -> Article:
        slug, day = f"article-{number}", self.choose_day()
        paragraphs = tuple(self.make_paragraph(SENTENCES) for _ in range(PARAGRAPHS))
        claims = [self._make_claim(f"claim-{number}-{place}", day, parties, sources) for place in range(1, NOTES + 1)]
        notes = tuple(
            self._make_note(claim, place, paragraphs[place - 1], self.chance.choice(parties))
            for place, claim in enumerate(claims, 1)
        )
        digest = tuple(self._make_passage(notes[first : first + 2]) for first in range(0, NOTES, 2))
        publisher, origin = self.chance.choice(parties), self.chance.choice(sources)
        return Article(
            slug, self.make_words(8).capitalize(), publisher, day, self.make_sentence(), paragraphs, digest, notes, origin
        )

    def _make_passage(self, notes: tuple[Note, ...]) -> str:
        """A paragraph of the digest that links to notes, by our words and by the article's."""
        links = [
            f"[“{note.quote}”](#{note.id})" if place % 2 else f"[{self.make_words(3)}](#{note.id})"
            for place, note in enumerate(notes)
        ]
        return " ".join(
            [self.make_sentence(), *(f"{self.make_words(8).capitalize()} {link} {self.make_words(4)}." for link in links)]
        )

    def _make_note(self, claim: Claim, place: int, text: str, speaker: Named) -> Note:
        """A note that quotes some words of one sentence of `text`, the article's paragraph number `place` (from 1)."""
        # Not at the start of a sentence, and not across its end.
        first = self.chance.randrange(SENTENCES) * SENTENCE_WORDS + self.chance.randrange(1, SENTENCE_WORDS - QUOTE_WORDS)
        quote = " ".join(text.split()[first : first + QUOTE_WORDS])
        # Three of ten notes state the claim more strongly, and have a verdict of their own.
        has_own_verdict = self.chance.random() < 0.3
        stance, verdict = ("stronger", self._choose_verdict()) if has_own_verdict else ("as-stated", claim.verdict)
        # The capture's paragraph 1 is the title.
        return Note(f"note-{place}", quote, place + 1, speaker, claim, stance, verdict, self.make_paragraph(2))

    def _make_claim(self, claim_id: str, day: date, parties: tuple[Named, ...], sources: tuple[Source, ...]) -> Claim:
        first, second = self.chance.sample(sources, 2)
        claimant, topic = self.chance.choice(parties), self.chance.choice(self.topics)
        text, summary = self.make_sentence(), self.make_words(7).capitalize() + "."
        whole = self.chance.randrange(3_000, 90_000)
        part = self.chance.randrange(1_000, whole)
        numbers = f"{self.make_words(4).capitalize()} {part:,} {self.make_words(2)} {whole:,}."
        explanation = f"{numbers} {self.make_paragraph(3)}\n\n{self.make_paragraph(3)}"
        verdict, change = self._choose_verdict(), self.make_sentence()
        return Claim(claim_id, text, claimant, day, topic, verdict, summary, explanation, change, (first, second), part, whole)

    def _choose_verdict(self) -> str:
        return self.chance.choice(VERDICTS)[0]

    def _make_event(self, number: int, articles: tuple[Article, ...], sources: tuple[Source, ...]) -> Event:
        article = articles[(number - 1) % len(articles)]
        note, source = self.chance.choice(article.notes), self.chance.choice(sources)
        kind, voice = self.chance.choice(EVENT_KINDS), self.chance.choice(VOICES)
        title = self.make_words(6).capitalize()
        return Event(
            f"event-{number}", title, self.make_paragraph(2), self.choose_day(), kind, voice, article, note.claim, source
        )
