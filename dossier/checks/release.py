"""The last release: what was published stays at its address, and changes only with a correction."""

from __future__ import annotations

import json
from collections.abc import Iterator

from dossier.checks.rule import Fault, rule
from dossier.model.dossier import Dossier
from dossier.model.problems.problem import Place
from dossier.model.records import Annotation, Claim
from dossier.model.site.release import RELEASE, ReleasedClaim, ReleasedNote
from dossier.model.yaml_node import Step

CORRECT = "write the day and the reason where the dots are, and the same day as `reviewed`; or take the change back"


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
        yield _uncorrected(claim, ("verdict",), message, was.verdict, claim.verdict)
    for name, value in was.figures.items():
        if name not in claim.figures:
            message = f"{claim.id} had a figure `{name}` of {value} at the last release and has none now"
            yield _uncorrected(claim, ("figures",), message, value, "no figure")
        elif claim.figures[name].value.text != value and dossier.workings.number(claim, name) is not None:
            message = f"the figure `{name}` of {claim.id} was {value} at the last release"
            yield _uncorrected(claim, ("figures", name, "value"), message, value, claim.figures[name].value.text)


def _changed_note(dossier: Dossier, note: Annotation, was: ReleasedNote) -> Iterator[Fault]:
    if note.quote != was.quote and dossier.found(note):
        quoted = " ".join(was.quote.split())
        message = f"the quotation of `{note.id}` was “{quoted}” at the last release"
        yield _uncorrected(note, ("quote",), message, quoted, " ".join(note.quote.split()))
    if (note.verdict or "") != was.verdict and (note.verdict in dossier.verdicts or not note.verdict):
        none = "none of its own"
        message = f"the verdict of `{note.id}` was {was.verdict or none} at the last release"
        yield _uncorrected(note, ("verdict",), message, was.verdict or none, note.verdict or none)


def _uncorrected(entry: Claim | Annotation, steps: tuple[Step, ...], message: str, was: str, now: str) -> Fault:
    """A change without its correction, and the correction to write: a key more, or an entry below those that are there."""
    quoted = [json.dumps(text, ensure_ascii=False) for text in (was, now)]
    said = f'{{date: "…", kind: correction, was: {quoted[0]}, now: {quoted[1]}, reason: …}}'
    if entry.corrections:
        return Fault(entry.place(*steps), message, f"add to `corrections:` {said}; {CORRECT}")
    return Fault(entry.place(*steps), message, f"add a line `corrections: [{said}]`; {CORRECT}")
