"""The schemas as validators outside of Python take them: valid, with patterns that JavaScript reads as we do."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from pydantic import TypeAdapter, ValidationError

from dossier.authoring.schema import build_schemas
from dossier.model.field_types import (
    AnnotationReference,
    EdtfDate,
    FigureKey,
    FigureReference,
    FullDate,
    ParagraphNumbers,
    RecordId,
    WebUrl,
)
from dossier.model.problems.problem import FORBIDDEN_CHARACTERS_PATTERN
from support.dossiers import EXAMPLE, read_example
from support.install_server import FOLDER, INSTALLED, find_node

# With the flag `u`, JavaScript refuses an escape that it does not need. (?<name>…) and (?>…), `++`, `\A`, `\Z` and flags in
# brackets are one language's only.
ESCAPE = re.compile(r"\\(?:[dDsSwWbBfnrtv0^$\\.*+?()\[\]{}|/-]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4})")
ONE_LANGUAGE_ONLY = re.compile(r"\(\?(?![:=!])|[*+?}]\+|\\[AZzdwGhK]")
TYPES: tuple[Any, ...] = (AnnotationReference, EdtfDate, FigureKey, FigureReference, FullDate, ParagraphNumbers, RecordId, WebUrl)
GOOD_TEXTS = (
    "harbour-board",
    "gazette-2021-03-26#one-in-ten",
    "april-count.total_2",
    "all_vehicles",
    "39-42",
    "2021-03-26",
    "-0005-03-02",
    "2021-03~/..",
    "2021-03-28T12:00:00+05:30",
    "Y-170000",
    "https://example.org/page?a=1#b",
    "HTTPS://example.org/ä/‘x’",
    "http://[2001:db8::1]:8080/",
    "en-GB",
)
SIGNS = (
    " ",
    "\t",
    "\n",
    "\r",
    "\u00a0",
    "\u0085",
    "\u2028",
    "\ufeff",
    "٣",
    "２",
    "ſ",
    "ı",
    "K",
    "é",
    "\\",
    '"',
    "<",
    ">",
    "-",
    "_",
)


class Verdict(NamedTuple):
    """What Ajv and JavaScript say: faults of schemas, and for each pattern whether it matches each text."""

    faults: list[str]
    matches: list[list[bool]]


def list_patterns(shape: Any) -> Iterator[str]:
    """Every regular expression in a schema: of values and of keys."""
    if isinstance(shape, list):
        for part in shape:
            yield from list_patterns(part)
    elif isinstance(shape, dict):
        if isinstance(shape.get("pattern"), str):
            yield shape["pattern"]
        yield from shape.get("patternProperties", ())
        for part in shape.values():
            yield from list_patterns(part)


def list_texts() -> list[str]:
    """Good values, and each with a sign that languages see differently at its end, its beginning and inside."""
    return [
        *GOOD_TEXTS,
        *(spoilt for text in GOOD_TEXTS for sign in SIGNS for spoilt in (text + sign, sign + text, text[:6] + sign + text[6:])),
    ]


def ask_javascript(schemas: dict[str, Any], patterns: list[str], texts: list[str]) -> Verdict:
    """Compile schemas with Ajv in strict mode, and try patterns; skips where the editor's server is not installed."""
    node = find_node()
    if not node or not INSTALLED.is_file():
        pytest.skip("the language server of the editor tests is not installed (`make test` does it)")
    question = json.dumps({"schemas": schemas, "patterns": patterns, "texts": texts})
    command = [node, str(FOLDER / "compile_schemas.cjs")]
    asked = subprocess.run(command, input=question, capture_output=True, encoding="utf-8", check=False)
    assert asked.returncode == 0, asked.stderr
    return Verdict(**json.loads(asked.stdout))


@pytest.fixture(scope="module")
def schemas() -> dict[str, Any]:
    """The schemas of the example, by file name."""
    return {path.rpartition("/")[2]: json.loads(text) for path, text in build_schemas(read_example(EXAMPLE)).items()}


@pytest.fixture(scope="module")
def patterns(schemas: dict[str, Any]) -> list[str]:
    found = sorted({pattern for schema in schemas.values() for pattern in list_patterns(schema)})
    assert len(found) >= 8
    return found


def test_patterns_are_written_in_what_all_languages_share(patterns: list[str]) -> None:
    for pattern in patterns:
        assert "\\" not in ESCAPE.sub("", pattern), pattern
        assert not ONE_LANGUAGE_ONLY.search(pattern.replace("\\\\", "")), pattern
        assert pattern.startswith("^"), pattern
        assert pattern.endswith("$"), pattern
        assert not set(re.findall(r'\\(["#\-<>])', pattern)), pattern


def test_ajv_compiles_every_schema_strictly(schemas: dict[str, Any]) -> None:
    assert ask_javascript(schemas, [], []).faults == []


def test_javascript_and_python_match_the_same_texts(patterns: list[str]) -> None:
    texts = [text for text in list_texts() if not FORBIDDEN_CHARACTERS_PATTERN.search(text)]
    for pattern, row in zip(patterns, ask_javascript({}, patterns, texts).matches, strict=True):
        matched = [bool(re.fullmatch(pattern, text)) for text in texts]
        differing = [text for text, here, there in zip(texts, matched, row, strict=True) if here != there]
        assert differing == [], pattern
        assert any(row), pattern


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: str(kind)[:60])
def test_an_editor_underlines_nothing_that_the_check_reads(kind: Any) -> None:
    texts = [text for text in list_texts() if not FORBIDDEN_CHARACTERS_PATTERN.search(text)]
    adapter: TypeAdapter[Any] = TypeAdapter(kind)
    found = list(list_patterns(adapter.json_schema()))
    rows = ask_javascript({}, found, texts).matches
    accepted = 0
    for text, *matches in zip(texts, *rows, strict=True):
        try:
            adapter.validate_python(text)
        except ValidationError:
            continue
        accepted += 1
        assert any(matches), text
    assert accepted
