"""Every rule of a dossier: its name, its severity, and one sentence that states it.

No other module lists them: checks yield problems under these names, the method page and `dossier rules` print the
table, and a test requires a good and a poisoned case file for each rule.
"""

from __future__ import annotations

from typing import Literal, NamedTuple


class Rule(NamedTuple):
    """The severity of a violation, and the rule in one sentence."""

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
    "yaml-feature": _make_error_rule(
        "Records use plain YAML: no anchors, aliases or tags, no second document, nesting to 50, no text cut off by `#`."
    ),
    "repeated-key": _make_error_rule("A record has each key at most once."),
    "unknown-key": _make_error_rule("A record has only the keys of its kind."),
    "missing-key": _make_error_rule("A record has every key that its kind needs; an unknown fact is `not-established`."),
    "wrong-value": _make_error_rule("A value has the type that its key asks for."),
    "wrong-date": _make_error_rule("Dates are EDTF level 0 or 1, and an interval ends after it begins."),
    "wrong-id": _make_error_rule("Ids and file names are lower-case letters, digits and single hyphens."),
    "lock-unreadable": _make_error_rule("`dossier.lock` is as `dossier lock` wrote it."),
    # References
    "repeated-id": _make_error_rule("An id names one thing."),
    "unknown-reference": _make_error_rule(
        "Every claim, source, party, article, verdict, voice, measure or annotation that a record names exists."
    ),
    "unused-record": _make_notice_rule("Every claim has an annotation; every source, party and measure is used."),
    "taken-address": _make_error_rule("No two things share an address, and no id is one that its page uses itself."),
    "unknown-link": _make_error_rule("A link to an address of this site leads to a page, and to an id on it."),
    "unknown-directive": _make_error_rule("A `<!-- dossier: … -->` line names a part or a chart that exists."),
    "origin-loop": _make_error_rule("The origins of a source end at a source that is its own origin; they are no circle."),
    # Quotations
    "quote-absent": _make_error_rule("A quotation is in its article, word for word."),
    "quote-ambiguous": _make_error_rule("A quotation is in one place of its article, or says which place it means."),
    "quote-furniture": _make_error_rule("A quotation comes from the article, not from page furniture such as menus."),
    "quote-ellipsis": _make_error_rule("A quotation is one unbroken run of words, without an ellipsis."),
    "quote-unlocked": _make_error_rule("`dossier.lock` has every quotation exactly as it is written."),
    "quote-typography": _make_notice_rule("A quotation keeps the article's own quotation marks, dashes and spaces."),
    "quote-length": _make_error_rule("A quotation has at most as many words as the settings allow."),
    "quote-budget": _make_error_rule(
        "Quotations and title together are at most the share of an article that the settings allow."
    ),
    "capture-changed": _make_error_rule("The capture here is the one that was locked."),
    "lock-stale": _make_notice_rule(
        "`dossier.lock` has no quotation without an annotation, and the kinds of paragraphs that the record has."
    ),
    # Dates
    "date-order": _make_error_rule("Nothing is archived, known or reviewed before it was published or happened."),
    "date-bounds": _make_error_rule(
        "An article's date is within its bounds; each bound has a date, and no two contradict each other."
    ),
    # Figures
    "figure-place": _make_error_rule("Each figure has one origin: a quotation, a source, or an expression over other figures."),
    "figure-quote": _make_error_rule("A number that a record places in a quotation is in that quotation."),
    "unknown-figure": _make_error_rule("Every figure that an expression or a chart names exists."),
    "figure-derived": _make_error_rule("A derived figure equals its expression, and is not derived from itself."),
    "calculation-result": _make_error_rule("A result written by hand equals its expression, rounded as it is printed."),
    "calculation-holds": _make_error_rule("`holds` says whether the stated number covers the exact result."),
    "measure-mixed": _make_error_rule("An expression uses figures of one measure, or has `comparable: false` and a `reason`."),
    "number-unbacked": _make_error_rule(
        "Each number in the text of a claim or chart is a figure, a result, or listed in `context`."
    ),
    # Charts
    "chart-form": _make_error_rule(
        "A chart draws two figures or more, each once; only `parts` has a whole, and only `series` has breaks."
    ),
    "chart-scale": _make_error_rule(
        "Parts are exact and sum to at most their whole; no figure is negative; a series mixes no shares with counts."
    ),
    "chart-measure": _make_error_rule(
        "`parts` have one measure; a series has a break where its measure changes; `apart` figures differ in measure."
    ),
    "chart-period": _make_error_rule("The figures of a series count closed periods, in order of time."),
    # Verdicts
    "verdict-arithmetic": _make_error_rule("Nothing that its own calculation refutes is called supported."),
    "verdict-evidence": _make_error_rule(
        "What is called incorrect is contradicted by a source or calculation; what is called supported is not only contradicted."
    ),
    "verdict-sources": _make_error_rule("Every verdict but `unverifiable` and `opinion` has a source."),
    "verdict-origins": _make_error_rule("Sources with one origin are not called independent or several."),
    "verdict-measure": _make_error_rule("A wording in another measure is called conflated, or a note explains it."),
    "verdict-hindsight": _make_error_rule(
        "Evidence that was published after the text it judges has a sentence under `hindsight`."
    ),
    "verdict-changed": _make_error_rule("A released verdict, figure or quotation changes only with a correction."),
    # Release
    "id-vanished": _make_error_rule("Every address that was published stays; its record may be retired."),
    "release-unreadable": _make_error_rule("`published.json` is as `dossier release` wrote it."),
    # Articles
    "layer-bounds": _make_error_rule("Layers and kinds name paragraphs that exist, each paragraph once."),
    "layer-speaker": _make_error_rule(
        "A quotation inside a layer is attributed to the layer's author, not to the page's publisher."
    ),
    "untitled-label": _make_error_rule("An article has a label if, and only if, its title is not established."),
    "print-full": _make_error_rule(
        "A capture is beside its record if, and only if, a licence permits printing the whole article."
    ),
    "print-metadata": _make_error_rule("An article with `print: metadata` has no digest and no annotations."),
    # Digest
    "digest-link": _make_error_rule("A link to a note in a digest names an annotation of that article."),
    "digest-words": _make_error_rule("Words in quotation marks that link to a note are its quotation or a part of it."),
    "digest-quotation": _make_error_rule("Words in quotation marks in a digest link to a note that is not retired."),
    # Editorial
    "stance-verdict": _make_error_rule(
        "With the stance `as-stated`, the claim's verdict applies; any other stance has a verdict of its own."
    ),
    "summary-length": _make_error_rule("A claim's summary has at most 75 characters."),
    "status-conflict": _make_error_rule("No published record names one that is a draft, in review or retired."),
    "placeholder-left": _make_error_rule("Nothing published still holds a placeholder, such as `…`, that a command printed."),
    "correction-order": _make_error_rule("The `reviewed` date of a record is the day of its last correction, or later."),
    "correction-empty": _make_error_rule("`was` and `now` of a correction differ."),
    # Finished site
    "site-missing": _make_error_rule("Every published record is in the finished site, at its address."),
    "site-repeated": _make_error_rule("Every id occurs once on a page of the finished site."),
    "site-unpublished": _make_error_rule("Nothing unpublished is in the finished site."),
    "site-link": _make_error_rule("Every link inside the finished site leads to a page, and to an id on it."),
    "site-request": _make_error_rule("No page of the finished site loads anything from another site."),
    "site-capture": _make_error_rule("The finished site has at most 25 words in a row of any private capture."),
}
