"""A new record: answers in, YAML out in which every key without an answer has its question above it.

A key without an answer is `not-established` if it may be, else empty, so that `dossier check` reports what is still to be
written. A new record is a draft: readers see nothing of it, and checks of published records leave it out.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Collection, Iterator, Mapping, Sequence

from dossier.authoring.questions import format_question, get_question, get_target_kind, is_question_unnecessary
from dossier.authoring.schema import format_schema_comment
from dossier.model.base import Record
from dossier.model.field_types import NOT_ESTABLISHED
from dossier.model.introspection import describe_keys
from dossier.model.normalization import normalize_text
from dossier.model.quotations.digest import UNWRITTEN_DIGEST_ANNOTATION_ID
from dossier.model.records import Event
from dossier.model.records.figures import Measure

MAX_RECORD_LINE_CHARACTERS = 100
"""Maximum length of a line, in characters."""

MAX_SUGGESTED_ID_WORDS = 7
MAX_SUGGESTED_ID_CHARACTERS = 70
ID_TEXT_KEYS = ("claim", "publisher", "title", "label", "name", "unit")
"""Keys whose words make an id: of a record's, the first that is answered."""

ID_DATE_KEYS = ("date", "published", "period")
"""Keys whose date is a part of an id."""

DIGEST_PLACEHOLDER = (
    f"[Here stands the digest: what does the article report, and who says it?](#{UNWRITTEN_DIGEST_ANNOTATION_ID})\n"
)
"""The link leads nowhere until the line is replaced, so that `dossier check` asks for it."""

RECORD_INSTRUCTIONS = (
    "Write each answer behind its key; leave empty what is not needed. Lines that begin with # are for you alone."
)
DIGEST_INSTRUCTIONS = (
    "Below the next line of hyphens: our digest, 120 to 450 words of our own. Words of the article stand in quotation marks "
    "in a link to their annotation: [“words”](#its-id)."
)

_AMBIGUOUS_YAML_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off"})
"""Words that other parsers of YAML read as something else."""

ChoicesByKind = Mapping[str, Sequence[str]]
"""Ids that an answer may be, by kind of record: `verdict`."""


def iter_record_lines(
    model: type[Record], answers: Mapping[str, str], choices_by_kind: ChoicesByKind, settled: Collection[str] = ()
) -> Iterator[str]:
    """The lines of a record: answers as YAML, questions for the other keys, without those of `settled`."""
    for key, description in describe_keys(model).items():
        if key in answers:
            yield f"{key}: {answers[key]}"
        elif key not in settled and not is_question_unnecessary(question := get_question(model, key), answers, still_open=True):
            choices = description.choices or choices_by_kind.get(get_target_kind(description), ())
            yield from format_yaml_comment(format_question(question, choices))
            value = "draft" if key == "status" else NOT_ESTABLISHED if description.can_be_not_established else ""
            yield f"{key}: {value}".rstrip()


def format_yaml_comment(text: str) -> list[str]:
    """Text as comment lines."""
    return textwrap.wrap(text, MAX_RECORD_LINE_CHARACTERS, initial_indent="# ", subsequent_indent="#   ", break_on_hyphens=False)


def build_record_file(model: type[Record], path: str, lines: Iterator[str]) -> str:
    """A new file of one record."""
    head = [format_schema_comment(path), *format_yaml_comment(f"A new {model.noun}. {RECORD_INSTRUCTIONS}")]
    return "\n".join([*head, *lines, ""])


def build_article_file(lines: Iterator[str], *, digest: bool) -> str:
    """A new article: its record, and with `digest` the placeholder of its digest."""
    head = ["---", *format_yaml_comment(f"A new article. {RECORD_INSTRUCTIONS}")]
    tail = [*format_yaml_comment(DIGEST_INSTRUCTIONS), "---", DIGEST_PLACEHOLDER] if digest else ["---", ""]
    return "\n".join([*head, *lines, *tail])


def format_list_entry(lines: Iterator[str]) -> str:
    """A record as an entry of a list."""
    return f"- {textwrap.indent(chr(10).join(lines), '  ').lstrip()}\n"


def format_yaml_value(value: str, *, inside: bool = False) -> str:
    """A value as YAML: plain if that is safe (`inside` brackets less is), else quoted; long texts and paragraphs as a block."""
    value = value.strip()
    if not inside and "\n" in value:
        return "|\n" + textwrap.indent(value, "  ")
    if not inside and len(value) > MAX_RECORD_LINE_CHARACTERS:
        width = MAX_RECORD_LINE_CHARACTERS - 2
        return ">-\n" + textwrap.indent(textwrap.fill(value, width, break_long_words=False, break_on_hyphens=False), "  ")
    unsafe = r":(?:\s|$)|\s#" + (r"|[][{},]" if inside else "")
    plain = re.match(r"[^\W\d_]", value) and not re.search(unsafe, value) and value.lower() not in _AMBIGUOUS_YAML_WORDS
    return value if plain and value.isprintable() else json.dumps(value, ensure_ascii=False)


def format_yaml_list(values: Sequence[str]) -> str:
    """Several values as YAML."""
    return f"[{', '.join(format_yaml_value(value, inside=True) for value in values)}]"


def format_evidence_list(pairs: Sequence[tuple[str, str]]) -> str:
    """Sources of a claim, each with its bearing, as YAML."""
    values = ((format_yaml_value(name, inside=True), format_yaml_value(bearing, inside=True)) for name, bearing in pairs)
    return f"[{', '.join(f'{{id: {name}, bearing: {bearing}}}' for name, bearing in values)}]"


def suggest_record_id(model: type[Record], answers: Mapping[str, str], taken: Collection[str]) -> str:
    """A free id for a new record, from what names it and its date: of an event and a measure the year alone."""
    texts = [text for key in ID_TEXT_KEYS if (text := answers.get(key, "")) not in ("", NOT_ESTABLISHED)]
    date = next((answers[key] for key in ID_DATE_KEYS if key in answers), "")
    if model in (Event, Measure):
        date = (re.findall(r"\d{4}", date) or [""])[0]
    return make_free_id(texts[0] if texts else "", date, taken)


def make_free_id(words: str, date: str, taken: Collection[str]) -> str:
    """A free id from the words of a title or a sentence and a date (may be empty); empty if it would begin with no letter."""
    plain = normalize_text("NFKD", words.lower().replace("ß", "ss")).encode("ascii", "ignore").decode()
    parts = re.findall(r"[a-z0-9]+", re.sub(r"['’]s\b", "", plain))[:MAX_SUGGESTED_ID_WORDS]
    digits = re.findall(r"\d+", date.partition("/")[0])
    while len("-".join([*parts, *digits])) > MAX_SUGGESTED_ID_CHARACTERS:
        parts.pop()
    name = "-".join([*parts, *digits])
    candidates = (name, *(f"{name}-{number}" for number in range(2, len(taken) + 3)))
    return next(candidate for candidate in candidates if candidate not in taken) if name[:1].isalpha() else ""
