"""Write synthetic content as an ordinary MkDocs Material site: the Markdown pages that someone would write by hand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from bench.content import VERDICTS, Article, Claim, Content, Event, Note, Source

LABELS = {name: label for name, label, *_ in VERDICTS}
UNSEARCHED = "---\nsearch:\n  exclude: true\n---\n"
"""Front matter that excludes a page from the search, as ours excludes the lists of articles and claims."""

CONFIG = """\
site_name: Synthetic site
theme: {name: material, font: false}
nav:
  - Home: index.md
  - Articles: [articles/index.md]
  - Claims: [claims/index.md]
  - Timeline: [timeline/index.md]
  - Sources: [sources/index.md]
  - Who is who: [parties/index.md]
  - Glossary: [glossary/index.md]
not_in_nav: |
  /articles/article-*.md
  /claims/claim-*.md
plugins: [search]
markdown_extensions: [tables, attr_list]
"""


def write_plain(content: Content, root: Path) -> None:
    """Write a plain site into a folder."""
    docs = root / "docs"
    _write_file(root / "mkdocs.yml", CONFIG)
    _write_file(docs / "index.md", "# Synthetic site\n\nMade-up articles and what holds of them.\n")
    by_article: defaultdict[str, list[Event]] = defaultdict(list)
    by_claim: defaultdict[str, list[Event]] = defaultdict(list)
    for event in sorted(content.events, key=lambda event: event.day):
        by_article[event.article.slug].append(event)
        by_claim[event.claim.id].append(event)
    for article in content.articles:
        _write_file(get_article_path(root, article.slug), _render_article(article, by_article[article.slug]))
    for article, note in content.notes_with_articles:
        _write_file(docs / "claims" / f"{note.claim.id}.md", _render_claim(article, note, by_claim[note.claim.id]))
    _write_file(docs / "articles" / "index.md", _render_article_list(content))
    _write_file(docs / "claims" / "index.md", _render_claim_list(content))
    _write_file(docs / "timeline" / "index.md", _render_timeline(content))
    _write_file(docs / "sources" / "index.md", _render_sources(content))
    _write_file(docs / "parties" / "index.md", _render_parties(content))
    _write_file(
        docs / "glossary" / "index.md",
        "# Glossary\n\n" + _join_blocks(_format_entry(t.id, f"**{t.name}**: {t.about}") for t in content.terms),
    )


def get_article_path(root: Path, slug: str) -> Path:
    """Path of the page with an article and its notes."""
    return root / "docs" / "articles" / f"{slug}.md"


def _write_file(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _join_blocks(blocks: Iterable[str]) -> str:
    return "\n\n".join(blocks) + "\n"


def _format_entry(entry_id: str, text: str) -> str:
    """A paragraph with an id, in the syntax of the extension `attr_list`."""
    return f"{text}\n{{: #{entry_id} }}"


def _format_table(rows: Iterable[tuple[str, str]]) -> str:
    return "\n".join(["| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)])


def _format_citation(source: Source) -> str:
    return f"[{source.publisher.name}, {source.day}](../sources/index.md#{source.id})"


def _format_events(events: list[Event]) -> list[str]:
    lines = [f"- {event.day} [{event.title}](../timeline/index.md#{event.id})" for event in events]
    return ["## On the timeline", "\n".join(lines)] if lines else []


def _render_article(article: Article, events: list[Event]) -> str:
    publisher = f"[{article.publisher.name}](../parties/index.md#{article.publisher.id})"
    record = [
        ("Publisher", publisher),
        ("Published", str(article.day)),
        ("Original", f"[page of the publisher](https://articles.example/{article.slug})"),
        ("Goes back to", _format_citation(article.origin)),
    ]
    texts = enumerate([article.title, *article.paragraphs], 1)
    shape = [(str(number), f"{len(text.split())} words {_format_marks(article, number)}") for number, text in texts]
    blocks = [f"# {article.title}", article.about, _format_table(record), "## Digest", *article.digest, "## Notes"]
    blocks += [block for note in article.notes for block in _render_note(note)]
    return _join_blocks([*blocks, "## Map of the article", _format_table(shape), *_format_events(events)])


def _format_marks(article: Article, paragraph: int) -> str:
    return " ".join(f"[{LABELS[note.verdict]}](#{note.id})" for note in article.notes if note.paragraph == paragraph)


def _render_note(note: Note) -> list[str]:
    speaker = f"[{note.speaker.name}](../parties/index.md#{note.speaker.id})"
    claim = f"[The claim](../claims/{note.claim.id}.md), put {note.stance}"
    foot = f"{speaker}, paragraph {note.paragraph}. {claim}. Source: {_format_citation(note.claim.sources[0])}."
    return [_format_entry(note.id, f"**{LABELS[note.verdict]}** “{note.quote}”"), note.text, foot]


def _render_claim(article: Article, note: Note, events: list[Event]) -> str:
    claim = note.claim
    record = [
        ("Claimed by", f"[{claim.claimant.name}](../parties/index.md#{claim.claimant.id})"),
        ("Made", str(claim.day)),
        ("Rests on", f"{len(claim.sources)} sources"),
    ]
    appearance = [
        f"### [{article.title}](../articles/{article.slug}.md)",
        f"[{article.publisher.name}](../parties/index.md#{article.publisher.id}), {article.day}",
        f"> [{note.quote}](../articles/{article.slug}.md#{note.id})",
        f"**{LABELS[note.verdict]}** [{note.speaker.name}](../parties/index.md#{note.speaker.id}), put {note.stance}",
        note.text,
    ]
    first, second = (
        f"- {_format_citation(source)}: *{source.title}* ([original](https://sources.example/{source.id}))"
        for source in claim.sources
    )
    blocks = [f"# {claim.text}", f"**{LABELS[claim.verdict]}** {claim.summary}", _format_table(record), claim.explanation]
    figures = [("Part", f"{claim.part:,}"), ("Whole", f"{claim.whole:,}")]
    result = (f"**{claim.part:,} ÷ {claim.whole:,}**", f"**{claim.share}**")
    cited = [(name, f"{number} {_format_citation(claim.sources[0])}") for name, number in figures]
    blocks += ["## The arithmetic", _format_table([*cited, result])]
    blocks += ["## What would change this verdict", claim.would_change, "## In the articles", *appearance]
    blocks += ["## Evidence", "### Supports it", f"{first}. The table itself.", "### Context", second, *_format_events(events)]
    return _join_blocks(blocks)


def _render_article_list(content: Content) -> str:
    lines = []
    for article in sorted(content.articles, key=lambda article: article.day):
        tally = Counter(LABELS[note.verdict] for note in article.notes)
        counts = ", ".join(f"{label} {number}" for label, number in tally.items())
        publisher = f"[{article.publisher.name}](../parties/index.md#{article.publisher.id})"
        lines.append(f"1. [{article.title}]({article.slug}.md), {publisher}, {article.day}: {counts}")
    return UNSEARCHED + _join_blocks(["# Articles", "\n".join(lines)])


def _render_claim_list(content: Content) -> str:
    topics: defaultdict[str, list[Claim]] = defaultdict(list)
    for _, note in content.notes_with_articles:
        topics[note.claim.topic].append(note.claim)
    blocks = ["# Claims"]
    for topic, claims in topics.items():
        lines = [f"- **{LABELS[claim.verdict]}** [{claim.text}]({claim.id}.md) {claim.summary}" for claim in claims]
        blocks += [f"## {topic}", "\n".join(lines)]
    return UNSEARCHED + _join_blocks(blocks)


def _render_timeline(content: Content) -> str:
    blocks = ["# Timeline"]
    events = sorted(content.events, key=lambda event: event.day)
    for year, of_year in groupby(events, key=lambda event: event.day.year):
        blocks.append(f"## {year}")
        for event in of_year:
            article = f"[{event.article.title}](../articles/{event.article.slug}.md)"
            claim = f"[{event.claim.text}](../claims/{event.claim.id}.md)"
            head = f"**{event.day} {event.title}** {event.kind}, {event.voice}."
            text = f"{head} {event.text} In: {article}, {claim}. {_format_citation(event.source)}"
            blocks.append(_format_entry(event.id, text))
    return _join_blocks(blocks)


def _render_sources(content: Content) -> str:
    claims: defaultdict[str, list[Claim]] = defaultdict(list)
    for _, note in content.notes_with_articles:
        for source in note.claim.sources:
            claims[source.id].append(note.claim)
    blocks = ["# Sources"]
    for source in sorted(content.sources, key=lambda source: (source.kind, source.day)):
        publisher = f"[{source.publisher.name}](../parties/index.md#{source.publisher.id})"
        blocks.append(
            _format_entry(
                source.id, f"{publisher}: [{source.title}](https://sources.example/{source.id}), {source.day}, {source.kind}."
            )
        )
        blocks.append("\n".join(f"- [{claim.text}](../claims/{claim.id}.md)" for claim in claims[source.id]))
    return _join_blocks(blocks)


def _render_parties(content: Content) -> str:
    note_count_by_speaker = Counter(note.speaker.id for _, note in content.notes_with_articles)
    entries = (
        _format_entry(party.id, f"**{party.name}** {party.about}. Speaks in {note_count_by_speaker[party.id]} notes.")
        for party in content.parties
    )
    return _join_blocks(["# Who is who", *entries])
