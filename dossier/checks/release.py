"""Rules on the last release and on corrections: addresses stay, and published findings change only with a true correction."""

from __future__ import annotations

import json
from collections.abc import Iterator

from dossier.checks.rule import Violation, rule
from dossier.model.base import Correction, Entry
from dossier.model.dossier import Dossier
from dossier.model.problems.problem import Location
from dossier.model.records import Annotation, Claim
from dossier.model.site.release import RELEASE_FILE_NAME, ReleasedAnnotation, ReleasedClaim
from dossier.model.yaml_node import YamlPath

CORRECTION_HELP = "replace the dots by the day and the reason, and set `reviewed` to the same day; or undo the change"


@rule("id-vanished")
def check_id_vanished(dossier: Dossier) -> Iterator[Violation]:
    if not dossier.last_release or dossier.unread_paths:
        return  # a record that seems gone may be in a file that could not be read
    present_addresses = {entry.page_url for entry in dossier.iter_entries() if entry.status in ("published", "retired")}
    # A takedown removes an article's notes from the repository; the article's page stays and says why.
    metadata_only_addresses = {article.page_url for article in dossier.articles.values() if article.print == "metadata"}
    for address in dossier.last_release.records:
        if address not in present_addresses and address.partition("#")[0] not in metadata_only_addresses:
            message = f"/{address} was published, but its record is gone or no longer published"
            help = "restore the record; write `status: retired` to remove it from the site"
            yield Violation(Location(RELEASE_FILE_NAME), message, help)


@rule("verdict-changed")
def check_verdict_changed(dossier: Dossier) -> Iterator[Violation]:
    if not dossier.last_release:
        return
    for claim in dossier.claims.values():
        released_claim = dossier.last_release.claims.get(claim.id)
        if released_claim and claim.is_published and len(claim.corrections) <= released_claim.corrections:
            yield from _check_released_claim(dossier, claim, released_claim)
    for note in dossier.iter_annotations():
        released_note = dossier.last_release.annotations.get(f"{note.article}#{note.id}")
        if released_note and note.is_published and len(note.corrections) <= released_note.corrections:
            yield from _check_released_annotation(dossier, note, released_note)


def _check_released_claim(dossier: Dossier, claim: Claim, was: ReleasedClaim) -> Iterator[Violation]:
    if claim.verdict != was.verdict and claim.verdict in dossier.verdicts:
        message = f"the verdict of {claim.id} was {was.verdict} at the last release and is {claim.verdict} now"
        yield _create_correction_violation(claim, ("verdict",), message, was.verdict, claim.verdict)
    for name, value in was.figures.items():
        if name not in claim.figures:
            message = f"{claim.id} had the figure `{name}` ({value}) at the last release, and does not have it now"
            yield _create_correction_violation(claim, ("figures",), message, value, "no figure")
        elif (now := claim.figures[name].value.text) != value and dossier.evaluator.get_exact_number(claim, name) is not None:
            message = f"the figure `{name}` of {claim.id} was {value} at the last release"
            yield _create_correction_violation(claim, ("figures", name, "value"), message, value, now)


def _check_released_annotation(dossier: Dossier, note: Annotation, was: ReleasedAnnotation) -> Iterator[Violation]:
    if note.quote != was.quote and dossier.find_anchor(note):
        quoted = " ".join(was.quote.split())
        message = f"the quotation of `{note.id}` was “{quoted}” at the last release"
        yield _create_correction_violation(note, ("quote",), message, quoted, " ".join(note.quote.split()))
    if (note.verdict or "") != was.verdict and (note.verdict in dossier.verdicts or not note.verdict):
        none = "none of its own"
        message = f"the verdict of `{note.id}` was {was.verdict or none} at the last release"
        yield _create_correction_violation(note, ("verdict",), message, was.verdict or none, note.verdict or none)


def _create_correction_violation(entry: Claim | Annotation, steps: YamlPath, message: str, was: str, now: str) -> Violation:
    """The violation for a change without a correction, with the correction to write: a new key, or one more entry."""
    was, now = (json.dumps(text, ensure_ascii=False) for text in (was, now))
    correction = f'{{date: "…", kind: correction, was: {was}, now: {now}, reason: …}}'
    help = f"add to `corrections:` {correction}" if entry.corrections else f"add a line `corrections: [{correction}]`"
    return Violation(entry.locate(*steps), message, f"{help}; {CORRECTION_HELP}")


@rule("correction-order")
def check_correction_order(dossier: Dossier) -> Iterator[Violation]:
    for entry, number, correction in _iter_numbered_corrections(dossier):
        if not entry.reviewed or entry.reviewed.latest_day < correction.date.latest_day:
            last = f"was last reviewed {entry.reviewed.date_in_words}" if entry.reviewed else "has no day of review"
            message = f"this {entry.noun} was corrected {correction.date.date_in_words}, but {last}"
            help = f'a correction is a review too: set `reviewed: "{correction.date}"`, or correct the date'
            yield Violation(entry.locate("corrections", number, "date"), message, help)


@rule("correction-empty")
def check_correction_empty(dossier: Dossier) -> Iterator[Violation]:
    for entry, number, correction in _iter_numbered_corrections(dossier):
        if correction.was.split() == correction.now.split():
            message = "`was` and `now` are the same text, so readers see no change"
            help = "write the old text in `was:` and the new text in `now:`"
            yield Violation(entry.locate("corrections", number, "now"), message, help)


def _iter_numbered_corrections(dossier: Dossier) -> Iterator[tuple[Entry, int, Correction]]:
    """Every correction, with its record and its index in the record."""
    for entry in dossier.iter_entries():
        yield from ((entry, number, correction) for number, correction in enumerate(entry.corrections))
