"""What is written in place of a dossier's content: foreign pages, pages by hand, dates, YAML, settings, wrong quotations."""

from __future__ import annotations

import json
import os
import random
import re
from collections.abc import Callable
from pathlib import Path

from support.fuzz.base import FULL_SLUG, PRIVATE_WORD_PATTERN, SLUG
from support.fuzz.characters import disguise_words, encode_page
from support.fuzz.date_grammar import DATE_GRAMMAR
from support.fuzz.file_ways import is_own_path
from support.fuzz.grammar import expand_grammar
from support.fuzz.markdown_grammar import FILE_GRAMMAR, MARKDOWN_GRAMMAR
from support.fuzz.page_grammar import PAGE_GRAMMAR
from support.fuzz.yaml_grammar import CONFIG_GRAMMAR, YAML_GRAMMAR

DATED_PATTERN = re.compile(r'"-?\d{4}[\d\-/.T:?~X]*"')
HAND_FILES = [
    "docs/index.md",
    "docs/about.md",
    "docs/about.md",
    "docs/tides/index.md",
    "docs/articles/index.md",
    "docs/claims/index.md",
]


def write_foreign_page(rng: random.Random, root: Path) -> str:
    """A whole page as the capture of an article, private or printed in full."""
    file = root / rng.choice((f"originals/{SLUG}.html", f"originals/{SLUG}.html", f"docs/articles/{FULL_SLUG}.html"))
    page = expand_grammar(rng, PAGE_GRAMMAR, "page")
    disguised = disguise_words(rng, page) if rng.random() < 0.4 else page
    _write_over(file, encode_page(rng, disguised))
    return f"{file.relative_to(root)}: a foreign page"


def write_foreign_text(rng: random.Random, root: Path) -> str:
    """The words of a capture in plain text, in other characters and another encoding."""
    files = sorted((root / "originals").glob("*.txt"))
    if not files or not (file := rng.choice(files)).is_file():
        return write_foreign_page(rng, root)
    _write_over(file, encode_page(rng, disguise_words(rng, f">{file.read_text(encoding='utf-8', errors='replace')}")[1:]))
    return f"{file.relative_to(root)}: disguised"


def write_page_by_hand(rng: random.Random, root: Path) -> str:
    """A page of `docs/`, new or in place of one."""
    file = root / rng.choice(HAND_FILES)
    _write_over(file, expand_grammar(rng, MARKDOWN_GRAMMAR, "page"))
    return f"{file.relative_to(root)}: by hand"


def write_digest(rng: random.Random, root: Path) -> str:
    """The Markdown below an article's record, or of a field of a record."""
    text = "".join(expand_grammar(rng, MARKDOWN_GRAMMAR, "block") for _ in range(rng.randint(1, 4)))
    if rng.random() < 0.3:
        text += expand_grammar(rng, MARKDOWN_GRAMMAR, rng.choice(("deep", "much")))
    if rng.random() < 0.5:
        file = root / f"docs/articles/{SLUG}.md"
        record = re.match(r"(?s)---\n.*?\n---\n", _read_here(file))
        _write_over(file, (record[0] if record else "---\n---\n") + text)
        return f"{file.relative_to(root)}: digest"
    file = rng.choice(sorted((root / "annotations").rglob("*.yml")) or [root / "annotations/claims/x.yml"])
    _write_over(file, re.sub(r"(?m)(?<=: )[A-Z][a-z]+ .*$", lambda _: json.dumps(text), _read_here(file), count=1))
    return f"{file.relative_to(root)}: Markdown of a field"


def write_file_to_copy(rng: random.Random, root: Path) -> str:
    """A file that MkDocs copies into the site as it is."""
    name = rng.choice([name for name in FILE_GRAMMAR if name != "run"])
    file = root / "docs" / rng.choice(("", "", "assets", "claims", "about")) / name
    text = expand_grammar(rng, FILE_GRAMMAR, name)
    _write_over(file, text if rng.random() < 0.8 else text.encode(rng.choice(("utf-16", "utf-8-sig", "utf-7"))))
    return f"{file.relative_to(root)}: to copy"


def write_dates(rng: random.Random, root: Path) -> str:
    """Other dates in place of some of a file's."""
    files = [
        file for file in sorted(root.rglob("*")) if file.suffix in (".yml", ".md") and DATED_PATTERN.search(_read_here(file))
    ]
    if not files:
        return write_yaml(rng, root)
    file, rate = rng.choice(files), rng.choice((0.2, 1))
    _write_over(
        file,
        DATED_PATTERN.sub(
            lambda date: _quote_date(expand_grammar(rng, DATE_GRAMMAR, "date")) if rng.random() < rate else date[0],
            _read_here(file),
        ),
    )
    return f"{file.relative_to(root)}: dates"


def write_yaml(rng: random.Random, root: Path) -> str:
    """YAML of any form as a file of records, in one, or as an article's record."""
    text = expand_grammar(rng, YAML_GRAMMAR, "file")
    files = [*sorted((root / "annotations").rglob("*.yml")), root / f"docs/articles/{SLUG}.md", root / "docs/about.md"]
    file = rng.choice(files)
    if file.suffix == ".md":
        text = f"---\n{text}\n---\nText.\n"
    elif rng.random() < 0.5:
        text = rng.choice((f"{_read_here(file)}\n{text}", f"{text}\n{_read_here(file)}"))
    _write_over(file, text)
    return f"{file.relative_to(root)}: YAML"


def write_config(rng: random.Random, root: Path) -> str:
    """Other lines in `mkdocs.yml`."""
    file = root / "mkdocs.yml"
    if rng.random() < 0.2:
        text = expand_grammar(rng, YAML_GRAMMAR, rng.choice(("pair", "flow"))) + "\n" + _read_here(file)
    else:
        lines = expand_grammar(rng, CONFIG_GRAMMAR, "lines")
        keys = re.findall(r"(?m)^(\w+):", lines)
        text = "".join(part for part in re.split(r"(?m)^(?=\w)", _read_here(file)) if part.partition(":")[0] not in keys) + lines
    _write_over(file, text)
    return "mkdocs.yml: settings"


def write_wrong_quotations(rng: random.Random, root: Path) -> str:
    """Many quotations from a private capture, in which one word in so many is another, is missing or is out of place."""
    captures = {file.stem: _read_here(file).split() for file in sorted((root / "originals").glob("*.txt"))}
    slugs = [slug for slug, words in captures.items() if any(map(PRIVATE_WORD_PATTERN.fullmatch, words))]
    if not slugs:
        return write_dates(rng, root)
    slug = rng.choice(slugs)
    words, every = captures[slug], rng.choice((2, 3, 5, 9))
    change = rng.choice(QUOTATION_CHANGES)
    notes = []
    for number in range(rng.choice((1, 5, 48))):
        start, length = rng.randrange(len(words)), rng.choice((4, 10, 19, 20, 26, 60))
        taken = words[start : start + length]
        shift = rng.randrange(every)
        changed = [change(rng, word) if (place + shift) % every else word for place, word in enumerate(taken)]
        quote = " ".join(filter(None, changed if rng.random() < 0.7 else [*taken[:-1], "ferry"]))
        notes.append(f"- {{id: wrong-{number}, quote: {json.dumps(quote)}, speaker: text, note: A note.}}\n")
    _write_over(root / f"annotations/articles/{slug}.yml", "".join(notes))
    return f"{slug}: {len(notes)} wrong quotations"


QUOTATION_CHANGES: tuple[Callable[[random.Random, str], str], ...] = (
    lambda rng, word: "word",
    lambda rng, word: "",
    lambda rng, word: "…",
    lambda rng, word: word[:-1] + rng.choice("aeiou"),
    lambda rng, word: word[0] + "\u00ad" + word[1:],
    lambda rng, word: rng.choice(("£7", "x", "the", "word")),
)
CONTENT_WAYS: dict[str, Callable[[random.Random, Path], str]] = {
    "foreign page": write_foreign_page,
    "foreign text": write_foreign_text,
    "page by hand": write_page_by_hand,
    "digest": write_digest,
    "file to copy": write_file_to_copy,
    "dates": write_dates,
    "yaml": write_yaml,
    "config": write_config,
    "quotations": write_wrong_quotations,
}


def _quote_date(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _read_here(file: Path) -> str:
    """The text of a file; empty for what is no file of the dossier any more."""
    if not is_own_path(file) or not file.is_file() or not os.access(file, os.R_OK) or file.stat().st_size > 3_000_000:
        return ""
    return file.read_bytes().decode("utf-8", "replace")


def _write_over(file: Path, content: str | bytes) -> None:
    """Write a file where nothing else stands in its place."""
    if not is_own_path(file) or (os.path.lexists(file) and not file.is_file()):
        return
    if any(part.exists() and not part.is_dir() for part in file.parents):
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    if not os.access(file if file.exists() else file.parent, os.W_OK):
        return
    file.write_bytes(content.encode("utf-8", "replace") if isinstance(content, str) else content)
