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
    known = {entry.address for entry in dossier.entries() if entry.status in ("published", "retired")}
    # A takedown removes an article's notes from the repository too; its page stays, and says why.
    bare = {article.address for article in dossier.articles.values() if article.print == "metadata"}
    for address in dossier.released.addresses:
        if address not in known and address.partition("#")[0] not in bare:
            message = f"/{address} has been published, and its record is gone or no longer published"
            yield Fault(Place(RELEASE), message, "bring the record back; `status: retired` takes it out of the site")


@rule("verdict-changed")
def verdict_changed(dossier: Dossier) -> Iterator[Fault]:
    if not dossier.released:
        return
    for claim in dossier.claims.values():
        was = dossier.released.claims.get(claim.id)
        if was and claim.published_here and len(claim.corrections) <= was.corrections:
            yield from _changed_claim(dossier, claim, was)
    for note in dossier.all_annotations():
        said = dossier.released.annotations.get(f"{note.article}#{note.id}")
        if said and note.published_here and len(note.corrections) <= said.corrections:
            yield from _changed_note(dossier, note, said)


def _changed_claim(dossier: Dossier, claim: Claim, was: ReleasedClaim) -> Iterator[Fault]:
    if claim.verdict != was.verdict and claim.verdict in dossier.verdicts:
        message = f"the verdict of {claim.id} was {was.verdict} at the last release and is {claim.verdict} now"
        yield Fault(claim.place("verdict"), message, CORRECT)
    for name, value in was.figures.items():
        if name not in claim.figures:
            message = f"{claim.id} had a figure `{name}` of {value} at the last release and has none now"
            yield Fault(claim.place("figures"), message, CORRECT)
        elif claim.figures[name].value.text != value and dossier.workings.number(claim, name) is not None:
            message = f"the figure `{name}` of {claim.id} was {value} at the last release"
            yield Fault(claim.place("figures", name, "value"), message, CORRECT)


def _changed_note(dossier: Dossier, note: Annotation, was: ReleasedNote) -> Iterator[Fault]:
    if note.quote != was.quote and dossier.found(note):
        message = f"the quotation of `{note.id}` was “{' '.join(was.quote.split())}” at the last release"
        yield Fault(note.place("quote"), message, CORRECT)
    if (note.verdict or "") != was.verdict and (note.verdict in dossier.verdicts or not note.verdict):
        message = f"the verdict of `{note.id}` was {was.verdict or 'none of its own'} at the last release"
        yield Fault(note.place("verdict"), message, CORRECT)
