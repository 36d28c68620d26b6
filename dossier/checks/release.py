"""The last release: what was published stays at its address, and changes only with a correction."""

from __future__ import annotations

from collections.abc import Iterator

from dossier.checks.rule import Fault, rule
from dossier.model.dossier import Dossier
from dossier.model.problem import Place
from dossier.model.records import Annotation, Claim
from dossier.model.released import RELEASE, ReleasedClaim, ReleasedNote

CORRECT = "add an entry to `corrections:` that says what it was, what it is and why, or take the change back"


@rule("id-vanished")
def id_vanished(dossier: Dossier) -> Iterator[Fault]:
    if not dossier.released or dossier.unread:
        return  # what seems gone may stand in a file that could not be read
    known = {entry.address for entry in dossier.entries()}
    for address in dossier.released.addresses:
        if address not in known:
            message = f"/{address} has been published, and there is no such record any more"
            yield Fault(Place(RELEASE), message, "bring the record back; `status: retired` takes it out of the site")


@rule("verdict-changed")
def verdict_changed(dossier: Dossier) -> Iterator[Fault]:
    if not dossier.released:
        return
    for claim in dossier.claims.values():
        was = dossier.released.claims.get(claim.id)
        if was and claim.published_here and len(claim.corrections) <= was.corrections:
            yield from _changed_claim(claim, was)
    for note in dossier.all_annotations():
        said = dossier.released.annotations.get(f"{note.article}#{note.id}")
        if said and note.published_here and len(note.corrections) <= said.corrections:
            yield from _changed_note(note, said)


def _changed_claim(claim: Claim, was: ReleasedClaim) -> Iterator[Fault]:
    if claim.verdict != was.verdict:
        message = f"the verdict of {claim.id} was {was.verdict} at the last release and is {claim.verdict} now"
        yield Fault(claim.place("verdict"), message, CORRECT)
    for name, value in was.figures.items():
        now = claim.figures[name].value.text if name in claim.figures else "gone"
        if now != value:
            message = f"the figure `{name}` of {claim.id} was {value} at the last release and is {now} now"
            yield Fault(claim.place("figures", name, "value"), message, CORRECT)


def _changed_note(note: Annotation, was: ReleasedNote) -> Iterator[Fault]:
    if note.quote != was.quote:
        yield Fault(note.place("quote"), f"the quotation of `{note.id}` was “{was.quote}” at the last release", CORRECT)
    if (note.verdict or "") != was.verdict:
        message = f"the verdict of `{note.id}` was {was.verdict or 'none of its own'} at the last release"
        yield Fault(note.place("verdict"), message, CORRECT)
