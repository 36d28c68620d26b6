"""Write synthetic content as a dossier: records, digests and captures."""

from __future__ import annotations

import json
from pathlib import Path

from bench.content import VERDICTS, VOICES, Article, Claim, Content, Event, Named, Note, Source

REVIEWED = '"2026-01-02"'
CONFIG = """\
site_name: Synthetic dossier
theme: {name: material, font: false}
nav:
  - Home: index.md
  - Articles: [articles/index.md]
  - Claims: [claims/index.md]
  - Compare: [compare/index.md]
  - Timeline: [timeline/index.md]
  - Sources: [sources/index.md]
  - Who is who: [parties/index.md]
  - Glossary: [glossary/index.md]
  - Corrections: [corrections/index.md]
plugins:
  - dossier: {captures: captures}
"""


def write_annotated(content: Content, root: Path) -> None:
    """Write a dossier into a folder. Run `dossier lock` there before building it: captures and quotations are not locked yet."""
    _write_file(root / "mkdocs.yml", CONFIG)
    _write_file(root / "docs" / "index.md", "# Synthetic dossier\n\nMade-up articles and what holds of them.\n")
    for article in content.articles:
        _write_file(root / "captures" / f"{article.slug}.txt", "\n\n".join([article.title, *article.paragraphs]) + "\n")
        _write_file(root / "docs" / "articles" / f"{article.slug}.md", _format_article(article))
        _write_file(get_annotations_path(root, article.slug), "".join(_format_annotation(note) for note in article.notes))
    records = root / "annotations"
    for _, note in content.notes_with_articles:
        _write_file(records / "claims" / f"{note.claim.id}.yml", _format_claim(note.claim))
    for event in content.events:
        _write_file(records / "events" / f"{event.id}.yml", _format_event(event))
    for source in content.sources:
        _write_file(records / "sources" / f"{source.id}.yml", _format_source(source))
    _write_file(records / "parties.yml", "".join(_format_party(party) for party in content.parties))
    _write_file(records / "voices.yml", "".join(_format_voice(name) for name in VOICES))
    _write_file(records / "verdicts.yml", "".join(_format_verdict(*verdict) for verdict in VERDICTS))
    _write_file(records / "measures.yml", _format_measure(content.parties[0].id))
    _write_file(records / "glossary.yml", "".join(f"- term: {term.name}\n  means: {term.about}\n" for term in content.terms))


def get_annotations_path(root: Path, slug: str) -> Path:
    """Path of the file with the annotations of an article."""
    return root / "annotations" / "articles" / f"{slug}.yml"


def _write_file(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _format_article(article: Article) -> str:
    lines = [
        "---",
        f"title: {_quote_text(article.title)}",
        f"publisher: {article.publisher.id}",
        "authors: not-established",
        f'published: "{article.day}"',
        f"url: https://articles.example/{article.slug}",
        "language: en-GB",
        "print: excerpts",
        f"origin: [{article.origin.id}]",
        "kinds: {heading: [1]}",
        f"about: {_quote_text(article.about)}",
        f"reviewed: {REVIEWED}",
        "---",
    ]
    return "\n".join(lines) + "\n" + "\n\n".join(article.digest) + "\n"


def _format_annotation(note: Note) -> str:
    lines = [
        f"- id: {note.id}",
        f"  quote: {_quote_text(note.quote)}",
        f"  speaker: {note.speaker.id}",
        f"  claim: {note.claim.id}",
        f"  stance: {note.stance}",
        *([f"  verdict: {note.verdict}"] if note.stance != "as-stated" else []),
        f"  note: {_quote_text(note.text)}",
        f"  sources: [{note.claim.sources[0].id}]",
    ]
    return "\n".join(lines) + "\n"


def _format_claim(claim: Claim) -> str:
    first, second = claim.sources
    bearing = "contradicts" if claim.verdict == "incorrect" else "supports"
    words = _quote_text(f"{claim.part:,} of {claim.whole:,} records")
    lines = [
        f"claim: {_quote_text(claim.text)}",
        "kind: figure",
        f"claimant: {claim.claimant.id}",
        f'made: "{claim.day}"',
        f"topics: [{claim.topic}]",
        f"verdict: {claim.verdict}",
        f"summary: {_quote_text(claim.summary)}",
        "explanation: |",
        *(f"  {line}" if line else "" for line in claim.explanation.split("\n")),
        "sources:",
        f"  - {{id: {first.id}, bearing: {bearing}, words: [{words}], note: The table itself.}}",
        f"  - {{id: {second.id}, bearing: context}}",
        "figures:",
        f'  part: {{value: "{claim.part:,}", measure: records, source: {first.id}}}',
        f'  whole: {{value: "{claim.whole:,}", measure: records, source: {first.id}}}',
        "calculations:",
        f"  - {{id: share, expression: part / whole, result: {claim.share}}}",
        f"would_change: {_quote_text(claim.would_change)}",
        f"reviewed: {REVIEWED}",
    ]
    return "\n".join(lines) + "\n"


def _format_event(event: Event) -> str:
    lines = [
        f'date: "{event.day}"',
        f"title: {_quote_text(event.title)}",
        f"text: {_quote_text(event.text)}",
        f"kind: {event.kind}",
        f"voices: [{event.voice}]",
        f"sources: [{event.source.id}]",
        f"articles: [{event.article.slug}]",
        f"claims: [{event.claim.id}]",
        f"reviewed: {REVIEWED}",
    ]
    return "\n".join(lines) + "\n"


def _format_source(source: Source) -> str:
    lines = [
        f"title: {_quote_text(source.title)}",
        f"publisher: {source.publisher.id}",
        f'published: "{source.day}"',
        f"url: https://sources.example/{source.id}",
        f"kind: {source.kind}",
        f"origin: {source.id}",
        f'known_from: "{source.day}"',
        "checked: read-in-full",
        f"reviewed: {REVIEWED}",
    ]
    return "\n".join(lines) + "\n"


def _format_party(party: Named) -> str:
    return f"- id: {party.id}\n  name: {party.name}\n  kind: organisation\n  role: {_quote_text(party.about)}\n"


def _format_voice(name: str) -> str:
    return f"- {{id: {name}, label: {name.capitalize()}, definition: Made up., shape: disc}}\n"


def _format_verdict(name: str, label: str, shape: str, tone: str, rating: int | None) -> str:
    rated = f", rating: {rating}" if rating else ""
    drawn = f"shape: {shape}, tone: {tone}, kinds: [figure]"
    return f"- {{id: {name}, label: {label}, definition: What {label} means.{rated}, {drawn}}}\n"


def _format_measure(collector: str) -> str:
    counted = "unit: records, population: all records, area: everywhere, period: not-established"
    return f"- {{id: records, {counted}, collector: {collector}}}\n"


def _quote_text(text: str) -> str:
    # A JSON string is also a YAML double-quoted scalar.
    return json.dumps(text, ensure_ascii=False)
