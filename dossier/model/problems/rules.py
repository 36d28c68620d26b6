"""Every rule the dossier is held to: its name, how grave a breach is, and one line that says it.

The table is the one place that names them: checks yield problems under these names, the method page and
`dossier rules` print it, and a test wants a good and a poisoned case file for each.
"""

from __future__ import annotations

from typing import Literal, NamedTuple


class Rule(NamedTuple):
    """How grave a breach is, and the rule in one sentence."""

    severity: Literal["error", "notice"]
    description: str


def _make_error_rule(line: str) -> Rule:
    return Rule("error", line)


def _make_notice_rule(line: str) -> Rule:
    return Rule("notice", line)


RULES = {
    # Reading
    "unreadable-file": _make_error_rule(
        "Every file is UTF-8 text of at most one megabyte, without control characters or marks of an unresolved merge."
    ),
    "yaml-syntax": _make_error_rule("Every record is YAML that can be read."),
    "yaml-feature": _make_error_rule("Records use plain YAML: no anchors, aliases or tags, no second document, nesting to 50."),
    "repeated-key": _make_error_rule("A key stands once in its record."),
    "unknown-key": _make_error_rule("A record holds only the keys its kind has."),
    "missing-key": _make_error_rule("A record holds every key its kind needs; what is unknown is `not-established`."),
    "wrong-value": _make_error_rule("A value is of the kind its key asks for."),
    "wrong-date": _make_error_rule("Dates are EDTF level 0 or 1, and intervals end after they begin."),
    "wrong-id": _make_error_rule("Ids and file names are lower-case letters, digits and single hyphens."),
    "lock-unreadable": _make_error_rule("`dossier.lock` is as `dossier lock` wrote it."),
    # References
    "repeated-id": _make_error_rule("An id names one thing."),
    "unknown-reference": _make_error_rule("Every claim, source, party, article, verdict, voice or measure that is named exists."),
    "unused-record": _make_notice_rule("Every claim has an appearance; every source and party is named somewhere."),
    "taken-address": _make_error_rule("No two things share an address, and no id takes one that the page needs itself."),
    "unknown-link": _make_error_rule("A link to an address of the site leads somewhere."),
    "unknown-directive": _make_error_rule("A `<!-- dossier: … -->` line names a part or a chart that exists."),
    "origin-loop": _make_error_rule("What a source goes back to ends at a source that goes back to nothing else."),
    # Quotations
    "quote-absent": _make_error_rule("A quotation stands in its article, word for word."),
    "quote-ambiguous": _make_error_rule("A quotation stands in one place, or says which one it means."),
    "quote-furniture": _make_error_rule("A quotation comes from the article, not from the page's furniture."),
    "quote-ellipsis": _make_error_rule("A quotation is one unbroken run of words, without an ellipsis."),
    "quote-unlocked": _make_error_rule("`dossier.lock` knows every quotation exactly as it is written."),
    "quote-typography": _make_notice_rule("A quotation keeps the article's own quotation marks, dashes and spaces."),
    "quote-length": _make_error_rule("A quotation has at most as many words as the settings allow."),
    "quote-budget": _make_error_rule("Quotations and title print at most the share of an article that the settings allow."),
    "capture-changed": _make_error_rule("The capture at hand is the one that was locked."),
    "lock-stale": _make_notice_rule("`dossier.lock` holds nothing that no annotation uses, and the kinds that the record names."),
    # Dates
    "date-order": _make_error_rule("Nothing is archived, known, made or reviewed before it was published or happened."),
    "date-bounds": _make_error_rule(
        "An article's date keeps within its bounds; bounds say a day and do not contradict each other."
    ),
    # Figures
    "figure-place": _make_error_rule("Each figure stands in a quotation, in a source, or is derived from other figures."),
    "figure-quote": _make_error_rule("A number stands in the quotation in which it is said to stand."),
    "unknown-figure": _make_error_rule("Every figure that an expression or a chart names exists."),
    "figure-derived": _make_error_rule("A derived figure is what its expression comes to, and is not derived from itself."),
    "calculation-result": _make_error_rule("A result written by hand is what the expression comes to, rounded as it is printed."),
    "calculation-holds": _make_error_rule("`holds` says whether the number as stated covers the exact result."),
    "measure-mixed": _make_error_rule("Figures of different measures do not meet, unless `comparable: false` says why."),
    "number-unbacked": _make_error_rule(
        "Each number in the text of a claim or chart is a figure, a result or stands in `context`."
    ),
    # Charts
    "chart-form": _make_error_rule(
        "A chart draws two figures or more, each once; `parts` have a whole, and only a series has breaks."
    ),
    "chart-scale": _make_error_rule(
        "Parts are exact and come to no more than their whole; no scale goes below zero or mixes kinds."
    ),
    "chart-measure": _make_error_rule(
        "A whole and its parts are of one measure, a series breaks where it changes, the rest differs."
    ),
    "chart-period": _make_error_rule("The figures of a series count periods with a beginning and an end, in the order of time."),
    # Verdicts
    "verdict-arithmetic": _make_error_rule("Nothing is called supported that its own arithmetic refutes."),
    "verdict-evidence": _make_error_rule(
        "Nothing is called incorrect that nothing contradicts, or supported that sources only contradict."
    ),
    "verdict-sources": _make_error_rule("Only what is unverifiable or an opinion rests on no source."),
    "verdict-origins": _make_error_rule("Sources of one origin are not called independent or several."),
    "verdict-measure": _make_error_rule("Words of another measure are called conflated, or a note explains them."),
    "verdict-hindsight": _make_error_rule("Evidence that became public only after what it judges says so under `hindsight`."),
    "verdict-changed": _make_error_rule("A released verdict, figure or quotation changes only with a correction."),
    # Release
    "id-vanished": _make_error_rule("Whatever has been published stays at its address; it may be retired."),
    "release-unreadable": _make_error_rule("`published.json` is as `dossier release` wrote it."),
    # Articles
    "layer-bounds": _make_error_rule("Layers and kinds name paragraphs that exist, each paragraph once."),
    "layer-speaker": _make_error_rule("Words in a layer are laid at the door of its own writer, not of the page's compiler."),
    "untitled-label": _make_error_rule("An article without an established title has a label, and only such an article."),
    "print-full": _make_error_rule(
        "A capture lies beside its record if, and only if, a licence lets the article be printed whole."
    ),
    "print-metadata": _make_error_rule("Of an article with `print: metadata` nothing but its record is printed."),
    # Digest
    "digest-link": _make_error_rule("A link to a note in a digest names an annotation of that article."),
    "digest-words": _make_error_rule("Linked words in quotation marks are the quotation or a part of it."),
    "digest-quotation": _make_error_rule("Words of an article in quotation marks link to their note, which is not retired."),
    # Editorial
    "stance-verdict": _make_error_rule("`as-stated` takes over the claim's verdict; every other stance gives its own."),
    "summary-length": _make_error_rule("A claim's summary has at most 75 characters."),
    "status-conflict": _make_error_rule("Nothing published rests on a draft, a review copy or something retired."),
    "placeholder-left": _make_error_rule("Nothing published still holds a placeholder, such as `…`, that a command printed."),
    "correction-order": _make_error_rule("A record is reviewed on the day of its last correction, or later."),
    "correction-empty": _make_error_rule("What a correction says stood there differs from what stands there now."),
    # Finished site
    "site-missing": _make_error_rule("Every published article, claim, note, event, source and party is in the finished site."),
    "site-repeated": _make_error_rule("An address occurs once on a page of the finished site."),
    "site-unpublished": _make_error_rule("Nothing that is not published is in the finished site."),
    "site-link": _make_error_rule("Every link inside the finished site leads somewhere."),
    "site-request": _make_error_rule("No page of the finished site loads anything from another address."),
    "site-capture": _make_error_rule("No more than 25 words in a row of a capture stand in the finished site."),
}
