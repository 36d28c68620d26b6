"""Rule on directives: every part, chart, table and note that a page written by hand includes exists and is published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from dossier.checks.rule import Violation, rule
from dossier.model.base import Entry
from dossier.model.dossier import Dossier
from dossier.model.headlines import find_quoted_headline
from dossier.model.kinds import KINDS_BY_NAME, suggest_record_creation
from dossier.model.problems.problem import Location, suggest_line_edits
from dossier.model.records import Annotation
from dossier.model.site.addresses import (
    CHART_DIRECTIVE_PATTERN,
    DIRECTIVE_DESCRIPTIONS,
    DIRECTIVE_PATTERN,
    HEADLINES_DIRECTIVE_PATTERN,
    TABLE_DIRECTIVE_PATTERN,
)


@rule("unknown-directive")
def check_unknown_directive(dossier: Dossier) -> Iterator[Violation]:
    for page in dossier.handwritten_pages:
        for match in DIRECTIVE_PATTERN.finditer(page.text):
            line = page.text.count("\n", 0, match.start()) + 1
            first = match.start(1) - match.start() + 1
            place = Location(page.path, line, match.group().index("<!--") + 1)
            if chart := CHART_DIRECTIVE_PATTERN.fullmatch(match[1]):
                yield from _check_named_record(dossier, "chart", chart[1], place)
            elif table := TABLE_DIRECTIVE_PATTERN.fullmatch(match[1]):
                yield from _check_named_record(dossier, "table", table[1], place)
            elif headlines := HEADLINES_DIRECTIVE_PATTERN.fullmatch(match[1]):
                for spot in re.finditer(r"\S+", headlines[1] or ""):
                    column = first + headlines.start(1) + spot.start()
                    yield from _check_headline_note(dossier, spot[0], Location(page.path, line, column))
            elif match[1] not in DIRECTIVE_DESCRIPTIONS:
                help = f"the parts are {', '.join(DIRECTIVE_DESCRIPTIONS)}, and `chart` or `table` with the id of one"
                close = suggest_line_edits(match[1], get_close_matches(match[1], DIRECTIVE_DESCRIPTIONS, 1))
                yield Violation(place, f"there is no part `{match[1]}`", help, close)


def _check_named_record(dossier: Dossier, kind_name: str, name: str, place: Location) -> Iterator[Violation]:
    """Yield a violation if the chart or table of a directive does not exist or is not published."""
    kind = KINDS_BY_NAME[kind_name]
    records, path = dossier.index_records(kind), kind.get_path(name)
    record = records.get(name)
    if not record and path not in dossier.unread_paths:
        close = get_close_matches(name, records, 1)
        help = f"did you mean `{close[0]}`?" if close else f"write its record first, in {path}"
        yield Violation(place, f"there is no {kind_name} `{name}`", help, suggest_line_edits(name, close))
    elif isinstance(record, Entry) and not record.is_published:
        message = f"the {kind_name} `{name}` is `{record.status}`, but this page is published"
        yield Violation(place, message, "publish it, or delete the line")


def _check_headline_note(dossier: Dossier, spot: str, place: Location) -> Iterator[Violation]:
    """Yield a violation if the annotation of a directive does not exist, is not published, or is on no words of a headline."""
    kind, note, slug = KINDS_BY_NAME["annotation"], dossier.get_annotation(spot), spot.partition("#")[0]
    article = dossier.articles.get(slug)
    if {kind.get_path(spot), KINDS_BY_NAME["article"].get_path(slug)} & dossier.unread_paths or (note and not article):
        return  # another rule has it
    if not note or not article:
        close = get_close_matches(spot, dossier.index_records(kind), 1)
        help = f"did you mean `{close[0]}`?" if close else _suggest_note(spot)
        yield Violation(place, f"there is no note `{spot}`", help, suggest_line_edits(spot, close))
    elif not (note.is_published and article.is_published):
        hidden: Entry = article if note.is_published else note
        message = f"the {hidden.noun} of `{spot}` is `{hidden.status}`, but this page is published"
        yield Violation(place, message, "publish it, or delete it from the line")
    elif _is_headline_known(dossier, note) and not find_quoted_headline(dossier, note):
        help = "name a note on words of its article's `title:`, or of the title of the source with the `url:` of its layer"
        yield Violation(place, f"no headline has the words of `{spot}`, “{note.quote}”", help)


def _is_headline_known(dossier: Dossier, note: Annotation) -> bool:
    """Whether everything is here that says which headline a note is on; if not, other rules say what is missing."""
    return bool(dossier.find_anchor(note)) and not dossier.unread_paths and dossier.articles[note.article].print != "metadata"


def _suggest_note(spot: str) -> str:
    slug, _, name = spot.partition("#")
    if not name:
        return "write the article, `#` and the note's id"
    return suggest_record_creation(KINDS_BY_NAME["annotation"], spot) if slug else "write the article's name before `#`"
