"""What a change does to what readers see, as Markdown for the editor who reviews it: each record before and after."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

from dossier.model.base import Correction, Entry, Record
from dossier.model.dossier import Dossier
from dossier.model.markdown import escape_code, escape_markdown, truncate_summary
from dossier.model.records import Annotation, Claim
from dossier.pages.corrections import describe_entry
from dossier.reports.record_fields import RecordFormatter, collect_record_fields

COMPARED_RECORD_GETTERS: Mapping[str, Callable[[Dossier], Mapping[str, Record]]] = {
    "claim": lambda dossier: dossier.claims,
    "note": lambda dossier: {f"{note.article}#{note.id}": note for note in dossier.iter_annotations()},
    "event": lambda dossier: dossier.events,
    "source": lambda dossier: dossier.sources,
    "chart": lambda dossier: dossier.charts,
    "article": lambda dossier: dossier.articles,
    "party": lambda dossier: dossier.parties,
    "glossary entry": lambda dossier: {term.id: term for term in dossier.glossary},
    "measure": lambda dossier: dossier.measures,
    "verdict of the scale": lambda dossier: dossier.verdicts,
    "voice": lambda dossier: dossier.voices,
}
"""What is compared, what weighs most first; records by a name that stays."""

RECORD_KIND_PLURALS = {
    "party": "parties",
    "glossary entry": "glossary entries",
    "verdict of the scale": "verdicts of the scale",
    "voice of the timeline": "voices of the timeline",
}

VERDICT_ROW_LABEL = "Verdict"
"""The row that stands first."""

MAX_DETAILED_CHANGES = 200
"""Records shown in full; of the others, what became of them."""

MAX_LISTED_FILES = 50
"""Files named in which nothing is compared."""

MAX_DIFFED_WORDS = 2_000
"""Words up to which two texts are compared word by word; longer ones are told as changed."""

DIFF_CONTEXT_WORDS = 12
"""Words that are shown on either side of a change in a long text."""

_DIFF_TOKEN_PATTERN = re.compile(r"\n\s*\n|\S+")


class RecordChange(NamedTuple):
    """A record before and after; None where there was or is none. `rows` are label, words before, words now."""

    record_kind: str
    before: Record | None
    now: Record | None
    changed_rows: tuple[tuple[str, str, str], ...]

    @property
    def change_verb(self) -> str:
        """What happened to the record."""
        return "new" if not self.before else "changed" if self.now else "removed"


def render_change_report(before: Dossier, now: Dossier, files: Iterable[str] = ()) -> str:
    """The whole report as Markdown; of the files that differ, those are named in which nothing is told."""
    found = list(_find_record_changes(before, now))
    pages = dict(_find_page_changes(before, now))
    told = [
        f"- `{escape_code(path)}` cannot be read now, so that nothing in it is compared." for path in sorted(now.unread_paths)
    ]
    told += [f"- The page `{escape_code(path)}` is {verb}." for path, verb in pages.items()]
    places = {record.locate().path for change in found for record in (change.before, change.now) if record}
    told += _render_other_files(set(files) - places - pages.keys() - now.unread_paths)
    if not found and not told:
        return "## What readers will see\n\nNothing that readers see is changed.\n"
    parts = ["## What readers will see", _describe_change_counts(found), "\n".join(told)]
    parts += [_render_record_change(change, before, now) for change in found[:MAX_DETAILED_CHANGES]]
    if rest := found[MAX_DETAILED_CHANGES:]:
        parts += [
            f"### And {len(rest)} more",
            "\n".join(f"- {_format_change_title(change, before, now)}: {change.change_verb}" for change in rest),
        ]
    return truncate_summary("\n\n".join(filter(None, parts)) + "\n")


def _render_other_files(files: set[str]) -> Iterator[str]:
    """Files that differ in what is no record and no page, so that a change of them passes nobody unseen."""
    if files:
        named = ", ".join(f"`{escape_code(path)}`" for path in sorted(files)[:MAX_LISTED_FILES])
        more = f" and {len(files) - MAX_LISTED_FILES} more" if len(files) > MAX_LISTED_FILES else ""
        yield f"- Changed too, in what is not compared here: {named}{more}."


def _find_record_changes(before: Dossier, now: Dossier) -> Iterator[RecordChange]:
    words = RecordFormatter(before, now)
    for kind, of in COMPARED_RECORD_GETTERS.items():
        had, has = of(before), of(now)
        for name in {**has, **had}:
            old, new = had.get(name), has.get(name)
            if old and not new and old.path in now.unread_paths:
                continue
            was = collect_record_fields(old, before, words) if old else {}
            said = collect_record_fields(new, now, words) if new else {}
            rows = tuple(
                (label, was.get(label, ""), said.get(label, ""))
                for label in sorted({**said, **was}, key=VERDICT_ROW_LABEL.__ne__)
                if was.get(label, "").split() != said.get(label, "").split()
            )
            if rows or any(_compare_corrections(old, new)):
                yield RecordChange(kind, old, new, rows)


def _find_page_changes(before: Dossier, now: Dossier) -> Iterator[tuple[str, str]]:
    """Pages written by hand that differ, and how."""
    had, has = ({page.path: page.text for page in dossier.handwritten_pages} for dossier in (before, now))
    for path in sorted({*had, *has}):
        if had.get(path) != has.get(path):
            yield path, "new" if path not in had else "changed" if path in has else "removed"


def _describe_change_counts(found: list[RecordChange]) -> str:
    """How many records of each kind are new, changed or removed: "2 claims changed, 1 note new."."""
    counts = Counter((change.record_kind, change.change_verb) for change in found)
    said = [
        f"{number} {kind if number == 1 else RECORD_KIND_PLURALS.get(kind, kind + 's')} {verb}"
        for (kind, verb), number in counts.items()
    ]
    return f"**{', '.join(said)}.**" if said else ""


def _render_record_change(change: RecordChange, before: Dossier, now: Dossier) -> str:
    """One record: its name, where it stands, its rows, and the corrections that come with it."""
    record = change.now or change.before
    assert record
    place = record.locate()
    where = f"`{escape_code(place.path)}`, line {place.line}" if change.now else f"It stood in `{escape_code(place.path)}`."
    lines = [
        f"### {_format_change_title(change, before, now)}: {change.change_verb}",
        "",
        where + _describe_visibility(change.now),
        "",
    ]
    if change.before and change.now and change.changed_rows:
        lines += ["| | Before | Now |", "|---|---|---|"]
        lines += [
            f"| {escape_markdown(label)} | {was} | {said} |"
            for label, (was, said) in ((row[0], _render_diff_cells(*row[1:])) for row in change.changed_rows)
        ]
    elif change.changed_rows:
        lines += [f"| | {'Now' if change.now else 'Before'} |", "|---|---|"]
        lines += [f"| {escape_markdown(label)} | {_render_table_cell(said or was)} |" for label, was, said in change.changed_rows]
    return "\n".join([*lines, *_render_correction_changes(change)])


def _describe_visibility(record: Record | None) -> str:
    """Said of what readers do not get."""
    if isinstance(record, Entry) and not record.is_published:
        return f" · **{record.status}**: readers do not see it"
    return ""


def _format_change_title(change: RecordChange, before: Dossier, now: Dossier) -> str:
    """A record in plain words, as readers know it."""
    record, dossier = (change.now, now) if change.now else (change.before, before)
    name = describe_entry(record, dossier) if isinstance(record, Entry) else f"{change.record_kind} “{getattr(record, 'id', '')}”"
    return escape_markdown(name[:1].upper() + name[1:])


def _render_correction_changes(change: RecordChange) -> Iterator[str]:
    """The corrections that come or go with the change; that none comes is said where readers were told something else before."""
    new, gone = _compare_corrections(change.before, change.now)
    for manner, corrections in (("", new), (", which readers will no longer see", gone)):
        for correction in corrections:
            said = {"It said": correction.was, "It now says": correction.now, "Reason": correction.reason}
            yield f"\n**{correction.kind.capitalize()} of {correction.date.date_in_words}{manner}**\n"
            yield from (f"- {label}: {escape_markdown(text)}" for label, text in said.items())
    if not (isinstance(change.before, Entry) and isinstance(change.now, Entry)):
        return
    if (
        isinstance(change.now, Annotation)
        and not change.now.verdict
        and [row[0] for row in change.changed_rows] == [VERDICT_ROW_LABEL]
    ):
        yield "\nThe note itself is as it was: it takes over its claim's verdict."
    elif change.changed_rows and not new and change.before.is_published and isinstance(change.now, (Claim, Annotation)):
        yield "\n_No correction is given with this change._"


def _compare_corrections(before: Record | None, now: Record | None) -> tuple[list[Correction], list[Correction]]:
    """The corrections of a record before and after that only the one has, or only the other: those that are new, those gone."""
    if not (isinstance(before, Entry) and isinstance(now, Entry)):
        return [], []
    had, has = ({_get_correction_key(correction): correction for correction in entry.corrections} for entry in (before, now))
    return [has[key] for key in has if key not in had], [had[key] for key in had if key not in has]


def _get_correction_key(correction: Correction) -> tuple[str, ...]:
    return (str(correction.date), correction.kind, correction.was, correction.now, correction.reason)


def _render_diff_cells(was: str, now: str) -> tuple[str, str]:
    """Two texts as cells: what is gone struck out in the one, what is new underlined in the other, the rest cut short."""
    old, new = _DIFF_TOKEN_PATTERN.findall(was), _DIFF_TOKEN_PATTERN.findall(now)
    if not old or not new or len(old) + len(new) > MAX_DIFFED_WORDS:
        return _render_table_cell(was) or "–", _render_table_cell(now) or "–"
    left: list[str] = []
    right: list[str] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            same = _shorten_unchanged_words(old[a:b], first=a == 0, last=b == len(old) and d == len(new))
            left.append(same)
            right.append(same)
        else:
            left += [f"<del>{_join_escaped_words(old[a:b])}</del>"] if b > a else []
            right += [f"<ins>{_join_escaped_words(new[c:d])}</ins>"] if d > c else []
    return " ".join(left), " ".join(right)


def _shorten_unchanged_words(words: list[str], first: bool, last: bool) -> str:
    """Words that are the same in both texts, without those far from any change."""
    head, tail = (0 if first else DIFF_CONTEXT_WORDS), (0 if last else DIFF_CONTEXT_WORDS)
    if len(words) <= head + tail + DIFF_CONTEXT_WORDS:
        return _join_escaped_words(words)
    kept = [_join_escaped_words(words[:head]), "…", _join_escaped_words(words[len(words) - tail :] if tail else [])]
    return " ".join(filter(None, kept))


def _render_table_cell(text: str) -> str:
    return _join_escaped_words(_DIFF_TOKEN_PATTERN.findall(text))


def _join_escaped_words(words: list[str]) -> str:
    """Words as Markdown in one line; a web address stays one that can be followed."""
    return " ".join(_escape_diff_word(word) for word in words)


def _escape_diff_word(word: str) -> str:
    if not word.strip():
        return "<br><br>"
    if re.fullmatch(r"https?://[^\s<>|]+", word):
        return f"<{word}>"
    return escape_markdown(word)
