"""Every rule the dossier is held to: its name, how grave a breach is, and one line that says it.

The table is the one place that names them: checks yield problems under these names, the method page and
`dossier rules` print it, and a test wants a good and a poisoned case file for each.
"""

from __future__ import annotations

from typing import Literal, NamedTuple


class Rule(NamedTuple):
    """How grave a breach is, and the rule in one sentence."""

    severity: Literal["error", "notice"]
    line: str


def _error(line: str) -> Rule:
    return Rule("error", line)


def _notice(line: str) -> Rule:
    return Rule("notice", line)


RULES = {
    # Reading
    "unreadable-file": _error("Every file is UTF-8 text of at most one megabyte without control characters."),
    "yaml-syntax": _error("Every record is YAML that can be read."),
    "yaml-feature": _error("Records use plain YAML: no anchors, aliases or tags, no second document, nesting to 50."),
    "repeated-key": _error("A key stands once in its record."),
    "unknown-key": _error("A record holds only the keys its kind has."),
    "missing-key": _error("A record holds every key its kind needs; what is unknown is `not-established`."),
    "wrong-value": _error("A value is of the kind its key asks for."),
    "wrong-date": _error("Dates are EDTF level 0 or 1, and intervals end after they begin."),
    "wrong-id": _error("Ids and file names are lower-case letters, digits and single hyphens."),
    "lock-unreadable": _error("`dossier.lock` is as `dossier lock` wrote it."),
    # References
    "repeated-id": _error("An id names one thing."),
    "unknown-reference": _error("Every claim, source, party, article, verdict, voice or measure that is named exists."),
    "unused-record": _notice("Every claim has an appearance; every source and party is named somewhere."),
    "taken-address": _error("No two things share an address, and no id takes one that the page needs itself."),
    "unknown-link": _error("A link to an address of the site leads somewhere."),
    "unknown-directive": _error("A `<!-- dossier: … -->` line names a part or a chart that exists."),
    "origin-loop": _error("What a source goes back to ends at a source that goes back to nothing else."),
    # Quotations
    "quote-absent": _error("A quotation stands in its article, word for word."),
    "quote-ambiguous": _error("A quotation stands in one place, or says which one it means."),
    "quote-furniture": _error("A quotation comes from the article, not from the page's furniture."),
    "quote-ellipsis": _error("A quotation is one unbroken run of words, without an ellipsis."),
    "quote-unlocked": _error("`dossier.lock` knows every quotation exactly as it is written."),
    "quote-typography": _notice("A quotation keeps the article's own quotation marks, dashes and spaces."),
    "quote-length": _error("A quotation has at most as many words as the settings allow."),
    "quote-budget": _error("Quotations and title print at most the share of an article that the settings allow."),
    "capture-changed": _error("The capture at hand is the one that was locked."),
    "lock-stale": _notice("`dossier.lock` holds nothing that no annotation uses, and the kinds that the record names."),
    # Dates
    "date-order": _error("Nothing is archived, known, made or reviewed before it was published or happened."),
    "date-bounds": _error("An article's date keeps within its bounds; bounds say a day and do not contradict each other."),
    # Figures
    "figure-place": _error("Each figure stands in a quotation, in a source, or is derived from other figures."),
    "figure-quote": _error("A number stands in the quotation in which it is said to stand."),
    "unknown-figure": _error("Every figure that an expression or a chart names exists."),
    "figure-derived": _error("A derived figure is what its expression comes to, and is not derived from itself."),
    "calculation-result": _error("A result written by hand is what the expression comes to, rounded as it is printed."),
    "calculation-holds": _error("`holds` says whether the number as stated covers the exact result."),
    "measure-mixed": _error("Figures of different measures do not meet, unless `comparable: false` says why."),
    "number-unbacked": _error("Each number in the text of a claim or chart is a figure, a result or stands in `context`."),
    # Charts
    "chart-form": _error("A chart draws two figures or more, each once; `parts` have a whole, and only a series has breaks."),
    "chart-scale": _error("Parts are exact and come to no more than their whole; no scale goes below zero or mixes kinds."),
    "chart-measure": _error("A whole and its parts are of one measure, a series breaks where it changes, the rest differs."),
    "chart-period": _error("The figures of a series count periods with a beginning and an end, in the order of time."),
    # Verdicts
    "verdict-arithmetic": _error("Nothing is called supported that its own arithmetic refutes."),
    "verdict-evidence": _error(
        "Nothing is called incorrect that nothing contradicts, or supported that sources only contradict."
    ),
    "verdict-sources": _error("Only what is unverifiable or an opinion rests on no source."),
    "verdict-origins": _error("Sources of one origin are not called independent or several."),
    "verdict-measure": _error("Words of another measure are called conflated, or a note explains them."),
    "verdict-hindsight": _error("Evidence that became public only after what it judges says so under `hindsight`."),
    "verdict-changed": _error("A released verdict, figure or quotation changes only with a correction."),
    # Release
    "id-vanished": _error("Whatever has been published stays at its address; it may be retired."),
    "release-unreadable": _error("`published.json` is as `dossier release` wrote it."),
    # Articles
    "layer-bounds": _error("Layers and kinds name paragraphs that exist, each paragraph once."),
    "layer-speaker": _error("Words in a layer are laid at the door of its own writer, not of the page's compiler."),
    "untitled-label": _error("An article without an established title has a label, and only such an article."),
    "print-full": _error("A capture lies beside its record if, and only if, a licence lets the article be printed whole."),
    "print-metadata": _error("Of an article with `print: metadata` nothing but its record is printed."),
    # Digest
    "digest-link": _error("A link to a note in a digest names an annotation of that article."),
    "digest-words": _error("Linked words in quotation marks are the quotation or a part of it."),
    "digest-quotation": _error("Words of an article in quotation marks link to their note."),
    # Editorial
    "stance-verdict": _error("`as-stated` takes over the claim's verdict; every other stance gives its own."),
    "summary-length": _error("A claim's summary has at most 75 characters."),
    "status-conflict": _error("Nothing published rests on a draft, a review copy or something retired."),
    "correction-order": _error("A record is reviewed on the day of its last correction, or later."),
    "correction-empty": _error("What a correction says stood there differs from what stands there now."),
    # Finished site
    "site-missing": _error("Every published article, claim, note, event, source and party is in the finished site."),
    "site-repeated": _error("An address occurs once on a page of the finished site."),
    "site-unpublished": _error("Nothing that is not published is in the finished site."),
    "site-link": _error("Every link inside the finished site leads somewhere."),
    "site-request": _error("No page of the finished site loads anything from another address."),
    "site-capture": _error("No more than 25 words in a row of a capture stand in the finished site."),
}
