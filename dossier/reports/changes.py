"""What a change does to what readers see, as Markdown for the editor who reviews it: each record before and after."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

from dossier.model.base import Correction, Entry, Record
from dossier.model.dossier import Dossier
from dossier.model.markdown import coded, escaped, fitted
from dossier.model.records import Annotation, Claim
from dossier.pages.corrections import named
from dossier.reports.record_fields import Words, seen

KINDS: Mapping[str, Callable[[Dossier], Mapping[str, Record]]] = {
    "claim": lambda dossier: dossier.claims,
    "note": lambda dossier: {f"{note.article}#{note.id}": note for note in dossier.all_annotations()},
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

PLURALS = {
    "party": "parties",
    "glossary entry": "glossary entries",
    "verdict of the scale": "verdicts of the scale",
    "voice of the timeline": "voices of the timeline",
}

VERDICT = "Verdict"
"""The row that stands first."""

MOST_SHOWN = 200
"""Records shown in full; of the others, what became of them."""

MOST_NAMED = 50
"""Files named in which nothing is compared."""

MOST_WORDS = 2_000
"""Words up to which two texts are compared word by word; longer ones are told as changed."""

NEAR = 12
"""Words that are shown on either side of a change in a long text."""

_WORDS = re.compile(r"\n\s*\n|\S+")


class Change(NamedTuple):
    """A record before and after; None where there was or is none. `rows` are label, words before, words now."""

    kind: str
    before: Record | None
    now: Record | None
    rows: tuple[tuple[str, str, str], ...]

    @property
    def verb(self) -> str:
        """What happened to the record."""
        return "new" if not self.before else "changed" if self.now else "removed"


def changes(before: Dossier, now: Dossier, files: Iterable[str] = ()) -> str:
    """The whole report as Markdown; of the files that differ, those are named in which nothing is told."""
    found = list(_changes(before, now))
    pages = dict(_pages(before, now))
    told = [f"- `{coded(path)}` cannot be read now, so that nothing in it is compared." for path in sorted(now.unread)]
    told += [f"- The page `{coded(path)}` is {verb}." for path, verb in pages.items()]
    places = {record.place().path for change in found for record in (change.before, change.now) if record}
    told += _others(set(files) - places - pages.keys() - now.unread)
    if not found and not told:
        return "## What readers will see\n\nNothing that readers see is changed.\n"
    parts = ["## What readers will see", _counted(found), "\n".join(told)]
    parts += [_shown(change, before, now) for change in found[:MOST_SHOWN]]
    if rest := found[MOST_SHOWN:]:
        parts += [f"### And {len(rest)} more", "\n".join(f"- {_title(change, before, now)}: {change.verb}" for change in rest)]
    return fitted("\n\n".join(filter(None, parts)) + "\n")


def _others(files: set[str]) -> Iterator[str]:
    """Files that differ in what is no record and no page, so that a change of them passes nobody unseen."""
    if files:
        named = ", ".join(f"`{coded(path)}`" for path in sorted(files)[:MOST_NAMED])
        more = f" and {len(files) - MOST_NAMED} more" if len(files) > MOST_NAMED else ""
        yield f"- Changed too, in what is not compared here: {named}{more}."


def _changes(before: Dossier, now: Dossier) -> Iterator[Change]:
    words = Words(before, now)
    for kind, of in KINDS.items():
        had, has = of(before), of(now)
        for name in {**has, **had}:
            old, new = had.get(name), has.get(name)
            if old and not new and old.path in now.unread:
                continue
            was = seen(old, before, words) if old else {}
            said = seen(new, now, words) if new else {}
            rows = tuple(
                (label, was.get(label, ""), said.get(label, ""))
                for label in sorted({**said, **was}, key=VERDICT.__ne__)
                if was.get(label, "").split() != said.get(label, "").split()
            )
            if rows or any(_corrected(old, new)):
                yield Change(kind, old, new, rows)


def _pages(before: Dossier, now: Dossier) -> Iterator[tuple[str, str]]:
    """Pages written by hand that differ, and how."""
    had, has = ({page.path: page.text for page in dossier.pages} for dossier in (before, now))
    for path in sorted({*had, *has}):
        if had.get(path) != has.get(path):
            yield path, "new" if path not in had else "changed" if path in has else "removed"


def _counted(found: list[Change]) -> str:
    """How many records of each kind are new, changed or removed: "2 claims changed, 1 note new."."""
    counts = Counter((change.kind, change.verb) for change in found)
    said = [
        f"{number} {kind if number == 1 else PLURALS.get(kind, kind + 's')} {verb}" for (kind, verb), number in counts.items()
    ]
    return f"**{', '.join(said)}.**" if said else ""


def _shown(change: Change, before: Dossier, now: Dossier) -> str:
    """One record: its name, where it stands, its rows, and the corrections that come with it."""
    record = change.now or change.before
    assert record
    place = record.place()
    where = f"`{coded(place.path)}`, line {place.line}" if change.now else f"It stood in `{coded(place.path)}`."
    lines = [f"### {_title(change, before, now)}: {change.verb}", "", where + _for_whom(change.now), ""]
    if change.before and change.now and change.rows:
        lines += ["| | Before | Now |", "|---|---|---|"]
        lines += [
            f"| {escaped(label)} | {was} | {said} |"
            for label, (was, said) in ((row[0], _marked(*row[1:])) for row in change.rows)
        ]
    elif change.rows:
        lines += [f"| | {'Now' if change.now else 'Before'} |", "|---|---|"]
        lines += [f"| {escaped(label)} | {_cell(said or was)} |" for label, was, said in change.rows]
    return "\n".join([*lines, *_corrections(change)])


def _for_whom(record: Record | None) -> str:
    """Said of what readers do not get."""
    if isinstance(record, Entry) and not record.published_here:
        return f" · **{record.status}**: readers do not see it"
    return ""


def _title(change: Change, before: Dossier, now: Dossier) -> str:
    """A record in plain words, as readers know it."""
    record, dossier = (change.now, now) if change.now else (change.before, before)
    name = named(record, dossier) if isinstance(record, Entry) else f"{change.kind} “{getattr(record, 'id', '')}”"
    return escaped(name[:1].upper() + name[1:])


def _corrections(change: Change) -> Iterator[str]:
    """The corrections that come or go with the change; that none comes is said where readers were told something else before."""
    new, gone = _corrected(change.before, change.now)
    for manner, corrections in (("", new), (", which readers will no longer see", gone)):
        for correction in corrections:
            said = {"It said": correction.was, "It now says": correction.now, "Reason": correction.reason}
            yield f"\n**{correction.kind.capitalize()} of {correction.date.words}{manner}**\n"
            yield from (f"- {label}: {escaped(text)}" for label, text in said.items())
    if not (isinstance(change.before, Entry) and isinstance(change.now, Entry)):
        return
    if isinstance(change.now, Annotation) and not change.now.verdict and [row[0] for row in change.rows] == [VERDICT]:
        yield "\nThe note itself is as it was: it takes over its claim's verdict."
    elif change.rows and not new and change.before.published_here and isinstance(change.now, (Claim, Annotation)):
        yield "\n_No correction is given with this change._"


def _corrected(before: Record | None, now: Record | None) -> tuple[list[Correction], list[Correction]]:
    """The corrections of a record before and after that only the one has, or only the other: those that are new, those gone."""
    if not (isinstance(before, Entry) and isinstance(now, Entry)):
        return [], []
    had, has = ({_key(correction): correction for correction in entry.corrections} for entry in (before, now))
    return [has[key] for key in has if key not in had], [had[key] for key in had if key not in has]


def _key(correction: Correction) -> tuple[str, ...]:
    return (str(correction.date), correction.kind, correction.was, correction.now, correction.reason)


def _marked(was: str, now: str) -> tuple[str, str]:
    """Two texts as cells: what is gone struck out in the one, what is new underlined in the other, the rest cut short."""
    old, new = _WORDS.findall(was), _WORDS.findall(now)
    if not old or not new or len(old) + len(new) > MOST_WORDS:
        return _cell(was) or "–", _cell(now) or "–"
    left: list[str] = []
    right: list[str] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            same = _shortened(old[a:b], first=a == 0, last=b == len(old) and d == len(new))
            left.append(same)
            right.append(same)
        else:
            left += [f"<del>{_joined(old[a:b])}</del>"] if b > a else []
            right += [f"<ins>{_joined(new[c:d])}</ins>"] if d > c else []
    return " ".join(left), " ".join(right)


def _shortened(words: list[str], first: bool, last: bool) -> str:
    """Words that are the same in both texts, without those far from any change."""
    head, tail = (0 if first else NEAR), (0 if last else NEAR)
    if len(words) <= head + tail + NEAR:
        return _joined(words)
    kept = [_joined(words[:head]), "…", _joined(words[len(words) - tail :] if tail else [])]
    return " ".join(filter(None, kept))


def _cell(text: str) -> str:
    return _joined(_WORDS.findall(text))


def _joined(words: list[str]) -> str:
    """Words as Markdown in one line; a web address stays one that can be followed."""
    return " ".join(_word(word) for word in words)


def _word(word: str) -> str:
    if not word.strip():
        return "<br><br>"
    if re.fullmatch(r"https?://[^\s<>|]+", word):
        return f"<{word}>"
    return escaped(word)
