"""Articles in: `docs/articles/<slug>.md` to a record and a digest, and the captures that are here to paragraphs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from dossier.captures.convert import CONVERTERS, convert
from dossier.loading.files import content_of
from dossier.loading.reader import Reader
from dossier.model.field_types import LONGEST_TEXT
from dossier.model.problems.problem import Place, Problem, Unreadable
from dossier.model.quotations.capture import Capture, fingerprint
from dossier.model.quotations.digest import Digest
from dossier.model.records import Article

MAX_BYTES = 20_000_000
"""Of a capture: far more than any saved page has."""

SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_FRONT = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


def read_articles(reader: Reader) -> dict[str, Article]:
    """Every article below `docs/articles/`, by slug."""
    articles = {}
    for file in reader.files("docs/articles"):
        if file.suffix != ".md" or file.is_dir():
            if file.suffix not in CONVERTERS:
                help = "an article is a file of this folder that ends in .md; move anything else elsewhere"
                reader.refuse(Problem(Place(reader.path_of(file)), "wrong-id", "this is not an article", help))
        elif file.stem != "index" and (article := reader.made(file, partial(_article, reader, file.stem))):
            articles[article.slug] = article
    return articles


def read_captures(reader: Reader, folder: Path, articles: Mapping[str, Article]) -> dict[str, Capture]:
    """The captures that are here, by slug, converted with the kinds of their record.

    The capture of an article that may be printed whole lies beside its record; every other one is private.
    """
    captures = {}
    for slug, article in articles.items():
        place = reader.root / "docs" / "articles" if article.print == "full" else folder
        within = reader.root if article.print == "full" else None
        try:
            file = next((file for ending in CONVERTERS if (file := place / f"{slug}{ending}").exists()), None)
            if file:
                content, kinds = content_of(file, MAX_BYTES, within), article.kind_of
                state = f"{fingerprint(content)} {kinds}"
                captures[slug] = reader.known(str(file), state, partial(convert, content, kinds, file.suffix))
        except (OSError, Unreadable) as error:
            said, help = (error.message, error.help) if isinstance(error, Unreadable) else (error.strerror, "check the file")
            message = f"the capture of {slug} cannot be read: {said}"
            reader.problems.append(Problem(article.place(), "unreadable-file", message, help))
    return captures


def captures_beside(reader: Reader) -> tuple[str, ...]:
    """Paths of the captures that lie in `docs/articles/`."""
    return tuple(reader.path_of(file) for file in reader.files("docs/articles") if file.suffix in CONVERTERS)


def _article(reader: Reader, slug: str, text: str, path: str) -> Article | None:
    if not SLUG.fullmatch(slug):
        help = "use lower-case letters, digits and single hyphens, as in gazette-2021-03-26.md"
        reader.refuse(Problem(Place(path), "wrong-id", f"{slug!r} is not an id", help))
        return None
    match = _FRONT.match(text)
    if not match:
        help = "begin the file with a line of three hyphens, the record, and another such line"
        reader.refuse(Problem(Place(path), "yaml-syntax", "the article has no record at its head", help))
        return None
    node = reader.yaml(match[1], path, first_line=2)
    digest = Digest(path, text[match.end() :], text[: match.end()].count("\n") + 1)
    if len(digest.text) > LONGEST_TEXT:
        message = f"the digest has {len(digest.text):,} characters, more than {LONGEST_TEXT:,}"
        reader.refuse(Problem(Place(path, digest.line), "wrong-value", message, "a digest has 200 to 450 words"))
        return None
    return reader.record(Article, node, path, slug=slug, digest=digest) if node else None
