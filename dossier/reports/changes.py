"""Report of a change for its reviewer, as Markdown: each record that readers see differently, before and after."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from dossier.model.base import Correction, Entry, Record
from dossier.model.dossier import Dossier
from dossier.model.kinds import RECORD_KINDS, RecordKind
from dossier.model.markdown import escape_code, escape_markdown, truncate_summary
from dossier.model.records import Annotation, Claim
from dossier.pages.corrections import describe_entry
from dossier.reports.record_fields import RecordFormatter, collect_record_fields

VERDICT_ROW_LABEL = "Verdict"
"""The row that is listed first."""

MAX_DETAILED_CHANGES = 200
"""Records shown with all rows; further ones are listed with their title and verb only."""

MAX_LISTED_FILES = 50
"""Most files named in the list of files that are not compared."""

MAX_DIFFED_WORDS = 2_000
"""Texts with more words in all are not compared word by word; difflib takes quadratic time in the worst case."""

DIFF_CONTEXT_WORDS = 12
"""Unchanged words shown before and after a change in a long text."""

# A paragraph break, or a word.
_DIFF_TOKEN_PATTERN = re.compile(r"\n\s*\n|\S+")


class RecordChange(NamedTuple):
    """A record before and after a change; None if it did not or does not exist.

    `title` is escaped Markdown; `changed_rows` are (label, text before, text now) for each field that differs.
    """

    kind: RecordKind
    title: str
    before: Record | None
    now: Record | None
    changed_rows: tuple[tuple[str, str, str], ...]

    @property
    def change_verb(self) -> str:
        """ "new", "changed" or "removed"."""
        return "new" if not self.before else "changed" if self.now else "removed"


def render_change_report(before: Dossier, now: Dossier, files: Iterable[str] = ()) -> str:
    """Render the whole report as Markdown, cut to what a forge accepts.

    `files` are the paths that the change touches; those without a difference in a record or page are named, so that no change
    escapes the reviewer.
    """
    changes = list(_find_record_changes(before, now))
    page_verbs = dict(_find_page_changes(before, now))
    unread_paths = map(escape_code, sorted(now.unread_paths))
    file_notes = [f"- `{path}` cannot be read now, so that nothing in it is compared." for path in unread_paths]
    file_notes += [f"- The page `{escape_code(path)}` is {verb}." for path, verb in page_verbs.items()]
    compared_paths = {record.locate().path for change in changes for record in (change.before, change.now) if record}
    if other_files := sorted(set(files) - compared_paths - page_verbs.keys() - now.unread_paths):
        names = ", ".join(f"`{escape_code(path)}`" for path in other_files[:MAX_LISTED_FILES])
        more = f" and {len(other_files) - MAX_LISTED_FILES} more" if len(other_files) > MAX_LISTED_FILES else ""
        file_notes.append(f"- Changed too, in what is not compared here: {names}{more}.")
    if not changes and not file_notes:
        return "## What readers will see\n\nNothing that readers see is changed.\n"
    parts = ["## What readers will see", _describe_change_counts(changes), "\n".join(file_notes)]
    parts += map(_render_record_change, changes[:MAX_DETAILED_CHANGES])
    if rest := changes[MAX_DETAILED_CHANGES:]:
        parts += [f"### And {len(rest)} more", "\n".join(f"- {change.title}: {change.change_verb}" for change in rest)]
    return truncate_summary("\n\n".join(filter(None, parts)) + "\n")


def _find_record_changes(before: Dossier, now: Dossier) -> Iterator[RecordChange]:
    """Yield the records whose fields or corrections differ, by the rank of their kinds."""
    formatter = RecordFormatter(before, now)
    for kind in sorted(RECORD_KINDS, key=lambda kind: kind.report_rank):
        old_records, new_records = before.index_records(kind), now.index_records(kind)
        for record_id in {**new_records, **old_records}:
            old, new = old_records.get(record_id), new_records.get(record_id)
            # A record of a file that cannot be read now is not removed; the report says that the file cannot be read.
            if old and not new and old.path in now.unread_paths:
                continue
            old_fields = collect_record_fields(old, before, formatter) if old else {}
            new_fields = collect_record_fields(new, now, formatter) if new else {}
            # The key is False for the verdict, which sorts first; a stable sort keeps the order of all other rows.
            rows = tuple(
                (label, old_fields.get(label, ""), new_fields.get(label, ""))
                for label in sorted({**new_fields, **old_fields}, key=VERDICT_ROW_LABEL.__ne__)
                if old_fields.get(label, "").split() != new_fields.get(label, "").split()
            )
            if rows or any(_compare_corrections(old, new)):
                title = _format_record_title(kind, new, now) if new else _format_record_title(kind, old, before)
                yield RecordChange(kind, title, old, new, rows)


def _find_page_changes(before: Dossier, now: Dossier) -> Iterator[tuple[str, str]]:
    """Yield path and verb ("new", "changed", "removed") of each hand-written page that differs."""
    old_texts, new_texts = ({page.path: page.text for page in dossier.handwritten_pages} for dossier in (before, now))
    for path in sorted({*old_texts, *new_texts}):
        if old_texts.get(path) != new_texts.get(path):
            yield path, "new" if path not in old_texts else "changed" if path in new_texts else "removed"


def _describe_change_counts(changes: list[RecordChange]) -> str:
    """The number of records of each kind and verb, in bold: "**2 claims changed, 1 note new.**"."""
    counts = Counter((change.kind, change.change_verb) for change in changes)
    phrases = []
    for (kind, verb), number in counts.items():
        phrases.append(f"{number} {kind.reader_name if number == 1 else kind.reader_plural} {verb}")
    return f"**{', '.join(phrases)}.**" if counts else ""


def _render_record_change(change: RecordChange) -> str:
    """Render one record: title, file and line, a table of the rows that differ, and changed corrections."""
    if change.now:
        where = f"`{escape_code(change.now.path)}`, line {change.now.locate().line}"
        if isinstance(change.now, Entry) and not change.now.is_published:
            where += f" · **{change.now.status}**: readers do not see it"
    else:
        where = f"It stood in `{escape_code(change.before.path if change.before else '')}`."
    lines = [f"### {change.title}: {change.change_verb}", "", where, ""]
    if change.before and change.now and change.changed_rows:
        lines += ["| | Before | Now |", "|---|---|---|"]
        for label, old, new in change.changed_rows:
            lines.append(f"| {escape_markdown(label)} | {' | '.join(_render_diff_cells(old, new))} |")
    elif change.changed_rows:
        lines += [f"| | {'Now' if change.now else 'Before'} |", "|---|---|"]
        lines += [f"| {escape_markdown(label)} | {_render_table_cell(new or old)} |" for label, old, new in change.changed_rows]
    return "\n".join([*lines, *_render_correction_changes(change)])


def _format_record_title(kind: RecordKind, record: Record | None, dossier: Dossier) -> str:
    """A record as readers know it, in escaped Markdown."""
    name = describe_entry(record, dossier) if isinstance(record, Entry) else f"{kind.reader_name} “{getattr(record, 'id', '')}”"
    return escape_markdown(name[:1].upper() + name[1:])


def _render_correction_changes(change: RecordChange) -> Iterator[str]:
    """Yield lines on the corrections that are added or removed.

    A remark says if a published claim or note changes without a new correction: readers have read something else before.
    """
    new, removed = _compare_corrections(change.before, change.now)
    for remark, corrections in (("", new), (", which readers will no longer see", removed)):
        for correction in corrections:
            texts_by_label = {"It said": correction.was, "It now says": correction.now, "Reason": correction.reason}
            yield f"\n**{correction.kind.capitalize()} of {correction.date.date_in_words}{remark}**\n"
            yield from (f"- {label}: {escape_markdown(text)}" for label, text in texts_by_label.items())
    if not (isinstance(change.before, Entry) and isinstance(change.now, Entry)):
        return
    is_verdict_inherited = isinstance(change.now, Annotation) and not change.now.verdict
    if is_verdict_inherited and [label for label, *_ in change.changed_rows] == [VERDICT_ROW_LABEL]:
        yield "\nThe note itself is as it was: it takes over its claim's verdict."
    elif change.changed_rows and not new and change.before.is_published and isinstance(change.now, (Claim, Annotation)):
        yield "\n_No correction is given with this change._"


def _compare_corrections(before: Record | None, now: Record | None) -> tuple[list[Correction], list[Correction]]:
    """The corrections that only the new version of a record has, and those that only the old one has."""
    if not (isinstance(before, Entry) and isinstance(now, Entry)):
        return [], []
    # By all fields: a correction has no id, and equality of records includes their lines.
    old, new = ({tuple(vars(correction).values()): correction for correction in entry.corrections} for entry in (before, now))
    return [new[key] for key in new if key not in old], [old[key] for key in old if key not in new]


def _render_diff_cells(before: str, now: str) -> tuple[str, str]:
    """Render two texts as table cells: removed words in `<del>` in the first, new words in `<ins>` in the second.

    Long unchanged passages are shortened. An empty text is "–".
    """
    old, new = _DIFF_TOKEN_PATTERN.findall(before), _DIFF_TOKEN_PATTERN.findall(now)
    if not old or not new or len(old) + len(new) > MAX_DIFFED_WORDS:
        return _render_table_cell(before) or "–", _render_table_cell(now) or "–"
    left: list[str] = []
    right: list[str] = []
    # autojunk=False: difflib would otherwise ignore the frequent words of texts of 200 words or longer.
    for operation, old_start, old_end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if operation == "equal":
            is_last = old_end == len(old) and new_end == len(new)
            unchanged = _shorten_unchanged_words(old[old_start:old_end], is_first=old_start == 0, is_last=is_last)
            left.append(unchanged)
            right.append(unchanged)
        else:
            left += [f"<del>{_join_escaped_words(old[old_start:old_end])}</del>"] if old_end > old_start else []
            right += [f"<ins>{_join_escaped_words(new[new_start:new_end])}</ins>"] if new_end > new_start else []
    return " ".join(left), " ".join(right)


def _shorten_unchanged_words(words: list[str], is_first: bool, is_last: bool) -> str:
    """Replace the middle of a long unchanged passage by "…". The ends of the texts need no context on their outer side."""
    head, tail = (0 if is_first else DIFF_CONTEXT_WORDS), (0 if is_last else DIFF_CONTEXT_WORDS)
    # Not worth a gap if it would replace only a few words.
    if len(words) <= head + tail + DIFF_CONTEXT_WORDS:
        return _join_escaped_words(words)
    kept = [_join_escaped_words(words[:head]), "…", _join_escaped_words(words[len(words) - tail :] if tail else [])]
    return " ".join(filter(None, kept))


def _render_table_cell(text: str) -> str:
    """A text as the content of a Markdown table cell."""
    return _join_escaped_words(_DIFF_TOKEN_PATTERN.findall(text))


def _join_escaped_words(words: list[str]) -> str:
    """Join words to one line of escaped Markdown; web addresses remain links."""
    return " ".join(_escape_diff_word(word) for word in words)


def _escape_diff_word(word: str) -> str:
    """Escape a word; a paragraph break becomes `<br><br>`, since a table cell is one line."""
    if not word.strip():
        return "<br><br>"
    return f"<{word}>" if re.fullmatch(r"https?://[^\s<>|]+", word) else escape_markdown(word)
