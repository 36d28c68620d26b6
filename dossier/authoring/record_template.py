"""A new record: answers in, YAML out in which every key that is still open has its question above it.

What may be unknown and is not said is `not-established`; what a record needs and nobody said stays empty, so that
`dossier check` tells where something is still to be written. A new record is a draft: readers see nothing of it, and
what is held against published records alone is held against it once its status is changed.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Collection, Iterator, Mapping, Sequence
from unicodedata import normalize

from dossier.authoring.questions import QUESTIONS, Question, choices
from dossier.authoring.schema import schema_line
from dossier.model.base import Entry, keys_of
from dossier.model.field_types import NOT_ESTABLISHED, may_be_unknown
from dossier.model.quotations.digest import UNWRITTEN
from dossier.model.records import Claim, Event

WIDTH = 100
"""Characters of a line of ours."""

WORDS_OF_AN_ID = 7
LONGEST_ID = 70

OPEN_DIGEST = f"[Here stands the digest: what does the article report, and who says it?](#{UNWRITTEN})\n"
"""The link leads nowhere until the line is replaced, so that `dossier check` asks for it."""

HOW_TO_FILL = "Write each answer behind its key; leave empty what is not needed. Lines that begin with # are for you alone."
HOW_TO_DIGEST = (
    "Below the next line of hyphens: our digest, 200 to 450 words of our own. Words of the article stand in quotation marks "
    "in a link to their annotation: [“words”](#its-id)."
)

_AMBIGUOUS = frozenset({"true", "false", "null", "yes", "no", "on", "off"})
"""Words that other readers of YAML take for something else."""

Words = Mapping[str, Sequence[str]]
"""Words that an answer may be, by kind of record: `verdict`."""


def lines_of(model: type[Entry], answers: Mapping[str, str], known: Words, settled: Collection[str] = ()) -> Iterator[str]:
    """The lines of a record: answers as YAML, questions for the rest; keys that are settled and unanswered are left out."""
    for key in keys_of(model):
        if key in answers:
            yield f"{key}: {answers[key]}"
        elif key not in settled and not (question := QUESTIONS[model][key]).needless(answers, still_open=True):
            field = model.model_fields[key]
            yield from remark(asked(question, choices(field.annotation) or known.get(question.names, ())))
            value = "draft" if key == "status" else NOT_ESTABLISHED if may_be_unknown(field) else ""
            yield f"{key}: {value}".rstrip()


def asked(question: Question, words: Sequence[str] = ()) -> str:
    """A question with the words that answer it, or how to answer it."""
    return " ".join(part for part in (question.ask, " | ".join(words) + "." * bool(words), question.how) if part)


def remark(text: str) -> list[str]:
    """Text as comment lines."""
    return textwrap.wrap(text, WIDTH, initial_indent="# ", subsequent_indent="#   ", break_on_hyphens=False)


def record_file(model: type[Entry], path: str, lines: Iterator[str]) -> str:
    """A new file of one record."""
    return "\n".join([schema_line(path), *remark(f"A new {model.noun}. {HOW_TO_FILL}"), *lines]) + "\n"


def article_file(lines: Iterator[str], *, digest: bool) -> str:
    """A new article: its record, and a digest to be written where it is to have one."""
    head = ["---", *remark(f"A new article. {HOW_TO_FILL}"), *lines, *(remark(HOW_TO_DIGEST) if digest else []), "---"]
    return "\n".join(head) + "\n" + (OPEN_DIGEST if digest else "")


def list_entry(lines: Iterator[str]) -> str:
    """A record as an entry of a list."""
    return f"- {textwrap.indent(chr(10).join(lines), '  ').lstrip()}\n"


def written(value: str, *, inside: bool = False) -> str:
    """A value as YAML: plain where that is safe (`inside` brackets less is), else quoted; long or parted texts as a block."""
    value = value.strip()
    if not inside and "\n" in value:
        return "|\n" + textwrap.indent(value, "  ")
    if not inside and len(value) > WIDTH:
        return ">-\n" + textwrap.fill(
            value, WIDTH, initial_indent="  ", subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
        )
    unsafe = r":(?:\s|$)|\s#" + (r"|[][{},]" if inside else "")
    plain = re.match(r"[^\W\d_]", value) and not re.search(unsafe, value) and value.lower() not in _AMBIGUOUS
    return value if plain and value.isprintable() else json.dumps(value, ensure_ascii=False)


def listed(values: Sequence[str]) -> str:
    """Several values as YAML."""
    return f"[{', '.join(written(value, inside=True) for value in values)}]"


def weighed(pairs: Sequence[tuple[str, str]]) -> str:
    """Sources of a claim, each with its bearing, as YAML."""
    return (
        f"[{', '.join(f'{{id: {written(name, inside=True)}, bearing: {written(said, inside=True)}}}' for name, said in pairs)}]"
    )


def proposed_id(model: type[Entry], answers: Mapping[str, str], taken: Collection[str]) -> str:
    """The id that a new record may have: of a claim its words, of an event also the year, else publisher or title and date."""
    if model is Claim:
        return id_from(answers.get("claim", ""), "", taken)
    title, date = answers.get("title", ""), answers.get("date") or answers.get("published", "")
    if model is Event:
        year = re.search(r"\d{4}", date)
        return id_from(title, year[0] if year else "", taken)
    known = [text for key in ("publisher", "title", "label") if (text := answers.get(key, "")) not in ("", NOT_ESTABLISHED)]
    return id_from(known[0] if known else "", date, taken)


def id_from(words: str, date: str, taken: Collection[str]) -> str:
    """A free id from a title or a sentence, and the date where there is one; empty where no letter of it can be used."""
    plain = normalize("NFKD", words.lower().replace("ß", "ss")).encode("ascii", "ignore").decode()
    parts = re.findall(r"[a-z0-9]+", re.sub(r"['’]s\b", "", plain))[:WORDS_OF_AN_ID]
    digits = re.findall(r"\d+", date.partition("/")[0])
    while len("-".join([*parts, *digits])) > LONGEST_ID:
        parts.pop()
    name = "-".join([*parts, *digits])
    numbered = (f"{name}-{number}" for number in range(2, len(taken) + 3))
    return "" if not name[:1].isalpha() else name if name not in taken else next(free for free in numbered if free not in taken)
