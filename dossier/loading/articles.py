"""Reads `docs/articles/<slug>.md` into a record and a digest, and the captures and copies at hand into paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from dossier.captures.convert import CONVERTER_BY_SUFFIX, convert_capture
from dossier.loading.files import read_limited_bytes
from dossier.loading.front_matter import describe_unclosed_front_matter
from dossier.loading.reader import RecordReader
from dossier.model.field_types import MAX_TEXT_CHARACTERS
from dossier.model.problems.problem import Location, Problem, UnreadableError
from dossier.model.quotations.capture import Capture, hash_content
from dossier.model.quotations.digest import Digest
from dossier.model.records import Article, Source

SOURCE_COPY_FOLDER = "sources"
"""Folder of the copies of sources, in the private folder of captures."""

MAX_CAPTURE_BYTES = 20_000_000
"""Bytes of a capture; far more than any saved page has."""

ARTICLES_FOLDER = "docs/articles"

SLUG_PATTERN = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


def read_articles(reader: RecordReader) -> dict[str, Article]:
    """The articles in `docs/articles/`, by slug; files that cannot be read are problems of the reader."""
    articles = {}
    for file in reader.list_files(ARTICLES_FOLDER):
        if file.suffix != ".md" or file.is_dir():
            if file.suffix not in CONVERTER_BY_SUFFIX:
                help = "the file of an article ends in .md; move other files elsewhere"
                reader.add_file_problem(file, "wrong-id", "this is not an article", help)
        elif file.stem != "index" and (article := reader.parse_file(file, partial(_parse_article, reader, file.stem))):
            articles[article.slug] = article
    return articles


def read_captures(reader: RecordReader, folder: Path, articles: Mapping[str, Article]) -> dict[str, Capture]:
    """The captures at hand, by slug, converted with the paragraph kinds of the article's record.

    The capture of an article with `print: full` is beside its record; every other one is in the private `folder`.
    """
    captures, beside_records = {}, set(reader.list_files(ARTICLES_FOLDER))
    for slug, article in articles.items():
        is_public = article.print == "full"
        # The private folder may itself be a link, to wherever captures are kept; none of its files may lead out of it.
        root = reader.root / ARTICLES_FOLDER if is_public else folder
        paths = _list_capture_paths(root, slug)
        files = (path for path in paths if (path in beside_records if is_public else path.exists()))
        if capture := _read_capture(reader, article, slug, files, root):
            captures[slug] = capture
    return captures


def read_source_copies(reader: RecordReader, folder: Path, sources: Iterable[Source]) -> dict[str, Capture]:
    """The copies of sources at hand, by source: texts or pages below the private `folder`, each named after its source."""
    copies = {}
    for source in sources:
        files = filter(Path.exists, _list_capture_paths(folder / SOURCE_COPY_FOLDER, source.id))
        if copy := _read_capture(reader, source, source.id, files, folder):
            copies[source.id] = copy
    return copies


def _list_capture_paths(folder: Path, name: str) -> list[Path]:
    """Where a capture may be, the place that takes precedence first."""
    return [folder / f"{name}{ending}" for ending in CONVERTER_BY_SUFFIX]


def _read_capture(reader: RecordReader, record: Article | Source, name: str, files: Iterator[Path], root: Path) -> Capture | None:
    """The capture or copy of a record, converted, from the first of some files, inside `root`.

    None if there is none, or if it cannot be read, which is a problem.
    """
    try:
        if not (file := next(files, None)):  # looks into the folder, which may fail too
            return None
        content = read_capture_bytes(file, root)
        kinds = record.kind_by_paragraph if isinstance(record, Article) else {}
        convert = partial(convert_capture, content, kinds, file.suffix)
        return reader.get_cached_or_make(str(file), f"{hash_content(content)} {kinds}", convert)
    except UnreadableError as error:
        message, help = error.message, error.help
    except OSError as error:
        message, help = str(error.strerror), "check the file"
    noun = "capture" if isinstance(record, Article) else "copy"
    problem = Problem(record.locate(), "unreadable-file", f"the {noun} of {name} cannot be read: {message}", help)
    reader.problems.append(problem)
    return None


def read_capture_bytes(file: Path, root: Path | None = None) -> bytes:
    """The bytes of a capture, inside `root` if that is given. Raises `UnreadableError` as `read_limited_bytes` does."""
    return read_limited_bytes(file, MAX_CAPTURE_BYTES, root, size_help="keep one article only")


def list_article_folder_captures(reader: RecordReader) -> tuple[str, ...]:
    """Paths of the captures in `docs/articles/`, relative to the root."""
    files = reader.list_files(ARTICLES_FOLDER)
    return tuple(reader.get_display_path(file) for file in files if file.suffix in CONVERTER_BY_SUFFIX)


def _describe_missing_front_matter(text: str, path: str) -> Problem:
    """The problem of an article whose record is not there, or has no line of hyphens below it."""
    if not re.match(r"---[ \t]*(?:\n|\Z)", text):
        help = "begin the file with a line of three hyphens, the record, and another such line"
        return Problem(Location(path), "yaml-syntax", "the article has no record at its head", help)
    return describe_unclosed_front_matter(text, path, "record", "digest")


def _parse_article(reader: RecordReader, slug: str, text: str, path: str) -> Article | None:
    if not SLUG_PATTERN.fullmatch(slug):
        help = "use lower-case letters, digits and single hyphens, as in gazette-2021-03-26.md"
        reader.add_problem(Problem(Location(path), "wrong-id", f"{slug!r} is not an id", help))
        return None
    match = _FRONT_MATTER.match(text)
    if not match:
        reader.add_problem(_describe_missing_front_matter(text, path))
        return None
    node = reader.parse_yaml(match[1], path, first_line=2)
    digest = Digest(path, text[match.end() :], text[: match.end()].count("\n") + 1)
    if len(digest.text) > MAX_TEXT_CHARACTERS:
        message = f"the digest has {len(digest.text):,} characters, more than {MAX_TEXT_CHARACTERS:,}"
        reader.add_problem(Problem(Location(path, digest.first_line), "wrong-value", message, "a digest has 120 to 450 words"))
        return None
    return reader.validate_record(Article, node, path, slug=slug, digest=digest) if node else None
